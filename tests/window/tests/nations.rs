//! One full journey in each nation, a request, a child whose understanding is doubted, a decision of another year and
//! its replay, and every screen that the trace names: in the real window, on the sample vault.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::{Driver, Start, Window, repository};

/// What is answered where nothing else is said; the first that is offered otherwise.
const USUAL: [(&str, &str); 9] = [
    ("danger", "no"),
    ("harm", "no"),
    ("purpose", "service"),
    ("identifiable", "yes"),
    ("confidential", "yes"),
    ("duty", "none"),
    ("new-duty", "outside"),
    ("would-change", "yes"),
    ("body", "public"),
];

async fn demo() -> (Driver, Window) {
    let driver = Driver::start(Start { arguments: vec!["--demo".into()], environment: vec![] });
    let window = driver.open().await;
    let there = "return location.hash.startsWith('#/today') || location.hash === '';";
    window.until("Today", there, vec![]).await;
    (driver, window)
}

/// A new file with a child of an age in it; gives its address.
async fn child(window: &Window, name: &str, age: &str) -> String {
    window.go("/children/new").await;
    window.heading("Open a child").await;
    window.fill("Full name", name).await;
    window.choose("I know about how old").await;
    window.fill("About how many years old", age).await;
    window.press("Open a file").await;
    window.heading(name).await;
    window.address().await
}

/// The step that is asked, or none where the advice stands or it is signed.
async fn asked(window: &Window) -> Option<String> {
    let script = "return location.hash.includes('/question/') || location.hash.endsWith('/outcome');";
    window.until("a question or the advice", script, vec![]).await;
    let address = window.address().await;
    address.contains("/question/").then(|| address.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Answers until the advice stands, and then the write-up; `said` comes before what is usual. Each page is looked
/// at where `pictures` gives it a name: the same pages need not be looked at twice.
async fn answer(window: &Window, said: &[(&str, &str)], pictures: &str) {
    for _ in 0..40 {
        let Some(step) = asked(window).await else {
            window.see("What you must do").await;
            if !window.shows("Write-up:").await {
                return;
            }
            window.press("Write-up:").await;
            window.at("/question/").await;
            continue;
        };
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
            "each" => window.pick("row-0", "later").await,
            "weighing" => weighing(window, value.unwrap_or("share")).await,
            _ if step.starts_with("whose") => window.fill_id("words", "Their own").await,
            _ => {}
        }
        if kind == "each" {
            window.fill_id("row-0-reason", "Agreed first with those who protect children").await;
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
        return box.labels[0].innerText.replace(/\\s+/g, ' ').trim();";
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
async fn sign(window: &Window) {
    window.press("Check and sign off").await;
    window.heading("Check your answers").await;
    if window.shows("What do you decide?").await {
        let first = "const r = document.querySelector('input[name=decided]'); return r ? r.value : null;";
        let first = window.script(first, vec![]).await;
        window.pick("decided", first.as_str().expect("the advice is offered")).await;
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
    window.choose("This is my decision").await;
    window.press("Sign off and seal").await;
    window.at("/decisions/").await;
    window.see("Signed off").await;
}

#[tokio::test]
async fn in_each_nation_a_worry_about_harm_is_shared_by_its_own_guidance() {
    let (_driver, window) = demo().await;
    for (nation, word, question, pack) in [
        ("England", "england", "significant harm", "England 2024-05"),
        ("Scotland", "scotland", "child protection concern", "Scotland 2023-08"),
        ("Wales", "wales", "at risk of abuse, neglect or other harm", "Wales 2021-02"),
        ("Northern Ireland", "northern_ireland", "significant harm", "Northern Ireland 2019-04"),
    ] {
        let file = child(&window, &format!("Kit {nation}ton"), "7").await;
        window.press("Should I share?").await;
        window.pick("trigger", "worry").await;
        if nation != "England" {
            window.press("Another day, or another nation").await;
            window.select("child-in", nation).await;
        }
        window.sound(&format!("70-{word}-begin")).await;
        window.press("Begin").await;
        window.at("/question/danger").await;
        window.pick("answer", "no").await;
        window.press("Save and continue").await;
        window.at("/question/harm").await;
        window.see(question).await;
        // The first question of harm is asked in each nation's own words; the pages are the same.
        let pictures = if nation == "Wales" { "71-wales" } else { "" };
        answer(&window, &[("harm", "yes"), ("signs", "domestic"), ("offence", "not_sure")], pictures).await;
        window.sound(&format!("72-{word}-outcome")).await;
        sign(&window).await;
        window.see(pack).await;
        window.sound(&format!("73-{word}-decision")).await;
        window.press("See its path on the map").await;
        window.heading("Map of the questions").await;
        window.see("On the path taken").await;
        window.sound(&format!("74-{word}-map")).await;
        window.go(&file).await;
    }
    window.close().await;
}

#[tokio::test]
async fn a_request_from_an_unverified_caller_is_held_until_it_is_certain_who_asks() {
    let (_driver, window) = demo().await;
    child(&window, "Sam Requestley", "10").await;
    window.press("Should I share?").await;
    window.pick("trigger", "request").await;
    window.press("Begin").await;
    window.heading("Who asks, and what for?").await;
    window.press("Begin the questions").await;
    window.see("to put right").await;
    window.sound("75-request-empty").await;
    window.pick("from", "police").await;
    window.see("in general they may not demand").await;
    window.pick("verified", "no").await;
    window.fill("Name of the person who asks", "PC Mockford").await;
    window.fill("What exactly do they ask for?", "Everything on the family").await;
    window.pick("specific", "no").await;
    window.sound("76-request").await;
    window.press("Begin the questions").await;
    window.at("/question/danger").await;
    window.see("Not certain who asks").await;
    answer(&window, &[], "77-request").await;
    window.heading("Make sure who asks, first").await;
    window.sound("78-request-held").await;
    // They were rung back: the same decision goes on, and the answers stay.
    window.script("history.back(); return true;", vec![]).await;
    window.at("/question/").await;
    window.press("Change the request").await;
    window.heading("The request").await;
    window.pick("verified", "yes").await;
    window.fill("How you checked", "Rang 101 and asked for the officer").await;
    window.press("Save and go on").await;
    window.at("/question/purpose").await;
    answer(
        &window,
        &[("purpose", "reply"), ("duty", "claimed"), ("consent", "refused"), ("weighing", "not_share")],
        "79-request",
    )
    .await;
    window.see("Ask to see the order").await;
    window.sound("79-request-outcome").await;
    window.close().await;
}

#[tokio::test]
async fn a_child_whose_understanding_is_doubted_is_gone_through_point_by_point() {
    let (_driver, window) = demo().await;
    child(&window, "Robin Fourteenley", "14").await;
    window.press("Should I share?").await;
    window.pick("trigger", "worry").await;
    window.press("Begin").await;
    answer(
        &window,
        &[("consent", "given"), ("giver", "child"), ("understands", "no"), ("free", "yes")],
        "80-competence",
    )
    .await;
    window.heading("Ask the right person first").await;
    window.sound("81-competence-hold").await;
    window.close().await;
}

#[tokio::test]
async fn a_decision_of_2019_is_written_down_now_and_replayed_under_todays_guidance() {
    let (_driver, window) = demo().await;
    child(&window, "Lee Ninetenson", "15").await;
    window.press("Should I share?").await;
    window.pick("trigger", "worry").await;
    window.press("Another day, or another nation").await;
    window.fill_id("on", "12").await;
    window.fill_id("on-month", "3").await;
    window.fill_id("on-year", "2019").await;
    window.sound("82-late-begin").await;
    window.press("Begin").await;
    window.see("12 March 2019").await;
    answer(&window, &[("consent", "refused"), ("weighing", "share")], "83-late").await;
    sign(&window).await;
    window.see("England 2015-03").await;
    window.see("written down later").await;
    window.sound("84-late-decision").await;
    window.press("See it as it was asked").await;
    window.heading("The decision as it was asked").await;
    window.see("Under England 2024-05").await;
    window.see("new duty to share").await;
    window.sound("85-replay").await;
    window.close().await;
}

#[tokio::test]
async fn every_screen_that_the_trace_names_opens() {
    let (_driver, window) = demo().await;
    let file = child(&window, "Ash Traceley", "8").await;
    let id = file.rsplit('/').next().unwrap_or_default().to_owned();
    window.press("Should I share?").await;
    window.pick("trigger", "worry").await;
    window.press("Begin").await;
    window.at("/question/danger").await;
    let decision = window.address().await.split('/').nth(2).unwrap_or_default().to_owned();
    answer(&window, &[("harm", "yes"), ("signs", "injury-neglect")], "").await;
    let trace = std::fs::read_to_string(repository().join("assets/guidance/trace.toml")).unwrap();
    let mut named: Vec<&str> = trace.split('"').filter_map(|text| text.strip_prefix("screen:")).collect();
    named.sort_unstable();
    named.dedup();
    assert!(named.len() > 4, "the trace names screens");
    for screen in named {
        let whose = if screen.starts_with("/children") { &id } else { &decision };
        let address = screen.replacen(":id", whose, 1).replace(":step", "danger");
        window.go(&address).await;
        let heading = "const h = document.querySelector('main h1'); return h && h.innerText.trim() ? h.innerText : null;";
        let heading = window.until(&format!("the screen {screen}"), heading, vec![]).await;
        assert_ne!(heading.as_str(), Some("This page is not there"), "{screen}");
    }
    // The library, from Help, and a paragraph of it.
    window.go("/help").await;
    window.press("Library").await;
    window.heading("Library").await;
    window.fill("Search the library", "writing zebra").await;
    window.see("Nothing in the library of England").await;
    window.sound("87-library-none").await;
    window.fill("Search the library", "emergency").await;
    window.see("found").await;
    window.sound("87-library").await;
    window.go("/library/wales/read/report").await;
    window.heading("What a report tells").await;
    window.sound("88-article").await;
    window.close().await;
}
