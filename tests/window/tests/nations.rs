//! One full journey in each nation, a request, a child whose understanding is doubted, a decision of another year and
//! its replay, and every screen that the trace names: in the real window, on the sample vault.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::guided::{answer, child, demo, sign};
use sharewell_window::repository;

#[tokio::test]
async fn in_each_nation_a_worry_about_harm_is_shared_by_its_own_guidance() {
    let (_driver, window) = demo().await;
    for (nation, word, question, pack) in [
        ("England", "england", "is being harmed, or may be", "England 2024-05"),
        ("Scotland", "scotland", "child protection concern", "Scotland 2023-08"),
        ("Wales", "wales", "at risk of abuse, neglect or other harm", "Wales 2021-02"),
        ("Northern Ireland", "northern_ireland", "is being harmed, or may be", "Northern Ireland 2019-04"),
    ] {
        let file = child(&window, &format!("Kit {nation}ton"), "7").await;
        window.press("Should I share?").await;
        window.press("Another day, or another nation").await;
        window.pick("door", "worried").await;
        if nation != "England" {
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
        // In Wales the child is fetched within the hour, by somebody at home.
        let next = if nation == "Wales" { "within-hour" } else { "later-today" };
        let said = [("harm", "yes"), ("next-with", next), ("signs", "domestic"), ("offence", "not_sure")];
        answer(&window, &said, pictures).await;
        window.see(if nation == "Wales" { "Ring now, to protect" } else { "today, to protect" }).await;
        window.see("At once").await;
        window.see("Tell nobody in the family yet").await;
        window.see("you cannot keep it to yourself").await;
        window.sound(&format!("72-{word}-outcome")).await;
        sign(&window).await;
        window.see(pack).await;
        window.sound(&format!("73-{word}-decision")).await;
        window.press("See its path on the map").await;
        window.heading("The path you took").await;
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
    window.press("Somebody asks us for something").await;
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
    window.heading("Make sure who asks, before you say anything").await;
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
    window.press("I am worried about a child").await;
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
    window.press("Another day, or another nation").await;
    window.pick("door", "worried").await;
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
    // No law that is not in force is asked about: today's guidance answers at once.
    window.see("Share without agreement").await;
    window.sound("85-replay").await;
    window.close().await;
}

#[tokio::test]
async fn every_screen_that_the_trace_names_opens() {
    let (_driver, window) = demo().await;
    let file = child(&window, "Ash Traceley", "8").await;
    let id = file.rsplit('/').next().unwrap_or_default().to_owned();
    window.press("Should I share?").await;
    window.press("I am worried about a child").await;
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
    window.press("Guidance").await;
    window.heading("Guidance").await;
    window.fill("Search the guidance", "writing zebra").await;
    window.see("Nothing in the guidance of England").await;
    window.sound("87-library-none").await;
    window.fill("Search the guidance", "emergency").await;
    window.see("found").await;
    window.sound("87-library").await;
    window.go("/library/wales/read/report").await;
    window.heading("What a report tells").await;
    window.sound("88-article").await;
    window.close().await;
}
