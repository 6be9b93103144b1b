//! A decision countersigned on another laptop, by two files under one code.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use sharewell_casework::long::Long as _;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Error, Failure, Kdf, Vault, Work, children, countersign, decide, paper, start,
};
use support::*;

/// A decision that holds against the advice to share.
fn held(vault: &mut Vault, case: CaseId) -> DecisionView {
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("behind", choices(&["home"])),
        ("signs", Answer::Choices { values: vec!["domestic".into()], words: String::new() }),
        ("asked", choice("unsafe")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(vault, case, &said, 10);
    let mut draft = signing(&outcome);
    draft.decided = Some(OutcomeKind::HoldAndSeekAdvice);
    draft.otherwise = "The police asked us to wait until tonight, and so did Wren Nosuch.".into();
    sign_off(vault, outcome.decision, draft, at(80)).unwrap()
}

/// The lead's own vault, on another laptop.
fn lead(dir: &Path) -> Vault {
    let who = NewPractitioner {
        name: "Ada Mockford".into(),
        role: "Named nurse".into(),
        phone: "01632 960202".into(),
        ..practitioner()
    };
    let (mut vault, code) =
        start::create_vault_with(dir, who, secret(PASSPHRASE), Kdf::weak_for_tests(), at(0)).unwrap();
    start::confirm_recovery_code(&mut vault, &secret(&code.groups.join(" ")), at(0)).unwrap();
    vault
}

struct Two {
    _dirs: tempfile::TempDir,
    dir: PathBuf,
    asker: Vault,
    lead: Vault,
    case: CaseId,
    decision: DecisionView,
}

impl Two {
    fn new() -> Self {
        Self::after(|_, _| {})
    }

    /// Two vaults, and whatever else happens in the file before the decision.
    fn after(before: impl FnOnce(&mut Vault, CaseId)) -> Self {
        let dirs = tempfile::tempdir().unwrap();
        let dir = dirs.path().to_path_buf();
        let mut asker = vault(&dir.join("asker"));
        let (case, ..) = family(&mut asker);
        before(&mut asker, case);
        let decision = held(&mut asker, case);
        let lead = lead(&dir.join("lead"));
        Self { _dirs: dirs, dir, asker, lead, case, decision }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Asks; returns the code as it is read out.
    fn ask(&mut self) -> String {
        let file = self.file("ask");
        let view =
            countersign::ask_countersignature(&mut self.asker, self.decision.id, &file, at(90)).unwrap();
        view.asked.unwrap().code.join(" ").to_lowercase()
    }

    fn typed(&self, code: &str, verdict: Option<Verdict>, words: &str) -> CountersignInput {
        CountersignInput {
            path: self.file("ask").to_string_lossy().into_owned(),
            code: code.into(),
            entry_hash: self.decision.entry_hash.clone(),
            verdict,
            words: words.into(),
            to: self.file("answer").to_string_lossy().into_owned(),
        }
    }

    fn answer(&mut self, code: &str, verdict: Verdict, words: &str) -> SaidView {
        let typed = self.typed(code, Some(verdict), words);
        countersign::answer_ask(&mut self.lead, &typed, at(100)).unwrap()
    }

    fn take(&mut self) -> CountersigningView {
        let file = self.file("answer");
        let shown = countersign::open_answer(&self.asker, self.decision.id, &file, at(110)).unwrap();
        countersign::take_answer(&mut self.asker, self.decision.id, &file, shown.id, at(110)).unwrap()
    }
}

#[test]
fn a_lead_on_another_laptop_agrees_over_exactly_what_was_decided() {
    let mut two = Two::new();
    let before = countersign::countersigning(&two.asker, two.decision.id, at(89)).unwrap();
    assert!(before.wanted && before.asked.is_none());
    assert_eq!((before.lead_name.as_str(), before.lead_phone.as_str()), ("Ada Mockford", "01632 960202"));
    let code = two.ask();

    let shown = countersign::open_ask(&two.lead, &two.file("ask"), &code, at(95)).unwrap();
    assert_eq!(shown.decision.entry_hash, two.decision.entry_hash, "worked out anew, and the same");
    assert_eq!((shown.asked_by.as_str(), shown.guidance_known), ("Nia Exampleton", true));
    assert_eq!(shown.fingerprint, before.fingerprint, "what the two compare by telephone");
    assert_eq!(shown.decision.child, "Ayla Sampleton");
    assert_eq!(
        shown.decision.otherwise,
        "The police asked us to wait until tonight, and so did Wren Nosuch."
    );
    let questions = |view: &DecisionView| -> Vec<_> {
        view.answers.iter().map(|one| (one.question.clone(), one.answer.clone())).collect()
    };
    assert_eq!(questions(&shown.decision), questions(&two.decision), "as it was asked");

    let said = two.answer(&code, Verdict::Agrees, "");
    let after = two.take();
    assert!(!after.wanted && after.asked.is_none(), "agreement closes the duty, and the code is gone");
    let kept = after.said.first().unwrap();
    assert_eq!((kept.id, kept.by.as_str(), kept.verdict), (said.id, "Ada Mockford", Verdict::Agrees));
    assert_eq!(kept.fingerprint, said.fingerprint);
    let view = decide::decision(&two.asker, two.decision.id, at(111)).unwrap();
    let duty = view.obligations.iter().find(|one| one.duty == Duty::Countersign).unwrap();
    assert_eq!((duty.state, duty.note.as_str()), (DutyState::Done, "Ada Mockford, Named nurse"));
    assert!(!all_to_do(&two.asker, at(112)).iter().any(|one| one.duty == Duty::Countersign));
    let story = children::child_file(&mut two.asker, two.case, at(113)).unwrap();
    let told = format!("{:?}", story.timeline);
    assert!(told.contains("decision_countersigned"), "the file tells it");
    assert!(two.asker.verify(&[]).unwrap().sound() && two.lead.verify(&[]).unwrap().sound());
}

#[test]
fn a_lead_who_does_not_agree_says_why_and_the_duty_stays() {
    let mut two = Two::new();
    let code = two.ask();
    let nothing = two.typed(&code, None, "");
    let nothing = countersign::answer_ask(&mut two.lead, &nothing, at(100)).unwrap_err();
    let nothing = Failure::from(nothing);
    assert_eq!((nothing.code, nothing.field.as_deref()), (Code::Missing, Some("verdict")));
    let silent = two.typed(&code, Some(Verdict::Disagrees), "  ");
    let silent = countersign::answer_ask(&mut two.lead, &silent, at(100)).unwrap_err();
    let silent = Failure::from(silent);
    assert_eq!((silent.code, silent.field.as_deref()), (Code::ReasonMissing, Some("words")));
    assert!(!two.file("answer").exists(), "nothing leaves before it is said");
    two.answer(&code, Verdict::Disagrees, "Ring the front door now.");
    let after = two.take();
    assert!(after.wanted, "it is still to be settled between the two");
    assert_eq!(after.said[0].words, "Ring the front door now.");
    let pdf = two.file("decision.pdf");
    paper::save_decision_pdf(&mut two.asker, two.decision.id, &pdf, at(112)).unwrap();
    let pages = &pdf::everything_in(&pdf)[0].1;
    for word in ["Does not agree", "Ring the front door now.", "Ada Mockford"] {
        assert!(pages.contains(word), "both views stand on the paper: {word} in {pages}");
    }
    let later = pages.split_once("Changed or added later").expect("it came after the signature").1;
    for word in ["What a second person says of it", "Ada Mockford, Named nurse", "Ring the front door now."] {
        assert!(later.contains(word), "it stands among what came later: {word} in {later}");
    }
}

#[test]
fn an_ask_or_an_answer_that_is_cut_off_leaves_no_file_and_is_not_told_as_made() {
    let mut two = Two::new();
    let there = |two: &Two| std::fs::read_dir(&two.dir).unwrap().count();
    let before = there(&two);
    let ask = countersign::SaveAsk { decision: two.decision.id, path: two.file("ask") };
    drop(ask.run(two.asker.beside(&Work::new()).unwrap(), at(90)).unwrap());
    assert_eq!(there(&two), before);
    assert!(countersign::countersigning(&two.asker, two.decision.id, at(90)).unwrap().asked.is_none());

    let code = two.ask();
    let before = there(&two);
    let answer = countersign::SaveAnswer { typed: two.typed(&code, Some(Verdict::Agrees), "Yes") };
    drop(answer.run(two.lead.beside(&Work::new()).unwrap(), at(100)).unwrap());
    assert_eq!(there(&two), before);
    assert!(countersign::said_here(&two.lead).unwrap().is_empty());
}

#[test]
fn of_two_asks_at_once_the_code_that_is_kept_is_the_one_that_counts() {
    let mut two = Two::new();
    let early = countersign::SaveAsk { decision: two.decision.id, path: two.file("early") };
    let sealed = early.run(two.asker.beside(&Work::new()).unwrap(), at(89)).unwrap();
    let code = two.ask();
    assert!(early.end(&mut two.asker, sealed, at(91)).is_err());
    assert!(!two.file("early").exists(), "no file stands whose code is not kept");
    let view = countersign::countersigning(&two.asker, two.decision.id, at(92)).unwrap();
    assert_eq!(view.asked.unwrap().code.join(" ").to_lowercase(), code);
}

#[test]
fn what_was_said_once_stands_and_can_be_saved_again() {
    let mut two = Two::new();
    let code = two.ask();
    let blocked = CountersignInput {
        to: two.file("nowhere/answer").to_string_lossy().into_owned(),
        ..two.typed(&code, Some(Verdict::Agrees), "Yes")
    };
    let failed = countersign::answer_ask(&mut two.lead, &blocked, at(100)).unwrap_err();
    assert!(matches!(failed, Error::NotWritten(_)), "{failed:?}");
    let shown = countersign::open_ask(&two.lead, &two.file("ask"), &code, at(101)).unwrap();
    assert!(shown.already.is_none(), "nothing was said, since nobody could have the file");
    two.answer(&code, Verdict::Agrees, "Yes");
    let shown = countersign::open_ask(&two.lead, &two.file("ask"), &code, at(102)).unwrap();
    assert_eq!(shown.already.unwrap().words, "Yes");
    let again = two.answer(&code, Verdict::Disagrees, "On reflection, no");
    assert_eq!((again.verdict, again.words.as_str()), (Verdict::Agrees, "Yes"));
    assert_eq!(countersign::said_here(&two.lead).unwrap().len(), 1);
    let kept = format!("{:?}", countersign::said_here(&two.lead).unwrap());
    assert!(!kept.contains("Sampleton"), "the lead's vault keeps nothing of the child");
    two.take();
    assert!(countersign::said_here(&two.asker).unwrap().is_empty(), "the asker said nothing themself");
}

#[test]
fn a_wrong_code_the_wrong_decision_and_ones_own_are_refused() {
    let mut two = Two::new();
    let code = two.ask();
    let code_of = |error: Error| Failure::from(error).code;
    let wrong =
        countersign::open_ask(&two.lead, &two.file("ask"), "K7QM K7QM K7QM K7QM", at(95)).unwrap_err();
    let wrong = Failure::from(wrong);
    assert_eq!((wrong.code, wrong.field.as_deref()), (Code::WrongCode, Some("code")));
    let own = countersign::open_ask(&two.asker, &two.file("ask"), &code, at(95)).unwrap_err();
    assert_eq!(code_of(own), Code::OwnDecision);
    let mut other = two.typed(&code, Some(Verdict::Agrees), "");
    other.entry_hash = "0".repeat(64);
    assert_eq!(
        code_of(countersign::answer_ask(&mut two.lead, &other, at(100)).unwrap_err()),
        Code::NotThisDecision
    );
    two.answer(&code, Verdict::Agrees, "");

    let file = two.file("answer");
    let never_asked = held(&mut two.asker, two.case);
    let unasked = countersign::open_answer(&two.asker, never_asked.id, &file, at(111)).unwrap_err();
    assert_eq!(code_of(unasked), Code::NotFound);
    let second = two.file("second");
    countersign::ask_countersignature(&mut two.asker, never_asked.id, &second, at(112)).unwrap();
    let elsewhere = countersign::open_answer(&two.asker, never_asked.id, &file, at(113)).unwrap_err();
    assert_eq!(code_of(elsewhere), Code::NotThisDecision);
    std::fs::write(two.file("junk"), b"hello").unwrap();
    let junk = countersign::open_ask(&two.lead, &two.file("junk"), &code, at(114)).unwrap_err();
    assert_eq!(code_of(junk), Code::FileUnreadable);
    let nothing = countersign::open_ask(&two.lead, &two.file("nothing"), &code, at(114)).unwrap_err();
    assert_eq!(code_of(nothing), Code::FileUnreadable);
}

#[test]
fn a_protected_name_is_not_shown_to_whoever_countersigns() {
    let mut two = Two::after(|vault, case| {
        let file = children::child_file(vault, case, at(4)).unwrap();
        let flag = FlagInput {
            person: Some(file.people[0].person.id),
            kind: Some(FlagKind::ProtectedIdentity),
            reason: "Her former partner looks for her".into(),
            review: DayTyped::default(),
        };
        children::set_flag(vault, case, flag, at(5)).unwrap();
    });
    let code = two.ask();
    let shown = countersign::open_ask(&two.lead, &two.file("ask"), &code, at(95)).unwrap();
    let all = format!("{:?}", shown.decision);
    assert!(format!("{:?}", two.decision).contains("Jo Sampleton"), "the decision speaks of her");
    assert!(!all.contains("Jo Sampleton"), "{all}");
    assert!(all.contains("rotected person 1"), "she is called by a label: {all}");
}

#[test]
fn whom_another_file_protects_is_not_shown_to_whoever_countersigns_either() {
    let mut two = Two::after(|vault, _| {
        let other = children::open_case(vault, new_case("Kit Elsewhere", Nation::England), at(4)).unwrap();
        let aunt = person("Wren Nosuch", PersonRole::OtherAdult);
        let aunt = children::add_person(vault, other, aunt, None, at(4)).unwrap();
        let flag = FlagInput {
            person: Some(aunt),
            kind: Some(FlagKind::ProtectedIdentity),
            reason: "Her former partner looks for her".into(),
            review: DayTyped::default(),
        };
        children::set_flag(vault, other, flag, at(5)).unwrap();
    });
    let code = two.ask();
    let shown = countersign::open_ask(&two.lead, &two.file("ask"), &code, at(95)).unwrap();
    let all = format!("{:?}", shown.decision);
    assert!(!all.contains("Wren") && !all.contains("Nosuch"), "{all}");
    assert!(all.contains("wait until tonight") && all.contains("Jo Sampleton"), "the rest is read: {all}");
    let bytes = std::fs::read(two.file("ask")).unwrap();
    let plain = code.replace(' ', "").to_uppercase();
    let ask = sharewell_exchange::countersign::open_ask(&bytes, &plain.into()).unwrap().ask;
    assert!(!format!("{ask:?}").contains("Elsewhere"), "nothing of the other file goes along");
}

#[test]
fn an_ask_holds_no_more_of_the_file_than_reading_the_decision_takes() {
    let mut two = Two::after(|vault, case| {
        let file = children::child_file(vault, case, at(4)).unwrap();
        let flag = FlagInput {
            person: Some(file.people[0].person.id),
            kind: Some(FlagKind::ProtectedIdentity),
            reason: "Lives in Hiddenham now".into(),
            review: DayTyped::default(),
        };
        children::set_flag(vault, case, flag, at(5)).unwrap();
    });
    let code = two.ask().replace(' ', "").to_uppercase();
    let bytes = std::fs::read(two.file("ask")).unwrap();
    let ask = sharewell_exchange::countersign::open_ask(&bytes, &code.into()).unwrap().ask;
    let all = format!("{ask:?}");
    assert!(all.contains("Ayla Sampleton"), "the child is named");
    // Why the file was opened, its number, why a flag stands, an identifier.
    for word in ["Mornings", "FCH-1", "Hiddenham", "9434765919"] {
        assert!(!all.contains(word), "{word}");
    }
}

#[test]
fn an_ask_that_is_saved_again_opens_under_the_same_code() {
    let mut two = Two::new();
    let first = two.ask();
    let second = two.ask();
    assert_eq!(first, second, "a code that was told already still serves");
    assert!(countersign::open_ask(&two.lead, &two.file("ask"), &first.replace(' ', "-"), at(95)).is_ok());
}

#[test]
fn a_leads_countersignature_is_known_by_the_key_that_the_profile_binds_to_the_role() {
    use sharewell_exchange::PublicKey;
    use sharewell_exchange::profile::RoleHolder;
    use sharewell_exchange::roster::Member;
    let mut two = Two::new();
    let code = two.ask();
    two.answer(&code, Verdict::Agrees, "");
    let shown = |two: &Two| {
        let file = two.file("answer");
        countersign::open_answer(&two.asker, two.decision.id, &file, at(110)).unwrap().role_shown
    };
    assert_eq!(shown(&two), None, "no profile stands");
    let agency = support::agency::Agency::new(9);
    // A lead of the same name with another key: the name shows nothing.
    let path = agency.write(&two.dir, &agency.profile(1));
    support::agency::take(&mut two.asker, &path);
    assert_eq!(shown(&two), None);
    let mut profile = agency.profile(2);
    let key = PublicKey(two.lead.public_key().unwrap());
    let lead = Member::new(key, two.lead.origin(), "Ada Mockford", "Lead", Role::Lead, day(2026, 1, 5));
    profile.people = vec![RoleHolder::from(&lead)];
    let path = agency.write(&two.dir, &profile);
    support::agency::take(&mut two.asker, &path);
    assert_eq!(shown(&two), Some(Role::Lead));
    two.take();
    let kept = countersign::countersigning(&two.asker, two.decision.id, at(120)).unwrap();
    assert_eq!(kept.said[0].role_shown, Some(Role::Lead));
    assert_eq!(
        decide::decision(&two.asker, two.decision.id, at(121)).unwrap().said[0].role_shown,
        Some(Role::Lead)
    );
}
