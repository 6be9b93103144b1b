//! The page may do what it does, and nothing else: a right that is asked for and not given is refused in silence, and
//! one that is given and not used is a door left open.

#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|ending| ending.to_str()) {
            None if path.is_dir() => sources(&path, into),
            Some("ts" | "svelte") => into.push(path),
            _ => {}
        }
    }
}

/// What a text takes from the platform's own modules: `invoke` from `core`, `listen` from `event`.
fn taken(text: &str) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (at, found) in text.match_indices("@tauri-apps/") {
        let module = text[at + found.len()..].split(['"', '\'']).next().unwrap().to_owned();
        let before = &text[..at];
        let names = before.rfind("import").map(|from| &before[from..]).unwrap_or_default();
        let names = names.split_once('{').map_or("*", |(_, rest)| rest.split('}').next().unwrap());
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let name = name.trim_start_matches("type ");
            let name = name.split_whitespace().next().unwrap();
            all.insert((module.clone(), name.to_owned()));
        }
    }
    all
}

/// The rights that a thing of the platform needs. None for what is not known here: then somebody has to look it up.
fn needs(module: &str, name: &str) -> Option<&'static [&'static str]> {
    match (module, name) {
        // Our own commands are no plugin's.
        ("api/core", "invoke" | "InvokeArgs" | "InvokeOptions" | "Channel") => Some(&[]),
        ("api/event", "listen") => Some(&["core:event:allow-listen", "core:event:allow-unlisten"]),
        _ => None,
    }
}

#[test]
fn the_page_has_the_rights_for_what_it_does_and_no_other() {
    let mut files = Vec::new();
    sources(&repository().join("ui/src"), &mut files);
    assert!(files.len() > 100, "the page's sources are there");
    let mut needed = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (module, name) in taken(&text) {
            let rights = needs(&module, &name);
            assert!(
                rights.is_some(),
                "{} takes {name} from {module}: which right does it need?",
                file.display()
            );
            needed.extend(rights.unwrap_or_default().iter().map(|right| (*right).to_owned()));
        }
        // What goes round the modules goes round this test.
        assert!(!text.contains("plugin:"), "{} calls a plugin by its name", file.display());
    }
    let given = std::fs::read_to_string(repository().join("src-tauri/capabilities/main.json")).unwrap();
    let given: serde_json::Value = serde_json::from_str(&given).unwrap();
    let given: BTreeSet<String> = given["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|right| right.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(needed, given);
}

#[test]
fn the_platforms_own_zoom_which_asks_for_a_right_that_the_page_has_not_is_off() {
    let window = std::fs::read_to_string(repository().join("src-tauri/src/window.rs")).unwrap();
    assert!(window.contains(".zoom_hotkeys_enabled(false)"));
}

#[test]
fn what_a_page_takes_from_the_platform_is_found_in_its_text() {
    let text = "import { getCurrentWebview } from \"@tauri-apps/api/webview\";\nimport {\n  listen,\n  type Event,\n} from '@tauri-apps/api/event';";
    let found: Vec<(String, String)> = taken(text).into_iter().collect();
    let pair = |module: &str, name: &str| (module.to_owned(), name.to_owned());
    assert_eq!(
        found,
        [pair("api/event", "Event"), pair("api/event", "listen"), pair("api/webview", "getCurrentWebview")]
    );
    assert!(needs("api/webview", "getCurrentWebview").is_none(), "what nobody looked up fails");
}
