//! Every verb says what it does, with an example, and misuse is told apart from refusal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use support::run;

#[test]
fn every_verb_explains_itself_with_an_example_and_exits_0() {
    let verbs: [(&[&str], &[&str]); 39] = [
        (&["pack", "check"], &["[DIR]...", "sharewellctl pack check ./wales-2026-04"]),
        (&["pack", "show"], &["<ID>", "--as", "sharewellctl pack show england"]),
        (&["pack", "review"], &["<DIR>", "--by", "--role", "sharewellctl pack review ./wales-2026-04"]),
        (&["pack", "keygen"], &["--out", "sharewellctl pack keygen"]),
        (&["pack", "sign"], &["--key", "--out", "sharewellctl pack sign ./england-2027-01"]),
        (&["pack", "verify"], &["<FILE>", "--key", "sharewellctl pack verify"]),
        (&["decide"], &["--facts", "--answers", "--on", "sharewellctl decide --pack england"]),
        (&["sample"], &["--cases", "--seed", "--notes", "sharewellctl sample --vault"]),
        (&["vault", "verify"], &["--vault", "sharewellctl vault verify"]),
        (&["vault", "backup"], &["--vault", "sharewellctl vault backup"]),
        (&["vault", "rehearse"], &["--from", "Nothing is written", "sharewellctl vault rehearse"]),
        (&["vault", "restore"], &["--from", "sharewellctl vault restore"]),
        (&["agency", "example"], &["sharewellctl agency example"]),
        (&["agency", "init"], &["--offline", "--out", "--from", "written over", "sharewellctl agency init"]),
        (&["agency", "profile"], &["--offline", "--agency", "--show", "sharewellctl agency profile"]),
        (
            &["agency", "enrol"],
            &["<REQUEST>", "--fingerprint", "--role", "Ring them", "sharewellctl agency enrol"],
        ),
        (&["agency", "renew"], &["--key", "--until", "sharewellctl agency renew"]),
        (&["agency", "revoke"], &["--key", "--from", "sharewellctl agency revoke"]),
        (
            &["agency", "recover"],
            &["--vault", "--by", "--why", "--agreed", "two people", "sharewellctl agency recover"],
        ),
        (&["agency", "roster"], &["--agency", "sharewellctl agency roster"]),
        (&["share", "key"], &["--out", "fingerprint", "sharewellctl share key"]),
        (
            &["share", "open"],
            &["<FILE>", "--key", "--to", "--signer", "by telephone", "sharewellctl share open"],
        ),
        (&["vault", "receipt"], &["FILE", "sharewellctl vault receipt"]),
        (&["intake"], &["--keys", "--store", "--receipts", "--database", "receipt", "sharewellctl intake"]),
        (&["intake", "watch"], &["--once", "ten minutes", "sharewellctl intake watch"]),
        (&["intake", "again"], &["--keys", "sharewellctl intake again"]),
        (&["intake", "clock"], &["--keys", "sharewellctl intake clock"]),
        (&["intake", "list"], &["--role", "Restricted files", "sharewellctl intake list"]),
        (&["intake", "show"], &["<ID>", "--role", "sharewellctl intake show"]),
        (&["intake", "search"], &["<QUERY>", "--role", "sharewellctl intake search"]),
        (&["intake", "lost"], &["--lost", "<WHO>", "--role", "unknown", "sharewellctl intake lost"]),
        (&["intake", "sql"], &["--without", "administers the database", "sharewellctl intake sql"]),
        (&["intake", "dispose"], &["--case", "--authority", "legal hold", "sharewellctl intake dispose"]),
        (&["end", "look"], &["--vault", "--files", "sharewellctl end look"]),
        (&["end", "vault"], &["--reason", "--confirm", "There is no way back", "sharewellctl end vault"]),
        (&["end", "go-on"], &["--to", "sharewellctl end go-on"]),
        (&["end", "verify"], &["<FILE>", "--key", "sharewellctl end verify"]),
        (&["search"], &["<QUERY>", "access log", "sharewellctl search"]),
        (
            &["handover"],
            &[
                "--recipient",
                "--case",
                "--restricted",
                "--tables",
                "strict",
                "--again",
                "--from-beginning",
                "--reason",
                "fingerprint",
                "sharewellctl handover",
            ],
        ),
    ];
    for (verb, phrases) in verbs {
        let back = run(&[verb, &["--help"]].concat()).exits(0);
        for phrase in phrases.iter().chain(&["--json", "Usage: sharewellctl", "Example"]) {
            assert!(back.out.contains(phrase), "the help of {verb:?} says {phrase}:\n{}", back.out);
        }
    }
}

#[test]
fn the_first_page_names_every_verb_the_exit_statuses_and_where_the_passphrase_comes_from() {
    let back = run(&["--help"]).exits(0);
    for phrase in [
        "pack",
        "decide",
        "sample",
        "vault",
        "search",
        "handover",
        "agency",
        "intake",
        "Exit status",
        "SHAREWELL_PASSPHRASE_FILE",
    ] {
        assert!(back.out.contains(phrase), "{phrase}:\n{}", back.out);
    }
    assert!(run(&["--version"]).exits(0).out.starts_with("sharewellctl "));
}

#[test]
fn no_verb_takes_a_passphrase_as_an_argument() {
    for verb in ["sample", "search", "handover"] {
        let back = run(&[verb, "--passphrase", "open sesame"]).exits(2);
        assert!(!back.err.contains("open sesame"), "what was typed is not repeated:\n{}", back.err);
    }
}

#[test]
fn misuse_exits_2_and_says_what_is_wrong() {
    for (args, phrase) in [
        (&[][..], "Usage"),
        (&["pack"][..], "check"),
        (&["packs"][..], "unrecognized"),
        (&["sample", "--vault", "x", "--cases", "none", "--seed", "1"][..], "--cases"),
        (&["sample", "--vault", "x", "--cases", "0", "--seed", "1"][..], "--cases"),
        (&["decide", "--pack", "england"][..], "--facts"),
        (&["decide", "--pack", "e", "--facts", "f", "--answers", "a", "--on", "yesterday"][..], "--on"),
    ] {
        let back = run(args).exits(2);
        assert!(back.err.contains(phrase), "{args:?} is told about {phrase}:\n{}", back.err);
    }
}
