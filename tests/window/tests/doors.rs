//! The first page of a decision in the real window: each door once by its number and once by pressing it, from a child's
//! file and with no child chosen; an adult who works with children and no child; numbers and no child; and a door that is
//! changed in a begun decision.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sharewell_window::guided::{child, demo};

/// Each door as it is called, in the order of the page, and whether it needs a child.
const DOORS: [(&str, &str, bool); 8] = [
    ("I am worried about a child", "worried", true),
    ("An adult who works with children worries me", "works-with-children", false),
    ("Somebody asks us for something", "request", true),
    ("Another adult may be a risk to children", "risky-adult", false),
    ("The family wants help or a service", "service", true),
    ("Someone changes their mind", "changed-mind", true),
    ("The child moves", "moves", true),
    ("Numbers, no names", "numbers", false),
];

#[tokio::test]
async fn every_door_opens_by_its_number_and_by_its_press_with_no_child_chosen() {
    let (_driver, window) = demo().await;
    for (number, (label, door, needs_child)) in (1..).zip(DOORS) {
        let to =
            if needs_child { format!("/decide/whose/{door}") } else { format!("/decide/without/{door}") };
        window.go("/decide").await;
        window.heading("What brings you here?").await;
        if number == 1 {
            window.sound("140-doors").await;
        }
        window.keys(&number.to_string()).await;
        window.at(&to).await;
        window.go("/decide").await;
        window.heading("What brings you here?").await;
        window.press(label).await;
        window.at(&to).await;
        window
            .heading(if needs_child {
                "Which child is it about?"
            } else if door == "numbers" {
                "What are the numbers about?"
            } else {
                "Who is it about?"
            })
            .await;
    }
}

#[tokio::test]
async fn a_door_of_a_childs_file_asks_danger_first_and_can_be_changed() {
    let (_driver, window) = demo().await;
    let file = child(&window, "Robin Doorley", "8").await;
    window.press("Should I share?").await;
    window.see("Robin Doorley moves").await;
    window.sound("141-doors-of-a-child").await;
    window.keys("7").await;
    window.at("/question/danger").await;
    let decision = window.address().await.split('/').nth(2).unwrap_or_default().to_owned();
    window.see("What brings you here").await;
    window.pick("answer", "no").await;
    window.press("Save and continue").await;
    window.at("/question/harm").await;
    window.go(&format!("/decide/{decision}/door")).await;
    window.heading("Change what brings you here").await;
    window.see("You came in by").await;
    window.sound("142-change-door").await;
    window.press("The family wants help or a service").await;
    let script =
        "return location.hash.endsWith('/question/harm') || !!document.querySelector('dialog[open]');";
    window.until("the change", script, vec![]).await;
    if window.shows("Another way in changes the path").await {
        window.press("Change it").await;
    }
    window.at("/question/harm").await;
    window.see("The family wants help or a service").await;
    window.sound("143-door-changed").await;
    // From the rail, it waits beside the doors.
    window.go("/decide").await;
    window.see("Carry on").await;
    window.press("Robin Doorley").await;
    window.at("/question/harm").await;
    window.go(&file).await;
    window.see("Robin Doorley").await;
}

#[tokio::test]
async fn an_adult_who_works_with_children_and_no_child() {
    let (_driver, window) = demo().await;
    window.go("/decide").await;
    window.keys("2").await;
    window.heading("Who is it about?").await;
    window.press("Begin").await;
    window.see("Write a name, or how you know them").await;
    window.fill_id("name", "The coach at the Fablewell swimming club").await;
    window.fill_id("place", "Fablewell swimming club").await;
    window.sound("144-without-a-child").await;
    window.press("Begin").await;
    window.at("/question/danger").await;
    window.see("a child or someone else").await;
    window.sound("145-adult-question").await;
    window.press("Stop here").await;
    window.heading("Restricted file").await;
    window.see("The coach at the Fablewell swimming club").await;
    window.sound("146-adult-file").await;
    window.go("/today").await;
    window.see("Restricted file").await;
    assert!(!window.shows("The coach at the Fablewell").await, "nobody may glance a name");
    window.go("/search/coach").await;
    assert!(!window.shows("The coach at the Fablewell").await);
}

#[tokio::test]
async fn numbers_and_no_child() {
    let (_driver, window) = demo().await;
    window.go("/decide").await;
    window.press("Numbers, no names").await;
    window.heading("What are the numbers about?").await;
    window.fill_id("name", "Children seen in the north team").await;
    window.sound("147-numbers").await;
    window.press("Begin").await;
    window.at("/question/numbers-worry").await;
    window.see("Children seen in the north team").await;
    window.press("Stop here").await;
    window.heading("Children seen in the north team").await;
    window.sound("148-numbers-file").await;
    window.go("/children").await;
    window.see("Children seen in the north team").await;
    window.sound("149-children-with-numbers").await;
}

#[tokio::test]
async fn the_doors_read_downwards_in_a_small_window_and_at_four_hundred_per_cent() {
    let (_driver, window) = demo().await;
    for (width, height, picture) in [(640, 480, "150-doors-640"), (320, 640, "151-doors-400")] {
        window.resize(width, height).await;
        window.go("/decide").await;
        window.heading("What brings you here?").await;
        assert!(window.too_wide().await.is_empty(), "{width}");
        window.sound(picture).await;
        window.keys("4").await;
        window.at("/decide/without/risky-adult").await;
        assert!(window.too_wide().await.is_empty(), "{width}");
    }
}
