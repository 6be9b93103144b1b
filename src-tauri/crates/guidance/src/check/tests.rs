//! The walk that shares what follows alike finds what the plain one finds, on small packs made at random.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::cell::Cell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use sharewell_records::{Day, Known, StepId};

use super::{Found, Report, hold, paths, plain, report};
use crate::load::Files;
use crate::pack::{Branch, Cond, Kind, KnownAnswer, KnownFact, KnownKind, KnownTest, NotSure, Opt, Pack};
use crate::pack::{Step, Target, Test};
use crate::{Deadline, Tag};

const KINDS: [Kind; 9] = [
    Kind::YesNo,
    Kind::OneOf,
    Kind::ManyOf,
    Kind::Text,
    Kind::People,
    Kind::Adviser,
    Kind::Weighing,
    Kind::EachPerson,
    Kind::Checklist,
];
const MEANINGS: [&str; 9] =
    ["yes", "no", "given", "limited", "refused", "withdrawn", "report", "unsafe", "none"];
/// Which options there are: `yes` and `no` for the kind that has these.
const OPTIONS: [&str; 4] = ["yes", "no", "c", "d"];

/// Draws without end from one seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(many.max(1)).unwrap()).unwrap()
    }

    fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A condition about the steps before one, of a whole pack or of a branch.
    fn cond(&mut self, steps: usize, outcomes: usize, deep: usize) -> Cond {
        let some =
            |dice: &mut Self| (0..2 + dice.below(2)).map(|_| dice.cond(steps, outcomes, deep - 1)).collect();
        match self.below(if deep == 0 { 7 } else { 10 }) {
            0..=2 if steps > 0 => Cond::Answer { step: self.below(steps), test: self.test() },
            3 if steps > 0 => Cond::Asked(self.below(steps)),
            4 => Cond::Advised(vec![self.below(outcomes), self.below(outcomes)]),
            7 => Cond::All(some(self)),
            8 => Cond::Any(some(self)),
            9 => Cond::Not(Box::new(self.cond(steps, outcomes, deep - 1))),
            _ => self.fact(),
        }
    }

    fn test(&mut self) -> Test {
        let words = vec![self.one(&["yes", "no", "not_sure", "c", "d", "agrees", "share"]).to_owned()];
        match self.below(4) {
            0 => Test::Some(self.once_in(2)),
            1 => Test::Contains(words),
            _ => Test::Is(words),
        }
    }

    fn fact(&mut self) -> Cond {
        match self.below(4) {
            0 => Cond::Known { fact: 0, test: KnownTest::Present },
            1 => Cond::Known { fact: 0, test: KnownTest::LessThan(12) },
            2 => Cond::Known { fact: 0, test: KnownTest::AtLeast(16) },
            _ => {
                let word = self.one(&["numbers", "moves", "service"]).to_owned();
                Cond::Known { fact: 1, test: KnownTest::Is(vec![Known::Word(word)]) }
            }
        }
    }

    fn maybe(&mut self, many: usize, steps: usize, outcomes: usize) -> Option<Cond> {
        self.once_in(many).then(|| self.cond(steps, outcomes, 2))
    }

    fn day(&mut self, many: usize, of: &Pack) -> Option<Day> {
        let days = [of.applies_from.0.succ_opt()?, "2026-09-30".parse().ok()?];
        self.once_in(many).then(|| Day(self.one(&days)))
    }

    fn step(&mut self, at: usize, of: usize, pack: &Pack) -> Step {
        let outcomes = pack.outcomes.len();
        let kind = if at == 0 { Kind::YesNo } else { self.one(&KINDS) };
        let options = match kind {
            Kind::YesNo => 2,
            Kind::OneOf | Kind::ManyOf | Kind::EachPerson => 2 + self.below(2),
            Kind::Checklist => 1,
            Kind::Text | Kind::Date | Kind::People | Kind::Adviser | Kind::Items | Kind::Weighing => 0,
        };
        let mut asks: Vec<Tag> = (0..self.below(3)).map(|_| self.one(Tag::ALL)).collect();
        match at {
            0 => asks.push(Tag::ImmediateDanger),
            1 => asks.push(Tag::SuspectedHarm),
            _ => {}
        }
        let option = |(nth, id): (usize, &&str)| Opt {
            id: (*id).to_owned(),
            means: if kind == Kind::YesNo { (*id).to_owned() } else { self.one(&MEANINGS).to_owned() },
            reveals_words: false,
            requires_words: false,
            alone: nth == 1 && self.once_in(2),
        };
        let options: Vec<Opt> = OPTIONS.iter().take(options).enumerate().map(option).collect();
        let told = |dice: &mut Self| KnownAnswer {
            when: dice.fact(),
            answer: dice.one(&["yes", "no"]).to_owned(),
            because: String::new(),
        };
        let known = if matches!(kind, Kind::YesNo | Kind::OneOf) && self.once_in(4) {
            vec![told(self), told(self)]
        } else {
            Vec::new()
        };
        let mut next: Vec<Branch> = (0..self.below(3)).map(|_| self.branch(at, of, outcomes)).collect();
        next.push(Branch { when: None, ..self.branch(at, of, outcomes) });
        Step {
            id: StepId(format!("s{at}")),
            kind,
            asks,
            not_sure: self.one(&[NotSure::Advice, NotSure::Answer, NotSure::None]),
            judgement: self.once_in(2),
            optional: self.once_in(2),
            applies_from: self.day(8, pack),
            applies_until: None,
            unconfirmed: self.once_in(8),
            after_advice: self.once_in(2),
            when: self.maybe(4, at, outcomes),
            options,
            known,
            next,
            ..pack.steps[0].clone()
        }
    }

    fn branch(&mut self, at: usize, of: usize, outcomes: usize) -> Branch {
        // One nearest, so that walks join again.
        let to = at + 1 + self.below(2);
        let ends = to >= of || self.once_in(8);
        Branch {
            when: Some(if self.once_in(2) {
                Cond::Answer { step: at, test: self.test() }
            } else {
                self.cond(at + 1, outcomes, 2)
            }),
            advise: self.once_in(if ends { 2 } else { 4 }).then(|| self.below(outcomes)),
            to: if ends { Target::End } else { Target::Step(to) },
            spot: crate::Spot::default(),
        }
    }

    fn pack(&mut self) -> Pack {
        let mut pack = Pack::load(&mini()).unwrap();
        let word = |word: &str| word.to_owned();
        pack.engine = self.one(&[1, 4, crate::pack::ENGINE]);
        pack.known = vec![
            KnownFact { name: word("child_age"), kind: KnownKind::Age },
            KnownFact {
                name: word("door"),
                kind: KnownKind::Word(vec![word("numbers"), word("moves"), word("service"), word("other")]),
            },
        ];
        let (many, outcomes) = (3 + self.below(4), pack.outcomes.len());
        pack.steps = (0..many).map(|at| self.step(at, many, &pack)).collect();
        (pack.start, pack.after_withdrawal) = (0, 0);
        (pack.advice.step, pack.advice.front_door) = (many - 1, many - 1);
        for at in 0..pack.obligations.len() {
            pack.obligations[at].when = self.maybe(3, many, outcomes);
            pack.obligations[at].from = self.day(12, &pack);
            pack.obligations[at].deadline = self.one(&[None, Some(Deadline::EndOfToday)]);
            pack.obligations[at].for_each = None;
            pack.obligations[at].point = self.once_in(4);
        }
        for at in 0..pack.grounds.len() {
            pack.grounds[at].when = self.maybe(2, many, outcomes);
        }
        for at in 0..outcomes {
            pack.outcomes[at].deciding = vec![self.below(many), self.below(many)];
        }
        pack
    }
}

fn mini() -> Files {
    let files: [(&str, &[u8]); 4] = [
        ("pack.toml", include_bytes!("../../tests/packs/mini/pack.toml")),
        ("steps.toml", include_bytes!("../../tests/packs/mini/steps.toml")),
        ("outcomes.toml", include_bytes!("../../tests/packs/mini/outcomes.toml")),
        ("text/en.toml", include_bytes!("../../tests/packs/mini/text/en.toml")),
    ];
    files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect::<BTreeMap<_, _>>()
}

type Every = fn(&Pack, &mut Found, paths::Hold<'_>) -> paths::Tally;

/// What a walk finds, and how many paths it held to the conditions.
fn walked(pack: &Pack, every: Every) -> (Report, u64) {
    let (mut found, times) = (Found::default(), Cell::new(0));
    let tally = every(pack, &mut found, &|path, found| {
        times.set(times.get() + 1);
        hold(path, found);
    });
    (report(pack, tally, found), times.get())
}

#[test]
fn the_small_pack_is_walked_alike() {
    let pack = Pack::load(&mini()).unwrap();
    assert_eq!(walked(&pack, paths::every).0, walked(&pack, plain::every).0);
}

#[test]
fn packs_made_at_random_differ_in_what_is_found_and_much_of_them_is_shared() {
    let (mut fast, mut slow, mut conditions) = (0, 0, std::collections::BTreeSet::new());
    for seed in 1..80 {
        let pack = Dice(u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15)).pack();
        let (shared, plain) = (walked(&pack, paths::every), walked(&pack, plain::every));
        assert_eq!(shared.0, plain.0, "seed {seed}");
        (fast, slow) = (fast + shared.1, slow + plain.1);
        let of_paths = plain.0.findings.into_iter().filter(|one| !one.path.is_empty());
        conditions.extend(of_paths.map(|one| one.condition));
    }
    println!("held {fast} for {slow}");
    assert!(fast * 4 < slow * 3, "what looks alike is held to the conditions once: {fast} of {slow}");
    // The ninth needs consent and its grounds together.
    assert!((1..=13).filter(|one| conditions.contains(one)).count() >= 10, "{conditions:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_walk_that_shares_finds_what_the_plain_walk_finds(seed in 1..u64::MAX) {
        let pack = Dice(seed).pack();
        prop_assert_eq!(walked(&pack, paths::every).0, walked(&pack, plain::every).0);
    }
}
