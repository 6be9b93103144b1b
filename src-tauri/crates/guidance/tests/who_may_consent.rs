//! Who may give consent: what each nation's table says, what the check finds in one that is wrong, and that no family,
//! whatever its ages, orders and answers, comes to a yes of somebody who may not give it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sharewell_guidance::{ByAge, Error, Files, GiverCase, Givers, Pack, check_givers, mount};
use sharewell_records::*;
use support::{read, replace, root};

const PACKS: [&str; 5] =
    ["england/2024-05", "england/2015-03", "wales/2021-02", "scotland/2023-08", "northern_ireland/2019-04"];

fn files(pack: &str) -> Files {
    mount(read(&root(&format!("assets/guidance/{pack}"))), &read(&root("assets/guidance/shared")))
}

fn table(pack: &str) -> Givers {
    Pack::load(&files(pack)).unwrap().givers.unwrap()
}

/// The same, read once: hundreds of families ask it.
fn table_of(pack: &str) -> &'static Givers {
    static READ: std::sync::OnceLock<Vec<(&str, Givers)>> = std::sync::OnceLock::new();
    let all = READ.get_or_init(|| PACKS.iter().map(|pack| (*pack, table(pack))).collect());
    &all.iter().find(|(name, _)| *name == pack).unwrap().1
}

fn findings(files: &Files) -> Vec<String> {
    match Pack::load(files) {
        Ok(pack) => check_givers(&pack).iter().map(ToString::to_string).collect(),
        Err(Error::Pack(problems)) => problems.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
    }
}

fn broken(path: &str, from: &str, to: &str) -> String {
    let mut files = files("england/2024-05");
    replace(&mut files, path, from, to);
    findings(&files).join("\n")
}

fn says(pack: &str, age: u16, able: AbleToDecide, giver: GiverKind, sense: ConsentSense) -> MayConsent {
    let table = table(pack);
    table.may(GiverCase { age: AgeBand::of_age(age), able: table.able(Some(age), able), giver, sense })
}

const MOUNTED: &str = "shared/who-may-consent/givers.toml";

#[test]
fn every_case_of_every_nation_has_one_row_with_a_source_and_a_reason() {
    for name in PACKS {
        let pack = Pack::load(&files(name)).unwrap();
        let table = pack.givers.as_ref().unwrap();
        let mut walked = 0;
        for case in GiverCase::all() {
            let fitting: Vec<_> = table.rows.iter().filter(|row| row.fits(case)).collect();
            assert_eq!(fitting.len(), 1, "{name}: {case:?}");
            let row = fitting[0];
            assert!(!row.sources.is_empty(), "{name}: {}", row.id);
            assert!(row.confirmed() || row.verdict == MayConsent::AskAdviser, "{name}: {}", row.id);
            let why = pack.text("en", &format!("giver.{}", row.id)).unwrap();
            assert!(why.len() < 130 && !why.contains("{parental"), "{name}: {why}");
            walked += 1;
        }
        assert_eq!(walked, 4 * 3 * 12 * 3, "{name}");
    }
}

#[test]
fn nations_differ_where_their_guidance_does() {
    use AbleToDecide::{NotAble, NotSettled};
    use ConsentSense::Confidence;
    use MayConsent::{AskAdviser, May, MayNot, MayWith};
    let each = |age, able, giver| PACKS.map(|pack| says(pack, age, able, giver, Confidence));
    let (ew, sc, ni) = ([MayNot; 3], May, MayNot);
    assert_eq!(each(13, NotSettled, GiverKind::Child), [ew[0], ew[1], ew[2], sc, ni], "presumed from 12");
    assert_eq!(each(16, NotSettled, GiverKind::Child), [May; 5], "presumed from 16");
    assert_eq!(each(7, NotAble, GiverKind::ParentWith), [May; 5]);
    assert_eq!(each(16, NotSettled, GiverKind::ParentWith), [MayNot; 5]);
    assert_eq!(each(16, NotAble, GiverKind::ParentWith), [AskAdviser; 5]);
    let order = [May, May, May, AskAdviser, AskAdviser];
    assert_eq!(each(7, NotAble, GiverKind::SpecialGuardian), order);
    let care = [MayWith, MayWith, MayWith, AskAdviser, AskAdviser];
    assert_eq!(each(7, NotAble, GiverKind::CouncilCareOrder), care);
    assert_eq!(each(40, NotAble, GiverKind::Attorney), [May, May, May, May, AskAdviser]);
    for giver in [GiverKind::NextOfKin, GiverKind::ParentWithout, GiverKind::CouncilByAgreement] {
        assert_eq!(each(7, NotAble, giver), [MayNot; 5], "{giver:?}");
    }
}

#[test]
fn the_rights_over_data_are_the_childs_own_where_the_child_can_decide() {
    for pack in PACKS {
        let parent = |sense| says(pack, 14, AbleToDecide::Able, GiverKind::ParentWith, sense);
        assert_eq!(parent(ConsentSense::Gdpr), MayConsent::MayNot, "{pack}");
        assert_eq!(parent(ConsentSense::Confidence), MayConsent::MayWith, "{pack}");
    }
}

#[test]
fn competence_is_a_question_only_where_age_makes_it_one() {
    let (england, scotland) = (table("england/2024-05"), table("scotland/2023-08"));
    let ages = [0, 1, 2, 11, 12, 15, 16, 40].map(Some);
    use ByAge::{Asked, Presumed, TooYoung};
    let asked = [TooYoung, TooYoung, Asked, Asked, Asked, Asked, Presumed, Presumed];
    assert_eq!(ages.map(|age| england.by_age(age)), asked);
    assert_eq!(scotland.by_age(Some(12)), Presumed);
    assert_eq!(england.by_age(None), Asked, "an age that nobody knows settles nothing");
    assert_eq!(england.able(Some(17), AbleToDecide::NotAble), AbleToDecide::NotAble, "a doubt may be shown");
    assert_eq!(england.able(Some(1), AbleToDecide::Able), AbleToDecide::NotAble);
}

#[test]
fn an_age_that_is_not_known_settles_nothing_where_the_ages_say_different_things() {
    let table = table("england/2024-05");
    let of = |able, giver| (able, giver, ConsentSense::Confidence);
    assert!(table.row_of(None, true, of(AbleToDecide::NotAble, GiverKind::ParentWith)).is_none());
    let kin = table.row_of(None, true, of(AbleToDecide::NotAble, GiverKind::NextOfKin)).unwrap();
    assert_eq!(kin.verdict, MayConsent::MayNot);
    let child = table.row_of(None, true, of(AbleToDecide::Able, GiverKind::Child)).unwrap();
    assert_eq!(child.verdict, MayConsent::May, "whoever can decide decides at any age");
    let grown = table.row_of(None, false, of(AbleToDecide::NotSettled, GiverKind::Adult)).unwrap();
    assert_eq!(grown.verdict, MayConsent::May);
}

#[test]
fn a_table_with_a_hole_or_two_answers_or_a_wrong_one_is_found() {
    let kin = "id = \"next-of-kin\"\n";
    assert!(
        broken(MOUNTED, kin, &format!("{kin}ages = [\"adult\"]\n")).contains("no row says it of next_of_kin")
    );
    let without = "ages = [\"under12\", \"from12\", \"from16\"]\ngivers = [\"parent_without\"]";
    let twice = broken(MOUNTED, without, "givers = [\"parent_without\"]");
    assert!(twice.contains("says it as well, of parent_without at adult"), "{twice}");
    let kin = "givers = [\"next_of_kin\"]\nverdict = \"may_not\"";
    let decides = broken(MOUNTED, kin, "givers = [\"next_of_kin\"]\nverdict = \"may\"");
    assert!(decides.contains("somebody without responsibility decides"), "{decides}");
    let able = "able = [\"not_able\"]\ngivers = [\"child\"]\nverdict = \"may_not\"";
    let not = broken(MOUNTED, able, "able = [\"not_able\"]\ngivers = [\"child\"]\nverdict = \"may\"");
    assert!(not.contains("it does not follow whether the person can decide"), "{not}");
    let data = "senses = [\"gdpr\"]\nverdict = \"may_not\"";
    let alone = broken(MOUNTED, data, "senses = [\"gdpr\"]\nverdict = \"may\"");
    assert!(alone.contains("somebody else decides alone where the child can decide"), "{alone}");
    let cited = "sources = [\"PRAC rule 13\"]";
    let unconfirmed = broken(MOUNTED, cited, "sources = [{ cite = \"PRAC rule 13\", unconfirmed = true }]");
    assert!(unconfirmed.contains("nothing confirmed stands behind this row"), "{unconfirmed}");
    let also = broken(MOUNTED, "also = [\"child\"]", "also = [\"next_of_kin\"]");
    assert!(also.contains("whose answer never counts at this age"), "{also}");
    assert!(broken(MOUNTED, "also = [\"child\"]\n", "").contains("exactly where the verdict is may_with"));
    let late = broken("pack.toml", "presumed_from = 16", "presumed_from = 14");
    assert!(late.contains("begins no band"), "{late}");
    let early = broken("pack.toml", "presumed_from = 16", "presumed_from = 12");
    assert!(early.contains("teenager-unsettled: it does not follow"), "{early}");
}

#[test]
fn a_pack_without_a_table_loads_as_before_and_one_of_engine_seven_has_one() {
    let mut older = files("scotland/2023-08");
    replace(&mut older, "pack.toml", "engine = 7", "engine = 6");
    assert!(findings(&older).join("\n").contains("who may give consent needs engine 7"));
    let mut none = files("scotland/2023-08");
    none.remove("givers.toml");
    none.remove(MOUNTED);
    none.retain(|path, _| !path.starts_with("shared/who-may-consent/"));
    replace(&mut none, "pack.toml", " \"who-may-consent@1\",", "");
    let text = String::from_utf8(none["text/en.toml"].clone()).unwrap();
    let (before, _) = text.split_once("# Who may give consent, where Scotland differs.").unwrap();
    none.insert("text/en.toml".into(), before.as_bytes().to_vec());
    assert!(findings(&none).join("\n").contains("there is no table of who may give consent"));
    replace(&mut none, "pack.toml", "engine = 7", "engine = 6");
    assert_eq!(findings(&none), [""; 0]);
    assert!(Pack::load(&none).unwrap().givers.is_none());
}

fn person(who: u128) -> PersonId {
    format!("00000000-0000-0000-0000-{who:012}").parse().unwrap()
}

fn owed() -> PersonId {
    person(1)
}

/// Somebody of a random family, and what they said.
#[derive(Debug, Clone)]
struct Voice {
    who: u128,
    stands: GiverKind,
    found: AbleToDecide,
    answer: ConsentAnswer,
    until: Option<Day>,
}

fn voices() -> impl Strategy<Value = Vec<Voice>> {
    let answers = vec![ConsentAnswer::Yes, ConsentAnswer::No, ConsentAnswer::Thinking];
    let until = prop::option::of(select(vec!["2026-01-01", "2030-01-01"]));
    let ties = (select(RelationshipKind::ALL.to_vec()), select(ParentalResponsibility::ALL.to_vec()));
    // Half of them as the family's ties have it, half as somebody says who does not stand in the file.
    let by_tie =
        ties.prop_map(|(kind, holds)| GiverKind::of_tie(kind, holds).unwrap_or(GiverKind::NextOfKin));
    let stands = prop_oneof![by_tie, select(GiverKind::ALL.to_vec())];
    let one = (2u128..9, stands, select(AbleToDecide::ALL.to_vec()), select(answers), until);
    vec(one, 1..8).prop_map(|all| {
        let voice = |(who, stands, found, answer, until): (_, GiverKind, _, _, Option<&str>)| Voice {
            who: if stands.is_own() { 1 } else { who },
            stands,
            found,
            answer,
            until: until.map(|day| Day(day.parse().unwrap())),
        };
        all.into_iter().map(voice).collect()
    })
}

fn moment(minutes: i64) -> Moment {
    serde_json::from_str::<Moment>("\"2026-03-02T12:00:00.000Z\"")
        .map(|start| Moment(start.0 + std::time::Duration::from_secs(u64::try_from(minutes).unwrap() * 60)))
        .unwrap()
}

fn school() -> ConsentRecipient {
    ConsentRecipient { contact: None, name: "Madeup Primary".into(), agency: String::new() }
}

fn event(at: u128, sense: ConsentSense, giver: ConsentGiver, answer: ConsentAnswer) -> ConsentEvent {
    let spoken = ConsentEvidence::Spoken {
        words: "As said".into(),
        witness: String::new(),
        no_witness: "Alone".into(),
    };
    let method = ConsentMethod { evidence: spoken, interpreter: String::new(), language: String::new() };
    ConsentEvent {
        id: format!("00000000-0000-0000-0000-{:012}", 100 + at).parse().unwrap(),
        owed: owed(),
        sense,
        purpose: ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() },
        giver: Some(giver),
        act: ConsentAct::Answered { method },
        cells: vec![ConsentCell {
            what: ConsentThing::Kind { kind: InfoKind::Health },
            recipient: school(),
            answer,
        }],
        from: None,
        until: None,
        review: None,
        slip: None,
        wording: None,
        happened: moment(i64::try_from(at).unwrap()),
        note: String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Random families, ages, findings of competence and orders: what a table lets nobody decide, no answer of theirs
    /// decides, and what it lets somebody decide is never undone by whoever may not.
    #[test]
    fn who_may_consent(
        pack in select(PACKS.to_vec()),
        years in 0u16..30,
        sense in select(ConsentSense::ALL.to_vec()),
        said in voices(),
    ) {
        let table = table_of(pack);
        let age = AgeBand::of_age(years);
        let mut kept: Vec<(Voice, MayConsent, ConsentEvent)> = Vec::new();
        for (at, mut voice) in (1u128..).zip(said) {
            if voice.stands.is_own() {
                voice.stands = if age == AgeBand::Adult { GiverKind::Adult } else { GiverKind::Child };
            }
            let able = table.able(Some(years), voice.found);
            let verdict = table.may(GiverCase { age, able, giver: voice.stands, sense });
            let giver = ConsentGiver {
                person: Some(person(voice.who)),
                name: "Somebody".into(),
                capacity: voice.stands.kept_as(verdict),
                able,
                shows: String::new(),
                powers: String::new(),
                until: voice.until.filter(|_| voice.stands.by_paper()),
            };
            let event = event(at, sense, giver, voice.answer);
            kept.push((voice, verdict, event));
        }
        let fold = |events: &[ConsentEvent]| {
            let said: Vec<_> = events
                .iter()
                .map(|event| ConsentSaid { event, recorded: event.happened })
                .collect();
            let purpose = ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() };
            Consents::at(&said, moment(1000)).stands(&Wanted {
                owed: owed(),
                sense,
                purpose: &purpose,
                thing: ThingKey::Kind(InfoKind::Health),
                kinds: &[],
                recipient: &school(),
            })
        };
        let events: Vec<ConsentEvent> = kept.iter().map(|(_, _, event)| event.clone()).collect();
        let stands = fold(&events);
        // The last word of each voice.
        let last = |event: &ConsentEvent| stands.givers.iter().any(|one| one.event == event.id);
        let lasting = kept.iter().filter(|(_, _, event)| last(event));
        if stands.state == ConsentState::Given {
            let carries = |(voice, verdict, event): &&(Voice, MayConsent, ConsentEvent)| {
                verdict.counts()
                    && voice.answer == ConsentAnswer::Yes
                    && !event.giver.as_ref().unwrap().has_lapsed(london_day(moment(1000)))
            };
            prop_assert!(lasting.clone().any(|one| carries(&one)), "{pack}, {years}: nobody who may: {kept:?}");
            let own_no = lasting.clone().any(|(voice, verdict, _)| {
                voice.stands.is_own() && voice.answer == ConsentAnswer::No && verdict.counts()
            });
            prop_assert!(!own_no, "{pack}, {years}: it went against the person's own no: {kept:?}");
        }
        // Whoever may not decide for somebody else changes nothing, yes or no.
        let ever = |who: u128| {
            kept.iter().any(|(voice, verdict, _)| {
                voice.who == who && (voice.stands.is_own() || verdict.counts())
            })
        };
        let without: Vec<ConsentEvent> = kept
            .iter()
            .filter(|(voice, _, _)| ever(voice.who))
            .map(|(_, _, event)| event.clone())
            .collect();
        if without.len() < events.len() {
            let (with, less) = (stands.state.permission(), fold(&without).state.permission());
            prop_assert_eq!(with, less, "{}, {}: {:?}", pack, years, kept);
        }
        // That the child cannot decide takes nothing from a parent who may.
        let parent = GiverCase { age, able: AbleToDecide::NotAble, giver: GiverKind::ParentWith, sense };
        prop_assert_eq!(table.may(parent).counts(), years < 16);
    }
}
