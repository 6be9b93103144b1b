//! The table: what, how many entries, ours, the limit, the ratio, the budget, and whether it holds.

use std::fmt;
use std::path::Path;

use crate::error::Result;

/// What a ratio must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// At most so many times the limit.
    AtMost(f64),
    /// At least so many times the limit.
    AtLeast(f64),
    /// Told, and not promised.
    None,
}

impl Budget {
    /// Whether a ratio keeps it; none where nothing is promised.
    fn holds(self, ratio: f64) -> Option<bool> {
        match self {
            Self::AtMost(most) => Some(ratio <= most),
            Self::AtLeast(least) => Some(ratio >= least),
            Self::None => None,
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "≤ {most:.2}"),
            Self::AtLeast(least) => write!(f, "≥ {least:.2}"),
            Self::None => f.write_str("none"),
        }
    }
}

/// What the figures of a line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds, shown as milliseconds.
    Milliseconds,
    /// Seconds for each entry, shown as microseconds.
    MicrosecondsEach,
    /// Bytes a second, shown as megabytes.
    MegabytesPerSecond,
    /// Entries a second.
    EntriesPerSecond,
    /// Bytes of memory, shown as mebibytes.
    Mebibytes,
}

impl Unit {
    fn shown(self, value: f64) -> String {
        match self {
            Self::Milliseconds => format!("{:.2} ms", value * 1e3),
            Self::MicrosecondsEach => format!("{:.0} µs", value * 1e6),
            Self::MegabytesPerSecond => format!("{:.0} MB/s", value / 1e6),
            Self::EntriesPerSecond => format!("{value:.0} a second"),
            Self::Mebibytes => format!("{:.1} MiB", value / f64::from(1 << 20)),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Milliseconds => "seconds",
            Self::MicrosecondsEach => "seconds_each",
            Self::MegabytesPerSecond => "bytes_per_second",
            Self::EntriesPerSecond => "entries_per_second",
            Self::Mebibytes => "bytes",
        }
    }
}

/// A line of the table. Figures are medians, in seconds or bytes a second.
#[derive(Debug, Clone)]
pub struct Line {
    /// What was measured.
    pub what: &'static str,
    /// How many entries the vault held.
    pub entries: u64,
    /// What the figures are.
    pub unit: Unit,
    /// Ours.
    pub ours: f64,
    /// What one in twenty of ours exceeds.
    pub p95: Option<f64>,
    /// The limit, from the same run.
    pub limit: f64,
    /// What is held against the budget.
    pub ratio: f64,
    /// The budget.
    pub budget: Budget,
}

/// Everything that was measured.
pub struct Report {
    machine: String,
    lines: Vec<Line>,
}

impl Report {
    /// An empty report for a run in this folder.
    pub fn new(dir: &Path) -> Self {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let file_system = file_system(dir).unwrap_or_else(|| "unknown".to_owned());
        let system = std::env::consts::OS;
        let chip = std::env::consts::ARCH;
        Self { machine: format!("{cores} cores, {chip}, {system}, file system {file_system}"), lines: vec![] }
    }

    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// The figures for a program to read.
    pub fn json(&self) -> Result<String> {
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|line| {
                let (at_most, at_least) = match line.budget {
                    Budget::AtMost(most) => (Some(most), None),
                    Budget::AtLeast(least) => (None, Some(least)),
                    Budget::None => (None, None),
                };
                serde_json::json!({
                    "what": line.what, "entries": line.entries, "unit": line.unit.word(), "ours": line.ours,
                    "p95": line.p95, "limit": line.limit, "ratio": line.ratio, "at_most": at_most,
                    "at_least": at_least, "holds": line.budget.holds(line.ratio),
                })
            })
            .collect();
        let all = serde_json::json!({ "version": 1, "machine": self.machine, "lines": lines });
        Ok(serde_json::to_string_pretty(&all)?)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.machine)?;
        writeln!(f, "| what | entries | ours | p95 | limit | ratio | budget | holds |")?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|---|")?;
        for line in &self.lines {
            let p95 = line.p95.map(|p95| line.unit.shown(p95)).unwrap_or_default();
            let holds = match line.budget.holds(line.ratio) {
                Some(true) => "holds",
                Some(false) => "**does not hold**",
                None => "",
            };
            writeln!(
                f,
                "| {} | {} | {} | {p95} | {} | {:.2} | {} | {holds} |",
                line.what,
                grouped(line.entries),
                line.unit.shown(line.ours),
                line.unit.shown(line.limit),
                line.ratio,
                line.budget,
            )?;
        }
        let missed = self.lines.iter().filter(|line| line.budget.holds(line.ratio) == Some(false)).count();
        let kept = self.lines.iter().filter(|line| line.budget.holds(line.ratio) == Some(true)).count();
        write!(f, "\n{kept} budgets hold, {missed} do not.")
    }
}

/// A figure at every size.
type Series = (&'static str, Kind, Vec<(u64, f64)>);

/// How figures grow from the smallest size to the larger ones.
#[derive(Default)]
pub struct Growth {
    series: Vec<Series>,
}

/// How a figure may grow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No faster than the logarithm of the number of entries.
    Logarithmic,
    /// No faster than the number of entries, with a quarter for noise.
    Linear,
}

impl Growth {
    /// A time that stays flat or grows with the logarithm of the size.
    pub fn logarithmic(&mut self, what: &'static str, size: u64, seconds: f64) {
        self.point(what, Kind::Logarithmic, size, seconds);
    }

    /// A time that grows with the size.
    pub fn linear(&mut self, what: &'static str, size: u64, seconds: f64) {
        self.point(what, Kind::Linear, size, seconds / size as f64);
    }

    fn point(&mut self, what: &'static str, kind: Kind, size: u64, value: f64) {
        match self.series.iter_mut().find(|(name, ..)| *name == what) {
            Some((_, _, points)) => points.push((size, value)),
            None => self.series.push((what, kind, vec![(size, value)])),
        }
    }

    /// Holds every size against the smallest one.
    pub fn judge(&self, report: &mut Report) {
        for (what, kind, points) in &self.series {
            let Some(&(first, limit)) = points.first() else { continue };
            for &(entries, ours) in points {
                let (unit, most) = match kind {
                    Kind::Logarithmic => (Unit::Milliseconds, (entries as f64).ln() / (first as f64).ln()),
                    Kind::Linear => (Unit::MicrosecondsEach, 1.25),
                };
                let budget = if entries == first { Budget::None } else { Budget::AtMost(most) };
                let ratio = ours / limit;
                report.push(Line { what, entries, unit, ours, p95: None, limit, ratio, budget });
            }
        }
    }
}

/// A number with its thousands set apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// The type of the file system that a folder stands on, where the system tells it.
fn file_system(dir: &Path) -> Option<String> {
    let dir = dir.canonicalize().ok()?;
    mounted(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, &dir)
}

/// Of the mounts that hold the folder, the innermost; its type stands after a lone hyphen.
fn mounted(table: &str, dir: &Path) -> Option<String> {
    table
        .lines()
        .filter_map(|line| {
            let (mount, kind) = line.split_once(" - ")?;
            let point = mount.split(' ').nth(4)?;
            dir.starts_with(point).then_some((point.len(), kind.split(' ').next()?))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn empty() -> Report {
        Report { machine: "2 cores".into(), lines: vec![] }
    }

    #[test]
    fn a_budget_holds_on_its_own_side_only() {
        assert_eq!(Budget::AtMost(1.25).holds(1.25), Some(true));
        assert_eq!(Budget::AtMost(1.25).holds(1.26), Some(false));
        assert_eq!(Budget::AtLeast(0.8).holds(0.79), Some(false));
        assert_eq!(Budget::None.holds(9.0), None);
    }

    #[test]
    fn what_grows_with_the_entries_is_not_flat() {
        let mut growth = Growth::default();
        for (size, seconds) in [(1_000, 1.0), (100_000, 100.0)] {
            growth.logarithmic("save", size, seconds);
            growth.linear("rebuild", size, seconds);
        }
        let mut report = empty();
        growth.judge(&mut report);
        let holds: Vec<_> = report.lines.iter().map(|line| line.budget.holds(line.ratio)).collect();
        assert_eq!(holds, [None, Some(false), None, Some(true)]);
        assert!(report.to_string().contains("| save | 100,000 |"), "{report}");
        assert!(report.to_string().ends_with("1 budgets hold, 1 do not."), "{report}");
    }

    #[test]
    fn the_innermost_mount_names_the_file_system() {
        let table = "1 0 8:1 / / rw - ext4 disk rw\n2 1 0:5 / /tmp rw shared:1 - tmpfs tmpfs rw\n";
        assert_eq!(mounted(table, Path::new("/tmp/x")).unwrap(), "tmpfs");
        assert_eq!(mounted(table, Path::new("/tmpx")).unwrap(), "ext4", "a name that only begins alike");
    }

    #[test]
    fn the_json_says_what_the_table_says() {
        let mut report = empty();
        report.push(Line {
            what: "unlock",
            entries: 1000,
            unit: Unit::Milliseconds,
            ours: 0.8,
            p95: Some(0.9),
            limit: 0.75,
            ratio: 0.8 / 0.75,
            budget: Budget::AtMost(1.1),
        });
        let json: serde_json::Value = serde_json::from_str(&report.json().unwrap()).unwrap();
        assert_eq!((&json["lines"][0]["holds"], &json["lines"][0]["p95"]), (&true.into(), &0.9.into()));
    }
}
