//! The end of a vault: until one file has its name it opens as ever, from then on it opens for nobody, and wherever it is
//! cut off whoever comes next brings it to its end.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sharewell_records::*;
use sharewell_vault::{
    Draft, EndPlan, Error, Keep, Vault, Work, copies_to_end, copy_elsewhere, destroy, destroy_watched,
    ending, forget_end,
};
use support::*;

/// A vault with a family, a backup, a copy of that in a second place, one that was set aside, and a file of somebody.
struct World {
    home: tempfile::TempDir,
    vault: Vault,
}

impl World {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let (mut vault, _) = create(&dir);
        family(&mut vault, 1, "Sampleton");
        let backup = vault.backup(&stamp(2), Keep::default()).unwrap();
        let second = home.path().join("stick");
        fs::create_dir(&second).unwrap();
        copy_elsewhere(&backup, &second, Keep::default(), &Work::new()).unwrap();
        let aside = dir.join("damaged-2026-01-05T08-00-00Z");
        fs::create_dir(&aside).unwrap();
        fs::copy(dir.join("vault.keys"), aside.join("vault.keys")).unwrap();
        fs::copy(dir.join("vault.db"), aside.join("vault.db")).unwrap();
        Self { home, vault }
    }

    fn dir(&self) -> PathBuf {
        self.home.path().join("vault")
    }

    fn plan(&self, all: bool) -> EndPlan {
        let second = copies_to_end(self.vault.id(), &self.home.path().join("stick")).unwrap();
        let elsewhere = if all { vec![second] } else { vec![] };
        EndPlan { backups: all, elsewhere, note: "what goes on".into() }
    }
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { all.extend(all_files(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}

fn key_slots(folder: &Path) -> usize {
    all_files(folder).iter().filter(|path| path.ends_with("vault.keys")).count()
}

/// A second copy of a whole folder.
fn again(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            again(&entry.path(), &to)
        } else {
            fs::copy(entry.path(), to).map(|_| ()).unwrap()
        }
    }
}

#[test]
fn wherever_it_is_cut_off_it_opens_for_nobody_and_the_next_one_brings_it_to_its_end() {
    let mut world = World::new();
    let plan = world.plan(false);
    let plan = EndPlan { backups: true, ..plan };
    world.vault.begin_end(&plan).unwrap();
    let dir = world.dir();
    world.vault.close().unwrap();
    let mut steps = 0;
    let whole = world.home.path().join("whole");
    again(&dir, &whole);
    destroy_watched(&whole, |_| {
        steps += 1;
        Ok(())
    })
    .unwrap();
    assert!(steps > 5, "there is something to cut off: {steps}");
    for cut in 0..=steps {
        let here = world.home.path().join(format!("cut-{cut}"));
        again(&dir, &here);
        let mut done = 0;
        let result = destroy_watched(&here, |_| {
            done += 1;
            if done > cut { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
        });
        assert_eq!(result.is_err(), cut < steps);
        // Whatever is left of it opens for nobody, and is no place for a new one.
        assert!(matches!(Vault::unlock(&here, secret(), at(9)), Err(Error::Ended)), "cut after {cut}");
        assert!(matches!(Vault::look(&here, &secret(), at(9), &Work::new()), Err(Error::Ended)));
        assert!(try_to_create(&here).is_err());
        assert_eq!(ending(&here).unwrap().unwrap().plan, plan, "whoever goes on has what it takes");
        let destroyed = destroy(&here).unwrap();
        assert!(destroyed.pieces.iter().all(|one| one.left == 0), "{destroyed:?}");
        let pieces: Vec<EndPiece> = destroyed.pieces.iter().map(|one| one.piece).collect();
        assert_eq!(pieces, [EndPiece::Keys, EndPiece::Backups, EndPiece::Database, EndPiece::Notes]);
        assert_eq!(destroy(&here).unwrap().pieces, destroyed.pieces, "asked again, it says the same");
        forget_end(&here).unwrap();
        assert!(!here.exists(), "nothing is left, not even the folder");
    }
}

#[test]
fn key_slots_go_before_anything_else() {
    let mut world = World::new();
    world.vault.begin_end(&world.plan(true)).unwrap();
    let dir = world.dir();
    world.vault.close().unwrap();
    let mut order = Vec::new();
    destroy_watched(&dir, |path| {
        order.push(path.to_owned());
        Ok(())
    })
    .unwrap();
    assert!(order[0].ends_with("vault/vault.keys"), "{order:?}");
    let database = order.iter().position(|path| path.ends_with("vault/vault.db")).unwrap();
    let last_slots = order.iter().rposition(|path| path.ends_with("vault.keys")).unwrap();
    assert!(last_slots < database, "{order:?}");
    assert_eq!(key_slots(world.home.path()), 0, "in the second place as well");
    assert!(all_files(&world.home.path().join("stick")).is_empty());
}

#[test]
fn an_end_that_could_not_be_written_down_ends_nothing() {
    let mut world = World::new();
    let dir = world.dir();
    fs::create_dir(dir.join("vault.ending")).unwrap();
    fs::write(dir.join("vault.ending/in the way"), b"x").unwrap();
    assert!(world.vault.begin_end(&world.plan(true)).is_err());
    fs::remove_dir_all(dir.join("vault.ending")).unwrap();
    family(&mut world.vault, 5, "Notreal");
    world.vault.close().unwrap();
    let vault = unlock(&dir, 6);
    assert!(vault.verify(&[]).unwrap().sound());
    assert!(matches!(destroy(&dir), Err(Error::NoVault | Error::InUse)));
}

#[test]
fn once_it_has_ended_nothing_more_is_written_and_nobody_else_can_destroy_it_while_it_is_open() {
    let mut world = World::new();
    world.vault.begin_end(&world.plan(true)).unwrap();
    let draft =
        Draft { key: "late".into(), kind: "item".into(), case: None, body: "{}".into(), updated: at(9) };
    assert!(matches!(world.vault.save_draft(&draft), Err(Error::Ended)), "nothing is called saved");
    let lost =
        world.vault.write(&stamp(9), |w| w.append(None, &Payload::RecoveryConfirmed {}, &[]).map(|_| ()));
    assert!(matches!(lost, Err(Error::Ended)));
    assert!(matches!(destroy(&world.dir()), Err(Error::InUse)));
    assert!(world.dir().join("vault.keys").exists());
}

#[test]
fn what_nobody_asked_for_and_what_nobody_knows_stays_and_is_counted() {
    let mut world = World::new();
    let dir = world.dir();
    fs::write(dir.join("shopping list.txt"), b"milk").unwrap();
    let before = key_slots(world.home.path());
    world.vault.begin_end(&world.plan(false)).unwrap();
    world.vault.close().unwrap();
    let destroyed = destroy(&dir).unwrap();
    let left =
        |piece| destroyed.pieces.iter().find(|one| one.piece == piece).map(|one| (one.removed, one.left));
    assert_eq!(left(EndPiece::Keys), Some((1, 0)));
    assert_eq!(left(EndPiece::Others), Some((0, 1)));
    assert!(left(EndPiece::Backups).unwrap().1 >= 5, "three files of a backup, two that were set aside");
    assert_eq!(left(EndPiece::Copies), None);
    assert_eq!(key_slots(world.home.path()), before - 1, "the vault's own alone went");
    forget_end(&dir).unwrap();
    assert!(dir.join("shopping list.txt").exists() && !dir.join("vault.ending").exists());
}

#[cfg(unix)]
#[test]
fn a_link_loses_its_name_and_what_it_points_to_is_not_touched() {
    let mut world = World::new();
    let dir = world.dir();
    let theirs = world.home.path().join("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("letter"), b"whole").unwrap();
    std::os::unix::fs::symlink(&theirs, dir.join("backups/theirs")).unwrap();
    std::os::unix::fs::symlink(theirs.join("letter"), dir.join("backups/letter")).unwrap();
    world.vault.begin_end(&world.plan(true)).unwrap();
    world.vault.close().unwrap();
    destroy(&dir).unwrap();
    assert_eq!(fs::read(theirs.join("letter")).unwrap(), b"whole");
    assert!(!dir.join("backups").exists());
}

/// Nothing can vouch for the file once the keys are gone, so it removes no more than the vault that it lies in.
#[test]
fn an_ending_that_names_a_folder_of_others_removes_nothing() {
    let World { home, mut vault } = World::new();
    let (dir, others) = (home.path().join("vault"), home.path().join("others"));
    fs::create_dir(&others).unwrap();
    fs::write(others.join("letter.txt"), "Somebody else's").unwrap();
    vault
        .begin_end(&EndPlan { backups: true, elsewhere: vec![others.clone()], note: String::new() })
        .unwrap();
    vault.close().unwrap();

    assert!(matches!(destroy(&dir), Err(Error::Stored { .. })));

    assert!(others.join("letter.txt").is_file());
    assert!(dir.join("vault.db").is_file() && key_slots(&dir) == 3, "nothing went");
}
