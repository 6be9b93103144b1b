//! One fold, two stores: what the vault keeps in tables is what the fold in memory gives.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/same.rs"]
mod same;
mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use rusqlite::Connection;
use same::{one, same};
use sharewell_records::*;
use sharewell_vault::waiting::AgencyKeys;
use sharewell_vault::{
    Content, Entry, Error, Keep, Projection, Reader, Result, Vault, advice, attachments, calls, cases,
    consents, contacts, countersignatures, decisions, disclosures, emergencies, flags, handovers,
    installed_packs, items, joins, leavings, ledger, leftovers, listed, obligations, packs, people,
    practitioner, receipts, recipients, relationships, shares, slips, tallies, waiting,
};
use support::acts::{World, any_act, play, something_of_everything};
use support::*;

fn set<T: Ord>(all: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    all.into_iter().collect()
}

/// Everything that was ever spoken of, also where nothing of it stands.
struct Ids {
    cases: BTreeSet<CaseId>,
    people: BTreeSet<PersonId>,
    decisions: BTreeSet<DecisionId>,
}

struct Both<'a> {
    r: Reader<'a>,
    fold: Standing,
    entries: Vec<Entry>,
    world: &'a World,
    ids: Ids,
}

impl<'a> Both<'a> {
    fn of(r: &Reader<'a>, world: &'a World) -> Result<Self> {
        let (mut fold, mut entries) = (Standing::default(), Vec::new());
        let agency = waiting::agency(r)?.map(|keys| keys.encryption);
        fold.stand_behind(agency.as_deref());
        ledger::in_order(r, |entry| {
            match &entry.content {
                Content::Known(payload) => fold.take(&entry.header, payload),
                Content::Newer { .. } | Content::Disposed => fold.take_unread(&entry.header),
                Content::Unreadable => panic!("{entry:?}"),
            }
            entries.push(entry);
            Ok::<_, Error>(())
        })?;
        let ids = Ids {
            cases: set(world.cases.iter().map(|case| case.id)),
            people: set(world.people.iter().map(|one| one.id)),
            decisions: set(world.decisions.iter().copied()),
        };
        Ok(Self { r: *r, fold, entries, world, ids })
    }

    fn hold(&self) -> Result<()> {
        self.who()?;
        self.files()?;
        self.handed_over()?;
        self.people()?;
        self.things()?;
        self.decisions()?;
        self.duties()?;
        self.emergencies()?;
        self.calls()?;
        self.consents()?;
        self.shares()?;
        support::log_folded::hold(&self.r, &self.fold, self.world, &self.ids.cases)?;
        self.own()
    }

    fn who(&self) -> Result<()> {
        same("practitioners", practitioner::all(&self.r)?, self.fold.practitioners.values());
        let current = self.fold.practitioner();
        match practitioner::current(&self.r) {
            Ok(one) => assert_eq!(Some(&one.record), current),
            Err(Error::NoSuch { .. }) => assert_eq!(current, None),
            Err(other) => return Err(other),
        }
        assert_eq!(practitioner::recovery_confirmed(&self.r)?, self.fold.recovery.map(|by| by.entry));
        Ok(())
    }

    fn files(&self) -> Result<()> {
        let (restricted, childs): (Vec<_>, Vec<_>) =
            self.fold.cases.values().partition(|one| one.record.kind.is_restricted());
        let rows = |rows: Vec<cases::CaseRow>| rows.into_iter().map(|row| row.case).collect();
        same("children's files", rows(cases::list(&self.r)?), childs.iter().copied());
        same("restricted files", rows(cases::restricted(&self.r)?), restricted.iter().copied());
        assert_eq!(tallies::families(&self.r)?, childs.len() as u64);
        for case in &self.ids.cases {
            one("file", cases::get(&self.r, *case), self.fold.cases.get(case));
            let beside = restricted.iter().filter(|one| one.record.beside == Some(*case));
            assert_eq!(set(cases::beside(&self.r, *case)?), set(beside.map(|one| one.record.id)));
            let standing = self.entries.iter().map(|one| &one.header);
            let standing =
                standing.filter(|one| one.case == Some(*case) && !self.fold.apart.contains_key(&one.id));
            let waits = self.fold.waiting.values().filter(|one| one.case == Some(*case));
            let counts = (standing.count() as u64, waits.count() as u64);
            assert_eq!(waiting::of_case(&self.r, *case)?, counts, "entries of a file, and those that wait");
        }
        assert_eq!(tallies::waiting(&self.r)?, self.fold.waiting.len() as u64);
        Ok(())
    }

    /// Who has what, and from where on the rest waits: the tables say what the rule says.
    fn handed_over(&self) -> Result<()> {
        let fold = &self.fold;
        same("handovers", handovers::all(&self.r)?, fold.handovers.values());
        for (id, one) in &fold.handovers {
            let made = fold.made().find(|made| made.handover.id == *id).unwrap();
            assert_eq!(handovers::state(&self.r, *id)?, made.state);
            same(
                "a handover's file",
                handovers::file(&self.r, *id)?.into_iter().collect(),
                fold.handover_files.get(id),
            );
            let answers = fold.receipts.values().filter(|one| one.record.handover == *id);
            same("receipts of a handover", receipts::of_handover(&self.r, *id)?, answers);
            let first = self.entries.iter().find(|entry| match &entry.content {
                Content::Known(payload) => {
                    matches!(&**payload, Payload::HandoverWritten { handover, .. } if handover == id)
                }
                _ => false,
            });
            let first_written = handovers::first_written(&self.r, *id)?;
            assert_eq!(first_written.map(|entry| entry.header.id), first.map(|entry| entry.header.id));
            let stands =
                one.record.cases.iter().all(|case| {
                    handovers::of_case(&self.r, *case).unwrap().iter().any(|of| of.record.id == *id)
                });
            assert!(stands, "each of its files tells of it");
        }
        for case in &self.ids.cases {
            let of_case =
                self.entries.iter().filter_map(|entry| EntryPlace::of(&Written::from(&entry.header)));
            let apart = |at: &EntryPlace| {
                let at_place =
                    |by: &&Entry| by.header.origin == at.origin && by.header.sequence == at.sequence;
                fold.apart.contains_key(&self.entries.iter().find(at_place).unwrap().header.id)
            };
            let standing: Vec<EntryPlace> = of_case.filter(|at| at.case == *case && !apart(at)).collect();
            let mut given = Vec::new();
            for recipient in ["age10", "age11"] {
                let (waits, has): (Vec<_>, Vec<_>) = standing.iter().partition(|at| {
                    waits(**at, fold.made(), fold.got(), Some(recipient), fold.agency_key.as_deref())
                });
                given.extend((!has.is_empty()).then(|| (recipient.to_owned(), has.len() as u64)));
                for origin in &self.world.chains {
                    let of = |places: &[&EntryPlace], below: u64| {
                        let of = places.iter().filter(|at| at.origin == *origin && at.sequence.0 < below);
                        of.map(|at| at.sequence).collect::<BTreeSet<_>>()
                    };
                    let first = of(&waits, u64::MAX).first().copied();
                    assert_eq!(waiting::first_for(&self.r, *case, *origin, recipient)?, first);
                    let before: BTreeSet<Seq> = of(&waits, 9).union(&of(&has, 9)).copied().collect();
                    let places = waiting::places_before(&self.r, *case, *origin, Seq(9))?;
                    assert_eq!(set(places), before, "before the ninth place");
                    let to_them = |one: &Handover| one.recipient == recipient && one.cases.contains(case);
                    let written = fold.made().filter(|one| {
                        let by_file = fold.agency_key.as_deref() != Some(recipient);
                        by_file && to_them(one.handover) && fold.handover_files.contains_key(&one.handover.id)
                    });
                    let written = written.flat_map(|one| one.stretches().collect::<Vec<_>>());
                    let named = fold.got().filter(|got| to_them(got.handover));
                    let named = named.flat_map(|got| got.receipt.received.clone());
                    let ends = written.chain(named.map(|one| (one.origin, one.from, one.to)));
                    let ends = set(ends.filter(|(of, _, _)| of == origin).map(|(_, _, to)| to));
                    assert_eq!(set(waiting::ends(&self.r, *case, *origin, recipient)?), ends);
                }
            }
            assert_eq!(waiting::given(&self.r, *case)?, given, "how much each recipient has of a file");
        }
        Ok(())
    }

    fn people(&self) -> Result<()> {
        let fold = &self.fold;
        same("people", people::all(&self.r)?, fold.people.values());
        same("answers", leftovers::all(&self.r)?, fold.leftovers.values());
        for case in &self.ids.cases {
            let there = fold.people.iter().filter(|(id, _)| fold.is_in(**id, *case));
            same("people of a file", people::of_case(&self.r, *case)?, there.map(|(_, one)| one));
            let there = |id: PersonId| fold.is_in(id, *case);
            let ties = fold.relationships.values().filter(|one| one.ended.is_none());
            let ties = ties.filter(|one| there(one.record.from) && there(one.record.to));
            same("ties of a file", relationships::of_case(&self.r, *case)?, ties);
            let flags = fold.flags.values().filter(|one| one.ended.is_none() && there(one.record.person));
            same("flags of a file", flags::of_case(&self.r, *case)?, flags.clone());
            let beside = fold.beside(*case).map(|one| one.case);
            let there = |id: PersonId| there(id) || beside.is_some_and(|other| fold.is_in(id, other));
            let mut set = fold.flags.values().filter(|one| one.ended.is_none());
            assert_eq!(flags::any_in(&self.r, *case)?, set.any(|one| there(one.record.person)));
        }
        for id in &self.ids.people {
            self.earlier_forms(*id)?;
        }
        Ok(())
    }

    /// What protects a person is every form in which they were recorded, in whichever file.
    fn earlier_forms(&self, id: PersonId) -> Result<()> {
        let forms = ledger::history(&self.r, id)?.into_iter().filter_map(|entry| match entry.content {
            Content::Known(payload) => match *payload {
                Payload::PersonRecorded { person } | Payload::PersonAmended { person, .. } => {
                    Some(format!("{person:?}"))
                }
                _ => None,
            },
            Content::Newer { .. } | Content::Disposed | Content::Unreadable => None,
        });
        let latest = self.fold.people.get(&id).map(|one| &one.record);
        let before = self.fold.people_before.get(&id).into_iter().flatten();
        assert_eq!(set(forms), set(before.chain(latest).map(|person| format!("{person:?}"))));
        Ok(())
    }

    fn things(&self) -> Result<()> {
        let fold = &self.fold;
        for item in &self.world.items {
            one("item", items::get(&self.r, item.id), fold.items.get(&item.id));
        }
        for paper in &self.world.attachments {
            one("paper", attachments::get(&self.r, paper.id), fold.attachments.get(&paper.id));
        }
        for id in &self.ids.people {
            let about =
                fold.items.values().filter(|one| one.ended.is_none() && one.record.about.contains(id));
            same("items about a person", items::about(&self.r, *id)?, about);
        }
        for case in &self.ids.cases {
            let case = *case;
            let there = fold.items.values().filter(|one| one.ended.is_none() && one.case == Some(case));
            same("items of a file", items::of_case(&self.r, case)?, there);
            let there = fold.attachments.values().filter(|one| one.ended.is_none() && one.case == Some(case));
            same("papers of a file", attachments::of_case(&self.r, case)?, there);
            let there = fold.advice.values().filter(|one| one.case == Some(case));
            same("advice of a file", advice::of_case(&self.r, case)?, there);
            let there = fold.disclosures.values().filter(|one| one.case == Some(case));
            same("disclosures of a file", disclosures::of_case(&self.r, case)?, there);
        }
        Ok(())
    }

    fn decisions(&self) -> Result<()> {
        let fold = &self.fold;
        for case in &self.ids.cases {
            let there = fold.decisions.values().filter(|one| one.record.case == *case);
            same("decisions of a file", decisions::of_case(&self.r, *case)?, there);
        }
        let elsewhere = fold.countersignatures.values().filter(|one| one.case.is_none());
        same("said of others' decisions", countersignatures::said_here(&self.r)?, elsewhere);
        for id in &self.ids.decisions {
            let id = *id;
            one("decision", decisions::get(&self.r, id), fold.decisions.get(&id));
            let said = fold.countersignatures.values().filter(|one| one.case.is_some());
            let said = said.filter(|one| one.record.said.decision == id);
            same("said of a decision", countersignatures::of_decision(&self.r, id)?, said);
            let on_it = fold.advice.values().filter(|one| one.record.decision == Some(id));
            same("advice on a decision", advice::of_decision(&self.r, id)?, on_it);
            let on_it = fold.disclosures.values().filter(|one| one.record.decision == Some(id));
            same("disclosures on a decision", disclosures::of_decision(&self.r, id)?, on_it);
        }
        Ok(())
    }

    /// An obligation as either store tells it.
    fn duty(row: obligations::ObligationRow) -> (ObligationId, String) {
        let settled = row.settled.map(|one| (one.how, one.entry, one.at));
        (row.obligation.id, format!("{:?}", (row.obligation, row.case, row.entry, row.recorded_at, settled)))
    }

    fn folded_duty(one: &Stands<Obligation, Settlement>) -> (ObligationId, String) {
        let settled = one.ended.as_ref().map(|ended| (Some(ended.how.clone()), ended.by.entry, ended.by.at));
        let told = (one.record.clone(), one.case, one.by.entry, one.by.at, settled);
        (one.record.id, format!("{told:?}"))
    }

    fn duties(&self) -> Result<()> {
        let all = |rows: Vec<obligations::ObligationRow>| set(rows.into_iter().map(Self::duty));
        let fold = self.fold.obligations.values();
        let open = set(fold.clone().filter(|one| one.ended.is_none()).map(Self::folded_duty));
        assert_eq!(tallies::outstanding(&self.r)?, open.len() as u64);
        assert_eq!(all(obligations::outstanding(&self.r)?), open, "outstanding");
        self.listed()?;
        for duty in &self.world.obligations {
            let stored = match obligations::get(&self.r, duty.id) {
                Ok(row) => Some(Self::duty(row)),
                Err(Error::NoSuch { .. }) => None,
                Err(other) => return Err(other),
            };
            assert_eq!(stored, self.fold.obligations.get(&duty.id).map(Self::folded_duty));
        }
        for case in &self.ids.cases {
            let there = fold.clone().filter(|one| one.case == Some(*case));
            assert_eq!(all(obligations::of_case(&self.r, *case)?), set(there.map(Self::folded_duty)));
        }
        for (id, decision) in &self.fold.decisions {
            let carried = set(decision.record.obligations.iter().map(|one| one.id));
            // What was signed with a decision follows from it, also where it does not say so itself.
            let follows = |one: &&Stands<Obligation, Settlement>| match one.record.decision {
                Some(said) => said == *id,
                None => carried.contains(&one.record.id),
            };
            let on_it = fold.clone().filter(follows);
            assert_eq!(all(obligations::of_decision(&self.r, *id)?), set(on_it.map(Self::folded_duty)));
        }
        Ok(())
    }

    /// Children by name, and the files in which duties are open, children's by name before restricted ones.
    fn listed(&self) -> Result<()> {
        let fold = &self.fold;
        let name = |case: &Case| match case.kind {
            CaseKind::Allegation | CaseKind::Adult => String::new(),
            CaseKind::Numbers => sharewell_records::fold(&case.title),
            CaseKind::Family => fold
                .people
                .get(&case.child)
                .map(|one| sharewell_records::fold(&one.record.name))
                .unwrap_or_default(),
        };
        let mut all: Vec<&Case> = fold.cases.values().map(|one| &one.record).collect();
        all.sort_by_key(|case| (case.kind.is_restricted(), name(case), case.id.to_string()));
        let childs = all.iter().filter(|case| !case.kind.is_restricted()).map(|case| case.id);
        let by_name = listed::by_name(&self.r, None, usize::MAX)?;
        assert_eq!(
            by_name.iter().map(|row| row.case.record.id).collect::<Vec<_>>(),
            childs.collect::<Vec<_>>(),
            "children by name"
        );
        let open =
            |case: CaseId| fold.obligations.values().any(|one| one.ended.is_none() && one.case == Some(case));
        let owing = all.iter().map(|case| case.id).filter(|case| open(*case));
        assert_eq!(listed::with_duties(&self.r, None, usize::MAX)?, owing.collect::<Vec<_>>());
        Ok(())
    }

    fn emergencies(&self) -> Result<()> {
        let fold = &self.fold.emergencies;
        let told = |rows: Vec<emergencies::EmergencyRow>| rows.into_iter().map(|row| row.emergency).collect();
        for case in &self.ids.cases {
            let there = fold.values().filter(|one| one.case == Some(*case));
            same("emergencies of a file", told(emergencies::of_case(&self.r, *case)?), there);
        }
        for id in set(self.world.emergencies.iter().map(|one| one.id)) {
            let (row, stands) = (emergencies::get(&self.r, id), fold.get(&id));
            let written = row.as_ref().ok().and_then(|row| row.written_up.clone());
            let written = written.map(|one| (one.entry, one.recorded_at, one.record));
            let ended = stands.and_then(|one| one.ended.clone());
            assert_eq!(written, ended.map(|ended| (ended.by.entry, ended.by.at, ended.how)));
            one("emergency", row.map(|row| row.emergency), stands);
        }
        Ok(())
    }

    fn calls(&self) -> Result<()> {
        let fold = &self.fold.calls;
        for case in &self.ids.cases {
            let there = fold.values().filter(|one| one.case == Some(*case));
            same("calls of a file", calls::of_case(&self.r, *case)?, there);
        }
        for decision in set(self.world.decisions.iter().copied()) {
            let there = fold.values().filter(|one| one.record.decision == Some(decision));
            same("calls about a decision", calls::of_decision(&self.r, decision)?, there);
        }
        Ok(())
    }

    fn consents(&self) -> Result<()> {
        let fold = &self.fold.consents;
        for case in &self.ids.cases {
            let there = fold.values().filter(|one| one.case == Some(*case));
            same("events of consent of a file", consents::of_case(&self.r, *case)?, there);
            let there = self.fold.slips.values().filter(|one| one.case == Some(*case));
            same("slips of a file", slips::of_case(&self.r, *case)?, there);
        }
        for person in set(self.world.leavings.iter().copied()) {
            let there = self.fold.leavings.values().filter(|one| one.record.person == person);
            same("what may be left with somebody", leavings::of_person(&self.r, person)?, there);
        }
        Ok(())
    }

    fn shares(&self) -> Result<()> {
        let fold = &self.fold.shares;
        for case in &self.ids.cases {
            let there = fold.values().filter(|one| one.case == Some(*case));
            same("shares of a file", shares::of_case(&self.r, *case)?, there);
        }
        for decision in set(self.world.decisions.iter().copied()) {
            let there = fold.values().filter(|one| one.record.decision == decision);
            same("shares of a decision", shares::of_decision(&self.r, decision)?, there);
        }
        Ok(())
    }

    /// The vault's own business.
    fn own(&self) -> Result<()> {
        let (r, fold) = (&self.r, &self.fold);
        same("kept packs", packs::all(r)?, fold.packs.values());
        let (used, removed): (Vec<_>, Vec<_>) = fold.installed.values().partition(|one| one.ended.is_none());
        same("installed packs", installed_packs::in_use(r)?, used);
        same("removed packs", installed_packs::removed(r)?, removed);
        same("keys of overlays", installed_packs::keys(r)?, fold.pack_keys.values());
        let directory: Vec<_> = fold.contacts.values().filter(|one| one.ended.is_none()).collect();
        same("directory", contacts::page(r, &[], None, usize::MAX)?, directory.iter().copied());
        assert_eq!(contacts::count(r, &[])?, directory.len() as u64);
        let joined = fold.joins.values().filter(|one| one.ended.is_none());
        same("files shown as one", joins::all(r)?, joined);
        same("keys of agencies", recipients::all(r)?, fold.recipients.values());
        Ok(())
    }
}

/// An agency's profile stands, or none does.
fn stand_behind(vault: &mut Vault, key: Option<&str>) {
    let keys = key.map(|key| AgencyKeys { encryption: key.into(), receipts: String::new() });
    vault.write(&stamp(1), |w| w.stand_behind(keys.as_ref())).unwrap();
}

/// Every table, read back, is what the fold gives.
fn hold(vault: &Vault, world: &World) {
    vault.read(|r| Both::of(r, world)?.hold()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if std::env::var_os("SHAREWELL_FULL").is_some() { 300 } else { 24 }, ..ProptestConfig::default() })]

    #[test]
    fn projections_equal_the_fold(
        acts in prop::collection::vec(any_act(), 1..60),
        newer in prop::collection::vec(any_act(), 0..20),
        more in prop::collection::vec(any_act(), 0..30),
        agency: bool,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let (mut vault, _) = create(dir.path());
        let mut world = World::default();
        play(&mut vault, &mut world, &something_of_everything());
        // Step by step, with what was disposed of and set apart on the way.
        play(&mut vault, &mut world, &acts);
        hold(&vault, &world);
        stand_behind(&mut vault, Some("age10"));
        hold(&vault, &world);
        play(&mut vault, &mut world, &more);
        hold(&vault, &world);
        prop_assert!(vault.verify(&[]).unwrap().sound());
        let key = vault.raw_key().unwrap();
        vault.close().unwrap();

        // Made anew.
        let db = Connection::open(dir.path().join("vault.db")).unwrap();
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; UPDATE projections SET version = 0")).unwrap();
        db.close().unwrap();
        let vault = unlock(dir.path(), 5000);
        prop_assert_eq!(&vault.opening().rebuilt[..], &Projection::ALL[..]);
        hold(&vault, &world);
        vault.close().unwrap();

        // What a later version wrote stands for it, and in no table of this one.
        as_a_later_version(1, || {
            let mut vault = unlock(dir.path(), 5001);
            play(&mut vault, &mut world, &newer);
            hold(&vault, &world);
            vault.close().unwrap();
        });
        let mut vault = unlock(dir.path(), 5002);
        hold(&vault, &world);

        // A restored copy goes on as a new origin, under a clock that may stand before the old one.
        stand_behind(&mut vault, agency.then_some("age11"));
        hold(&vault, &world);
        let backup = vault.backup(&stamp(1000), Keep::default()).unwrap();
        let away = dir.path().join("away");
        let mut vault = restore(&backup.path, &away, &secret(), &stamp(900)).unwrap();
        play(&mut vault, &mut world, &more);
        hold(&vault, &world);
        prop_assert!(vault.verify(&[]).unwrap().sound());
    }
}
