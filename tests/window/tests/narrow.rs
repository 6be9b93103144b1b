//! At 400 % zoom a page of 1280 pixels is 320 wide: it then reads downwards only (WCAG 2.2, 1.4.10).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sharewell_window::{Driver, Start};

/// Pages that are always there; from them the links lead to every other kind.
const FIRST: [&str; 10] = [
    // First, so that its links come before those of the many files of children.
    "/restricted",
    "/today",
    "/children",
    "/children/new",
    "/decide",
    "/danger",
    "/search/school",
    "/settings",
    "/countersign",
    "/help",
];
/// Of each kind of page so many are looked at.
const EACH: usize = 2;
/// And no more than this altogether.
const MOST: usize = 120;

/// The kind of a page: its address without ids, which are the parts that hold a digit.
fn kind(address: &str) -> String {
    let part = |part: &str| {
        if part.contains(|c: char| c.is_ascii_digit()) { ":id".to_owned() } else { part.to_owned() }
    };
    address.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn at_four_hundred_per_cent_no_page_scrolls_sideways() {
    let driver = Driver::start(Start::demo());
    let window = driver.open().await;
    let width = window.resize(320, 640).await;
    let mut wide = Vec::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut waiting: VecDeque<String> = FIRST.iter().map(|address| (*address).to_owned()).collect();
    let mut looked = 0;
    while let Some(address) = waiting.pop_front() {
        let seen = kinds.entry(kind(&address)).or_default();
        if !known.insert(address.clone()) || *seen >= EACH || looked >= MOST {
            continue;
        }
        *seen += 1;
        looked += 1;
        window.script("location.hash = arguments[0];", vec![address.as_str().into()]).await;
        let found = window.too_wide().await;
        if !found.is_empty() {
            wide.push(format!("{address}\n  {}", found.join("\n  ")));
        }
        let links = "return [...document.querySelectorAll('main a[href^=\"#/\"]')].map((a) => a.getAttribute('href').slice(1));";
        let links = window.script(links, vec![]).await;
        waiting.extend(links.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)));
    }
    println!("{looked} pages of {} kinds, {width} pixels wide: {:?}", kinds.len(), kinds.keys());
    assert!(kinds.len() >= 12, "links lead to the other kinds of page: {kinds:?}");
    assert!(wide.is_empty(), "pages that scroll sideways:\n{}", wide.join("\n"));
    window.close().await;
}
