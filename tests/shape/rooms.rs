//! The order inside a crate: which room may import from which.
//!
//! Read from the tokens of the sources: every path that begins with `crate`, `super` or `self` outside what is
//! compiled for tests alone, and every `use` of a module of the same folder. A name that a `mod.rs` or `lib.rs`
//! passes on is followed to the file in which it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::{only_for_tests, outside_tests, read, root, shown, sources};

/// The floors of a crate, bottom to top. A room imports from floors below it, never from its own floor or above.
/// Where a part of a room stands lower than the rest, the part is named by its path: the longest name that fits
/// is the one that counts.
const ROOMS: &[(&str, &[&[&str]])] = &[
    (
        "casework",
        &[
            &["clock", "error"],
            &["failure"],
            &["views"],
            &["words"],
            &["drawn", "input", "keep", "language", "store"],
            &["copied", "files", "long", "people", "signing", "state"],
            &["agency", "directory", "flagged", "guidance"],
            &["agency_numbers", "consent", "restricted"],
            &["sharing"],
            &["decide", "emergency"],
            &["attached", "duties"],
            &["children"],
            &["paper", "search"],
            &["account", "calls", "countersign", "handover", "share", "slip"],
            &["places"],
            &["maintenance", "settings"],
            &["doubts", "end_of_use", "removal"],
            &["start"],
            &["rehearsal"],
            &["today"],
        ],
    ),
    (
        "vault",
        &[
            &["error"],
            &["bytes", "files", "work"],
            &["door::choice"],
            // What opens a vault knows nothing of what is in it.
            &["door::kdf", "door::keys", "door::local", "door::lockfile", "door::migrate", "door::recovery"],
            &["db"],
            &["ledger"],
            &["access", "attached", "drafts", "kept"],
            &["tables"],
            &["search"],
            &["tables::project", "tables::projection"],
            // An entry is never written without what the tables make of it.
            &["ledger::rules", "ledger::writer"],
            // Whoever opens a vault copies it first and compares it with its head.
            &["care::agreement", "care::aside", "care::backup"],
            &["door"],
            &["care"],
        ],
    ),
];

type Name = Vec<String>;

/// One file: what it is called as a module, and every path that it names.
struct Module {
    file: String,
    paths: Vec<Name>,
}

/// The modules of a crate, and the names that they pass on.
#[derive(Default)]
struct House {
    modules: BTreeMap<Name, Module>,
    passed_on: BTreeMap<(Name, String), Name>,
}

impl House {
    /// Reads the sources of a crate.
    fn of(name: &str) -> Self {
        let src = root().join("src-tauri/crates").join(name).join("src");
        let mut house = Self::default();
        for file in sources(&src, &["rs"]).iter().filter(|file| !only_for_tests(file)) {
            let inside = file.strip_prefix(&src).expect("a file of the crate");
            house.add(&module_of(inside), &shown(file), &read(file));
        }
        assert!(house.modules.len() > 10, "{name} has sources");
        house
    }

    /// Adds one file.
    fn add(&mut self, module: &str, file: &str, source: &str) {
        let kept: Vec<String> = outside_tests(source).into_iter().map(|(_, line)| line).collect();
        let tokens: TokenStream = kept.join("\n").parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        let module: Name = module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let mut found = Found::default();
        found.walk(&tokens.into_iter().collect::<Vec<_>>(), &module);
        for (place, as_name, path) in found.uses {
            self.passed_on.insert((place, as_name), path);
        }
        self.modules.insert(module, Module { file: file.to_owned(), paths: found.paths });
    }

    /// The module in whose file a name stands.
    fn home(&self, path: &[String], hops: usize) -> Name {
        let mut at = Name::new();
        for (index, part) in path.iter().enumerate() {
            let mut deeper = at.clone();
            deeper.push(part.clone());
            if self.modules.contains_key(&deeper) {
                at = deeper;
            } else if let Some(target) = self.passed_on.get(&(at.clone(), part.clone()))
                && hops > 0
                && *target != path
            {
                let rest = path.get(index + 1..).unwrap_or_default();
                return self.home(&[target.as_slice(), rest].concat(), hops - 1);
            } else {
                break;
            }
        }
        at
    }

    /// The module that a path names itself, whatever stands behind it.
    fn named(&self, path: &[String]) -> Name {
        let longest = (1..=path.len()).rev().find(|length| self.modules.contains_key(&path[..*length]));
        longest.map(|length| path[..length].to_vec()).unwrap_or_default()
    }

    /// From which file to which module something is imported.
    fn imports(&self) -> BTreeSet<(&Name, Name)> {
        let mut all = BTreeSet::new();
        for (from, module) in &self.modules {
            for path in &module.paths {
                // A path that begins with no module of this crate names another crate.
                let of_root = path.first().is_some_and(|first| {
                    self.modules.contains_key(std::slice::from_ref(first))
                        || self.passed_on.contains_key(&(Name::new(), first.clone()))
                });
                let to = [self.named(path), self.home(path, 8)];
                all.extend(to.into_iter().filter(|to| of_root && !to.is_empty()).map(|to| (from, to)));
            }
        }
        // The roof passes on what is below it, and a folder's own file what is in the folder.
        all.retain(|(from, to)| !to.starts_with(from));
        all
    }

    /// The imports that no floor allows, each as a sentence that names both rooms and the file.
    fn pointing_up(&self, floors: &[&[&str]]) -> Vec<String> {
        let mut found = BTreeSet::new();
        for module in self.modules.keys().filter(|module| !module.is_empty()) {
            if room(floors, module).is_none() {
                let module = module.join("::");
                found.insert(format!("{module} is a new room: give it a floor in tests/shape/rooms.rs"));
            }
        }
        for name in floors.iter().flat_map(|floor| floor.iter()) {
            if !self.modules.keys().any(|module| fits(module, name)) {
                found.insert(format!("{name} has a floor and is not there"));
            }
        }
        for (from, to) in self.imports() {
            let (Some((lower, here)), Some((upper, there))) = (room(floors, from), room(floors, &to)) else {
                continue;
            };
            let file = &self.modules[from].file;
            if upper > lower {
                found.insert(format!("{here} imports from {there}, which stands above it: {file}"));
            } else if upper == lower && here.split("::").next() != there.split("::").next() {
                found.insert(format!("{here} imports from {there}, which stands beside it: {file}"));
            }
        }
        found.into_iter().collect()
    }

    /// Files that import each other in a circle, one line a circle.
    fn circles(&self) -> Vec<String> {
        let imports = self.imports();
        let mut reached: BTreeMap<&Name, BTreeSet<&Name>> = BTreeMap::new();
        for start in self.modules.keys() {
            let mut open = vec![start];
            let mut seen = BTreeSet::new();
            while let Some(at) = open.pop() {
                for (_, to) in imports.iter().filter(|(from, _)| *from == at) {
                    if let Some((to, _)) = self.modules.get_key_value(to)
                        && seen.insert(to)
                    {
                        open.push(to);
                    }
                }
            }
            reached.insert(start, seen);
        }
        let mut circles = BTreeSet::new();
        for (start, seen) in &reached {
            if seen.contains(start) {
                let back = |other: &&&Name| reached[**other].contains(*start);
                let files: Vec<String> =
                    seen.iter().filter(back).map(|name| self.modules[*name].file.clone()).collect();
                circles.insert(files.join(" and "));
            }
        }
        circles.into_iter().collect()
    }
}

/// Whether a module is a room or stands in it.
fn fits(module: &[String], room: &str) -> bool {
    let parts: Vec<&str> = room.split("::").collect();
    module.len() >= parts.len() && module.iter().zip(&parts).all(|(one, other)| one == other)
}

/// The floor of a module, and the room to which it belongs there.
fn room<'a>(floors: &[&[&'a str]], module: &[String]) -> Option<(usize, &'a str)> {
    let named =
        floors.iter().enumerate().flat_map(|(floor, rooms)| rooms.iter().map(move |name| (floor, *name)));
    named.filter(|(_, name)| fits(module, name)).max_by_key(|(_, name)| name.split("::").count())
}

/// What a file of a crate is called as a module.
fn module_of(inside: &Path) -> String {
    let path = inside.with_extension("");
    let mut parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    if parts == ["lib"] || parts.last() == Some(&"mod") {
        parts.pop();
    }
    parts.join("::")
}

/// The paths of a file, from the crate's root.
#[derive(Default)]
struct Found {
    paths: Vec<Name>,
    /// Where a `use` stands, the name that it gives, and what it names.
    uses: Vec<(Name, String, Name)>,
}

impl Found {
    fn walk(&mut self, tokens: &[TokenTree], module: &Name) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => {
                    self.walk(&group.stream().into_iter().collect::<Vec<_>>(), module);
                }
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                        (tokens.get(at), tokens.get(at + 1))
                    {
                        let inner = [module.as_slice(), &[name.to_string()]].concat();
                        self.walk(&body.stream().into_iter().collect::<Vec<_>>(), &inner);
                        at += 2;
                    }
                }
                TokenTree::Ident(word) if word == "use" => {
                    let end = tokens.iter().skip(at).position(|token| is(token, ';')).unwrap_or(0) + at;
                    for (path, name) in tree(&tokens[at..end], &[]) {
                        let path = from_root(&path, module);
                        self.uses.push((module.clone(), name, path.clone()));
                        self.paths.push(path);
                    }
                    at = end;
                }
                TokenTree::Ident(word) if ["crate", "super", "self"].iter().any(|start| word == start) => {
                    if double_colon(tokens, at) {
                        let (path, length) = run(&tokens[at - 1..]);
                        self.paths.push(from_root(&path, module));
                        at += length - 1;
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn double_colon(tokens: &[TokenTree], at: usize) -> bool {
    [at, at + 1].into_iter().all(|at| tokens.get(at).is_some_and(|token| is(token, ':')))
}

/// A path without branches, and how many tokens it takes.
fn run(tokens: &[TokenTree]) -> (Name, usize) {
    let mut path = Name::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        path.push(word.to_string());
        at += 1;
        if !double_colon(tokens, at) || !matches!(tokens.get(at + 2), Some(TokenTree::Ident(_))) {
            break;
        }
        at += 2;
    }
    (path, at)
}

/// Every path of what follows `use`, with the name by which it is known here.
fn tree(tokens: &[TokenTree], before: &[String]) -> Vec<(Name, String)> {
    let (path, length) = run(tokens);
    let path = [before, &path].concat();
    let rest = tokens.get(length..).unwrap_or_default();
    let rest = if double_colon(rest, 0) { &rest[2..] } else { rest };
    match rest.first() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            inner.split(|token| is(token, ',')).flat_map(|part| tree(part, &path)).collect()
        }
        Some(star) if is(star, '*') => vec![(path, "*".to_owned())],
        _ if path.is_empty() => Vec::new(),
        other => {
            let mut path = path;
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let renamed = other.and(rest.get(1)).map(ToString::to_string);
            let name = renamed.or_else(|| path.last().cloned()).unwrap_or_default();
            vec![(path, name)]
        }
    }
}

/// A path as it reads from the crate's root. One that begins with neither `crate`, `super` nor `self` is taken to
/// begin in the module's own folder; where there is no such module, it names another crate and is passed over.
fn from_root(path: &[String], module: &[String]) -> Name {
    let mut base: Name = module.to_vec();
    let mut rest = path;
    if rest.first().is_some_and(|first| first == "crate") {
        return rest[1..].to_vec();
    }
    if rest.first().is_some_and(|first| first == "self") {
        rest = &rest[1..];
    }
    while rest.first().is_some_and(|first| first == "super") {
        base.pop();
        rest = &rest[1..];
    }
    [base.as_slice(), rest].concat()
}

#[test]
fn a_room_imports_only_from_the_floors_below_it() {
    let mut found = Vec::new();
    for (name, floors) in ROOMS {
        found.extend(House::of(name).pointing_up(floors).into_iter().map(|line| format!("{name}: {line}")));
    }
    assert!(found.is_empty(), "the floors are broken:\n  {}", found.join("\n  "));
}

#[test]
fn no_files_of_a_crate_with_floors_import_each_other_in_a_circle() {
    let circles: Vec<String> = ROOMS.iter().flat_map(|(name, _)| House::of(name).circles()).collect();
    assert!(circles.is_empty(), "no file leans on one that leans on it:\n  {}", circles.join("\n  "));
}

/// A small crate of three floors, with one more file in it.
fn with(module: &str, source: &str) -> House {
    let mut house = House::default();
    house.add(
        "",
        "lib.rs",
        "mod store;\nmod decide;\nmod paper;\npub use paper::Sheet;\npub use store::read;",
    );
    house.add("store", "store.rs", "pub fn read() {}");
    house.add("decide", "decide/mod.rs", "mod draft;\npub(crate) use draft::Open;\nuse crate::store::read;");
    house.add("decide::draft", "decide/draft.rs", "use crate::{store::{self, read}};\npub struct Open;");
    house.add(
        "paper",
        "paper.rs",
        "use crate::decide::Open;\nuse sharewell_records::paper;\npub struct Sheet;",
    );
    house.add(module, "new.rs", source);
    house
}

const FLOORS: &[&[&str]] = &[&["store"], &["decide"], &["paper"]];

#[test]
fn an_import_that_points_up_is_found_and_both_rooms_are_named() {
    assert_eq!(with("store", "pub fn read() {}").pointing_up(FLOORS), Vec::<String>::new());
    for (module, source, from, to) in [
        ("store", "use crate::decide::Open;", "store", "decide"),
        ("store", "use crate::{decide::{self, Open}};", "store", "decide"),
        ("store", "fn read() -> crate::paper::Sheet { todo() }", "store", "paper"),
        ("store", "fn read() { same!(super::paper::Sheet) }", "store", "paper"),
        ("decide::draft", "use super::super::paper::Sheet;", "decide", "paper"),
        ("decide::draft", "mod inner { use super::super::super::paper::Sheet; }", "decide", "paper"),
        // What the roof passes on is followed to where it stands.
        ("store", "use crate::Sheet;", "store", "paper"),
        ("decide::draft", "use crate::{Sheet as Paper, read};", "decide", "paper"),
        // What a room passes on counts for the room itself, and for whoever takes it there.
        ("decide", "pub use crate::paper::Sheet;", "decide", "paper"),
    ] {
        let found = with(module, source).pointing_up(FLOORS);
        assert_eq!(found.len(), 1, "{source}: {found:?}");
        let said = format!("{from} imports from {to}, which stands above it: new.rs");
        assert_eq!(found[0], said, "{source}");
    }
}

#[test]
fn a_room_beside_is_not_imported_from_and_every_room_has_a_floor() {
    let beside: &[&[&str]] = &[&["store"], &["decide", "paper"]];
    let found = with("store", "pub fn read() {}").pointing_up(beside);
    assert_eq!(found, ["paper imports from decide, which stands beside it: paper.rs"]);
    let found = with("attic", "use crate::store::read;").pointing_up(FLOORS);
    assert_eq!(found, ["attic is a new room: give it a floor in tests/shape/rooms.rs"]);
    let cellar: &[&[&str]] = &[&["cellar"]];
    let found = with("store", "").pointing_up(&[FLOORS, cellar].concat());
    assert_eq!(found, ["cellar has a floor and is not there"]);
}

#[test]
fn a_part_of_a_room_may_stand_lower_than_the_rest() {
    let floors: &[&[&str]] = &[&["decide::draft"], &["store"], &["decide"], &["paper"], &["attic"]];
    let found = with("attic", "").pointing_up(floors);
    assert_eq!(found, ["decide::draft imports from store, which stands above it: decide/draft.rs"]);
}

#[test]
fn what_is_compiled_for_tests_alone_may_look_anywhere() {
    let source = "pub fn read() {}\n#[cfg(test)]\nmod tests {\n    use crate::paper::Sheet;\n}\n";
    assert_eq!(with("store", source).pointing_up(FLOORS), Vec::<String>::new());
}

#[test]
fn files_that_import_each_other_are_found() {
    let house = with("decide::steps", "use super::outcome::view;");
    assert_eq!(house.circles(), Vec::<String>::new());
    let mut house = house;
    house.add("decide::outcome", "outcome.rs", "use super::steps::place;\npub fn view() {}");
    assert_eq!(house.circles(), ["outcome.rs and new.rs"]);
}
