//! A search, newest first: at most 1.5 times the bare index query, and within one frame.
//!
//! The queries are fixed: common words, rare ones, beginnings as they stand while typing, several words,
//! names, numbers, accents, and something that is nowhere. A page of results is 50 and one more, which tells
//! that there are more: what the window asks for.

use sharewell_vault::search;

use crate::error::{Error, Result};
use crate::report::{Budget, Growth, Line, Report, Unit};
use crate::timing::{Times, by_turns, timed};
use crate::world::World;

const ROUNDS: usize = 40;
/// Results of a page and one more.
const PAGE: usize = 51;
/// From so many entries on the ratio is promised. Below, both sides take a fraction of a millisecond, and what a
/// result carries besides its text (file, date, safety flags) weighs more than finding it.
const PROMISED_FROM: u64 = 100_000;
/// One frame at 60 a second, in seconds.
const FRAME: f64 = 0.016;

/// What is typed, and the expression for the index that it comes to.
const QUERIES: [(&str, &str); 14] = [
    ("visit", r#""visit" *"#),
    ("grandmother", r#""grandmother" *"#),
    ("settled", r#""settled" *"#),
    ("vi", r#""vi" *"#),
    ("gra", r#""gra" *"#),
    ("appo", r#""appo" *"#),
    ("school nurse", r#""school" * AND "nurse" *"#),
    ("bruise arm fell garden", r#""bruise" * AND "arm" * AND "fell" * AND "garden" *"#),
    ("Ayla Sampleton", r#""Ayla" * AND "Sampleton" *"#),
    ("Zoe", r#""Zoe" *"#),
    ("brafenmor", r#""brafenmor" *"#),
    ("brafen", r#""brafen" *"#),
    ("999 0000 004", r#"("999" * AND "0000" * AND "004" *) OR "9990000004" *"#),
    ("xylophone", r#""xylophone" *"#),
];

/// Measures the queries at the present size.
pub fn measure(world: &World, size: u64, report: &mut Report, growth: &mut Growth) -> Result<()> {
    let mut world = world;
    let (mut all, mut sum, mut limit_sum) = (Times::default(), 0.0, 0.0);
    let (mut worst, mut worst_limit) = (0.0, 0.0);
    for (typed, expression) in QUERIES {
        let found = search_of(world, typed)?;
        if found != world.by_hand.search(expression, PAGE)? {
            return Err(Error::NotTheSame("a search found more on one side than on the other"));
        }
        let (ours, limit) = by_turns(
            ROUNDS,
            &mut world,
            |world, _| Ok(timed(|| search_of(world, typed))?.1),
            |world, _| Ok(timed(|| world.by_hand.search(expression, PAGE))?.1),
        )?;
        sum += ours.median();
        limit_sum += limit.median();
        if ours.median() > worst {
            (worst, worst_limit) = (ours.median(), limit.median());
        }
        all.0.extend(ours.0);
    }
    let count = QUERIES.len() as f64;
    let line = |what, ours, p95, limit, budget| Line {
        what,
        entries: size,
        unit: Unit::Milliseconds,
        ours,
        p95,
        limit,
        ratio: ours / limit,
        budget,
    };
    report.push(line(
        "search, against the bare index query",
        sum / count,
        Some(all.p95()),
        limit_sum / count,
        if size < PROMISED_FROM { Budget::None } else { Budget::AtMost(1.5) },
    ));
    report.push(line("search, the slowest query of the set", worst, None, worst_limit, Budget::None));
    report.push(line("search, p95 against one frame", all.p95(), None, FRAME, Budget::AtMost(1.0)));
    growth.logarithmic("search", size, sum / count);
    Ok(())
}

fn search_of(world: &World, typed: &str) -> Result<usize> {
    let hits = world.vault()?.read(|r| search::search(r, typed, PAGE, None))?;
    Ok(std::hint::black_box(hits).len())
}
