//! What a window asks and does, through the same calls: home, children, a file's page, a question, an answer, a
//! signature, a search, a statement recorded.
//!
//! Each is held against 100 milliseconds at ten thousand entries, against itself in the smallest vault, and, where
//! that is fair, against the bare questions to the vault that it needs: what the page makes of them (who is
//! protected, words, ages, deadlines) is then at most as dear as finding them.

use std::collections::BTreeSet;

use sharewell_casework::views::{ItemInput, Place};
use sharewell_casework::{children, clock, decide, search, start, today};
use sharewell_records::{Answer, CaseId, Item, Mark, Moment, Occurred, Payload, StepId};
use sharewell_sample::{choose_what_goes, plain_signature};
use sharewell_vault::{
    Access, Reader, Vault, access, cases, decisions, drafts, flags, items, ledger, obligations, people,
    practitioner, relationships, search as index, tallies, timeline,
};

use crate::error::{Error, Result};
use crate::household::Household;
use crate::report::{Budget, Growth, Line, Report, Unit};
use crate::timing::{Times, by_turns, ratio, timed};

/// Rounds of what only reads or saves little.
const ROUNDS: usize = 40;
/// Signatures: each needs a decision that was answered to its end before.
const SIGNATURES: usize = 12;
/// At this size p95 is promised to stay below [`SOON`].
const PROMISED_AT: u64 = 10_000;
/// What a person does not feel as waiting, in seconds.
const SOON: f64 = 0.1;
/// How much dearer than its bare questions a use case may be.
const TWICE: f64 = 2.0;
/// The stored kind of a begun decision.
const BEGUN: &str = "decision";
/// The page of results and one more, as the window asks.
const RESULTS: usize = 51;

/// What is measured, in the order of a working day: its name, and what the two lines about it are called.
type Named = (&'static str, &'static str, &'static str);

macro_rules! named {
    ($($name:ident = $said:literal;)*) => {
        $(const $name: Named = (
            concat!("use case: ", $said),
            concat!("use case: ", $said, ", against its bare questions"),
            concat!("use case: ", $said, ", p95 against 100 ms"),
        );)*
    };
}
named! {
    HOME = "home";
    CHILDREN = "children";
    FILE = "a file's page";
    QUESTION = "open a question";
    ANSWER = "answer";
    SIGN = "sign";
    SEARCH = "search";
    RECORD = "record an item";
}

/// Measures every use case in a vault of about so many entries.
pub fn measure(home: &mut Household, size: u64, report: &mut Report, growth: &mut Growth) -> Result<()> {
    let mut told = Told { size, report, growth };
    told.against(HOME, &by_turns(ROUNDS, home, ask_home, bare_home)?);
    told.against(CHILDREN, &by_turns(ROUNDS, home, ask_children, bare_children)?);
    told.against(FILE, &by_turns(ROUNDS, home, ask_file, bare_file)?);
    told.against(SEARCH, &by_turns(ROUNDS, home, ask_search, bare_search)?);
    told.against(RECORD, &by_turns(ROUNDS, home, record, bare_record)?);
    told.alone(QUESTION, &alone(ROUNDS, home, question)?);
    told.alone(ANSWER, &alone(ROUNDS, home, answer)?);
    told.alone(SIGN, &alone(SIGNATURES, home, sign)?);
    Ok(())
}

/// Where the figures go.
struct Told<'a> {
    size: u64,
    report: &'a mut Report,
    growth: &'a mut Growth,
}

impl Told<'_> {
    fn against(&mut self, named: Named, (ours, bare): &(Times, Times)) {
        self.report.push(Line {
            what: named.1,
            entries: self.size,
            unit: Unit::Milliseconds,
            ours: ours.median(),
            p95: Some(ours.p95()),
            limit: bare.median(),
            ratio: ratio(ours, bare),
            budget: Budget::AtMost(TWICE),
        });
        self.alone(named, ours);
    }

    fn alone(&mut self, named: Named, ours: &Times) {
        self.report.push(Line {
            what: named.2,
            entries: self.size,
            unit: Unit::Milliseconds,
            ours: ours.median(),
            p95: Some(ours.p95()),
            limit: SOON,
            ratio: ours.p95() / SOON,
            budget: if self.size == PROMISED_AT { Budget::AtMost(1.0) } else { Budget::None },
        });
        self.growth.logarithmic(named.0, self.size, ours.median());
    }
}

/// One side by itself, after a tenth of the rounds as warm-up.
fn alone(
    rounds: usize,
    home: &mut Household,
    mut act: impl FnMut(&mut Household, usize) -> Result<std::time::Duration>,
) -> Result<Times> {
    let warm_up = rounds.div_ceil(10);
    let mut times = Times::default();
    for round in 0..warm_up + rounds {
        let took = act(home, round)?;
        if round >= warm_up {
            times.0.push(took);
        }
    }
    Ok(times)
}

type Took = Result<std::time::Duration>;

/// The home page and the rail beside it, which every page has.
fn ask_home(home: &mut Household, _: usize) -> Took {
    let now = home.now();
    let vault = &home.vault;
    let ask = || {
        std::hint::black_box(today::today(vault, now)?);
        std::hint::black_box(start::session(vault.dir(), Some(vault), false, None, now)?);
        Ok(())
    };
    Ok(timed(ask)?.1)
}

/// What the page and the rail show, found and made nothing of: the duties with the guidance and the people that their
/// words name, how many there are by how soon, what is begun, the files touched last, and what there is to notice.
fn bare_home(home: &mut Household, _: usize) -> Took {
    let now = home.now();
    read(&home.vault, |r| {
        use obligations::Stretch;
        let duties = obligations::page(r, Stretch::Today, None, 25, now)?;
        let decided: BTreeSet<_> = duties.iter().filter_map(|row| row.obligation.decision).collect();
        for decision in decided {
            let case = decisions::under(r, decision)?.case;
            std::hint::black_box((cases::get(r, case)?, people::of_case(r, case)?));
            std::hint::black_box((cases::restricted_number(r, case)?, flags::of_case(r, case)?));
        }
        let tomorrow = clock::days_after(clock::day_of(now), 1);
        let week = clock::days_after(tomorrow, 7);
        let spans = [Stretch::Today, Stretch::Between(tomorrow, week), Stretch::From(week), Stretch::Undated];
        for stretch in spans {
            std::hint::black_box(obligations::count(r, stretch, 100, now)?);
        }
        let begun = drafts::of_kind(r, BEGUN, None, 10)?;
        let recent = cases::page(r, None, 5)?;
        for row in &recent {
            let case = row.case.record.id;
            std::hint::black_box((flags::of_case(r, case)?, obligations::outstanding_in(r, case, now)?));
            if let Some(child) = &row.child {
                std::hint::black_box(index::by_name(r, &child.name, None, 30)?);
            }
        }
        let counts = (tallies::outstanding(r)?, obligations::not_shown(r, now)?, tallies::families(r)?);
        let noticed = (ledger::doubts(r)?, access::clock_changed(r, 200)?, practitioner::current(r)?);
        std::hint::black_box((duties, begun, counts, noticed, tallies::waiting(r)?));
        Ok(())
    })
}

fn ask_children(home: &mut Household, _: usize) -> Took {
    let now = home.now();
    Ok(timed(|| Ok(std::hint::black_box(children::children(&home.vault, "", None, now)?)))?.1)
}

fn bare_children(home: &mut Household, _: usize) -> Took {
    let now = home.now();
    read(&home.vault, |r| {
        for row in cases::page(r, None, 50)? {
            let case = row.case.record.id;
            std::hint::black_box((flags::of_case(r, case)?, obligations::outstanding_in(r, case, now)?));
        }
        std::hint::black_box(tallies::families(r)?);
        Ok(())
    })
}

fn ask_file(home: &mut Household, round: usize) -> Took {
    let (case, now) = (home.file(round)?, home.now());
    Ok(timed(|| Ok(std::hint::black_box(children::child_file(&mut home.vault, case, now)?)))?.1)
}

/// What a file's page shows, read; and the row in the access log, which looking at a file leaves.
fn bare_file(home: &mut Household, round: usize) -> Took {
    let (case, now) = (home.file(round)?, home.now());
    Ok(timed(|| bare_page(&mut home.vault, case, now))?.1)
}

/// The same, of any file in any vault.
pub fn bare_page(vault: &mut Vault, case: CaseId, now: Moment) -> Result<()> {
    read_all(vault, case)?;
    viewed(vault, case, now)
}

fn read_all(vault: &Vault, case: CaseId) -> Result<()> {
    vault.read(|r| {
        std::hint::black_box((
            cases::get(r, case)?,
            people::of_case(r, case)?,
            relationships::of_case(r, case)?,
            flags::of_case(r, case)?,
            items::of_case(r, case)?,
            decisions::of_case(r, case)?,
            obligations::of_case(r, case)?,
            timeline::of_case(r, case, usize::MAX, None)?,
        ));
        Ok(())
    })
}

fn viewed(vault: &mut Vault, case: CaseId, now: Moment) -> Result<()> {
    let by = vault.read(practitioner::current)?.record.id;
    vault.log(now, Some(case), &Access::CaseViewed { by })?;
    Ok(())
}

fn question(home: &mut Household, _: usize) -> Took {
    let (begun, now) = (home.begun, home.now());
    let step = StepId("harm".to_owned());
    Ok(timed(|| Ok(std::hint::black_box(decide::question(&home.vault, begun, &step, now)?)))?.1)
}

fn answer(home: &mut Household, round: usize) -> Took {
    let (begun, now) = (home.begun, home.now());
    let step = StepId("danger".to_owned());
    let value = if round.is_multiple_of(2) { "no" } else { "not_sure" };
    let given = Answer::Choice { value: value.to_owned(), words: String::new() };
    let (place, took) = timed(|| Ok(decide::answer(&mut home.vault, begun, &step, given, now)?))?;
    match place {
        Place::Question { .. } | Place::Outcome { .. } => Ok(took),
        Place::Signed { .. } => Err(Error::NotTheSame("an answer signed a decision")),
    }
}

fn sign(home: &mut Household, round: usize) -> Took {
    // The first file holds the decision that is only begun.
    let outcome = home.answered(round + 1)?;
    let now = home.now();
    let typed = plain_signature(&home.vault, &outcome, now)?;
    choose_what_goes(&mut home.vault, outcome.decision, &typed, now)?;
    Ok(timed(|| Ok(decide::sign_off(&mut home.vault, outcome.decision, typed, now)?))?.1)
}

/// Searched by turns: a common word, a beginning, a name, several words, something that is nowhere.
const QUERIES: [&str; 5] = ["breakfast", "sch", "Fictley", "school mornings", "xylophone"];

fn ask_search(home: &mut Household, round: usize) -> Took {
    let (typed, now) = (query(round), home.now());
    Ok(timed(|| Ok(std::hint::black_box(search::search(&mut home.vault, typed, now)?)))?.1)
}

/// The page of results, each with the child and the flags of its file, and the row that a search leaves in the access log.
fn bare_search(home: &mut Household, round: usize) -> Took {
    let (typed, now) = (query(round), home.now());
    let asked = timed(|| {
        let found = home.vault.read(|r| {
            let found = index::search(r, typed, RESULTS, None)?;
            let files: BTreeSet<CaseId> = found.iter().filter_map(|hit| hit.case).collect();
            for case in files {
                std::hint::black_box((cases::row(r, case)?, flags::any_in(r, case)?));
            }
            Ok::<_, sharewell_vault::Error>(found)
        })?;
        let results = u32::try_from(std::hint::black_box(found).len()).unwrap_or(u32::MAX);
        let by = home.vault.read(practitioner::current)?.record.id;
        home.vault.log(now, None, &Access::Searched { by, results })?;
        Ok(())
    })?;
    Ok(asked.1)
}

/// Both sides of a round search for the same.
fn query(round: usize) -> &'static str {
    QUERIES.get(round % QUERIES.len()).copied().unwrap_or_default()
}

fn record(home: &mut Household, round: usize) -> Took {
    let (case, now) = (home.file(round)?, home.now());
    let child = child_of(&home.vault, case)?;
    let typed = ItemInput {
        mark: Some(Mark::Fact),
        source: Some(sharewell_records::ItemSource::Visit),
        text: STATEMENT.to_owned(),
        by: String::new(),
        about: vec![child],
        occurred: Some(Occurred::Moment { at: now }.into()),
        labels: vec!["mornings".to_owned()],
    };
    Ok(timed(|| Ok(children::add_item(&mut home.vault, case, typed, now)?))?.1)
}

/// The same statement written into the vault without any of the checks.
fn bare_record(home: &mut Household, round: usize) -> Took {
    let (case, now) = (home.file(round)?, home.now());
    let item = Item {
        id: sharewell_records::ItemId(sharewell_vault::new_uuid()),
        mark: Mark::Fact,
        source: sharewell_records::ItemSource::Visit,
        text: STATEMENT.to_owned(),
        by: String::new(),
        about: vec![child_of(&home.vault, case)?],
        occurred: Occurred::Moment { at: now },
        labels: vec!["mornings".to_owned()],
        visit: None,
    };
    let author = home.vault.read(practitioner::current)?.record.id;
    let stamp = sharewell_records::Stamp { author, at: now };
    let payload = Payload::ItemRecorded { item };
    let write = || {
        home.vault.write(&stamp, |w| w.append(Some(case), &payload, &[]).map(|_| ()))?;
        Ok(())
    };
    Ok(timed(write)?.1)
}

const STATEMENT: &str = "Came without breakfast again and asked when the club opens.";

fn child_of(vault: &Vault, case: CaseId) -> Result<sharewell_records::PersonId> {
    Ok(vault.read(|r| cases::get(r, case))?.record.child)
}

fn read(vault: &Vault, ask: impl FnOnce(&Reader<'_>) -> sharewell_vault::Result<()>) -> Took {
    Ok(timed(|| Ok(vault.read(ask)?))?.1)
}
