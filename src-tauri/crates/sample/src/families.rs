//! Who the fictional families are, and when each thing happens to them. All of it follows from the seed.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};
use sharewell_casework::clock;
use sharewell_records::{Day, IdentifierKind, Moment, ParentalResponsibility, RelationshipKind, read_number};

use super::stories::{self, Step};

/// A small generator of pseudo-random numbers (splitmix64): the same on every machine and for ever.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `from` to `to`, both included.
    pub(super) fn number(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from + 1).unwrap_or(1).max(1);
        from + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// One of a list; the empty text where there is none.
    pub(super) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let last = i64::try_from(of.len()).unwrap_or(1) - 1;
        usize::try_from(self.number(0, last.max(0)))
            .ok()
            .and_then(|at| of.get(at))
            .copied()
            .unwrap_or_default()
    }
}

const SURNAMES: [&str; 12] = [
    "Sampleton",
    "Notreal",
    "Madeup",
    "Fablewell",
    "Nosuch",
    "Mockford",
    "Exampleton",
    "Imagina",
    "Fictley",
    "Pretendham",
    "Storyman",
    "Inventwood",
];
const CHILDREN: [&str; 24] = [
    "Ayla", "Jaden", "Mina", "Rhys", "Zoë", "Kofi", "Isla", "Tomasz", "Saoirse", "Idris", "Leila", "Harvey",
    "Anwen", "Malik", "Poppy", "Femi", "Niamh", "Arjun", "Ruby", "Yusuf", "Cerys", "Danylo", "Esme", "Theo",
];
const MOTHERS: [&str; 12] = [
    "Jo",
    "Farida",
    "Megan",
    "Agnieszka",
    "Chloe",
    "Abena",
    "Siân",
    "Priya",
    "Karen",
    "Oksana",
    "Leanne",
    "Bilqis",
];
const FATHERS: [&str; 12] = [
    "Dan", "Karim", "Gareth", "Marek", "Lee", "Kwame", "Owen", "Vikram", "Steve", "Petro", "Craig", "Hassan",
];
const SIBLINGS: [&str; 8] = ["Sam", "Noor", "Elis", "Kasia", "Alfie", "Efua", "Mair", "Dev"];
const STREETS: [&str; 8] = [
    "Imaginary Row",
    "Nosuch Street",
    "Fable Close",
    "Pretend Lane",
    "Mock Terrace",
    "Story Hill",
    "Invented Way",
    "Example Gardens",
];

/// A family as it is going to be recorded.
pub(super) struct Family {
    pub child: String,
    pub child_born: Day,
    /// An unborn child has an expected date.
    pub unborn: bool,
    pub mother: String,
    pub mother_born: Day,
    pub father: String,
    pub father_pr: ParentalResponsibility,
    pub father_tie: RelationshipKind,
    pub father_at_home: bool,
    pub sibling: Option<(String, Day)>,
    pub address: String,
    pub phone: String,
    pub nhs_number: String,
    pub reference: String,
    /// What happens, each with its planned moment, in order.
    pub steps: Vec<(Moment, Step)>,
}

/// So many families, each with a story of its own.
pub(super) fn make(count: u32, seed: u64, until: Moment, longest_ago: i64) -> Vec<Family> {
    let mut dice = Dice::new(seed);
    let mut taken = BTreeSet::new();
    (0..count).map(|number| family(&mut dice, number, until, longest_ago, &mut taken)).collect()
}

/// How often another name is drawn before two children bear the same one, as happens.
const REDRAWS: u32 = 20;

fn family(
    dice: &mut Dice,
    number: u32,
    until: Moment,
    longest_ago: i64,
    taken: &mut BTreeSet<(String, String)>,
) -> Family {
    let today = clock::day_of(until);
    let story = stories::of(number);
    let other = dice.one(&SURNAMES).to_owned();
    let (mut child, mut surname) = (dice.one(&CHILDREN).to_owned(), dice.one(&SURNAMES).to_owned());
    for _ in 0..REDRAWS {
        if taken.insert((child.clone(), surname.clone())) {
            break;
        }
        (child, surname) = (dice.one(&CHILDREN).to_owned(), dice.one(&SURNAMES).to_owned());
    }
    let mother = dice.one(&MOTHERS).to_owned();
    let father = dice.one(&FATHERS).to_owned();
    let years = if story.unborn { 0 } else { dice.number(story.youngest, story.oldest) };
    let child_born = if story.unborn {
        clock::days_after(today, dice.number(40, 110))
    } else {
        clock::days_after(today, -(years * 365 + dice.number(20, 340)))
    };
    let sibling = (dice.number(0, 2) > 0).then(|| {
        let name = format!("{} {surname}", dice.one(&SIBLINGS));
        (name, clock::days_after(today, -dice.number(400, 3000)))
    });
    let at_home = dice.number(0, 1) == 1;
    let holds = dice.number(0, 2);
    let begun = dice.number(longest_ago / 3, longest_ago - 5);
    let mut steps: Vec<(Moment, Step)> = Vec::new();
    // A story runs from the first visit to a few days ago, its steps in their own proportion and order.
    for (share, step) in story.steps {
        let days_ago = begun - (begun - story.ends_days_ago) * share / 100;
        let drawn = working_moment(dice, clock::days_after(today, -days_ago));
        let after = steps.last().map_or(drawn, |(last, _)| Moment(last.0 + TimeDelta::minutes(10)));
        steps.push((drawn.max(after), step));
    }
    Family {
        child: if story.unborn { format!("Baby {surname} (unborn)") } else { format!("{child} {surname}") },
        child_born,
        unborn: story.unborn,
        mother: format!("{mother} {surname}"),
        mother_born: clock::days_after(today, -dice.number(20 * 365, 41 * 365)),
        father: format!("{father} {}", if at_home { &surname } else { &other }),
        father_pr: match holds {
            0 => ParentalResponsibility::Holds,
            1 => ParentalResponsibility::DoesNotHold,
            _ => ParentalResponsibility::NotKnown,
        },
        father_tie: if story.stepfather { RelationshipKind::StepParent } else { RelationshipKind::Father },
        father_at_home: at_home,
        sibling,
        address: format!("{} {}, Fablewell", dice.number(1, 98), dice.one(&STREETS)),
        // The range that Ofcom keeps for drama.
        phone: format!("07700 900{:03}", dice.number(0, 999)),
        nhs_number: nhs_number(dice),
        reference: format!("FCH-{:04}", 1000 + number),
        steps,
    }
}

/// A moment in working hours on a working day near a day.
fn working_moment(dice: &mut Dice, day: Day) -> Moment {
    let back = match day.0.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 0,
    };
    let hour = u32::try_from(dice.number(9, 15)).unwrap_or(9);
    let minute = u32::try_from(dice.number(0, 59)).unwrap_or(0);
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    clock::at(clock::days_after(day, -back), time)
}

/// Ten digits from the range that is kept for tests (999), which a form takes.
fn nhs_number(dice: &mut Dice) -> String {
    loop {
        // One in eleven has no check digit, and one of the range stands for "none"; the next one will do.
        if let Some(number) = tested(dice.number(0, 999_999)) {
            return number;
        }
    }
}

/// The number of the range for tests that goes on so, with its check digit, where it has one and stands for somebody.
fn tested(on: i64) -> Option<String> {
    let whole = |check| format!("999{on:06}{check}");
    (0..10).map(whole).find(|number| read_number(IdentifierKind::NhsNumber, number).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_for_ever() {
        let mut dice = Dice::new(42);
        let thrown: Vec<i64> = (0..5).map(|_| dice.number(0, 999)).collect();
        let mut again = Dice::new(42);
        assert_eq!(thrown, (0..5).map(|_| again.number(0, 999)).collect::<Vec<_>>());
        assert_ne!(thrown, (0..5).map(|_| again.number(0, 999)).collect::<Vec<_>>(), "numbers go on");
    }

    #[test]
    fn every_nhs_number_is_of_the_range_for_tests_and_valid() {
        let mut dice = Dice::new(7);
        for _ in 0..200 {
            let number = nhs_number(&mut dice);
            assert!(number.starts_with("999") && sharewell_records::check_digit_holds(&number), "{number}");
        }
        assert_eq!(tested(999_999), None, "9999999999 stands for none, and no form takes it");
    }
}
