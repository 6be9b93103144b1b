//! A practitioner's chain in memory, and the file in which it is handed over: what an agency takes in.

use ring::signature::Ed25519KeyPair;
use sharewell_exchange::handover::{Beginning, Contents, write};
use sharewell_exchange::keys::Recipient;
use sharewell_exchange::roster::Member;
use sharewell_exchange::{EntryLine, Profile, Readme, Signer, tables};
use sharewell_records::{
    Called, CaseId, Day, EntryId, GENESIS, HandoverId, Header, OriginId, Payload, Practitioner, Role, Seq,
    Sha256, Standing, link,
};
use sharewell_vault::new_uuid;

use crate::corpus::{Corpus, moment, practitioner};
use crate::error::{Error, Result};

/// One of them.
pub struct Laptop {
    /// The chain.
    pub origin: OriginId,
    key: Ed25519KeyPair,
    practitioner: Practitioner,
    cases: Vec<CaseId>,
    lines: Vec<EntryLine>,
    head: Sha256,
    standing: Standing,
}

impl Laptop {
    /// With so many entries of invented families.
    pub fn new(seed: u64, entries: u64) -> Result<Self> {
        let mut secret = [0; 32];
        for (to, from) in secret.chunks_mut(8).zip([seed, 2, 3, 4]) {
            to.copy_from_slice(&from.to_le_bytes());
        }
        let key = Ed25519KeyPair::from_seed_unchecked(&secret).map_err(|_| Error::Chance)?;
        let mut made = Self {
            origin: OriginId(new_uuid()),
            practitioner: practitioner(),
            cases: Vec::new(),
            lines: Vec::new(),
            head: GENESIS,
            standing: Standing::default(),
            key,
        };
        let (vault, public_key) = (new_uuid().to_string(), Signer::public_key(&made.key).to_string());
        let vault = vault.parse()?;
        made.write(None, &Payload::OriginStarted { vault, public_key, continues: None })?;
        let practitioner = made.practitioner.clone();
        made.write(None, &Payload::PractitionerRecorded { practitioner })?;
        let mut corpus = Corpus::new(seed);
        while (made.lines.len() as u64) < entries {
            let next = corpus.entry();
            if made.cases.last() != Some(&next.case) {
                made.cases.push(next.case);
            }
            made.write(Some(next.case), &next.payload)?;
        }
        Ok(made)
    }

    fn write(&mut self, case: Option<CaseId>, payload: &Payload) -> Result<()> {
        let at = self.lines.len() as u64 + 1;
        let header = Header {
            id: EntryId(new_uuid()),
            origin: self.origin,
            sequence: Seq(at),
            case,
            author: self.practitioner.id,
            kind: payload.kind().to_owned(),
            version: payload.version(),
            recorded_at: moment(at),
            basis: Vec::new(),
        };
        self.standing.take(&header, payload);
        // As long as a salt is, and another for each.
        let salt = Sha256::of(&[&at.to_le_bytes(), self.origin.0.as_bytes()]).0;
        let line = EntryLine::Whole { header, stored: payload.to_bytes()?, salt };
        self.head = link(self.head, Seq(at), line.hash()?);
        self.lines.push(line);
        Ok(())
    }

    /// Who works on it, for a roster.
    pub fn member(&self) -> Member {
        let key = Signer::public_key(&self.key);
        let from = Day(moment(0).0.date_naive());
        Member::new(key, self.origin, "Robin Fablewell", "Health visitor", Role::Practitioner, from)
    }

    /// Its entries, as they go into a store.
    pub fn lines(&self) -> &[EntryLine] {
        &self.lines
    }

    /// Everything, handed over to these recipients.
    pub fn handed_over(&self, to: &[Recipient]) -> Result<Vec<u8>> {
        let contents = Contents {
            id: HandoverId(new_uuid()),
            made_at: moment(self.lines.len() as u64),
            origin: self.origin,
            from: Seq(1),
            to: Seq(self.lines.len() as u64),
            head: self.head,
            previous_link: GENESIS,
            public_key: Signer::public_key(&self.key),
            practitioner: self.practitioner.clone(),
            agency: None,
            cases: self.cases.clone(),
            lines: self.lines.clone(),
            chains: Vec::new(),
            beginning: Beginning::default(),
            part: None,
            replaces: None,
            tables: tables::build(&self.standing, &self.standing.protection(&Called::default())),
            profile: Profile::default(),
            documents: Vec::new(),
            attachments: Vec::new(),
            words: Readme::default(),
        };
        let mut file = Vec::new();
        write(&mut file, &contents, to, &self.key)?;
        Ok(file)
    }
}
