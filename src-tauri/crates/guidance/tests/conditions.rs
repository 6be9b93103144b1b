//! Each of the twelve conditions, broken once in a small pack, is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_guidance::{Files, check_files};
use support::{broken, mini, replace};

/// The conditions that a pack does not meet.
fn unmet(files: &Files) -> Vec<u8> {
    let report = check_files(files);
    report.findings.iter().for_each(|finding| println!("{finding}"));
    let mut unmet: Vec<u8> = report.findings.iter().map(|finding| finding.condition).collect();
    unmet.dedup();
    unmet
}

#[test]
fn the_small_pack_meets_all_twelve() {
    let report = check_files(&mini());
    assert_eq!(report.findings, Vec::new(), "the pack that the others are broken from is whole");
    assert_eq!((report.steps, report.outcomes), (17, 7));
    assert_eq!(report.paths, 36, "every way through the pack, counted by hand: {report:?}");
    assert_eq!((report.shortest, report.longest, report.longest_to_advice_with_harm), (1, 12, 2));
}

#[test]
fn one_a_missing_text_is_found() {
    let files = broken("text/en.toml", "because.no = \"danger is no\"\n", "");
    assert_eq!(unmet(&files), [1], "a language must be whole");
}

#[test]
fn one_a_path_without_an_outcome_is_found() {
    let files = broken(
        "steps.toml",
        "{ to = \"outcome:hold\" },\n]\n\n[[step]]\nid = \"whose\"",
        "{ to = \"end\" },\n]\n\n[[step]]\nid = \"whose\"",
    );
    assert_eq!(unmet(&files), [1], "every path ends in an outcome");
}

#[test]
fn one_too_many_questions_are_found() {
    let mut files = mini();
    let (mut steps, mut texts) = (String::new(), String::new());
    for n in 0..10 {
        let next = if n == 9 { "purpose".to_owned() } else { format!("more{}", n + 1) };
        steps.push_str(&format!(
            "\n[[step]]\nid = \"more{n}\"\nkind = \"text\"\nsources = [\"S1\"]\nnext = \"{next}\"\n"
        ));
        texts.push_str(&format!("\n[step.more{n}]\nquestion = \"q\"\nshort = \"s\"\nwhy = \"w\"\n"));
    }
    replace(&mut files, "steps.toml", "{ to = \"purpose\" }", "{ to = \"more0\" }");
    files.get_mut("steps.toml").unwrap().extend(steps.bytes());
    files.get_mut("text/en.toml").unwrap().extend(texts.bytes());
    assert_eq!(unmet(&files), [1], "at most 18 questions");
}

#[test]
fn one_a_question_on_which_nothing_hangs_is_found() {
    let mut files = broken("steps.toml", "{ to = \"purpose\" }", "{ to = \"idle\" }");
    let idle = "\n[[step]]\nid = \"idle\"\nkind = \"text\"\nsources = [\"S1\"]\nnext = \"purpose\"\n";
    files.get_mut("steps.toml").unwrap().extend(idle.bytes());
    let words = "\n[step.idle]\nquestion = \"q\"\nshort = \"s\"\nwhy = \"w\"\n";
    files.get_mut("text/en.toml").unwrap().extend(words.bytes());
    assert_eq!(unmet(&files), [1]);
    let report = check_files(&files);
    assert!(report.findings.iter().all(|one| one.id == "idle" && one.message.contains("nothing hangs")));
}

#[test]
fn two_doubt_about_danger_that_waits_is_found() {
    let files = broken(
        "steps.toml",
        "{ is_any = [\"yes\", \"not_sure\"], to = \"outcome:emergency\" }",
        "{ is = \"yes\", to = \"outcome:emergency\" }",
    );
    assert!(unmet(&files).contains(&2), "not sure of danger is an emergency");
}

#[test]
fn two_a_purpose_asked_before_harm_is_found() {
    let mut files = broken("steps.toml", "{ to = \"harm\" }", "{ to = \"purpose\" }");
    replace(&mut files, "steps.toml", "{ to = \"duty\" }", "{ to = \"harm\" }");
    replace(
        &mut files,
        "steps.toml",
        "{ to = \"purpose\" }]\n\n[[step]]\nid = \"purpose\"",
        "{ to = \"duty\" }]\n\n[[step]]\nid = \"purpose\"",
    );
    assert!(unmet(&files).contains(&2), "harm is asked next after danger");
}

/// The small pack, in which a doubt about danger is asked about once more, where `when` holds.
fn asked_twice(when: &str) -> Files {
    let mut files = broken(
        "steps.toml",
        "{ is_any = [\"yes\", \"not_sure\"], to = \"outcome:emergency\" }",
        &format!("{when}{{ is_any = [\"yes\", \"not_sure\"], to = \"outcome:emergency\" }}"),
    );
    let own = "\n[[step]]\nid = \"own\"\nkind = \"yes_no\"\nasks = \"immediate_danger\"\nnot_sure = \"answer\"\nsources = [\"S1\"]\nnext = [\n{ is_any = [\"yes\", \"not_sure\"], to = \"outcome:emergency\" },\n{ to = \"outcome:hold\" },\n]\n";
    files.get_mut("steps.toml").unwrap().extend(own.bytes());
    let words = "\n[step.own]\nquestion = \"q\"\nshort = \"s\"\nwhy = \"w\"\nbecause.yes = \"y\"\nbecause.no = \"n\"\nbecause.not_sure = \"u\"\n";
    files.get_mut("text/en.toml").unwrap().extend(words.bytes());
    let fact = "\n[[known]]\nname = \"requester_verified\"\nkind = \"flag\"\n";
    files.get_mut("pack.toml").unwrap().extend(fact.bytes());
    files
}

#[test]
fn two_a_doubt_about_danger_asked_away_where_somebody_is_known_is_found() {
    let always = asked_twice("{ is = \"not_sure\", to = \"own\" },\n");
    let twice = "danger is asked about twice only where nobody made sure who asks";
    let says = |files: &Files| {
        let report = check_files(files);
        report.findings.iter().for_each(|finding| println!("{finding}"));
        report.findings.iter().any(|one| one.message == twice)
    };
    assert!(says(&always), "a doubt is danger, and no second question undoes it");
    let unchecked =
        "{ is = \"not_sure\", when = { known = \"requester_verified\", is = false }, to = \"own\" },\n";
    let asker = asked_twice(unchecked);
    assert!(!says(&asker), "what a voice says is asked about once more");
    assert!(unmet(&asker).contains(&2), "and harm is asked next all the same");
}

#[test]
fn three_silence_about_harm_is_found() {
    let files = broken(
        "outcomes.toml",
        "kind = \"share-without-consent\"\ndeadline = \"end_of_today\"",
        "kind = \"do-not-share\"\ndeadline = \"end_of_today\"",
    );
    assert!(unmet(&files).contains(&3), "suspected harm never ends in do-not-share");
}

#[test]
fn three_a_hold_without_a_deadline_is_found() {
    let files = broken(
        "outcomes.toml",
        "kind = \"hold-and-seek-advice\"\ndeadline = \"end_of_today\"\n",
        "kind = \"hold-and-seek-advice\"\n",
    );
    assert_eq!(unmet(&files), [3], "every hold has a deadline");
}

#[test]
fn three_harm_that_waits_for_nobody_is_found() {
    let files = broken("outcomes.toml", "[\"act\", \"front-door-today\", ", "[\"act\", ");
    assert_eq!(unmet(&files), [3], "harm that is not certain goes to the front door the same day");
}

#[test]
fn two_danger_answered_late_is_found() {
    let mut files = mini();
    replace(
        &mut files,
        "steps.toml",
        "{ is_any = [\"yes\", \"not_sure\"], to = \"outcome:emergency\" }",
        "{ is_any = [\"yes\", \"not_sure\"], to = \"where\" }",
    );
    let late = "\n[[step]]\nid = \"where\"\nkind = \"text\"\nsources = [\"S1\"]\nnext = \"when\"\n\n[[step]]\nid = \"when\"\nkind = \"text\"\nsources = [\"S1\"]\nnext = \"outcome:emergency\"\n";
    files.get_mut("steps.toml").unwrap().extend(late.bytes());
    for id in ["where", "when"] {
        let text = format!("\n[step.{id}]\nquestion = \"q\"\nshort = \"s\"\nwhy = \"w\"\n");
        files.get_mut("text/en.toml").unwrap().extend(text.bytes());
    }
    assert!(unmet(&files).contains(&2), "the emergency comes within two answers");
}

#[test]
fn eight_an_absent_adviser_without_a_front_door_is_found() {
    let files = broken("outcomes.toml", "[\"front-door-today\", \"legal\"", "[\"legal\"");
    let unmet = unmet(&files);
    assert!(unmet.contains(&8), "an adviser who is absent or disagrees leads to the front door: {unmet:?}");
}

#[test]
fn three_an_unsafe_route_that_is_not_changed_is_found() {
    let mut files = broken(
        "steps.toml",
        "asks = [\"tell_each_person\", \"explanation\"]",
        "asks = [\"tell_each_person\", \"explanation\", \"route\"]",
    );
    // The route is asked about as its own question, and nothing brings another after it.
    replace(&mut files, "steps.toml", ", \"route\"]", "]");
    replace(
        &mut files,
        "steps.toml",
        "after_advice = true\nsources = [\"S59\", \"S60\"]\nnext = \"end\"",
        "after_advice = true\nsources = [\"S59\", \"S60\"]\nnext = \"way\"\n\n[[step]]\nid = \"way\"\nkind = \"one_of\"\nasks = \"route\"\noptions = [\"safe\", \"unsafe\"]\nnot_sure = \"answer\"\nafter_advice = true\nsources = [\"S83\"]\nnext = \"end\"",
    );
    files.get_mut("text/en.toml").unwrap().extend(b"\n[step.way]\nquestion = \"How?\"\nshort = \"way\"\nwhy = \"w\"\noption.safe = \"a\"\noption.unsafe = \"b\"\n");
    let with_duty = unmet(&files);
    assert!(with_duty.is_empty(), "the obligation still asks for a secure route: {with_duty:?}");
    let text = String::from_utf8(files["outcomes.toml"].clone()).unwrap().replace("\"route\", ", "");
    let text =
        text.replace("[[obligation]]\nid = \"route\"\nduty = \"secure_route\"\nsources = [\"S87\"]\n", "");
    files.insert("outcomes.toml".into(), text.into_bytes());
    let text = String::from_utf8(files["text/en.toml"].clone()).unwrap();
    files.insert(
        "text/en.toml".into(),
        text.replace("[obligation.route]\nwhat = \"route\"\n", "").into_bytes(),
    );
    assert!(unmet(&files).contains(&3), "an unsafe route is changed");
}

#[test]
fn four_must_share_on_unconfirmed_law_is_found() {
    let files = broken(
        "steps.toml",
        "asks = \"duty\"\nsources = [\"S15\"]",
        "asks = \"duty\"\nunconfirmed = true\nsources = [\"S15\"]",
    );
    assert_eq!(unmet(&files), [4], "unconfirmed law never decides alone");
}

#[test]
fn four_a_duty_that_ends_elsewhere_is_found() {
    let files = broken("outcomes.toml", "kind = \"must-share\"", "kind = \"share-limited\"");
    assert_eq!(unmet(&files), [4], "a confirmed duty ends in must-share");
}

#[test]
fn four_danger_in_complying_without_legal_advice_is_found() {
    let files = broken(
        "outcomes.toml",
        "duty = \"legal_advice\"\ndeadline = \"end_of_today\"",
        "duty = \"legal_advice\"\ndeadline = \"within_days:3\"",
    );
    assert_eq!(unmet(&files), [4], "legal advice the same day");
}

#[test]
fn five_a_refusal_that_ends_the_matter_is_found() {
    let files = broken(
        "steps.toml",
        "{ is = \"refused\", to = \"weighing\" }",
        "{ is = \"refused\", to = \"outcome:hold\" }",
    );
    assert_eq!(unmet(&files), [5], "a refusal is weighed");
}

#[test]
fn six_telling_nobody_in_particular_is_found() {
    let files = broken(
        "steps.toml",
        "advise = \"must-share\", to = \"tell\"",
        "advise = \"must-share\", to = \"end\"",
    );
    assert_eq!(unmet(&files), [6], "each person is decided about");
}

#[test]
fn six_unsafe_for_the_child_alone_is_found() {
    let files = broken("pack.toml", "covers = \"evidence\"", "covers = \"other\"");
    assert_eq!(unmet(&files), [6], "unsafe covers lost evidence");
}

#[test]
fn seven_a_share_that_brings_no_record_is_found() {
    let files = broken("outcomes.toml", "\"limits\", \"record\", \"linked\"", "\"limits\", \"linked\"");
    assert_eq!(unmet(&files), [7], "every share is recorded");
}

#[test]
fn seven_a_silence_without_reasons_is_found() {
    let files = broken(
        "outcomes.toml",
        "obligations = [\"reasons\", \"change\", \"look-again\", \"linked\"]",
        "obligations = [\"change\", \"look-again\", \"linked\"]",
    );
    assert_eq!(unmet(&files), [7], "not sharing has its reasons written down");
}

#[test]
fn eight_doubt_that_ends_in_silence_is_found() {
    let files = broken(
        "steps.toml",
        "{ is = \"no\", to = \"outcome:do-not-share\" }",
        "{ is_any = [\"no\", \"not_sure\"], to = \"outcome:do-not-share\" }",
    );
    let mut files = files;
    replace(
        &mut files,
        "steps.toml",
        "{ is = \"not_sure\", to = \"outcome:hold\" }, { to = \"duty\" }",
        "{ to = \"duty\" }",
    );
    assert_eq!(unmet(&files), [8], "not sure is not no");
}

#[test]
fn eight_a_judgement_without_not_sure_is_found() {
    let mut files =
        broken("steps.toml", "asks = \"duty_exception\"", "asks = \"duty_exception\"\nnot_sure = \"none\"");
    assert_eq!(unmet(&files), [8], "not sure is offered at every judgement");
    replace(&mut files, "steps.toml", "not_sure = \"none\"", "not_sure = \"answer\"");
    assert_eq!(unmet(&files), [8], "and leads to an adviser");
}

#[test]
fn nine_consent_from_someone_who_may_not_give_it_is_found() {
    let files = broken(
        "steps.toml",
        "next = [{ is = \"yes\", to = \"outcome:share-consent\" }",
        "next = [{ is_any = [\"yes\", \"no\"], to = \"outcome:share-consent\" }",
    );
    assert_eq!(unmet(&files), [9], "consent counts only from someone entitled, given freely");
}

#[test]
fn nine_limits_without_words_are_found() {
    let files = broken(
        "steps.toml",
        "{ id = \"limited\", requires_words = true }",
        "{ id = \"limited\", reveals_words = true }",
    );
    assert_eq!(unmet(&files), [9], "limits are written down");
}

#[test]
fn ten_others_at_risk_without_a_decision_of_their_own_are_found() {
    let files = broken(
        "outcomes.toml",
        "when = { any = [{ answer = \"others\", some = true }, { answer = \"others\", is = \"not_sure\" }] }",
        "when = { answer = \"others\", is = \"not_sure\" }",
    );
    assert_eq!(unmet(&files), [10], "each person at risk gets a linked decision");
}

#[test]
fn eleven_asking_where_nothing_would_change_is_found() {
    let files = broken(
        "steps.toml",
        "{ is = \"yes\", to = \"consent\" }, { is = \"no\", to = \"weighing\" }",
        "{ is_any = [\"yes\", \"no\"], to = \"consent\" }",
    );
    assert_eq!(unmet(&files), [11], "no question whose answer changes nothing");
}

#[test]
fn twelve_an_outcome_that_no_answer_decided_is_found() {
    let files =
        broken("outcomes.toml", "deciding = [\"purpose\", \"weighing\"]", "deciding = [\"weighing\"]");
    assert_eq!(unmet(&files), [12], "reasons decide, and are named");
}

#[test]
fn twelve_a_countersignature_next_week_is_found() {
    let files = broken(
        "outcomes.toml",
        "duty = \"countersign\"\ndeadline = \"end_of_today\"",
        "duty = \"countersign\"\ndeadline = \"within_days:7\"",
    );
    assert_eq!(unmet(&files), [12], "the countersignature is due the same day");
}

#[test]
fn twelve_a_number_that_is_not_an_age_cannot_be_named() {
    let mut files = broken("pack.toml", "kind = \"age\"", "kind = \"flag\"");
    let report = check_files(&files);
    assert!(report.findings.iter().any(|f| f.message.contains("only an age can be compared")), "{report:?}");
    replace(&mut files, "pack.toml", "kind = \"flag\"", "kind = \"count\"");
    assert!(!check_files(&files).passes(), "there is no count");
}
