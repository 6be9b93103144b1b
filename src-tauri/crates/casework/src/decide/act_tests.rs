//! Every act of every nation shows the number of whom it rings, beside their name, and no other number.

use std::path::Path;

use sharewell_documents::Language;
use sharewell_guidance::{Act, Advice, Body, Deadline, Files, GroundsPlan, Pack, Ring, Saying, mount};
use sharewell_records::{Moment, Practitioner, Recipient};

use super::act::{first_action, recipient};
use super::filled::Filled;
use super::ringing::Ringing;
use crate::guidance::{Wording, serving};

const LEAD: &str = "01632 960202";
const DAY: &str = "01632 960203";
const NIGHT: &str = "0808 157 0204";
const OFFICER: &str = "01632 960205";

fn own() -> Practitioner {
    Practitioner {
        id: "00000000-0000-4000-8000-000000000001".parse().unwrap(),
        name: "Nia Exampleton".into(),
        role: "Health visitor".into(),
        agency: "Fablewell Community Health".into(),
        team: String::new(),
        nation: sharewell_records::Nation::England,
        phone: "01632 960201".into(),
        lead_name: "Ada Mockford".into(),
        lead_phone: LEAD.into(),
        front_door_name: "Fablewell Front Door".into(),
        front_door_phone: DAY.into(),
        out_of_hours_phone: NIGHT.into(),
        officer_phone: OFFICER.into(),
        body: None,
    }
}

/// A Thursday on which offices are open everywhere, at noon and in the evening.
fn at(hour: u32) -> Moment {
    Moment(format!("2026-03-12T{hour}:00:00+00:00").parse().unwrap())
}

/// What an outcome shows: the first line of the advice, and the recipient that is suggested.
fn shown(
    pack: &Pack,
    outcome: &sharewell_guidance::Outcome,
    own: &Practitioner,
    hour: u32,
) -> (String, Recipient) {
    let advice = Advice {
        id: outcome.id.clone(),
        kind: outcome.kind,
        act: outcome.act,
        deciding: Vec::new(),
        deadline: outcome.deadline,
        review: Deadline::Now,
        grounds: GroundsPlan::new(),
        obligations: Vec::new(),
        sources: Vec::new(),
        unconfirmed: false,
        unknown: Vec::new(),
        complete: true,
        harm_suspected: false,
    };
    let wording = Filled {
        wording: Wording::new(pack, Language::default()),
        pack,
        child: "Ayla".into(),
        names: Default::default(),
        items: Default::default(),
    };
    let recipient = recipient(Wording::new(pack, Language::default()), &advice, own, at(hour));
    let ringing = Ringing { own, now: at(hour), calendar: &pack.calendar };
    (first_action(&wording, &advice, ringing), recipient)
}

#[test]
fn every_act_of_every_nation_shows_each_number_straight_after_the_name_it_belongs_to() {
    let (mut rung, mut named) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for carried in serving::all() {
        let pack = &carried.pack;
        let term =
            |name: &str| Wording::new(pack, Language::default()).text(&format!("term.{name}")).to_owned();
        for outcome in pack.outcomes() {
            let about = format!("{}: {}", pack.name(), outcome.id);
            let ring = outcome.act.recipient.expect("every act says whom it rings");
            rung.insert(ring);
            for (hour, door) in [(12, DAY), (20, NIGHT)] {
                let (act, to) = shown(pack, outcome, &own(), hour);
                let mut shown = Vec::new();
                for part in pack.act_words("en", &outcome.id).unwrap() {
                    let Saying::Named(body, name) = part else { continue };
                    named.insert(body);
                    let (own, number) = match body {
                        Body::FrontDoor => ("Fablewell Front Door, ", door),
                        Body::Adviser => ("Ada Mockford, ", LEAD),
                        Body::AllegationsOfficer => ("", OFFICER),
                        Body::OutOfHours => ("", NIGHT),
                    };
                    if shown.contains(&number) {
                        continue;
                    }
                    shown.push(number);
                    assert!(act.contains(&format!("{name} – {own}{number}")), "{about}: {act}");
                    assert_eq!(act.matches(number).count(), 1, "{about}: {act}");
                }
                for number in [LEAD, DAY, NIGHT, OFFICER].iter().filter(|one| !shown.contains(one)) {
                    assert!(!act.contains(*number), "{about}: a number of nobody whom it names: {act}");
                }
                match ring {
                    Ring::FrontDoor => assert_eq!((to.role, to.reach.as_str()), (term("front_door"), door)),
                    Ring::Adviser => assert_eq!((to.role, to.reach.as_str()), (term("adviser"), LEAD)),
                    Ring::AllegationsOfficer => {
                        assert_eq!((to.role, to.reach.as_str()), (term("allegations_officer"), OFFICER));
                    }
                    Ring::Emergency | Ring::Police => {
                        assert_eq!(
                            (to.name.as_str(), Some(to.reach.as_str())),
                            (term("police").as_str(), ring.public_number())
                        );
                        assert!(act.contains(&to.reach), "{about}: {act}");
                    }
                    Ring::LegalAdviser | Ring::DataAdviser => {
                        assert_eq!((to.name, to.reach.as_str()), (term(ring.word()), ""), "{about}");
                    }
                    Ring::OtherArea | Ring::Nobody => assert_eq!(to, Recipient::default(), "{about}"),
                }
            }
        }
    }
    assert_eq!(rung.len(), Ring::ALL.len(), "each of them is rung somewhere: {rung:?}");
    assert_eq!(named.len(), 4, "and each of those with a number is named: {named:?}");
}

#[test]
fn an_act_that_names_two_carries_both_numbers_and_says_whose_it_has_not() {
    let england = serving::all().find(|carried| carried.pack.name() == "england@2024-05").unwrap();
    let act = |id: &str, own: &Practitioner| {
        let outcome = england.pack.outcomes().iter().find(|one| one.id == id).unwrap();
        shown(&england.pack, outcome, own, 12).0
    };
    let door = "children's social care (the MASH) – Fablewell Front Door, 01632 960203";
    assert_eq!(act("emergency", &own()), format!("Ring 999 now. Then ring {door}"));
    let staff = england.pack.outcomes().iter().find(|one| {
        england
            .pack
            .act_words("en", &one.id)
            .unwrap()
            .iter()
            .any(|part| matches!(part, Saying::Named(Body::AllegationsOfficer, _)))
    });
    let staff = &staff.unwrap().id;
    let officer = "local authority designated officer (LADO)";
    let night = format!("their emergency duty team – {NIGHT}");
    assert_eq!(
        act(staff, &own()),
        format!(
            "Ring {door} – today, out of hours {night}, before they are next with children. Ring the {officer} – 01632 960205 – next"
        )
    );
    let without = Practitioner { officer_phone: String::new(), ..own() };
    assert_eq!(
        act(staff, &without),
        format!(
            "Ring {door} – today, out of hours {night}, before they are next with children. Ring the {officer} next"
        )
    );
    let ringing = Ringing { own: &without, now: at(12), calendar: &england.pack.calendar };
    let missing = ringing.without_number(&england.pack.act_words("en", staff).unwrap());
    assert_eq!(missing.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), [officer]);
}

#[test]
fn an_act_without_a_known_number_stands_as_the_pack_has_it() {
    let nobody = Practitioner {
        lead_name: String::new(),
        lead_phone: String::new(),
        front_door_name: String::new(),
        front_door_phone: String::new(),
        out_of_hours_phone: String::new(),
        officer_phone: String::new(),
        body: None,
        ..own()
    };
    for carried in serving::all() {
        for outcome in carried.pack.outcomes() {
            let (act, _) = shown(&carried.pack, outcome, &nobody, 12);
            assert_eq!(
                act,
                Wording::new(&carried.pack, Language::default())
                    .text(&format!("outcome.{}.act", outcome.id))
                    .replace("{child}", "Ayla")
            );
        }
    }
}

#[test]
fn where_only_the_number_is_known_it_stands_behind_the_nations_own_name() {
    let bare = Practitioner { front_door_name: String::new(), ..own() };
    let scotland = serving::all().find(|carried| carried.pack.id == "scotland").unwrap();
    let harm = scotland.pack.outcomes().iter().find(|one| one.id == "share-harm").unwrap();
    let (act, to) = shown(&scotland.pack, harm, &bare, 12);
    assert!(act.starts_with("Ring social work – 01632 960203 – today,"), "{act}");
    assert_eq!(to.name, "social work");
}

/// The packs of the last commit before acts named their recipients.
fn landed() -> Vec<Pack> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/packs/4d36c92/guidance");
    let shared = files(&root.join("shared"));
    let packs = [
        "england/2015-03",
        "england/2024-05",
        "northern_ireland/2019-04",
        "scotland/2023-08",
        "wales/2021-02",
    ];
    packs.iter().map(|name| Pack::load(&mount(files(&root.join(name)), &shared)).unwrap()).collect()
}

fn files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let inside = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(inside, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn an_act_of_a_pack_that_does_not_say_whom_it_rings_shows_no_number() {
    for pack in landed() {
        for outcome in pack.outcomes() {
            assert_eq!(outcome.act, Act { recipient: None });
            let (act, to) = shown(&pack, outcome, &own(), 12);
            assert_eq!(
                act,
                Wording::new(&pack, Language::default()).text(&format!("outcome.{}.act", outcome.id)),
                "word for word"
            );
            assert_eq!(to, Recipient::default(), "{}: nobody is guessed", outcome.id);
        }
    }
}
