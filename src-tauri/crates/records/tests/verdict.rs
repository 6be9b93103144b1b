//! May this item go to this recipient now: harm never stops, a flag binds, and a no is a no.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;
use sharewell_records::*;
use uuid::Uuid;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

const CHILD: u128 = 1;
const FATHER: u128 = 2;

struct File {
    case: Case,
    people: Vec<Person>,
    ties: Vec<Relationship>,
    flags: Vec<Flag>,
    item: Item,
}

impl File {
    fn new(flags: &[FlagKind], kept: bool) -> Self {
        let person = |n, name: &str, role| Person::named(PersonId(uuid(n)), name.to_owned(), role);
        let flag = |kind: &FlagKind| Flag {
            id: FlagId(uuid(9)),
            person: PersonId(uuid(FATHER)),
            kind: *kind,
            reason: String::new(),
            review: None,
        };
        let tie = Relationship {
            id: RelationshipId(uuid(8)),
            from: PersonId(uuid(FATHER)),
            to: PersonId(uuid(CHILD)),
            kind: RelationshipKind::Father,
            parental_responsibility: ParentalResponsibility::NotKnown,
            same_home: None,
            note: String::new(),
        };
        Self {
            case: Case {
                kept_from: if kept { vec![PersonId(uuid(FATHER))] } else { Vec::new() },
                ..Case::family(CaseId(uuid(7)), PersonId(uuid(CHILD)), Nation::England)
            },
            people: vec![
                person(CHILD, "Ayla Sampleton", PersonRole::Child),
                person(FATHER, "Dale Mockford", PersonRole::Parent),
            ],
            ties: vec![tie],
            flags: flags.iter().map(flag).collect(),
            item: Item {
                id: ItemId(uuid(5)),
                mark: Mark::Fact,
                source: ItemSource::Visit,
                text: "No adult was at home.".into(),
                by: String::new(),
                about: vec![PersonId(uuid(CHILD))],
                occurred: Occurred::Unknown { words: "in March".into() },
                labels: Vec::new(),
                visit: None,
            },
        }
    }

    fn share<'a>(&'a self, decided: OutcomeKind, harm: bool, to: (&'a str, &'a str)) -> Sharing<'a> {
        Sharing {
            decided,
            harm,
            names_consent: false,
            recipient: to.0,
            recipient_role: to.1,
            route: None,
            case: &self.case,
            people: &self.people,
            ties: &self.ties,
            flags: &self.flags,
        }
    }

    fn asked(&self, permission: Permission, limited: bool) -> Asked<'_> {
        Asked { item: &self.item, permission, limited }
    }
}

const SCHOOL: (&str, &str) = ("Pat Mockfield", "Safeguarding lead, Made-up Lane Primary");
/// However he may be typed.
const HIM: [(&str, &str); 7] = [
    ("Dale Mockford", ""),
    ("MOCKFORD, dale", ""),
    ("Mr Mockford", "Governor, Made-up Lane Primary"),
    ("D. Mockford", ""),
    ("School office", "Dale Mockford"),
    ("Dad", ""),
    ("Ayla’s father", ""),
];
/// Those whom nothing stops where a child may be harmed.
const PROTECT: [(&str, &str); 3] = [
    ("Northmere front door", "Children’s social care"),
    ("Police, 101", ""),
    ("Sam Pretence", "Duty social worker, Northmere"),
];

fn shares() -> impl Strategy<Value = OutcomeKind> {
    prop::sample::select(OutcomeKind::ALL.into_iter().filter(|kind| kind.shares()).collect::<Vec<_>>())
}

fn permissions() -> impl Strategy<Value = Permission> {
    prop::sample::select(&Permission::ALL[..])
}

proptest! {
    #[test]
    fn harm_never_stops_a_share_to_social_care_or_police(
        decided in shares(),
        permission in permissions(),
        limited: bool,
        spoken: bool,
        flags in prop::collection::vec(prop::sample::select(&FlagKind::ALL[..]), 0..6),
        kept: bool,
        to in prop::sample::select(&PROTECT[..]),
    ) {
        let file = File::new(&flags, kept);
        let route = Some(if spoken { Route::Telephone } else { Route::SecureEmail });
        let share = Sharing { route, ..file.share(decided, true, to) };
        let verdict = may_go(&share, &file.asked(permission, limited));
        prop_assert!(
            matches!(verdict, MayGo::Goes { .. } | MayGo::Shown { .. }),
            "{decided:?} {permission:?} {verdict:?}"
        );
    }

    #[test]
    fn a_flag_binds_every_door(
        decided in shares(),
        permission in permissions(),
        limited: bool,
        harm: bool,
        kind in prop::sample::select(&FlagKind::ALL[..]),
        to in prop::sample::select(&HIM[..]),
    ) {
        let file = File::new(&[kind], false);
        let verdict = may_go(&file.share(decided, harm, to), &file.asked(permission, limited));
        let emergency = decided == OutcomeKind::EmergencyShare;
        // One rule: what the door of a share refuses, the verdict refuses, and never an emergency.
        let by_name = may_receive(&file.case, &file.people, &file.flags, Door::Share, to.0)
            .and(may_receive(&file.case, &file.people, &file.flags, Door::Share, &format!("{} {}", to.0, to.1)));
        if by_name.is_err() {
            prop_assert_eq!(verdict.may(), emergency, "{:?} {:?}", kind, verdict);
        }
        if matches!(kind, FlagKind::DoNotTell | FlagKind::NoContact) {
            prop_assert_eq!(verdict.may(), emergency, "{:?} to {:?}: {:?}", kind, to, verdict);
            prop_assert!(verdict.against().contains(&Against::Flagged));
        }
    }

    #[test]
    fn a_restricted_file_is_shut_to_whom_it_is_kept_from_whatever_is_decided(
        decided in shares(),
        permission in permissions(),
        harm: bool,
        to in prop::sample::select(&HIM[..5]),
    ) {
        let file = File::new(&[], true);
        let verdict = may_go(&file.share(decided, harm, to), &file.asked(permission, false));
        prop_assert_eq!(verdict, MayGo::Blocked { against: vec![Against::KeptFrom] });
    }

    #[test]
    fn nothing_goes_where_nothing_was_decided_to_go(permission in permissions(), harm: bool) {
        let file = File::new(&[], false);
        for decided in [OutcomeKind::HoldAndSeekAdvice, OutcomeKind::DoNotShare] {
            let verdict = may_go(&file.share(decided, harm, SCHOOL), &file.asked(permission, false));
            prop_assert_eq!(verdict, MayGo::Blocked { against: vec![Against::NotDecided] });
        }
    }
}

fn verdict(decided: OutcomeKind, harm: bool, permission: Permission, limited: bool) -> MayGo {
    let file = File::new(&[], false);
    may_go(&file.share(decided, harm, SCHOOL), &file.asked(permission, limited))
}

#[test]
fn a_share_that_rests_on_consent_goes_as_far_as_the_consent() {
    let with = |permission| verdict(OutcomeKind::ShareWithConsent, false, permission, false);
    let ground = ShareGround::Permission;
    for yes in [Permission::Given, Permission::NotNeeded] {
        assert_eq!(with(yes), MayGo::Goes { ground });
    }
    for (no, against) in [
        (Permission::Refused, Against::Refused),
        (Permission::Withdrawn, Against::Withdrawn),
        (Permission::Disagree, Against::Disagree),
        (Permission::OtherPurpose, Against::OtherPurpose),
    ] {
        assert_eq!(with(no), MayGo::Blocked { against: vec![against] });
    }
    for (open, against) in
        [(Permission::NotAsked, Against::NotAsked), (Permission::Expired, Against::Expired)]
    {
        assert_eq!(with(open), MayGo::Unlock { ground, against: vec![against] }, "neither yes nor no");
    }
}

#[test]
fn reasons_that_were_weighed_show_a_refusal_and_who_was_not_asked_has_not_refused() {
    let with = |permission| verdict(OutcomeKind::ShareWithoutConsent, false, permission, false);
    let ground = ShareGround::Judgement;
    assert_eq!(with(Permission::Refused), MayGo::Shown { ground, against: vec![Against::Refused] });
    assert_eq!(with(Permission::NotAsked), MayGo::Goes { ground });
}

#[test]
fn a_senders_limit_stops_an_ordinary_share_and_is_shown_beside_harm_duty_and_order() {
    let limited = |decided, harm| verdict(decided, harm, Permission::Given, true);
    for decided in [OutcomeKind::ShareWithConsent, OutcomeKind::ShareLimited] {
        assert!(matches!(limited(decided, false), MayGo::Unlock { .. }), "{decided:?}");
        assert!(matches!(limited(decided, true), MayGo::Shown { ground: ShareGround::Harm, .. }));
    }
    for (decided, ground) in
        [(OutcomeKind::MustShare, ShareGround::Duty), (OutcomeKind::EmergencyShare, ShareGround::Emergency)]
    {
        let shown = MayGo::Shown { ground, against: vec![Against::SendersLimit] };
        assert_eq!(limited(decided, false), shown);
    }
}

#[test]
fn an_item_about_somebody_protected_says_so_and_stops_nothing() {
    let mut file = File::new(&[FlagKind::ProtectedIdentity], false);
    file.item.about.push(PersonId(uuid(FATHER)));
    let share = file.share(OutcomeKind::ShareWithConsent, false, SCHOOL);
    let verdict = may_go(&share, &file.asked(Permission::Given, false));
    let against = vec![Against::NamesProtected];
    assert_eq!(verdict, MayGo::Shown { ground: ShareGround::Permission, against });
}

#[test]
fn post_to_a_home_where_it_is_opened_is_refused_in_that_way_alone() {
    let mut file = File::new(&[FlagKind::DoNotPost], false);
    file.flags[0].person = PersonId(uuid(CHILD));
    for person in &mut file.people {
        person.address = "14 Larch Road, Fablewell, FB1 2CD".into();
    }
    let by = |route| {
        let share = file.share(OutcomeKind::ShareWithConsent, false, HIM[0]);
        may_go(&Sharing { route: Some(route), ..share }, &file.asked(Permission::Given, false)).may()
    };
    assert!(!by(Route::Post), "whoever lives there opens it");
    assert!(by(Route::InPerson));
}

#[test]
fn more_than_the_purpose_needs_is_counted() {
    let file = File::new(&[], false);
    let day = |year| Occurred::Day { on: Day(chrono::NaiveDate::from_ymd_opt(year, 3, 12).unwrap()) };
    let item = |text: &str, year| Item { text: text.into(), occurred: day(year), ..file.item.clone() };
    let words = SensitiveWords {
        health: vec!["prescription".into(), "mental health".into()],
        offence: vec!["convicted".into()],
    };
    let brother = PersonId(uuid(4));
    let children = [PersonId(uuid(CHILD)), brother];
    let count = |said: &[&str], going: &[&Item], held| {
        let Occurred::Day { on } = day(2026) else { panic!("a day") };
        let purpose = Purpose { said, child: PersonId(uuid(CHILD)), children: &children, on };
        let more = more_than_needed(&purpose, &words, going, held);
        more.into_iter().map(|one| (one.more, one.count)).collect::<Vec<_>>()
    };
    let plain = item("Ayla opened the door.", 2026);
    let health = item("Jo’s PRESCRIPTION; her mental-health nurse.", 2026);
    let offence = item("He was convicted.", 2026);
    let old = item("Two missed appointments.", 2024);
    let about = Item { about: vec![brother], ..item("Kit cried.", 2026) };
    let hearsay = Item { mark: Mark::Reported, ..item("He shouts.", 2026) };
    assert_eq!(count(&[], &[&plain], 9), []);
    assert_eq!(count(&["breakfast"], &[&plain, &health], 9), [(More::Health, 1)]);
    assert_eq!(count(&["support with mental health"], &[&plain, &health], 9), []);
    assert_eq!(count(&["breakfast"], &[&offence, &old], 9), [(More::Offence, 1), (More::Old, 1)]);
    assert_eq!(count(&[], &[&about, &hearsay], 9), [(More::OtherChildren, 1), (More::NoSource, 1)]);
    assert_eq!(count(&[], &[&plain, &plain, &plain], 3), [(More::WholeChronology, 3)]);
    assert_eq!(count(&[], &[&plain], 1), [], "one note is no chronology");
    let almost = Occurred::Month { year: 2025, month: 3 };
    let Occurred::Day { on } = day(2026) else { panic!("a day") };
    assert!(!is_old(&almost, on), "as far as it is known it is no year ago");
    assert_eq!(months_old(&day(2024), on), Some(24));
    assert_eq!(months_old(&day(2027), on), None);
}
