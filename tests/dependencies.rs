//! What the crates lean on from outside: nothing that no source names, and in the program nothing that can open a
//! connection.
//!
//! Read from `cargo metadata`, `cargo tree` and the sources themselves.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Declared without being named in a source, each with the reason.
const UNNAMED: &[(&str, &str, &str)] = &[(
    "sharewell",
    "getrandom",
    "gives the program the feature that its tests ask for, so that nothing compiles twice (xtask/src/selection.rs)",
)];

/// Crates that speak HTTP, TLS or DNS, or a protocol over them. A name that ends in `*` is the family. `sharewellctl`
/// and the agency's `intake` are not looked at: they may reach a database.
const CONNECTING: &[&str] = &[
    "actix-*",
    "attohttpc",
    "awc",
    "aws-lc-rs",
    "axum*",
    "boring*",
    "c-ares*",
    "curl*",
    "dns-*",
    "domain",
    "ftp*",
    "h2",
    "h3*",
    "hickory-*",
    "hyper*",
    "isahc",
    "lettre",
    "libcurl*",
    "mbedtls*",
    "minreq",
    "native-tls",
    "openssl*",
    "quinn*",
    "reqwest*",
    "resolv-conf",
    "rouille",
    "russh*",
    "rustls*",
    "s2n-*",
    "schannel",
    "security-framework*",
    "ssh2",
    "surf",
    "tauri-plugin-http",
    "tauri-plugin-updater",
    "tauri-plugin-websocket",
    "tiny_http",
    "tokio-native-tls",
    "tokio-rustls",
    "tokio-tungstenite",
    "tonic*",
    "trust-dns-*",
    "tungstenite",
    "ureq*",
    "warp",
    "webpki*",
    "websocket*",
];

/// In the program all the same, each with the reason.
const NOT_FOR_CONNECTIONS: &[(&str, &str)] =
    &[("openssl-sys", "the ciphers with which SQLCipher encrypts the vault; no code of ours calls its TLS")];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer =
        Command::new(cargo).current_dir(root()).args(arguments).output().expect("cargo can be started");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).expect("cargo answers in UTF-8")
}

/// The Rust sources below a folder, those of packages inside it left out.
fn sources(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            if !path.join("Cargo.toml").exists() {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.insert(path);
        }
    }
}

/// What a source says to the compiler: no comments, and without its tests unless they are asked for.
fn said(path: &Path, with_tests: bool) -> String {
    let inside = path.strip_prefix(root()).unwrap_or(path).iter().skip_while(|part| *part != "src");
    if !with_tests && inside.into_iter().any(|part| part == "tests" || part == "tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let end = if with_tests { text.len() } else { text.find("\nmod tests {").unwrap_or(text.len()) };
    let lines = text[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a crate is named: in a path, or taken in as it is.
fn names(source: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    source.match_indices(name).any(|(at, _)| {
        let (before, after) = (&source[..at], &source[at + name.len()..]);
        // `::csv` is the crate where a module has its name.
        let before = before
            .strip_suffix("::")
            .filter(|rest| !rest.ends_with(|c| word(c) || c == '>'))
            .unwrap_or(before);
        let taken_in = before.ends_with("use ") && after.starts_with([';', ' ']);
        !before.ends_with(word) && (after.starts_with("::") || taken_in)
    })
}

/// One declared dependency that no source names.
fn unnamed(package: &Value) -> Vec<String> {
    let list = |field: &str| package[field].as_array().expect("a list").clone();
    let text = |value: &Value, field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let own = text(package, "name");
    let (mut own_sources, mut tests, mut builds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for target in list("targets") {
        let path = PathBuf::from(text(&target, "src_path"));
        let folder = path.parent().expect("a source lies in a folder");
        match target["kind"][0].as_str() {
            Some("lib" | "bin") => sources(folder, &mut own_sources),
            Some("custom-build") => drop(builds.insert(path.clone())),
            _ => sources(folder, &mut tests),
        }
    }
    let all = |paths: &BTreeSet<PathBuf>, with_tests| {
        paths.iter().map(|path| said(path, with_tests)).collect::<Vec<_>>().join("\n")
    };
    let (program, building) = (all(&own_sources, false), all(&builds, true));
    let testing = all(&own_sources, true) + &all(&tests, true);
    let mut found = Vec::new();
    for dependency in list("dependencies") {
        let (name, renamed) = (text(&dependency, "name"), text(&dependency, "rename"));
        let word = if renamed.is_empty() { &name } else { &renamed }.replace('-', "_");
        let (where_, source) = match dependency["kind"].as_str() {
            Some("dev") => ("its tests", &testing),
            Some("build") => ("its build script", &building),
            _ => ("its sources outside their tests", &program),
        };
        // A crate may ask for features of itself, or of one that it leans on anyway, in its tests.
        let itself = dependency["kind"] == "dev" && name == own;
        let excepted = UNNAMED.iter().any(|(of, what, _)| *of == own && *what == name);
        if !itself && !excepted && !names(source, &word) {
            found.push(format!("{own} declares {name}, and {where_} never name it"));
        }
    }
    found
}

#[test]
fn every_declared_dependency_is_named_in_the_sources_that_it_is_declared_for() {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1"]))
        .expect("cargo answers in JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 8, "the workspace is the one that is meant");
    let found: Vec<String> = packages.iter().flat_map(unnamed).collect();
    assert!(
        found.is_empty(),
        "take these out of Cargo.toml, or name why in {}:\n  {}",
        file!(),
        found.join("\n  ")
    );
    let declared = |of: &str, what: &str| {
        let package = packages.iter().find(|package| package["name"] == of);
        let dependencies = package.and_then(|package| package["dependencies"].as_array());
        dependencies.is_some_and(|all| all.iter().any(|one| one["name"] == what))
    };
    for (of, what, why) in UNNAMED {
        assert!(declared(of, what), "{of} declares {what} no more ({why}): take the exception out");
    }
}

#[test]
fn a_crate_is_named_by_a_path_or_a_use_and_not_by_a_word() {
    for source in [
        "use age::Encryptor;",
        "let a = age::decrypt(b);",
        "use age as lock;",
        "#[derive(age::Error)]",
        "let a = ::age::decrypt(b);",
    ] {
        assert!(names(source, "age"), "{source}");
    }
    for source in ["let age = 3;", "input::age::on(day)", "page::shown()", "use ageing::old;", "stage::x()"] {
        assert!(!names(source, "age"), "{source}");
    }
}

/// The crates of a tree that can open a connection.
fn connecting(tree: &str) -> Vec<&str> {
    let fits = |name: &str, pattern: &&str| match pattern.strip_suffix('*') {
        Some(family) => name.starts_with(family),
        None => name == *pattern,
    };
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let named = names.into_iter().filter(|name| CONNECTING.iter().any(|pattern| fits(name, pattern)));
    named.filter(|name| !NOT_FOR_CONNECTIONS.iter().any(|(excepted, _)| excepted == name)).collect()
}

#[test]
fn the_program_holds_no_http_no_tls_and_no_dns() {
    let tree = cargo(&[
        "tree",
        "--offline",
        "--package",
        "sharewell",
        "--features",
        "desktop",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]);
    assert!(tree.lines().any(|line| line.starts_with("tauri v")), "the program with its window is meant");
    let found = connecting(&tree);
    assert!(
        found.is_empty(),
        "{found:?} can open a connection, and the program never does; `cargo tree -i` says who brings it"
    );
}

#[test]
fn a_crate_that_opens_connections_is_found_in_a_tree() {
    let tree = "sharewell v0.1.0\ntauri v2.12.0\nhttp v1.4.0\nopenssl-sys v0.9.1\nhttparse v1.10.1\nsocket2 v0.6.1\n";
    assert_eq!(connecting(tree), Vec::<&str>::new());
    for (line, name) in [
        ("hyper-util v0.1.18", "hyper-util"),
        ("reqwest v0.12.24", "reqwest"),
        ("rustls-webpki v0.103.8", "rustls-webpki"),
        ("native-tls v0.2.14", "native-tls"),
        ("openssl v0.10.75", "openssl"),
        ("hickory-resolver v0.25.2 (*)", "hickory-resolver"),
        ("ureq v3.1.4", "ureq"),
        ("curl-sys v0.4.84", "curl-sys"),
        ("tokio-tungstenite v0.28.0", "tokio-tungstenite"),
    ] {
        assert_eq!(connecting(&format!("{tree}{line}\n")), [name]);
    }
}
