//! Names that are one name in several spellings.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::fold::fold;

/// One family a line; `#` begins a remark.
const FAMILIES: &str = include_str!("families.txt");

static ALL: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = FAMILIES.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().map(fold).collect()).collect()
});

static OF: LazyLock<BTreeMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, family) in ALL.iter().enumerate() {
        for name in family {
            of.entry(name).or_default().push(at);
        }
    }
    of
});

/// The other spellings of a folded name.
pub(super) fn of(name: &str) -> impl Iterator<Item = &'static String> + use<'_> {
    let families = OF.get(name).into_iter().flatten().filter_map(|at| ALL.get(*at));
    families.flatten().filter(move |other| *other != name)
}
