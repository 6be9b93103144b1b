//! What stands between a file and what leaves it: the verdict on every item for every recipient, the paper of a share,
//! the page of a large file, a paper of fifty megabytes, and another passphrase.

use std::io::Read;
use std::path::Path;
use std::process::Command;

use argon2::{Algorithm, Argon2, Version};
use ring::aead;
use ring::digest::{SHA256, digest};
use secrecy::ExposeSecret as _;
use sharewell_casework::long::at_once;
use sharewell_casework::start::ChangePassphrase;
use sharewell_casework::{Secret, children};
use sharewell_documents as documents;
use sharewell_records::{
    Asked, Case, CaseId, Flag, Item, Judge, OutcomeKind, Payload, Permission, Person, Protection,
    Relationship, Sharing,
};
use sharewell_vault::{Vault, attached, cases, flags, items, people, relationships};

use crate::attached::{give_out, take_in};
use crate::corpus::{Corpus, Next, moment};
use crate::error::{Error, Result};
use crate::memory::Begun;
use crate::report::{Budget, Line, Report, Unit};
use crate::timing::{Times, by_turns, ratio, timed};
use crate::typeset;
use crate::use_cases;
use crate::world::World;

/// Items of the large file.
pub const ITEMS: u64 = 2_000;
const RECIPIENTS: usize = 20;
/// Items of a share.
const SHARED: usize = 200;
const ROUNDS: usize = 15;
const SEED: u64 = 20_260_312;
const MIB: u64 = 1 << 20;
/// The largest paper that is taken in.
const PAPER: u64 = 50 * MIB;
/// How much it may take above what was there.
const PAPER_MEMORY: u64 = 32 * MIB;
/// Of a paper as a measurement of its rate has it.
const RATE: usize = 16 << 20;
/// Asks this program, started anew, what a paper takes in memory.
pub const PAPER_ALONE: &str = "--paper-memory";

/// Measures all of it.
pub fn measure(dir: &Path, report: &mut Report) -> Result<()> {
    paper_memory(dir, report)?;
    let mut world = World::new(dir)?;
    let case = fill(&mut world)?;
    verdicts(&mut world, case, report)?;
    page(&mut world, case, report)?;
    ciphers(&mut world, report)?;
    share(&world, case, report)?;
    passphrase(&mut world, report)
}

/// One child's file with as many items; both sides hold it.
fn fill(world: &mut World) -> Result<CaseId> {
    let mut corpus = Corpus::new(SEED);
    let first = corpus.entry();
    let Payload::CaseOpened { case } = &first.payload else {
        return Err(Error::NotTheSame("a family does not begin with its file"));
    };
    let (case, child) = (case.id, case.child);
    let mut all = vec![first];
    let mut found = 0;
    while found < ITEMS {
        let Next { case: of, payload } = corpus.entry();
        match payload {
            // Those of other families are written down about this child.
            Payload::ItemRecorded { item } => {
                found += 1;
                let item = Item { about: vec![child], ..item };
                all.push(Next { case, payload: Payload::ItemRecorded { item } });
            }
            other if of == case => all.push(Next { case, payload: other }),
            _ => {}
        }
    }
    let both = all.into_iter().map(|next| world.both(next)).collect::<Result<Vec<_>>>()?;
    let (ours, hand): (Vec<_>, Vec<_>) = both.into_iter().unzip();
    world.save(&ours)?;
    world.by_hand.write(&hand)?;
    Ok(case)
}

/// A file, read.
struct File {
    case: Case,
    people: Vec<Person>,
    ties: Vec<Relationship>,
    flags: Vec<Flag>,
    items: Vec<Item>,
}

impl File {
    fn read(vault: &Vault, case: CaseId) -> Result<Self> {
        Ok(vault.read(|r| {
            Ok::<_, sharewell_vault::Error>(Self {
                case: cases::get(r, case)?.record,
                people: people::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
                ties: relationships::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
                flags: flags::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
                items: items::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
            })
        })?)
    }

    fn sharing<'a>(&'a self, recipient: &'a str) -> Sharing<'a> {
        Sharing {
            decided: OutcomeKind::ShareWithConsent,
            harm: false,
            names_consent: false,
            recipient,
            recipient_role: "Safeguarding lead, Madeup Primary School",
            route: None,
            case: &self.case,
            people: &self.people,
            ties: &self.ties,
            flags: &self.flags,
        }
    }
}

fn verdicts(world: &mut World, case: CaseId, report: &mut Report) -> Result<()> {
    let file = File::read(world.vault()?, case)?;
    let recipients: Vec<String> = (0..RECIPIENTS).map(|at| format!("Pat Mockfield {at}")).collect();
    let (ours, limit) = by_turns(
        ROUNDS,
        world,
        |_, round| {
            let took = timed(|| {
                let mut may = 0_usize;
                for recipient in &recipients {
                    let judge = Judge::of(file.sharing(recipient));
                    let permissions = Permission::ALL.into_iter().cycle().skip(round % Permission::ALL.len());
                    for ((at, item), permission) in file.items.iter().enumerate().zip(permissions) {
                        let asked = Asked { item, permission, limited: at.is_multiple_of(7) };
                        may += usize::from(judge.may_go(&asked).may());
                    }
                }
                Ok(std::hint::black_box(may))
            })?;
            Ok(took.1)
        },
        |world, _| {
            let (rows, took) = timed(|| world.by_hand.pass())?;
            if rows == ITEMS { Ok(took) } else { Err(Error::NotTheSame("the rows are not the items")) }
        },
    )?;
    report.push(Line {
        what: "the verdict on 2,000 items for 20 recipients, against one pass over the rows in SQL",
        entries: ITEMS,
        unit: Unit::Milliseconds,
        ours: ours.median(),
        p95: Some(ours.p95()),
        limit: limit.median(),
        ratio: ratio(&ours, &limit),
        budget: Budget::AtMost(3.0),
    });
    Ok(())
}

fn page(world: &mut World, case: CaseId, report: &mut Report) -> Result<()> {
    let now = moment(ITEMS * 2);
    let (ours, limit) = by_turns(
        ROUNDS,
        world,
        |world, _| {
            let vault = world.vault_mut()?;
            Ok(timed(|| Ok(std::hint::black_box(children::child_file(vault, case, now)?)))?.1)
        },
        |world, _| {
            let vault = world.vault_mut()?;
            Ok(timed(|| use_cases::bare_page(vault, case, now))?.1)
        },
    )?;
    report.push(Line {
        what: "the page of a file of 2,000 entries, against its bare questions",
        entries: ITEMS,
        unit: Unit::Milliseconds,
        ours: ours.median(),
        p95: Some(ours.p95()),
        limit: limit.median(),
        ratio: ratio(&ours, &limit),
        budget: Budget::AtMost(2.0),
    });
    Ok(())
}

/// A paper in, against its bytes encrypted and hashed and kept nowhere: what the machine could do at best.
fn ciphers(world: &mut World, report: &mut Report) -> Result<()> {
    let (ours, limit) = by_turns(
        5,
        world,
        |world, _| {
            let mut bytes = Vec::with_capacity(RATE);
            Noise::of(RATE as u64).read_to_end(&mut bytes)?;
            Ok(timed(|| take_in(world, &mut bytes.as_slice(), RATE as u64))?.1)
        },
        |_, _| {
            let mut bytes = Vec::with_capacity(RATE);
            Noise::of(RATE as u64).read_to_end(&mut bytes)?;
            Ok(timed(|| sealed(&bytes))?.1)
        },
    )?;
    let rate = |times: &Times| RATE as f64 / times.median();
    report.push(Line {
        what: "a paper in, against AES-256-GCM and SHA-256 of its pieces in memory",
        entries: ITEMS,
        unit: Unit::MegabytesPerSecond,
        ours: rate(&ours),
        p95: None,
        limit: rate(&limit),
        ratio: ratio(&limit, &ours),
        budget: Budget::None,
    });
    Ok(())
}

fn sealed(bytes: &[u8]) -> Result<()> {
    let key = aead::UnboundKey::new(&aead::AES_256_GCM, &[7; 32]).map_err(|_| Error::Chance)?;
    let key = aead::LessSafeKey::new(key);
    for (number, piece) in (0_u32..).zip(bytes.chunks(attached::PIECE)) {
        std::hint::black_box(digest(&SHA256, piece));
        let mut nonce = [0; 12];
        for (to, from) in nonce.iter_mut().zip(number.to_le_bytes()) {
            *to = from;
        }
        let mut piece = piece.to_vec();
        let nonce = aead::Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(nonce, aead::Aad::empty(), &mut piece).map_err(|_| Error::Chance)?;
        std::hint::black_box(piece);
    }
    Ok(())
}

/// Bytes that begin as what a camera writes does and cannot be compressed, as many as are wanted, held by nobody.
struct Noise {
    left: u64,
    begun: bool,
    state: u64,
}

impl Noise {
    fn of(left: u64) -> Self {
        Self { left, begun: false, state: SEED }
    }
}

impl Read for Noise {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let Some(part) = into.get_mut(..most) else { return Ok(0) };
        for bytes in part.chunks_mut(8) {
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            for (to, from) in bytes.iter_mut().zip(self.state.to_le_bytes()) {
                *to = from;
            }
        }
        if !self.begun {
            self.begun = true;
            for (to, from) in part.iter_mut().zip([0xff, 0xd8, 0xff]) {
                *to = from;
            }
        }
        self.left -= most as u64;
        Ok(most)
    }
}

/// In a program of its own, so that nothing that was freed before hides what it takes.
fn paper_memory(dir: &Path, report: &mut Report) -> Result<()> {
    let told = Command::new(std::env::current_exe()?).arg(PAPER_ALONE).arg(dir).output()?;
    let said = String::from_utf8_lossy(&told.stdout);
    if !told.status.success() {
        return Err(Error::NotTheSame("a paper of fifty megabytes was not taken in"));
    }
    // Nothing is printed where the system does not tell.
    let Ok(ours) = said.trim().parse::<f64>() else { return Ok(()) };
    let limit = PAPER_MEMORY as f64;
    report.push(Line {
        what: "a paper of 50 MiB in and out: memory above what was there, against 32 MiB",
        entries: 0,
        unit: Unit::Mebibytes,
        ours,
        p95: None,
        limit,
        ratio: ours / limit,
        budget: Budget::AtMost(1.0),
    });
    Ok(())
}

/// The same, in that program: prints bytes.
pub fn paper_alone(dir: &Path) -> Result<()> {
    let mut world = World::new(dir)?;
    let mut in_and_out = |size| {
        let id = take_in(&mut world, &mut Noise::of(size), size)?;
        give_out(&world, Some(id))
    };
    // What is there when somebody works: a paper has been in and out before.
    in_and_out(MIB)?;
    let Some(begun) = Begun::now() else { return Ok(()) };
    in_and_out(PAPER)?;
    println!("{}", begun.most()?);
    Ok(())
}

fn share(world: &World, case: CaseId, report: &mut Report) -> Result<()> {
    let file = File::read(world.vault()?, case)?;
    let shared = file.items.iter().take(SHARED).map(|item| documents::Shared {
        mark: Some(item.mark),
        source: format!("Seen by Robin Fablewell, {}", moment(0).0.date_naive()),
        age: "3 weeks".to_owned(),
        historic: false,
        text: item.text.clone(),
    });
    let document = whole_share(shared.collect());
    let protection = Protection::default();
    let (ours, limit) = by_turns(
        5,
        &mut (),
        |(), _| Ok(timed(|| Ok(std::hint::black_box(documents::share(&document, &protection)?)))?.1),
        |(), _| Ok(timed(|| typeset::plain(&document))?.1),
    )?;
    report.push(Line {
        what: "a share of 200 items as a PDF, against Typst on the same text",
        entries: SHARED as u64,
        unit: Unit::Milliseconds,
        ours: ours.median(),
        p95: None,
        limit: limit.median(),
        ratio: ratio(&ours, &limit),
        budget: Budget::AtMost(1.25),
    });
    Ok(())
}

/// A share of these items.
pub fn whole_share(items: Vec<documents::Shared>) -> documents::Share {
    let text = |text: &str| text.to_owned();
    documents::Share {
        sheet: documents::Sheet {
            language: documents::Language::first(),
            number: text("0142"),
            limits: text("For the safeguarding lead of Madeup Primary School only."),
            author: text("Robin Fablewell, health visitor"),
            printed: text("12 March 2026, 11:06"),
            printed_at: moment(0),
            check: String::new(),
        },
        to: text("Pat Mockfield, safeguarding lead, Madeup Primary School"),
        child: documents::Child {
            about: text("Child"),
            name: text("Ayla Sampleton"),
            born: text("4 June 2018"),
            age: text("7 years"),
        },
        address: String::new(),
        numbers: Vec::new(),
        practitioner: documents::Practitioner {
            name: text("Robin Fablewell"),
            role: text("health visitor"),
            agency: text("Exampleton Community Health"),
            reach: text("01632 960111"),
        },
        asked: documents::Asked { what: text("A quiet start in the mornings."), ..Default::default() },
        at_risk: Vec::new(),
        told: Vec::new(),
        ground: text("With the agreement of her mother."),
        keeping: documents::Keeping::School,
        replaces: Vec::new(),
        items,
        papers: Vec::new(),
    }
}

/// Two derivations: of the one that opens it now, and of the one that is to.
fn passphrase(world: &mut World, report: &mut Report) -> Result<()> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, world.derivation()?);
    let words = [World::passphrase(), Secret::from("eleven blue lanterns beside a mill".to_owned())];
    let now = moment(ITEMS * 3);
    let (ours, limit) = by_turns(
        5,
        world,
        |world, round| {
            let [one, other] = &words;
            let (old, new) = if round.is_multiple_of(2) { (one, other) } else { (other, one) };
            let change = ChangePassphrase { old: old.clone(), new: new.clone() };
            let vault = world.vault_mut()?;
            Ok(timed(|| Ok(at_once(change, vault, now)?))?.1)
        },
        |_, _| {
            let derive = || {
                for typed in &words {
                    let mut key = [0; 32];
                    let typed = typed.expose_secret().as_bytes();
                    argon.hash_password_into(typed, &[7; 32], &mut key).map_err(Error::Derivation)?;
                    std::hint::black_box(key);
                }
                Ok(())
            };
            Ok(timed(derive)?.1)
        },
    )?;
    report.push(Line {
        what: "another passphrase, against two key derivations alone",
        entries: ITEMS,
        unit: Unit::Milliseconds,
        ours: ours.median(),
        p95: None,
        limit: limit.median(),
        ratio: ratio(&ours, &limit),
        budget: Budget::AtMost(1.1),
    });
    Ok(())
}
