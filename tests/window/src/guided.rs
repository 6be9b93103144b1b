//! The guided decision, walked by keyboard: a new file, its questions, the sign-off.

use crate::{Driver, Start, Window};

/// What is answered where nothing else is said; the first that is offered otherwise.
const USUAL: [(&str, &str); 8] = [
    ("danger", "no"),
    ("harm", "no"),
    ("next-with", "not-today"),
    ("behind", "home"),
    ("purpose", "service"),
    ("duty", "none"),
    ("would-change", "yes"),
    ("body", "public"),
];

/// The sample vault, open at Today.
pub async fn demo() -> (Driver, Window) {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;
    (driver, window)
}

/// A new file with a child of an age in it; gives its address.
pub async fn child(window: &Window, name: &str, age: &str) -> String {
    window.go("/children/new").await;
    window.heading("Open a child").await;
    window.fill("Full name", name).await;
    window.choose("I know about how old").await;
    window.fill("About how many years old", age).await;
    window.press("Open a file").await;
    window.heading(name).await;
    window.address().await
}

/// An entry in the file of a child that is open.
pub async fn note(window: &Window, name: &str, text: &str) {
    window.press("Add an entry").await;
    window.heading("Add an entry").await;
    window.choose("Fact").await;
    window.fill("What do you want to note?", text).await;
    window.pick("when", "unknown").await;
    window.fill_id("when-words", "Last week").await;
    window.select("source", "Home visit").await;
    window.press("Save").await;
    window.heading(name).await;
    window.see(text).await;
}

/// The step that is asked, or none where the advice stands or it is signed.
pub async fn asked(window: &Window) -> Option<String> {
    let script = "return location.hash.includes('/question/') || location.hash.endsWith('/outcome');";
    window.until("a question or the advice", script, vec![]).await;
    let address = window.address().await;
    address.contains("/question/").then(|| address.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Answers until the advice stands, and then the write-up; `said` comes before what is usual. Each page is looked
/// at where `pictures` gives it a name: the same pages need not be looked at twice.
pub async fn answer(window: &Window, said: &[(&str, &str)], pictures: &str) {
    for _ in 0..40 {
        let Some(step) = asked(window).await else {
            window.see("What you must do").await;
            if !window.shows("Write it up").await {
                return;
            }
            window.press("Write it up").await;
            window.at("/question/").await;
            continue;
        };
        // The address is there before its page is: what is read too early is the question before.
        let shown = "return !!document.querySelector('form[data-step=' + CSS.escape(arguments[0]) + ']');";
        window.until(&format!("the question {step}"), shown, vec![step.as_str().into()]).await;
        let value = said.iter().chain(&USUAL).find(|(of, _)| *of == step).map(|(_, value)| *value);
        let kind = "const has = (s) => !!document.querySelector('main ' + s);
            return has('#share') ? 'weighing' : has('[name=point-0]') ? 'points' : has('[name=row-0]') ? 'each'
              : has('input[name=answer][type=checkbox]') ? 'many'
              : has('input[name=answer][type=radio]') ? 'one' : 'other';";
        let kind = window.script(kind, vec![]).await;
        let advice = step == "adviser" || (step.contains('@') && !step.ends_with("@again"));
        match kind.as_str().unwrap_or_default() {
            _ if advice => adviser(window).await,
            // Nobody else is at risk: it may be left empty.
            _ if step == "others" => {}
            "one" => one(window, value).await,
            "many" => many(window, value).await,
            "points" => points(window).await,
            "each" => each(window).await,
            "weighing" => weighing(window, value.unwrap_or("share")).await,
            _ if step.starts_with("whose") => window.fill_id("words", "Their own").await,
            _ => {}
        }
        if !pictures.is_empty() {
            window.sound(&format!("{pictures}-{}", step.replace('@', "-"))).await;
        }
        window.press("Save and continue").await;
        let on = "return !location.hash.endsWith('/question/' + arguments[0]) || !!document.querySelector('.govuk-error-summary');";
        window.until(&format!("what follows {step}"), on, vec![step.as_str().into()]).await;
        let here = window.address().await;
        assert!(!here.ends_with(&format!("/question/{step}")), "{step}: {}", window.text().await);
    }
    panic!("more than forty questions");
}

async fn one(window: &Window, value: Option<&str>) {
    let first = "const r = document.querySelector('main input[name=answer]'); return r ? r.value : null;";
    let first = window.script(first, vec![]).await;
    window.pick("answer", value.or(first.as_str()).expect("there is an answer")).await;
    let words = "return !!document.getElementById('answer-words');";
    if window.script(words, vec![]).await == serde_json::Value::Bool(true) {
        window.fill_id("answer-words", "As it was said").await;
    }
}

async fn many(window: &Window, value: Option<&str>) {
    let label = "const wanted = arguments[0];
        const all = [...document.querySelectorAll('main input[name=answer]')];
        const box = all.find((i) => i.value === wanted) ?? all[0];
        return clean(box.labels[0].innerText);";
    let label = window.script(label, vec![value.unwrap_or_default().into()]).await;
    window.choose(label.as_str().expect("a label")).await;
}

async fn points(window: &Window) {
    for point in 0..8 {
        let there = "return !!document.getElementById(arguments[0]);";
        let id = format!("point-{point}");
        if window.script(there, vec![id.as_str().into()]).await != serde_json::Value::Bool(true) {
            return;
        }
        window.pick(&id, "yes").await;
        window.fill_id(&format!("{id}-words"), "Said it back in their own words").await;
    }
}

async fn each(window: &Window) {
    for row in 0..8 {
        let there = "return !!document.getElementById(arguments[0]);";
        let id = format!("row-{row}");
        if window.script(there, vec![id.as_str().into()]).await != serde_json::Value::Bool(true) {
            return;
        }
        window.pick(&id, "later").await;
        window.fill_id(&format!("{id}-reason"), "Agreed first with those who protect children").await;
    }
}

async fn adviser(window: &Window) {
    window.pick("answer", "agrees").await;
    window.fill_id("who", "Pat Mockford, safeguarding lead").await;
    window.pick("own", "yes").await;
    window.pick("named", "no").await;
    window.fill_id("said", "I agree.").await;
}

async fn weighing(window: &Window, heavier: &str) {
    window.fill_id("share", "They may not open the door for some weeks").await;
    window.pick("share-likelihood", "possible").await;
    window.pick("share-severity", "slight").await;
    window.fill_id("not_share", "Help comes too late").await;
    window.pick("not_share-likelihood", "likely").await;
    window.pick("not_share-severity", "serious").await;
    window.pick("heavier", heavier).await;
}

/// Signs the advice as it stands.
pub async fn sign(window: &Window) {
    window.press("Check and sign off").await;
    sign_off(window).await;
}

/// Leaves everything that is held where it is, where the page *Check your answers* asks what goes.
pub async fn what_goes(window: &Window) {
    if window.shows("Choose what goes").await {
        window.press("Choose what goes").await;
        window.heading("What goes, and what stays").await;
        window.press("Everything else stays").await;
        window.press("Go on to sign off").await;
        window.heading("Check your answers").await;
    }
}

/// Fills what the page *Check your answers* still asks for, and signs.
pub async fn sign_off(window: &Window) {
    window.heading("Check your answers").await;
    if window.shows("What do you decide?").await {
        let stands = "const r = document.querySelector('input[name=decided]:checked') ?? document.querySelector('input[name=decided]');
            return r ? r.value : null;";
        let stands = window.script(stands, vec![]).await;
        window.pick("decided", stands.as_str().expect("the advice is offered")).await;
    }
    for (label, text) in [
        ("Your reasons", "It weighs more than the unease."),
        ("What else did you think of?", "Waiting, which is too late."),
        ("What is shared", "What bears on the worry, and no more."),
        ("What was asked for", "All that there is."),
        ("Name of the person or desk", "The duty desk"),
        ("Post and agency", "Those who protect children there"),
        ("Number or address", "01632 960303, from their own page"),
        ("What would change your mind", "A clear purpose."),
    ] {
        if window.shows(label).await {
            window.fill(label, text).await;
        }
    }
    for ground in ["power", "lawful_basis", "condition", "no_consent_limb", "confidence", "proportionality"] {
        let empty = "const f = [...document.querySelectorAll('textarea,input')].find((e) => e.id === arguments[0] || e.id.endsWith(arguments[0])); return f && !f.value ? f.id : null;";
        let empty = window.script(empty, vec![ground.into()]).await;
        if let Some(id) = empty.as_str() {
            window.fill_id(id, "Necessary for this purpose, and the least that serves it.").await;
        }
    }
    what_goes(window).await;
    window.choose("This is my decision").await;
    window.press("Sign off and seal").await;
    window.at("/decisions/").await;
    window.see("Signed off").await;
}
