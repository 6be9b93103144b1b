//! The share in our container: only to a key of which somebody made sure, holding what the encrypted PDF would hold and
//! nothing of the ledger, and accounted for like every other.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use secrecy::ExposeSecret as _;
use sharewell_casework::attached::{AddPaper, let_page_go};
use sharewell_casework::long::{Long as _, at_once};
use sharewell_casework::records::*;
use sharewell_casework::share::{
    SaveShare, SaveShareAgain, extent_of_share, move_extent_of_share, save_share, save_share_again, share,
    share_message, share_sent,
};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, clock, directory, maintenance, start};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::share::{Limits, Share as Opened, read};
use sharewell_vault::{Work, ledger, shares};
use support::*;

/// What stays, and what nothing that leaves may hold.
const STAYS: &str = "CANARY-quiet-heron-55120";

fn contact(key: &str, sure: bool) -> ContactInput {
    let said = |text: &str| if sure { text.to_owned() } else { String::new() };
    ContactInput {
        name: "Mrs Fictley".into(),
        role: Some(ContactRole::School),
        agency: "Imaginary Row Primary School".into(),
        phone: "01632 960311".into(),
        out_of_hours: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        key: key.into(),
        is_verified: Some(sure),
        verified_by: said("Nia Exampleton"),
        verified_how: said("compared the fingerprint by telephone"),
        verified_source: String::new(),
        verified_on: if sure { DayTyped::from(clock::day_of(at(0))) } else { DayTyped::default() },
        verified_until: DayTyped::default(),
    }
}

struct Desk {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    decision: DecisionId,
}

/// A signed decision that harm is suspected, to a recipient of whom the directory has what is given.
fn desk(known: &ContactInput) -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    directory::add_contact(&mut vault, known, at(1)).unwrap();
    let (case, child, _) = family(&mut vault);
    for (minute, text) in [(4, "A burn on her left hand"), (5, STAYS)] {
        children::add_item(&mut vault, case, item(text, vec![child]), at(minute)).unwrap();
    }
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", words("unsafe", "He would be told.")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(&mut vault, case, &said, 10);
    let mut draft = signing(&outcome);
    draft.recipient.name = "Mrs Fictley".into();
    draft.what = "That she has a burn.".into();
    draft.reasons = "It cannot wait.".into();
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = "When social care say that it is safe.".into();
    }
    let decision = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap().id;
    for line in extent_of_share(&vault, decision, 0, at(89)).unwrap().lines {
        let choice = if line.text.contains(STAYS) { Choice::Stays } else { Choice::Goes };
        let act = ExtentMove::Choose { item: line.item, choice };
        move_extent_of_share(&mut vault, decision, &act, 0, at(89)).unwrap();
    }
    Desk { dir, vault, case, decision }
}

impl Desk {
    fn view(&self) -> ShareView {
        share(&self.vault, self.decision, at(90)).unwrap()
    }

    fn saving(&self, name: &str) -> SaveShare {
        let view = self.view();
        let typed = ShareInput {
            items: view.items.iter().map(|one| one.item).collect(),
            papers: Vec::new(),
            names: Vec::new(),
            ask: "See her today, and ring us.".into(),
            by: "today, 17:00".into(),
            urgency: "Today".into(),
            at_risk: view.offered.at_risk,
            keeping: Some(ShareKeeping::School),
            route: Some(Route::EncryptedFile),
            to_key: true,
            why_open: String::new(),
        };
        let path = self.dir.path().join(name);
        SaveShare { decision: self.decision, typed, words: secret(""), path }
    }

    fn opened(&self, name: &str, identity: &Identity) -> sharewell_exchange::Result<Opened> {
        let bytes = fs::read(self.dir.path().join(name)).unwrap();
        read(&bytes[..], identity, None, Limits::default())
    }

    fn made(&self, id: DisclosureId) -> Share {
        self.vault.read(|r| shares::get(r, id)).unwrap().record
    }
}

/// Every layer of a PDF: its text, what is attached, and every object unpacked.
fn layers(pdf: &[u8]) -> String {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("in.pdf"), pdf).unwrap();
    let run = |name: &str, arguments: &[&str]| {
        let done = Command::new(name).args(arguments).current_dir(dir.path()).output().unwrap();
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).replace('\u{200b}', "")
    };
    run("qpdf", &["--qdf", "--object-streams=disable", "in.pdf", "open.pdf"]);
    let text = run("pdftotext", &["-enc", "UTF-8", "open.pdf", "-"]);
    run("pdfdetach", &["-saveall", "-o", ".", "open.pdf"]);
    let attached = fs::read_to_string(dir.path().join("share.json")).unwrap();
    let raw = String::from_utf8_lossy(&fs::read(dir.path().join("open.pdf")).unwrap()).into_owned();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [text, attached, raw].join("\n")
}

fn fields(failure: Failure) -> Vec<(String, Code)> {
    failure.fields.into_iter().map(|one| (one.field, one.code)).collect()
}

#[test]
fn only_the_owner_of_the_verified_key_opens_what_was_shared_with_them() {
    let (owner, other) = (Identity::generate(), Identity::generate());
    let mut desk = desk(&contact(&owner.recipient().to_string(), true));
    let key = desk.view().key.unwrap();
    assert!(key.open);
    assert_eq!(key.fingerprint, owner.recipient().fingerprint(), "the one that two people compare");
    let saving = desk.saving("out.sharewell-share");
    let id = save_share(&mut desk.vault, saving, at(91)).unwrap();

    assert!(matches!(
        desk.opened("out.sharewell-share", &other),
        Err(sharewell_exchange::Error::NotForThisKey)
    ));
    let opened = desk.opened("out.sharewell-share", &owner).unwrap();
    assert_eq!((opened.info.id, opened.info.recipient), (id, owner.recipient()));
    assert_eq!(opened.info.signer.fingerprint(), key.signed_by, "the page says what the other side compares");
    let [document] = &opened.documents[..] else { panic!("{} documents", opened.documents.len()) };
    let line = desk.view().made.remove(0);
    assert_eq!(document.path, format!("share-{}.pdf", line.reference.to_lowercase()), "it names nobody");
    assert!(line.to_key && line.can_be_again && line.state == ShareState::Made);
    let bytes = fs::read(desk.dir.path().join("out.sharewell-share")).unwrap();
    for plain in ["Ayla", "burn", "%PDF", "Fictley"] {
        assert!(!bytes.windows(plain.len()).any(|some| some == plain.as_bytes()), "{plain} can be read");
    }
}

#[test]
fn nothing_of_the_vaults_entries_is_in_the_container_and_what_stays_stays() {
    let owner = Identity::generate();
    let mut desk = desk(&contact(&owner.recipient().to_string(), true));
    let saving = desk.saving("out.sharewell-share");
    save_share(&mut desk.vault, saving, at(91)).unwrap();
    let encrypted = fs::read(desk.dir.path().join("out.sharewell-share")).unwrap();
    let secret = owner.to_secret();
    let identity: age::x25519::Identity = secret.expose_secret().parse().unwrap();
    let plain = age::decrypt(&identity, &encrypted).unwrap();
    let document = &desk.opened("out.sharewell-share", &owner).unwrap().documents[0].bytes;
    let all = [String::from_utf8_lossy(&plain).into_owned(), layers(document)].join("\n");
    assert!(all.contains("A burn on her left hand") && all.contains("See her today, and ring us."));
    for never in [STAYS, "It cannot wait.", "entries.ndjson", "entry_hash", "payload_hash", "previous_link"] {
        assert!(!all.contains(never), "{never}");
    }
    // Neither an entry, nor its id, nor its hash, nor the chain, nor a file of the vault.
    let tip = desk.vault.read(ledger::tip).unwrap();
    let mut ids =
        vec![tip.origin.to_string(), tip.link.to_string(), desk.case.to_string(), desk.decision.to_string()];
    let mut seen = 0;
    for share in desk.vault.read(|r| shares::of_case(r, desk.case)).unwrap() {
        ids.push(share.entry.to_string());
        for gone in share.record.manifest.items {
            ids.extend([gone.item.to_string(), gone.entry.to_string(), gone.payload.to_string()]);
            seen += 1;
        }
    }
    assert_eq!(seen, 1, "one note went");
    for id in ids {
        assert!(!all.contains(&id), "an id or a hash of the vault is in it");
    }
}

#[test]
fn the_container_holds_what_the_pdf_under_words_would_hold_and_keeps_the_same_manifest() {
    let owner = Identity::generate();
    let mut desk = desk(&contact(&owner.recipient().to_string(), true));
    let letter = desk.dir.path().join("letter.txt");
    fs::write(&letter, "The school writes that she was late.").unwrap();
    let said = PaperInput {
        what: "Letter of the school".into(),
        from: "Fablewell Primary School".into(),
        said_by: String::new(),
        came: Some(WhenTyped::Day { on: day(2026, 3, 1).into() }),
        limits: String::new(),
        about: Vec::new(),
        item: None,
        instead: None,
        why: String::new(),
    };
    let paper = at_once(AddPaper::new(desk.case, letter, said), &mut desk.vault, at(81)).unwrap();
    let whole = PageInput { page: 1, pages: 1, drawn: String::new() };
    assert!(let_page_go(&mut desk.vault, desk.case, paper, &whole, at(82)).unwrap().is_whole);
    let with_paper = |mut saving: SaveShare| {
        saving.typed.papers = vec![SharePaperInput { paper, why: String::new() }];
        saving
    };
    // What goes was chosen at the door, and is chosen again for the second.
    let to_key = with_paper(desk.saving("out.sharewell-share"));
    let chosen: Vec<(ItemId, Choice)> = extent_of_share(&desk.vault, desk.decision, 0, at(90))
        .unwrap()
        .lines
        .iter()
        .map(|line| (line.item, if line.text.contains(STAYS) { Choice::Stays } else { Choice::Goes }))
        .collect();
    let first = save_share(&mut desk.vault, to_key, at(91)).unwrap();
    for (item, choice) in chosen {
        let act = ExtentMove::Choose { item, choice };
        move_extent_of_share(&mut desk.vault, desk.decision, &act, 0, at(92)).unwrap();
    }
    let mut under_words = with_paper(desk.saving("out.pdf"));
    under_words.typed.to_key = false;
    under_words.words = secret("broomstick jellyfish nightingale watermelon thunderbolt hedgehog");
    let second = save_share(&mut desk.vault, under_words, at(93)).unwrap();

    let (first, second) = (desk.made(first), desk.made(second));
    assert_eq!(first.manifest.items, second.manifest.items);
    assert_eq!(first.manifest.papers, second.manifest.papers);
    assert_eq!((first.route, second.route), (Route::EncryptedFile, Route::EncryptedFile));
    let bytes = fs::read(desk.dir.path().join("out.sharewell-share")).unwrap();
    let expected = SharedFile::of(&bytes).to_key(&owner.recipient().to_string());
    assert_eq!(first.manifest.file, expected, "the hash of the whole file, and to which key it went");
    let fingerprint = owner.recipient().fingerprint().replace(' ', "");
    assert!(expected.key.unwrap().to_string().starts_with(&fingerprint), "as two people compared it");
    assert_eq!(second.manifest.file.key, None);

    let text = |all: &str| {
        let from = all.split("What we are sharing").nth(1).unwrap();
        from.split("Printed by").next().unwrap().to_owned()
    };
    let opened = desk.opened("out.sharewell-share", &owner).unwrap();
    let decrypted = desk.dir.path().join("plain.pdf");
    let done = Command::new("qpdf")
        .arg("--password=broomstick jellyfish nightingale watermelon thunderbolt hedgehog")
        .args(["--decrypt", desk.dir.path().join("out.pdf").to_str().unwrap(), decrypted.to_str().unwrap()])
        .status()
        .unwrap();
    assert!(done.success());
    let (one, other) = (layers(&opened.documents[0].bytes), layers(&fs::read(decrypted).unwrap()));
    assert_eq!(text(&one), text(&other));
    for all in [one, other] {
        assert!(all.contains("The school writes that she was late."), "the paper went");
    }
}

#[test]
fn it_goes_to_no_key_that_nobody_made_sure_of_or_that_changed_since() {
    let (first, second) = (Identity::generate().recipient(), Identity::generate().recipient());
    let refused = |desk: &mut Desk| {
        let saving = desk.saving("out.sharewell-share");
        let path = saving.path.clone();
        let failure = Failure::from(save_share(&mut desk.vault, saving, at(91)).unwrap_err());
        assert_eq!(fields(failure), [("route".to_owned(), Code::KeyNotSure)]);
        assert!(!path.exists() && desk.view().made.is_empty(), "nothing was made");
    };
    let mut no_key = desk(&contact("", true));
    assert_eq!(no_key.view().key, None, "nothing is asked where there is none");
    refused(&mut no_key);
    let mut unsure = desk(&contact(&first.to_string(), false));
    assert!(!unsure.view().key.unwrap().open);
    refused(&mut unsure);

    let mut sure = desk(&contact(&first.to_string(), true));
    let id = directory::directory(&sure.vault, "Fictley", None, at(2)).unwrap().lines[0].contact.id;
    let moved = ContactInput { ..contact(&second.to_string(), true) };
    directory::change_contact(&mut sure.vault, id, &moved, "They have another key.", at(90)).unwrap();
    let seen = directory::contact(&sure.vault, id, at(90)).unwrap();
    assert_eq!((seen.state, seen.fingerprint), (ContactState::Changed, second.fingerprint()));
    refused(&mut sure);
    let anew = ContactInput { verified_how: "read it out on the telephone".into(), ..moved };
    directory::change_contact(&mut sure.vault, id, &anew, "Compared.", at(90)).unwrap();
    let saving = sure.saving("out.sharewell-share");
    assert!(save_share(&mut sure.vault, saving, at(91)).is_ok());
}

#[test]
fn a_key_of_another_kind_is_told_apart_and_a_secret_is_repeated_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let secret = Identity::generate().to_secret().expose_secret().to_owned();
    let (signing, pem) = sharewell_exchange::SigningKey::generate().unwrap();
    let pem = pem.expose_secret().to_owned();
    let public = sharewell_exchange::Signer::public_key(&signing).to_string();
    let good = Identity::generate().recipient();
    let kinds = [
        (secret.as_str(), Code::SecretKeyGiven),
        (&pem, Code::SecretKeyGiven),
        (&public, Code::NotAShareKey),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", Code::NotAShareKey),
        ("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----", Code::NotAShareKey),
        (&good.to_string()[..40], Code::NotAShareKey),
    ];
    for (typed, code) in kinds {
        let failure =
            Failure::from(directory::add_contact(&mut vault, &contact(typed, true), at(2)).unwrap_err());
        let said = format!("{failure:?}");
        assert_eq!(fields(failure), [("key".to_owned(), code)]);
        assert!(!said.contains(&typed[typed.len() - 20..]), "what was typed is repeated: {said}");
        let seen = directory::key_seen(typed);
        assert_eq!((seen.fingerprint.as_str(), seen.is_secret), ("", code == Code::SecretKeyGiven));
    }
    let typed = format!("  {good}\r\n");
    assert_eq!(directory::key_seen(&typed).fingerprint, good.fingerprint());
    let id = directory::add_contact(&mut vault, &contact(&typed, true), at(2)).unwrap();
    assert_eq!(directory::contact(&vault, id, at(3)).unwrap().contact.key, good.to_string());
}

#[test]
fn a_list_of_contacts_neither_takes_a_key_away_nor_makes_sure_of_one() {
    let key = Identity::generate().recipient().to_string();
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let id = directory::add_contact(&mut vault, &contact(&key, false), at(1)).unwrap();
    let path = dir.path().join("list.csv");
    fs::write(&path, "Name,Agency,Phone\nMrs Fictley,Imaginary Row Primary School,01632 960399\n").unwrap();
    let looked = directory::look_at_list(&vault, &path, ListRowState::Changed, None, at(2)).unwrap();
    let sure = contact("", true);
    let typed = ListInput {
        hash: looked.hash,
        with_changed: true,
        is_verified: Some(true),
        verified_by: sure.verified_by,
        verified_how: sure.verified_how,
        verified_source: sure.verified_source,
        verified_on: sure.verified_on,
        verified_until: sure.verified_until,
    };
    assert_eq!(directory::take_list(&mut vault, &path, &typed, at(3)).unwrap().changed, 1);
    let after = directory::contact(&vault, id, at(4)).unwrap();
    assert_eq!((after.contact.key, after.contact.phone.as_str()), (key, "01632 960399"));
    assert_eq!(after.state, ContactState::Unverified, "nobody compared the key");
}

#[test]
fn it_is_logged_like_every_share_and_made_again_to_the_key_that_they_have_now() {
    let (lost, new) = (Identity::generate(), Identity::generate());
    let mut desk = desk(&contact(&lost.recipient().to_string(), true));
    let saving = desk.saving("out.sharewell-share");
    let id = save_share(&mut desk.vault, saving, at(91)).unwrap();
    let message = share_message(&mut desk.vault, id, at(92)).unwrap().into_text();
    for name in ["Ayla", "Sampleton", "burn", "six words"] {
        assert!(!message.contains(name), "{name}: {message}");
    }
    assert!(message.contains("sharewellctl share open"), "{message}");
    let sent = ShareSentInput {
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        how: "by e-mail to the school office".into(),
        reference: String::new(),
        had_left: false,
    };
    share_sent(&mut desk.vault, id, &sent, at(92)).unwrap();
    let file = children::child_file(&mut desk.vault, desk.case, at(93)).unwrap();
    assert!(format!("{:?}", file.timeline).contains("by e-mail to the school office"));

    let contact_id = directory::directory(&desk.vault, "Fictley", None, at(2)).unwrap().lines[0].contact.id;
    let other = contact(&new.recipient().to_string(), true);
    directory::change_contact(&mut desk.vault, contact_id, &other, "They lost it.", at(94)).unwrap();
    let again = |desk: &Desk| SaveShareAgain {
        share: id,
        words: secret(""),
        path: desk.dir.path().join("again.sharewell-share"),
    };
    let work = again(&desk);
    let failure = Failure::from(save_share_again(&mut desk.vault, work, at(95)).unwrap_err());
    assert_eq!(fields(failure), [("route".to_owned(), Code::KeyNotSure)], "the new key is compared first");
    let sure = ContactInput { verified_how: "rang the school".into(), ..other };
    directory::change_contact(&mut desk.vault, contact_id, &sure, "Compared.", at(96)).unwrap();
    let work = again(&desk);
    assert_eq!(save_share_again(&mut desk.vault, work, at(97)).unwrap(), id, "the same share");
    assert!(desk.opened("again.sharewell-share", &lost).is_err());
    let (one, other) = (
        desk.opened("again.sharewell-share", &new).unwrap(),
        desk.opened("out.sharewell-share", &lost).unwrap(),
    );
    assert!(layers(&one.documents[0].bytes).contains("A burn on her left hand"));
    assert_eq!(one.info.id, other.info.id);
    let made = desk.made(id);
    let keys = [made.manifest.file.key, made.file().key];
    assert!(made.again.len() == 1 && keys[0].is_some() && keys[1].is_some() && keys[0] != keys[1]);
    assert!(maintenance::verify_vault(&mut desk.vault, at(98)).unwrap().sound);
}

#[test]
fn what_goes_is_judged_again_at_the_door_whichever_way_it_is_encrypted() {
    let owner = Identity::generate();
    let mut desk = desk(&contact(&owner.recipient().to_string(), true));
    let mut other = desk.saving("out.sharewell-share");
    other.typed.items = Vec::new();
    let path = other.path.clone();
    let failure = Failure::from(save_share(&mut desk.vault, other, at(91)).unwrap_err());
    assert_eq!(
        fields(failure),
        [("items".to_owned(), Code::NotAnOption)],
        "no file holds less than is believed"
    );
    let mut nothing = desk.saving("out.sharewell-share");
    (nothing.typed.ask, nothing.typed.keeping) = (" ".into(), None);
    let failure = Failure::from(save_share(&mut desk.vault, nothing, at(91)).unwrap_err());
    let asked: Vec<String> = fields(failure).into_iter().map(|(field, _)| field).collect();
    assert_eq!(asked, ["ask", "keeping"], "all at once, and no words are asked for");
    assert!(!path.exists());
}

#[test]
fn a_kill_leaves_nothing_that_can_be_read_and_the_choice_stands_after_it() {
    let owner = Identity::generate();
    let desk = desk(&contact(&owner.recipient().to_string(), true));
    let outside = tempfile::tempdir().unwrap();
    let mut saving = desk.saving("unused");
    saving.path = outside.path().join("out.sharewell-share");
    // Killed when all is on the disk but the record and the name.
    let made = saving.run(desk.vault.beside(&Work::new()).unwrap(), at(91)).unwrap();
    for left in fs::read_dir(outside.path()).unwrap() {
        let bytes = fs::read(left.unwrap().path()).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1"), "what lies there meanwhile is encrypted");
    }
    drop(made);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "and goes");
    let Desk { dir, vault, decision, .. } = desk;
    let home = dir.path().join("vault");
    drop(vault);
    let mut vault = start::unlock(&home, secret(PASSPHRASE), at(92)).unwrap();
    let view = share(&vault, decision, at(93)).unwrap();
    assert!(view.made.is_empty(), "it was never made");
    assert_eq!(view.items.len(), 1, "what was chosen stands");
    save_share(&mut vault, saving, at(94)).unwrap();
    let line = share(&vault, decision, at(95)).unwrap().made.remove(0);
    assert!(line.to_key);
    let bytes = fs::read(outside.path().join("out.sharewell-share")).unwrap();
    assert!(read(&bytes[..], &owner, None, Limits::default()).is_ok());
}

/// Nothing but the file itself stands where it was saved.
#[test]
fn a_share_stands_beside_nothing_else_where_it_was_saved() {
    let owner = Identity::generate();
    let mut desk = desk(&contact(&owner.recipient().to_string(), true));
    let outside = tempfile::tempdir().unwrap();
    let mut saving = desk.saving("unused");
    saving.path = outside.path().join("out.sharewell-share");
    save_share(&mut desk.vault, saving, at(91)).unwrap();
    let names = |dir: &Path| -> Vec<String> {
        let all = fs::read_dir(dir).unwrap();
        all.map(|one| one.unwrap().file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(outside.path()), ["out.sharewell-share"]);
}
