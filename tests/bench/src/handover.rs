//! A handover: at least 0.8 times the throughput of age, tar and SHA-256 on the same bytes.
//!
//! Every file and every entry is handed over, with two rendered documents for each family. Reading the ledger
//! and rendering documents and tables happens before the clock starts; writing entries and cells as text,
//! checking the chain, hashing, signing and encrypting happens while it runs. Both sides write to nowhere,
//! so that the disk plays no part.

use std::io::{self, Read};

use age::x25519;
use ring::digest::{SHA256, digest};
use secrecy::ExposeSecret;
use sharewell_exchange::handover::{Beginning, Contents, Document, write};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{EntryLine, Profile, PublicKey, Readme, Signer, tables};
use sharewell_records::{Called, CaseId, GENESIS, HandoverId, Payload, ReadPayload, Seq, Standing};
use sharewell_vault::{Vault, cases, ledger, ledger::SliceLine, new_uuid, practitioner};

use crate::corpus::moment;
use crate::error::{Error, Result};
use crate::report::{Budget, Line, Report, Unit};
use crate::timing::{by_turns, ratio, timed};
use crate::world::World;

/// Bytes of the documents of a family as they are rendered: the file's summary and one decision.
const DOCUMENTS: [usize; 2] = [50_000, 89_000];
/// Above this a handover would pass what its own reader takes in at once.
const MOST: u64 = 100_000;

/// The vault's own key.
struct Key<'a>(&'a Vault, PublicKey);

impl Signer for Key<'_> {
    fn public_key(&self) -> PublicKey {
        self.1
    }

    fn sign(&self, message: &[u8]) -> sharewell_exchange::Result<[u8; 64]> {
        self.0.sign(message).map_err(|_| sharewell_exchange::Error::Signing)
    }
}

/// Measures a handover of everything at the present size.
pub fn measure(world: &World, size: u64, report: &mut Report) -> Result<()> {
    if size > MOST {
        return Ok(());
    }
    let vault = world.vault()?;
    let key = Key(vault, PublicKey(vault.public_key()?));
    let contents = contents(vault, &key)?;
    let agency = Identity::generate();
    let recipients = [agency.recipient()];
    let mut encrypted = Vec::new();
    write(&mut encrypted, &contents, &recipients, &key)?;
    let identity: x25519::Identity =
        agency.to_secret().expose_secret().parse().map_err(|_| Error::NotTheSame("the agency's key"))?;
    let files = unpacked(&encrypted, &identity)?;
    drop(encrypted);
    let bytes: usize = files.iter().map(|(_, file)| file.len()).sum();

    let rounds = if size < MOST { 9 } else { 3 };
    let (ours, limit) = by_turns(
        rounds,
        &mut (),
        |(), _| Ok(timed(|| Ok(write(io::sink(), &contents, &recipients, &key)?))?.1),
        |(), _| Ok(timed(|| bare(&files, &identity.to_public()))?.1),
    )?;
    let speed = |seconds: f64| bytes as f64 / seconds;
    report.push(Line {
        what: "handover, against age, tar and SHA-256",
        entries: size,
        unit: Unit::MegabytesPerSecond,
        ours: speed(ours.median()),
        p95: None,
        limit: speed(limit.median()),
        ratio: ratio(&limit, &ours),
        budget: Budget::AtLeast(0.8),
    });
    Ok(())
}

/// Everything that the vault holds, ready to be handed over.
fn contents(vault: &Vault, key: &Key<'_>) -> Result<Contents> {
    let tip = vault.tip();
    let (cases, practitioner) = vault.read(|r| {
        let cases: Vec<CaseId> = cases::list(r)?.into_iter().map(|row| row.case.record.id).collect();
        Ok::<_, Error>((cases, practitioner::current(r)?.record))
    })?;
    let (mut lines, mut records) = (Vec::new(), Standing::default());
    vault.read(|r| {
        ledger::slice_each(r, tip.origin, &cases, Seq(1), tip.sequence, |line| {
            lines.push(taken(line, &mut records)?);
            Ok::<_, Error>(())
        })
    })?;
    let documents = (0..2 * cases.len())
        .map(|at| {
            let mut bytes = vec![0; if at % 2 == 0 { DOCUMENTS[0] } else { DOCUMENTS[1] }];
            ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes)
                .map_err(|_| Error::Chance)?;
            Ok(Document { path: format!("document-{at}.pdf"), bytes })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Contents {
        id: HandoverId(new_uuid()),
        made_at: moment(0),
        origin: tip.origin,
        from: Seq(1),
        to: tip.sequence,
        head: tip.link,
        previous_link: GENESIS,
        public_key: key.1,
        practitioner,
        agency: None,
        cases,
        lines,
        chains: Vec::new(),
        beginning: Beginning::default(),
        part: None,
        replaces: None,
        tables: tables::build(&records, &records.protection(&Called::default())),
        profile: Profile::default(),
        documents,
        attachments: vec![],
        words: Readme::default(),
    })
}

fn taken(line: SliceLine, records: &mut Standing) -> Result<EntryLine> {
    Ok(match line {
        SliceLine::Open { header, payload: Some(sealed), .. } => {
            if let ReadPayload::Known(payload) = Payload::read(&header.kind, header.version, &sealed.bytes)? {
                records.take(&header, &payload);
            }
            EntryLine::Whole { header: *header, stored: sealed.bytes, salt: sealed.salt }
        }
        SliceLine::Open { header, payload_hash, payload: None, .. } => {
            EntryLine::Disposed { header: *header, payload_hash }
        }
        SliceLine::Closed { sequence, entry_hash } => EntryLine::Withheld { sequence, entry_hash },
    })
}

/// The files of a handover, as age and tar give them.
fn unpacked(encrypted: &[u8], identity: &x25519::Identity) -> Result<Vec<(String, Vec<u8>)>> {
    let decryptor = age::Decryptor::new(encrypted)?;
    let plain = decryptor.decrypt(std::iter::once(identity as &dyn age::Identity))?;
    let mut archive = tar::Archive::new(plain);
    let mut files = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.push((path, bytes));
    }
    Ok(files)
}

/// age over tar over the files, each of them hashed.
fn bare(files: &[(String, Vec<u8>)], recipient: &x25519::Recipient) -> Result<()> {
    let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))?;
    let mut archive = tar::Builder::new(encryptor.wrap_output(io::sink())?);
    for (path, bytes) in files {
        std::hint::black_box(digest(&SHA256, bytes));
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes.as_slice())?;
    }
    archive.into_inner()?.finish()?;
    Ok(())
}
