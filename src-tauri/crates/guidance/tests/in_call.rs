//! What is said or asked in the call is marked for it: nothing else is ticked as said, and nothing that is said is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use sharewell_guidance::practice::call::takes_lines;
use sharewell_guidance::practice::cards::may_be_in_call;
use sharewell_guidance::{
    Error, Files, FlowWords, NoticeKind, Pack, Part, SideOf, What, check_files, content_hash, difference,
    lay, mount,
};
use support::{read, replace, root};

fn files() -> Files {
    mount(read(&root("assets/guidance/england/2024-05")), &read(&root("assets/guidance/shared")))
}

fn packs() -> Vec<Pack> {
    let all = [
        "england/2024-05",
        "england/2015-03",
        "scotland/2023-08",
        "wales/2021-02",
        "northern_ireland/2019-04",
    ];
    let shared = read(&root("assets/guidance/shared"));
    let of = |one: &str| Pack::load(&mount(read(&root(&format!("assets/guidance/{one}"))), &shared)).unwrap();
    all.into_iter().map(of).collect()
}

fn changed(path: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    replace(&mut files, path, from, to);
    files
}

#[test]
fn what_is_done_or_said_to_the_child_meanwhile_is_no_line_of_the_call() {
    let elsewhere = [
        "child-told",
        "told-alone",
        "wound",
        "suicide",
        "keep-apart",
        "infant-seen",
        "tell-parent",
        "tell-first",
        "unfit-door",
        "unfit-fetch",
        "staff-record",
        "as-seen",
        "missing-home",
        "emergency-first",
    ];
    for pack in packs() {
        for id in elsewhere {
            let line = pack.notices().iter().find(|one| one.id == id);
            assert!(line.is_some_and(|line| !line.in_call), "{}: {id}", pack.name());
        }
    }
}

#[test]
fn the_plan_for_the_door_and_for_the_child_is_asked_in_the_call_wherever_it_is_read() {
    let asked = [
        "door",
        "door-there",
        "before-then",
        "child-call",
        "unborn-case",
        "hurt-seen",
        "staff-call",
        "two-children",
    ];
    for pack in packs() {
        for id in asked {
            let line = pack.notices().iter().find(|one| one.id == id);
            assert!(line.is_some_and(|line| line.in_call), "{}: {id}", pack.name());
        }
        for id in ["linked-today", "others-now", "find-others", "who-acted", "limits", "say-only"] {
            let duty = pack.obligations().iter().find(|one| one.id == id).unwrap();
            assert!(duty.in_call && may_be_in_call(duty.duty), "{}: {id}", pack.name());
        }
    }
}

#[test]
fn before_engine_six_every_line_that_is_said_or_done_stood_on_the_call_card_and_does_still() {
    let frozen = root("tests/fixtures/packs/e5f0dd7/guidance");
    let pack =
        Pack::load(&mount(read(&frozen.join("england/2024-05")), &read(&frozen.join("shared")))).unwrap();
    assert_eq!(pack.engine, 5);
    assert!(pack.notices().iter().all(|line| line.in_call == (line.kind == NoticeKind::Do)));
    assert!(pack.obligations().iter().all(|one| !one.in_call));
    for engine in ["5", "4"] {
        let older = changed("pack.toml", "engine = 7", &format!("engine = {engine}"));
        let Err(Error::Pack(problems)) = Pack::load(&older) else {
            panic!("engine {engine} passed over the mark")
        };
        let unknown = problems.iter().filter(|one| one.what == What::UnknownField);
        assert!(unknown.clone().any(|one| one.message.contains("in_call")), "{problems:?}");
    }
}

#[test]
fn a_ban_and_law_are_no_lines_of_the_call() {
    for kind in ["ban", "law"] {
        let from = format!("kind = \"{kind}\"\n");
        let files = changed("outcomes.toml", &from, &format!("{from}in_call = true\n"));
        let Err(Error::Pack(problems)) = Pack::load(&files) else {
            panic!("a line of the kind {kind} was taken")
        };
        assert!(
            problems.iter().any(|one| one.what == What::Misplaced && one.message.contains("call")),
            "{problems:?}"
        );
    }
}

#[test]
fn a_line_is_marked_only_where_it_can_be_said_and_somebody_is_rung() {
    let mut files = files();
    let marked = |files: &mut Files, path: &str, from: &str| {
        replace(files, path, from, &format!("{from}in_call = true\n"));
    };
    for id in [
        "act-harm\"\nduty = \"act",
        "chase\"\nduty = \"escalate",
        "record-share\"\nduty = \"record_disclosure",
    ] {
        marked(&mut files, "outcomes.toml", &format!("id = \"{id}\"\n"));
    }
    let idle = "id = \"numbers-hold\"\nkind = \"do\"\non = [\"hold-numbers\"]\n";
    marked(&mut files, "shared/everyday/lines.toml", idle);
    let found = check_files(&files).findings;
    assert!(found.iter().all(|one| one.condition == 13 && one.line > 0), "{found:?}");
    let of = |id: &str| -> Vec<&str> {
        found.iter().filter(|one| one.id == id).map(|one| one.message.as_str()).collect()
    };
    for id in ["act-harm", "chase", "record-share"] {
        assert_eq!(
            of(id),
            ["it is a call of its own, or written, or later: it is not said in the call"],
            "{id}"
        );
    }
    assert_eq!(of("numbers-hold"), ["no outcome that brings it rings anybody: it is said in no call"]);
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn who_compares_two_packs_is_told_of_the_mark() {
    let before = Pack::load(&files()).unwrap();
    let mut other = files();
    replace(&mut other, "outcomes.toml", "card = \"telling\"\nin_call = true\n", "card = \"telling\"\n");
    replace(
        &mut other,
        "outcomes.toml",
        "duty = \"who_else_acted\"\npoint = true\nin_call = true\n",
        "duty = \"who_else_acted\"\npoint = true\n",
    );
    let after = Pack::load(&other).unwrap();
    let words = FlowWords { in_call: "in the call".into(), ..FlowWords::default() };
    let change = difference((&before, "en"), (&after, "en"), &words);
    let said = Part::Text("in the call".into());
    for (changes, id) in [(&change.words, "notice.child-call.what"), (&change.obligations, "who-acted")] {
        let [one] = changes.changed.as_slice() else { panic!("{:?}", changes.changed) };
        assert_eq!((one.id.as_str(), one.sides.len(), one.sides[0].what), (id, 1, SideOf::Form));
        assert!(one.sides[0].before.contains(&said) && !one.sides[0].after.contains(&said), "{one:?}");
    }
}

#[test]
fn an_agency_marks_a_duty_of_its_own_and_takes_the_mark_from_none() {
    let mut overlay = read(&root("tests/fixtures/overlay/fablewell"));
    replace(&mut overlay, "overlay.toml", &"0".repeat(64), &content_hash(&files()).to_string());
    let mut marked = overlay.clone();
    let duty = "\n[[obligation]]\nid = \"fablewell-ask-bus\"\nduty = \"who_else_acted\"\npoint = true\nin_call = true\nsources = [\"FABLEWELL\"]\n";
    marked.get_mut("outcomes.toml").unwrap().extend(duty.bytes());
    marked
        .get_mut("overlay.toml")
        .unwrap()
        .extend("\n[[attach]]\nobligation = \"fablewell-ask-bus\"\nto = [\"share-harm\"]\n".bytes());
    let words = "\n[obligation.fablewell-ask-bus]\nwhat = \"Ask whether the bus company was told\"\n";
    marked.get_mut("text/en.toml").unwrap().extend(words.bytes());
    let pack = Pack::load(&lay(&files(), &marked)).unwrap();
    let own = |id: &str| pack.obligations().iter().find(|one| one.id == id).unwrap();
    assert!(own("fablewell-ask-bus").in_call && own("who-acted").in_call);
    let act = pack.outcomes().iter().find(|one| one.id == "share-harm").unwrap();
    let ring = pack.rung_by(&act.id, "act-harm", own("act-harm").duty).unwrap();
    assert!(takes_lines(own("act-harm").duty, ring), "and there is a call in which it is asked");
    let mut taken = overlay;
    taken
        .get_mut("overlay.toml")
        .unwrap()
        .extend(b"\n[[sooner]]\nobligation = \"who-acted\"\nin_call = false\n");
    assert!(Pack::load(&lay(&files(), &taken)).is_err(), "an overlay has no field for it");
}
