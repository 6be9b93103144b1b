//! `pack check` and `pack show`: packs that the program carries, and packs in folders.

use std::path::{Path, PathBuf};

use serde_json::json;
use sharewell_casework::Language;
use sharewell_casework::consent::givers_text;
use sharewell_casework::guidance::library::flow_words;
use sharewell_casework::guidance::serving;
use sharewell_casework::records::Day;
use sharewell_guidance::{
    Error as Engine, Fact, Files, Pack, Problem, Report, What, check_files, check_trace, flow, flow_svg, lay,
    mount, outline, overlay_base, trace,
};

use crate::args::MapForm;
use crate::error::Error;
use crate::question::source;
use crate::say::{Lines, Said, count};

/// One byte more than the loader takes, so that it says which file is too large.
const FILE: u64 = 512 * 1024 + 1;
/// More files than the loader takes, so that it says so.
const FILES: usize = 65;
/// How deep a folder of packs, and a pack, are looked into.
const DEEP: usize = 4;

/// Checks the packs in folders, or those that the program carries.
pub fn check(dirs: &[PathBuf], today: Day) -> Result<Said, Error> {
    let mut all: Vec<(String, Option<PathBuf>, Files)> = Vec::new();
    if dirs.is_empty() {
        all.extend(serving::embedded_files().into_iter().map(|(name, files)| (name, None, files)));
    }
    for dir in dirs {
        for root in roots(dir)? {
            let files = read(&root)?;
            all.push((root.display().to_string(), Some(root), files));
        }
    }
    let mut plain = String::new();
    let mut json = Vec::new();
    let mut found = 0;
    for (name, root, files) in &all {
        let files = whole(files);
        let report = check_files(&files);
        found += report.findings.len();
        plain.push_str(&told(name, root.as_deref(), &report));
        let pack = Pack::load(&files).ok();
        for fact in pack.iter().flat_map(|pack| &pack.facts) {
            plain.push_str(&fact_line(fact));
        }
        // A warning and no finding: what was right yesterday does not fail by the calendar alone.
        let ends = pack.as_ref().and_then(|pack| pack.calendar.runs_out(today));
        if let Some(ends) = ends {
            plain.push_str(&format!(
                "warning: its bank holidays end on {ends}: share a calendar with more years\n"
            ));
        }
        json.push(json!({
            "name": name,
            "built_in": root.is_none(),
            "passes": report.passes(),
            "holidays_end": ends,
            "facts": pack.as_ref().map(|pack| &pack.facts),
            "report": report,
        }));
    }
    let mut traced = json!(null);
    if dirs.is_empty() {
        let problems = untraced();
        found += problems.len();
        plain.push_str(&format!(
            "\nstatements of the factsheet, {}\n",
            count(problems.len(), "finding", "findings")
        ));
        for problem in &problems {
            plain.push_str(&format!("{problem}\n"));
        }
        traced = json!({ "findings": problems });
    }
    let packs = count(all.len(), "pack", "packs");
    plain.push_str(&format!("\n{packs} checked, {}.\n", count(found, "finding", "findings")));
    Ok(Said {
        findings: found > 0,
        plain,
        json: json!({ "findings": found, "packs": json, "trace": traced }),
    })
}

/// A dated fact of law: announced and confirmed by nobody, or in force.
fn fact_line(fact: &Fact) -> String {
    let announced = fact.announced_for.map(|day| format!(", announced for {day}")).unwrap_or_default();
    match &fact.settled {
        None => format!("fact {}: not confirmed{announced}\n", fact.id),
        Some(settled) => {
            let post = settled.post.map(|post| format!(" ({})", post.word())).unwrap_or_default();
            let (from, by, on) = (settled.in_force_from, &settled.by, settled.on);
            format!("fact {}: in force from {from}, confirmed by {by}{post} on {on}\n", fact.id)
        }
    }
}

/// Statements of the factsheet that nothing in the packs fulfils as the trace says.
fn untraced() -> Vec<Problem> {
    let packs: Vec<&Pack> = serving::all().map(|carried| &carried.pack).collect();
    match trace(&serving::trace()) {
        Ok(statements) => check_trace(&statements, &packs),
        Err(Engine::Pack(problems)) => problems,
        Err(other) => vec![Problem {
            file: "trace.toml".into(),
            line: 0,
            id: String::new(),
            what: What::Syntax,
            message: other.to_string(),
        }],
    }
}

pub fn told(name: &str, root: Option<&Path>, report: &Report) -> String {
    let place = if root.is_some() { name.to_owned() } else { format!("built in, {name}") };
    let mut text = match report.pack.as_str() {
        "" => format!("{place}: not a pack yet\n"),
        pack => format!("{pack} ({place})\n"),
    };
    if !report.pack.is_empty() {
        let mut lines = Lines::default();
        lines
            .add("steps", report.steps)
            .add("outcomes", report.outcomes)
            .add(
                "paths",
                format!("{} ({} with every answer that tells apart)", report.paths, report.variants),
            )
            .add("questions on a path", format!("{} to {}", report.shortest, report.longest))
            .add("questions to the advice", format!("at most {}", report.longest_to_advice))
            .add("the same with harm", format!("at most {}", report.longest_to_advice_with_harm))
            .add("findings", report.findings.len());
        text.push_str(&lines.to_string());
    }
    for finding in &report.findings {
        let file = match (root, finding.file.strip_prefix("overlay/")) {
            (Some(root), Some(inside)) => root.join(inside).display().to_string(),
            (Some(root), None) => root.join(&finding.file).display().to_string(),
            (None, _) => format!("{name}/{}", finding.file),
        };
        let id = if finding.id.is_empty() { String::new() } else { format!("{}: ", finding.id) };
        let path = if finding.path.is_empty() { String::new() } else { format!(" (on {})", finding.path) };
        text.push_str(&format!(
            "{file}:{}: {id}condition {}: {}{path}\n",
            finding.line, finding.condition, finding.message
        ));
    }
    text
}

/// Prints how a pack flows.
pub fn show(name: &str) -> Result<Said, Error> {
    let pack = named(name)?;
    let outline = outline(&pack);
    let mut plain = format!("{outline}\nSources\n");
    let mut lines = Lines::default();
    for source in &pack.sources {
        let confidence = match source.confidence {
            sharewell_guidance::Confidence::Original => "read in the original",
            sharewell_guidance::Confidence::Secondary => "read in a reproduction",
            sharewell_guidance::Confidence::Local => "local practice",
            sharewell_guidance::Confidence::Unconfirmed => "unconfirmed",
        };
        lines.add(
            &source.id,
            format!("{} ({}, {}; {confidence})", source.title, source.publisher, source.year),
        );
    }
    plain.push_str(&lines.to_string());
    plain.push_str(&format!("\nContent hash {}\n", pack.hash));
    let mut cited = Vec::new();
    for known in &pack.sources {
        let cite =
            sharewell_guidance::Cite { source: known.id.clone(), place: String::new(), unconfirmed: false };
        cited.push(source(&pack, &cite));
    }
    let json = json!({
        "pack": pack.reference(),
        "nation": pack.nation,
        "lineage": pack.lineage,
        "applies_from": pack.applies_from,
        "applies_until": pack.applies_until,
        "supersedes": pack.supersedes,
        "outline": outline,
        "sources": cited,
    });
    Ok(Said { findings: false, plain, json })
}

/// Prints a pack to be read: the flow map, or who may give consent.
pub fn map(name: &str, form: MapForm) -> Result<Said, Error> {
    let pack = named(name)?;
    let flow = flow(&pack, pack.first_language(), flow_words(Language::default()), &[], None);
    let plain = match form {
        MapForm::Svg => flow_svg(&flow),
        MapForm::Text => format!("{flow}{}", reviews(&pack)),
        MapForm::Givers => return givers(&pack),
    };
    Ok(Said { findings: false, plain, json: json!({ "flow": flow, "reviews": pack.reviews }) })
}

/// Prints who may give consent under a pack.
fn givers(pack: &Pack) -> Result<Said, Error> {
    let plain = givers_text(pack, Language::default());
    let plain = plain.ok_or_else(|| Error::NoTable { name: pack.name() })?;
    Ok(Said { findings: false, plain, json: json!({ "pack": pack.reference(), "givers": pack.givers }) })
}

/// Who reviewed a pack's text.
fn reviews(pack: &Pack) -> String {
    if pack.reviews.is_empty() {
        return "\nNobody has reviewed this text yet.\n".to_owned();
    }
    let one = |review: &sharewell_guidance::Review| {
        let of = if review.of == pack.reviewed_hash { "this text" } else { "an earlier text" };
        let says = if review.says.is_empty() { String::new() } else { format!(": {}", review.says) };
        format!("\nReviewed ({of}) by {}, {}, on {}{says}\n", review.by, review.role, review.on)
    };
    pack.reviews.iter().map(one).collect()
}

/// A pack by `ID`, `ID@VERSION`, or the path of its folder.
pub fn named(name: &str) -> Result<Pack, Error> {
    let (files, name) = if name.contains(['/', '\\']) || name.starts_with('.') {
        (read(Path::new(name))?, name.to_owned())
    } else {
        return carried(name);
    };
    load(&name, &files)
}

/// The files of a pack as they are; an overlay's laid over the carried pack that it names.
pub fn whole(files: &Files) -> Files {
    let Some((base, hash)) = overlay_base(files) else { return files.clone() };
    let by_hash = serving::all().find(|carried| carried.pack.hash == hash);
    // Where only the name is known, laying it on says which text it was written for.
    let named = |carried: &&std::sync::Arc<serving::Carried>| {
        format!("{}@{}", carried.pack.id, carried.pack.version) == base
    };
    match by_hash.or_else(|| serving::all().find(named)) {
        Some(carried) => lay(&carried.files, files),
        None => files.clone(),
    }
}

pub fn load(name: &str, files: &Files) -> Result<Pack, Error> {
    Pack::load(&whole(files)).map_err(|error| match error {
        Engine::Pack(problems) => Error::BrokenPack { name: name.to_owned(), problems },
        other => Error::Engine(other.to_string()),
    })
}

fn carried(name: &str) -> Result<Pack, Error> {
    let (id, version) = match name.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (name, None),
    };
    let fits = |pack: &&Pack| pack.id == id && version.is_none_or(|version| pack.version == version);
    let newest =
        serving::all().map(|carried| &carried.pack).filter(fits).max_by_key(|pack| pack.applies_from);
    newest.cloned().ok_or_else(|| Error::NoSuchPack {
        name: name.to_owned(),
        have: serving::all().map(|carried| format!("{}@{}", carried.pack.id, carried.pack.version)).collect(),
    })
}

pub fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> Error {
    let path = path.display().to_string();
    move |error| Error::Unreadable { path: path.clone(), kind: error.kind() }
}

/// The packs and overlays below a folder: itself where it holds a `pack.toml` or an `overlay.toml`, or where nothing
/// below it does.
fn roots(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut open = vec![(dir.to_path_buf(), 0)];
    while let Some((folder, deep)) = open.pop() {
        let entries = entries(&folder)?;
        if entries.iter().any(|(path, is_dir)| {
            !is_dir && path.file_name().is_some_and(|name| name == "pack.toml" || name == "overlay.toml")
        }) {
            found.push(folder);
        } else if deep < DEEP {
            open.extend(entries.into_iter().filter(|(_, is_dir)| *is_dir).map(|(path, _)| (path, deep + 1)));
        }
    }
    found.sort();
    if found.is_empty() {
        found.push(dir.to_path_buf());
    }
    Ok(found)
}

/// What stands in a folder, sorted, and whether each is a folder. Links are not followed.
fn entries(folder: &Path) -> Result<Vec<(PathBuf, bool)>, Error> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let entry = entry.map_err(unreadable(folder))?;
        all.push((entry.path(), entry.file_type().map_err(unreadable(folder))?.is_dir()));
    }
    all.sort();
    Ok(all)
}

/// Reads the files of a pack, with the parts that it shares with others: those that lie beside it
/// (`<nation>/<version>` and `shared/<part>/<version>`), or else those built in.
pub fn read(root: &Path) -> Result<Files, Error> {
    let files = folder(root)?;
    let beside = root.canonicalize().map_err(unreadable(root))?.join("../../shared");
    let shared = if beside.is_dir() { folder(&beside)? } else { serving::shared_parts() };
    Ok(mount(files, &shared))
}

/// Reads the files of a folder, never much more than the loader takes.
fn folder(root: &Path) -> Result<Files, Error> {
    let mut files = Files::new();
    let mut open = vec![(root.to_path_buf(), 0)];
    while let Some((folder, deep)) = open.pop() {
        for (path, is_dir) in entries(&folder)? {
            if files.len() >= FILES {
                return Ok(files);
            }
            if is_dir && deep < DEEP {
                open.push((path, deep + 1));
                continue;
            }
            let inside = path.strip_prefix(root).unwrap_or(&path);
            let inside: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            let mut bytes = Vec::new();
            if !is_dir {
                let file = std::fs::File::open(&path).map_err(unreadable(&path))?;
                std::io::Read::read_to_end(&mut std::io::Read::take(file, FILE), &mut bytes)
                    .map_err(unreadable(&path))?;
            }
            files.insert(inside.join("/"), bytes);
        }
    }
    Ok(files)
}
