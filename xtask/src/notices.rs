//! `cargo xtask notices`: THIRD-PARTY.md, from what Cargo and npm say about what is built in.
//!
//! The list holds every crate that is linked into the program or sharewellctl on any system, and every npm
//! package that the window's pages are built from. It gives what the packages declare about themselves; it
//! does not read their licence texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::node;
use crate::place::{Place, file_problem, metadata, packages, text};
use crate::problem::{Outcome, Problem};

const FILE: &str = "THIRD-PARTY.md";

const OPENING: &str = "\
# Third-party notices

Sharewell is built from the work of others. This file lists it, with the licence that each declares. It is
written by `cargo xtask notices`; do not edit it.

## Built in, but not as a package of its own

| what | version | licence | where it comes from |
|---|---|---|---|
| Atkinson Hyperlegible Next (typeface, Braille Institute of America) | as in assets/fonts | OFL-1.1 | https://github.com/googlefonts/atkinson-hyperlegible-next |
| Long word list for passphrases (Electronic Frontier Foundation) | as in assets/passphrase/eff-large.en.txt, without the dice numbers | CC-BY-3.0-US | https://www.eff.org/dice |
| Noto Sans and Noto Naskh Arabic (typefaces, the Noto project authors) | as in assets/fonts | OFL-1.1 | https://github.com/notofonts |
| DejaVu Sans, cut down and renamed (typeface, the DejaVu authors after Bitstream Vera and Arev) | as in assets/fonts | Bitstream-Vera AND LicenseRef-Arev | https://dejavu-fonts.github.io |
";

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Notice {
    name: String,
    version: String,
    licence: String,
    home: String,
}

/// Writes the file.
pub fn write() -> Outcome {
    let place = Place::find()?;
    let file = place.root.join(FILE);
    fs::write(&file, compose(&place)?).map_err(|error| file_problem("write", &file, &error))?;
    println!("{FILE} is written.");
    Ok(())
}

/// Fails when the file is not what [`write`] would write.
pub fn check() -> Outcome {
    let place = Place::find()?;
    let present = fs::read_to_string(place.root.join(FILE)).unwrap_or_default();
    if present.replace("\r\n", "\n") == compose(&place)? {
        println!("{FILE} is up to date.");
        return Ok(());
    }
    Err(Problem::new(
        format!("{FILE} does not list what is built in now."),
        "Run `cargo xtask notices` and commit the file.",
    ))
}

fn compose(place: &Place) -> Outcome<String> {
    // npm's packages are asked themselves where they come from, so they have to be there.
    node::packages(place)?;
    let all = metadata(&place.root, &["--features", "sharewell/desktop"])?;
    let lock_file = place.root.join("package-lock.json");
    let lock = fs::read(&lock_file).map_err(|error| file_problem("read", &lock_file, &error))?;
    let lock: Value = serde_json::from_slice(&lock).map_err(|error| {
        Problem::new(format!("package-lock.json is not JSON: {error}."), "Restore it from the last commit.")
    })?;
    let mut page = OPENING.to_owned();
    for notice in vendored(&all) {
        row(&mut page, &notice);
    }
    table(&mut page, "Rust crates", &crates(&all));
    let (shipped, tools) = npm(&place.root, &lock);
    table(&mut page, "npm packages in the window's pages", &shipped);
    table(
        &mut page,
        "npm packages that build and check them, whose code may be taken into the pages",
        &tools,
    );
    Ok(page)
}

fn table(page: &mut String, title: &str, notices: &BTreeSet<Notice>) {
    let _infallible = write!(
        page,
        "\n## {title}\n\n| name | version | licence | where it comes from |\n|---|---|---|---|\n"
    );
    for notice in notices {
        row(page, notice);
    }
}

fn row(page: &mut String, notice: &Notice) {
    let Notice { name, version, licence, home } = notice;
    // Writing to a String cannot fail.
    let _infallible = writeln!(page, "| {name} | {version} | {} | {home} |", licence.replace('|', "or"));
}

/// C sources that come inside a crate. Their versions are those of the crates that carry them.
fn vendored(all: &Value) -> Vec<Notice> {
    let version = |name: &str| {
        packages(all)
            .find(|package| text(package, "name").as_deref() == Some(name))
            .and_then(|package| text(package, "version"))
    };
    let mut found = Vec::new();
    if let Some(carrier) = version("libsqlite3-sys") {
        for (name, licence, home) in [
            ("SQLCipher", "BSD-3-Clause", "https://github.com/sqlcipher/sqlcipher"),
            ("SQLite", "public domain", "https://sqlite.org"),
        ] {
            found.push(Notice {
                name: name.into(),
                version: format!("in libsqlite3-sys {carrier}"),
                licence: licence.into(),
                home: home.into(),
            });
        }
    }
    if let Some(carrier) = version("openssl-src") {
        let version = carrier.split_once('+').map_or(carrier.clone(), |(_, openssl)| openssl.to_owned());
        found.push(Notice {
            name: "OpenSSL".into(),
            version,
            licence: "Apache-2.0".into(),
            home: "https://github.com/openssl/openssl".into(),
        });
    }
    found
}

/// Every crate that is reached from what we give out without passing a development dependency.
fn crates(all: &Value) -> BTreeSet<Notice> {
    let known: BTreeMap<String, &Value> =
        packages(all).filter_map(|package| Some((text(package, "id")?, package))).collect();
    let nodes: BTreeMap<String, &Value> = all
        .pointer("/resolve/nodes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|node| Some((text(node, "id")?, node)))
        .collect();
    let mut open: Vec<String> = known
        .iter()
        .filter(|(_, package)| {
            matches!(text(package, "name").as_deref(), Some("sharewell" | "sharewell-ctl"))
                && package.get("source").is_none_or(Value::is_null)
        })
        .map(|(id, _)| id.clone())
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let Some(node) = nodes.get(&id) else { continue };
        for edge in node.get("deps").and_then(Value::as_array).into_iter().flatten() {
            let linked = edge
                .get("dep_kinds")
                .and_then(Value::as_array)
                .is_some_and(|kinds| kinds.iter().any(|kind| kind.get("kind").is_none_or(Value::is_null)));
            if linked && let Some(to) = text(edge, "pkg") {
                open.push(to);
            }
        }
    }
    reached
        .iter()
        .filter_map(|id| known.get(id))
        .filter(|package| package.get("source").is_some_and(Value::is_string))
        .map(|package| {
            notice(package, text(package, "repository").map(|home| home.trim_end_matches(".git").to_owned()))
        })
        .collect()
}

/// npm's packages: those that ship, and those that build.
fn npm(root: &Path, lock: &Value) -> (BTreeSet<Notice>, BTreeSet<Notice>) {
    let mut shipped = BTreeSet::new();
    let mut tools = BTreeSet::new();
    let listed = lock.get("packages").and_then(Value::as_object).into_iter().flatten();
    for (path, about) in listed.filter(|(path, _)| path.contains("node_modules/")) {
        // Packages for other systems are listed but not installed: the lock file alone speaks for them, so
        // that the notices are the same on every system.
        let optional = about.get("optional").and_then(Value::as_bool).unwrap_or(false);
        let own = if optional { Value::Null } else { own_words(&root.join(path)) };
        let mut found = notice(about, repository(&own));
        if found.name.is_empty() {
            found.name = path.rsplit("node_modules/").next().unwrap_or(path).to_owned();
        }
        if found.licence == UNSTATED
            && let Some(licence) = text(&own, "license")
        {
            found.licence = licence;
        }
        let builds = about.get("dev").and_then(Value::as_bool).unwrap_or(false);
        if builds {
            tools.insert(found)
        } else {
            shipped.insert(found)
        };
    }
    (shipped, tools)
}

const UNSTATED: &str = "not stated";

fn notice(package: &Value, home: Option<String>) -> Notice {
    Notice {
        name: text(package, "name").unwrap_or_default(),
        version: text(package, "version").unwrap_or_default(),
        licence: text(package, "license").unwrap_or_else(|| UNSTATED.to_owned()),
        home: home.unwrap_or_default(),
    }
}

fn own_words(folder: &Path) -> Value {
    let file: PathBuf = folder.join("package.json");
    fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or(Value::Null)
}

/// A package.json names its repository as text or as an object, in several spellings.
fn repository(package: &Value) -> Option<String> {
    let named = package.get("repository")?;
    let address = named.as_str().map(str::to_owned).or_else(|| text(named, "url"))?;
    let address = address.trim_start_matches("git+").trim_end_matches(".git");
    let address = address.strip_prefix("git://").map_or(address.to_owned(), |rest| format!("https://{rest}"));
    let plain = !address.contains(':') && address.split('/').count() == 2;
    let short = address.strip_prefix("github:").map(str::to_owned).or(plain.then(|| address.clone()));
    Some(short.map_or(address, |name| format!("https://github.com/{name}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn repositories_are_written_one_way() {
        for spelling in [
            json!({ "repository": "github:a/b" }),
            json!({ "repository": "a/b" }),
            json!({ "repository": { "url": "git+https://github.com/a/b.git" } }),
            json!({ "repository": { "url": "git://github.com/a/b.git" } }),
        ] {
            assert_eq!(repository(&spelling).as_deref(), Some("https://github.com/a/b"), "{spelling}");
        }
    }

    #[test]
    fn only_what_is_linked_is_listed() {
        let edge = |to: &str, kind: Value| json!({ "pkg": to, "dep_kinds": [{ "kind": kind }] });
        let package = |id: &str, source: Value| json!({ "id": id, "name": id, "version": "1.0.0", "license": "MIT", "source": source });
        let all = json!({
            "packages": [
                package("sharewell", Value::Null),
                package("linked", json!("a registry")),
                package("below", json!("a registry")),
                package("tester", json!("a registry")),
                package("builder", json!("a registry")),
            ],
            "resolve": { "nodes": [
                { "id": "sharewell", "deps": [
                    edge("linked", Value::Null), edge("tester", json!("dev")), edge("builder", json!("build")),
                ] },
                { "id": "linked", "deps": [edge("below", Value::Null)] },
            ] },
        });
        let names: Vec<String> = crates(&all).into_iter().map(|notice| notice.name).collect();
        assert_eq!(names, ["below", "linked"], "what only tests or builds is not given out");
    }
}
