//! Every safety flag binds at every door as the table in records says, and none holds up a share that protects.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, Vault, children, emergency, handover, paper, search, share, slip, today,
};
use sharewell_exchange::keys::Identity;
use support::*;

const PHONE: &str = "07700 900462";
const ADDRESS: &str = "3 Larch Road";

/// A file in which one flag stands on the mother's partner.
struct Flagged {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    corey: PersonId,
}

impl Flagged {
    fn with(kind: FlagKind) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (case, _, _) = family(&mut vault);
        let corey = PersonInput {
            phone: PHONE.into(),
            address: ADDRESS.into(),
            ..person("Corey Notreal", PersonRole::OtherAdult)
        };
        let corey = children::add_person(&mut vault, case, corey, None, at(4)).unwrap();
        children::add_item(&mut vault, case, item("Corey Notreal at the lantern parade", vec![corey]), at(5))
            .unwrap();
        let flag = FlagInput {
            person: Some(corey),
            kind: Some(kind),
            reason: "He may be behind it".into(),
            review: DayTyped::default(),
        };
        children::set_flag(&mut vault, case, flag, at(6)).unwrap();
        Self { dir, vault, case, corey }
    }

    fn share_with(&mut self, who: &str, happened: bool) -> std::result::Result<(), Failure> {
        let typed = DisclosureInput {
            decision: None,
            somebody_else: false,
            recipient: who.into(),
            recipient_role: String::new(),
            when: Some(sharewell_casework::views::LeftTyped::Now),
            // Where it has happened, nobody may have made sure of anything: that is no reason to write down nothing.
            check: Some(if happened { CheckedBy::SaidWhere } else { CheckedBy::RangBack }),
            in_danger: false,
            checked: String::new(),
            route: Some(Route::InPerson),
            what: "Breakfast".into(),
            why: "A quiet start".into(),
            limits: String::new(),
            happened,
            names_meant: false,
            as_decided: false,
        };
        children::record_disclosure(&mut self.vault, self.case, typed, at(7))
            .map(|_| ())
            .map_err(Failure::from)
    }

    /// Signs a share without consent: to whom it goes, and what is said of telling Corey.
    /// Nothing but a flag is against telling anybody.
    fn sign(
        &mut self,
        recipient: &str,
        when: WhenTold,
        why: &str,
    ) -> std::result::Result<DecisionId, Failure> {
        let said = [
            ("danger", choice("no")),
            ("harm", choice("yes")),
            ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
            ("asked", choice("no-time")),
            ("body", choice("public")),
        ];
        let outcome = answer_all(&mut self.vault, self.case, &said, 10);
        let mut draft = signing(&outcome);
        draft.recipient.name = recipient.into();
        draft.decided = Some(OutcomeKind::ShareWithoutConsent);
        draft.otherwise = "As agreed in the call.".into();
        for row in &mut draft.telling {
            row.when = WhenTold::Later;
            row.why = "agreed in the call".into();
            if row.person == Some(self.corey) {
                (row.when, row.why) = (when, why.into());
            }
        }
        assert!(draft.telling.iter().any(|row| row.person == Some(self.corey)), "he has a row");
        let decision = outcome.decision;
        sign_off(&mut self.vault, decision, draft, at(80)).map(|_| decision).map_err(Failure::from)
    }

    /// A slip for Corey about himself.
    fn slip(&mut self) -> SlipView {
        let school =
            ConsentRecipientInput { name: "Madeup Primary".into(), ..ConsentRecipientInput::default() };
        let asked = ConsentInput {
            act: Some(ConsentActKind::Answered),
            owed: Some(self.corey),
            sense: Some(ConsentSense::Confidence),
            purpose_kind: Some(PurposeKind::Support),
            purpose: "Breakfast with Corey Notreal".into(),
            giver: Some(self.corey),
            giver_name: String::new(),
            stands_as: None,
            able: Some(AbleToDecide::Able),
            shows: "He says back what each choice means".into(),
            powers: String::new(),
            powers_until: DayTyped::default(),
            kinds: vec![InfoKind::School],
            items: vec![],
            item_kinds: vec![],
            recipients: vec![school],
            answers: vec![],
            method: ConsentMethodInput::default(),
            when: None,
            from: DayTyped::default(),
            until: DayTyped::default(),
            review: DayTyped::default(),
            not_sought: None,
            tries: String::new(),
            wording_used: false,
            replaces: vec![],
            note: String::new(),
        };
        slip::offer_slip(&mut self.vault, self.case, &asked, at(7)).unwrap();
        slip::slip(&self.vault, self.case, &SlipChoice::default(), at(8)).unwrap()
    }

    fn printed(&mut self) -> String {
        let path = self.dir.path().join("file.pdf");
        paper::save_file_summary(&mut self.vault, self.case, &path, at(90)).unwrap();
        pdf::everything_in(&path).into_iter().map(|(_, text)| text).collect()
    }

    fn table(&mut self, name: &str) -> String {
        let identity = Identity::generate();
        let key = identity.recipient().to_string();
        handover::import_recipient(&mut self.vault, &key, "Council", at(91)).unwrap();
        let path = self.dir.path().join("x.sharewell");
        handover::make_handover(&mut self.vault, &[self.case], &key, &path, at(92)).unwrap();
        let roster = [sharewell_exchange::PublicKey(self.vault.public_key().unwrap())];
        let bytes = std::fs::read(&path).unwrap();
        let opened =
            sharewell_exchange::handover::read(&bytes[..], &identity, &roster, Default::default()).unwrap();
        let table = opened.tables.iter().find(|table| table.name == name).unwrap();
        table.rows.iter().flatten().cloned().collect::<Vec<_>>().join("|")
    }
}

/// What is seen at a door, in the words of the table.
fn seen(kind: FlagKind, door: Door) -> Bound {
    let mut file = Flagged::with(kind);
    match door {
        Door::Search => {
            let found = search::search(&mut file.vault, "lantern", at(8)).unwrap();
            let hit = &found.hits[0];
            assert!(hit.flagged, "{kind:?}: that a flag stands goes along with the result");
            match hit.pieces.concat().is_empty() {
                true => Bound::Hide(Hidden::Identity),
                false => Bound::Show,
            }
        }
        Door::Page => {
            let view = children::child_file(&mut file.vault, file.case, at(8)).unwrap();
            let corey = view.people.iter().find(|one| one.person.id == file.corey).unwrap();
            assert_eq!(corey.flags[0].flag.kind, kind, "whoever opens the file sees it");
            assert_eq!(corey.beside_name, [kind], "and it is said beside the name");
            kind.binds(Door::Page)
        }
        Door::SignOff => match file.sign("Corey Notreal", WhenTold::Later, "not yet") {
            Ok(_) => Bound::Show,
            Err(failure) => {
                assert_eq!(failure.field.as_deref(), Some("recipient"));
                Bound::Refuse
            }
        },
        Door::Share => match file.share_with("Mr C. Notreal", false) {
            Ok(()) => {
                let decision = file.sign("Social care", WhenTold::Later, "not yet").unwrap();
                let view = share::share(&file.vault, decision, at(81)).unwrap();
                let shown: Vec<FlagKind> = view.flags.iter().map(|one| one.kind).collect();
                assert_eq!(shown, [kind], "it is shown before anything is made");
                kind.binds(Door::Share)
            }
            Err(failure) => {
                assert!(matches!(failure.code, Code::Flagged | Code::NamesProtected), "{failure:?}");
                Bound::Refuse
            }
        },
        Door::Slip => {
            let view = file.slip();
            assert!(view.careful.iter().any(|line| line.contains("Corey Notreal")), "{:?}", view.careful);
            let text = view.text.plain();
            match slip::begin_signing(&mut file.vault, file.case, &SlipChoice::default(), at(9)) {
                Ok(_) if text.contains("Corey Notreal") => kind.binds(Door::Slip),
                Ok(_) => Bound::Hide(Hidden::Identity),
                Err(failed) => {
                    let faults = Failure::from(failed).fields;
                    assert_eq!(
                        (faults.len(), faults[0].field.as_str(), faults[0].code),
                        (1, "giver", Code::Flagged)
                    );
                    Bound::Refuse
                }
            }
        }
        Door::Handover => match file.table("people").contains("Corey Notreal") {
            true => Bound::Show,
            false => Bound::Hide(Hidden::Identity),
        },
        Door::Print => {
            let printed = file.printed();
            let gone = |text: &str| !printed.contains(text);
            match (gone("Corey"), gone(PHONE), gone(ADDRESS)) {
                (true, true, true) => Bound::Hide(Hidden::Identity),
                (false, true, true) => Bound::Hide(Hidden::Reach),
                (false, false, true) => Bound::Hide(Hidden::Address),
                (false, true, false) => Bound::Hide(Hidden::Phone),
                (false, false, false) => Bound::Show,
                other => panic!("{kind:?}: {other:?}"),
            }
        }
        Door::Contact => match file.sign("Social care", WhenTold::Now, "") {
            Ok(_) => {
                let duties = today::duties_of(&file.vault, file.case, None, at(81)).unwrap().lines;
                let named = duties.iter().find(|line| line.title.contains("Corey Notreal")).unwrap();
                assert!(!named.careful.is_empty(), "it is said beside the duty to tell him");
                kind.binds(Door::Contact)
            }
            Err(failure) => {
                assert_eq!(failure.code, Code::FlagReason);
                assert_eq!(failure.field, Some(format!("telling:{}", file.corey)));
                file.sign("Social care", WhenTold::Now, "Agreed with the police, who are there").unwrap();
                Bound::Reason
            }
        },
    }
}

#[test]
fn every_flag_binds_at_every_door_as_the_table_says() {
    for kind in FlagKind::ALL {
        for door in Door::ALL {
            assert_eq!(seen(kind, door), kind.binds(door), "{kind:?} at {door:?}");
        }
    }
}

#[test]
fn no_flag_holds_up_social_care_the_police_or_an_emergency() {
    for kind in FlagKind::ALL {
        let mut file = Flagged::with(kind);
        let told = EmergencyInput {
            case: Some(file.case),
            child: String::new(),
            attempts: vec![AttemptInput {
                who: "Corey Notreal".into(),
                number: PHONE.into(),
                result: AttemptResult::Told,
                said: String::new(),
                at: None,
            }],
            told: "Corey Notreal stood at the window.".into(),
            others_at_risk: String::new(),
            worker_safe: None,
        };
        let told = emergency::record_emergency(&mut file.vault, None, told, at(7)).unwrap();
        let written = WriteUpInput {
            case: Some(file.case),
            account: "Corey Notreal opened the door.".into(),
            why_urgent: "A child at an open window.".into(),
            explained: "Corey Notreal was told on the spot.".into(),
            held_back: String::new(),
            staff: false,
            restricted_file: None,
        };
        emergency::write_up_emergency(&mut file.vault, told.id, written, at(8)).unwrap();
        for who in ["Children’s social care (MASH)", "Police, PC Notreal 1234", "Corey Fictley, duty worker"]
        {
            file.share_with(who, false).unwrap();
        }
        file.sign("Children’s social care (MASH)", WhenTold::Later, "not before the visit").unwrap();
    }
}

#[test]
fn what_has_happened_against_a_flag_is_written_down_and_stands_out() {
    let mut file = Flagged::with(FlagKind::DoNotTell);
    for who in ["Corey Notreal", "Mr Notreal", "NOTREAL, corey"] {
        assert_eq!(file.share_with(who, false).unwrap_err().code, Code::Flagged, "{who}");
    }
    let view = children::child_file(&mut file.vault, file.case, at(8)).unwrap();
    assert!(view.disclosures.is_empty(), "nothing was written down");
    file.share_with("Corey Notreal", true).unwrap();
    let view = children::child_file(&mut file.vault, file.case, at(9)).unwrap();
    assert_eq!(view.disclosures[0].recipient, "Corey Notreal");
}

#[test]
fn do_not_post_binds_everybody_in_the_same_home() {
    let mut file = Flagged::with(FlagKind::DoNotPost);
    let child = children::child_file(&mut file.vault, file.case, at(7)).unwrap().child.person;
    let there = PersonInput {
        address: "3 LARCH ROAD".into(),
        birth: Some(child.birth.clone().into()),
        identifiers: child.identifiers.clone(),
        ..person(&child.name, PersonRole::Child)
    };
    children::amend_person(&mut file.vault, file.case, child.id, there, "Moved", at(8)).unwrap();
    let printed = file.printed();
    assert!(!printed.to_lowercase().contains("3 larch road"), "who opens his post opens hers: {printed}");
    assert!(printed.contains(PHONE), "he may be rung");
}

#[test]
fn a_flag_that_stands_is_not_set_a_second_time_and_once_lifted_it_can_be() {
    let mut flagged = Flagged::with(FlagKind::DoNotTell);
    let again = |kind| FlagInput {
        person: Some(flagged.corey),
        kind: Some(kind),
        reason: "Said again".into(),
        review: DayTyped::default(),
    };
    let (twice, other) = (again(FlagKind::DoNotTell), again(FlagKind::NoContact));
    let (case, corey) = (flagged.case, flagged.corey);
    let faults = |failed: sharewell_casework::Error| {
        let faults = Failure::from(failed).fields;
        faults.into_iter().map(|one| (one.field, one.code)).collect::<Vec<_>>()
    };
    let refused = children::set_flag(&mut flagged.vault, case, twice.clone(), at(7)).unwrap_err();
    assert_eq!(faults(refused), [("kind".to_owned(), Code::FlagStands)]);
    let several = FlagsInput {
        people: vec![corey],
        kinds: vec![FlagKind::NoContact, FlagKind::DoNotTell],
        same_reason: true,
        reason: "Said again".into(),
        ..FlagsInput::default()
    };
    let refused = children::set_flags(&mut flagged.vault, case, &several, at(7)).unwrap_err();
    assert_eq!(faults(refused), [("kinds".to_owned(), Code::FlagStands)]);
    children::set_flag(&mut flagged.vault, case, other, at(8)).unwrap();
    let file = children::child_file(&mut flagged.vault, case, at(9)).unwrap();
    let mine = file.people.iter().find(|one| one.person.id == corey).unwrap();
    assert_eq!(mine.flags.len(), 2);
    let first = mine.flags.iter().find(|one| one.flag.kind == FlagKind::DoNotTell).unwrap().flag.id;
    children::lift_flag(&mut flagged.vault, case, first, "He moved abroad", at(10)).unwrap();
    children::set_flag(&mut flagged.vault, case, twice, at(11)).unwrap();
}
