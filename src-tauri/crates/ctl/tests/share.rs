//! A share that came, opened by whoever holds the key: what is written, what is said of who signed it, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::{Path, PathBuf};

use sharewell_casework::records::{DisclosureId, Moment, Nation, Practitioner};
use sharewell_exchange::keys::{Identity, Recipient};
use sharewell_exchange::share::{Contents, Document, Words, write};
use sharewell_exchange::{Signer as _, SigningKey};
use support::{Back, file, run, text};

const PAGE: &[u8] = b"%PDF-1.7 a page about Otto Mockford";

struct Desk {
    dir: tempfile::TempDir,
    key: PathBuf,
    public: Recipient,
    signer: SigningKey,
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let key = dir.path().join("my-share-key.txt");
    let made = run(&["share", "key", "--out", text(&key), "--json"]).exits(0).json();
    let public = Recipient::parse(made["public_key"].as_str().unwrap()).unwrap();
    assert_eq!(made["fingerprint"], public.fingerprint());
    Desk { dir, key, public, signer: SigningKey::generate().unwrap().0 }
}

impl Desk {
    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn share(&self, name: &str, from: &str) -> PathBuf {
        let id: DisclosureId = "0192f0c1-2345-7abc-8def-0000ab12cd34".parse().unwrap();
        let practitioner = practitioner(from);
        let document = Document { path: "share-ab12-cd34.pdf".into(), bytes: PAGE.to_vec() };
        let made_at = Moment("2026-03-14T09:30:00+00:00".parse().unwrap());
        let contents = Contents {
            id,
            made_at,
            practitioner,
            agency: None,
            documents: vec![document],
            words: Words::default(),
        };
        let path = self.at(name);
        write(std::fs::File::create(&path).unwrap(), &contents, &self.public, &self.signer).unwrap();
        path
    }

    fn open(&self, file: &Path, key: &Path, to: &str, more: &[&str]) -> Back {
        let to = self.at(to);
        let args = ["share", "open", text(file), "--key", text(key), "--to", text(&to)];
        run(&[&args[..], more].concat())
    }
}

fn practitioner(name: &str) -> Practitioner {
    let json = serde_json::json!({
        "id": "0192f0c1-2345-7abc-8def-000000000001", "name": name, "role": "Health visitor",
        "agency": "Madeup Community Health", "nation": Nation::England.word(),
    });
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_share_is_opened_with_the_key_and_says_whose_fingerprint_to_compare() {
    let desk = desk();
    let came = desk.share("came.sharewell-share", "Noor Exampleton");
    let back = desk.open(&came, &desk.key, "opened", &[]).exits(0);
    assert_eq!(std::fs::read(desk.at("opened/share-ab12-cd34.pdf")).unwrap(), PAGE);
    assert_eq!(std::fs::read_dir(desk.at("opened")).unwrap().count(), 1, "the document, and nothing else");
    let fingerprint = desk.signer.public_key().fingerprint();
    assert!(back.out.contains(&fingerprint) && back.out.contains("Noor Exampleton"), "{}", back.out);
    assert!(back.out.contains("by telephone"), "nobody is told that a name proves anything: {}", back.out);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&desk.at("opened")), 0o700, "nobody else looks into it");
        assert_eq!(mode(&desk.key), 0o600);
    }
    let own = desk.signer.public_key().to_string();
    let named = desk.open(&came, &desk.key, "named", &["--signer", &own, "--json"]).exits(0).json();
    assert_eq!(
        (&named["signer_was_named"], named["signed_by"].as_str().unwrap()),
        (&true.into(), own.as_str())
    );
}

#[test]
fn what_is_refused_says_why_writes_nothing_and_repeats_no_secret() {
    let desk = desk();
    let came = desk.share("came.sharewell-share", "Noor Exampleton");
    let refused = |file: &Path, key: &Path, more: &[&str], code: &str| {
        let back = desk.open(file, key, "refused", &[&["--json"], more].concat()).exits(1);
        assert_eq!(back.json()["error"]["code"], code, "{}", back.out);
        assert!(!desk.at("refused").exists(), "{code}: something was written");
        assert!(!back.out.contains("AGE-SECRET-KEY") && !back.err.contains("AGE-SECRET-KEY"));
    };
    let other = Identity::generate();
    let secret = secrecy_of(&other);
    let other = file(desk.dir.path(), "other.txt", &secret);
    refused(&came, &other, &[], "not_for_this_key");
    let twice = file(desk.dir.path(), "twice.txt", &format!("{secret}\n{secret}"));
    refused(&came, &twice, &[], "no_share_key");
    let public = file(desk.dir.path(), "public.txt", &desk.public.to_string());
    refused(&came, &public, &[], "no_share_key");
    let (_, pem) = SigningKey::generate().unwrap();
    let signs = file(desk.dir.path(), "signs.key", secrecy::ExposeSecret::expose_secret(&pem));
    refused(&came, &signs, &[], "no_share_key");
    let stranger = SigningKey::generate().unwrap().0.public_key().to_string();
    refused(&came, &desk.key, &["--signer", &stranger], "unknown_signer");
    let whole = std::fs::read(&came).unwrap();
    let cut = desk.at("cut");
    std::fs::write(&cut, &whole[..whole.len() - 40]).unwrap();
    refused(&cut, &desk.key, &[], "damaged");
    let none = file(desk.dir.path(), "none", "%PDF-1.7");
    refused(&none, &desk.key, &[], "damaged");
    let there = desk.at("there");
    std::fs::create_dir(&there).unwrap();
    let back = desk.open(&came, &desk.key, "there", &["--json"]).exits(1);
    assert_eq!(back.json()["error"]["code"], "out_exists");
    assert_eq!(std::fs::read_dir(&there).unwrap().count(), 0);
    desk.open(&desk.at("nowhere"), &desk.key, "refused", &[]).exits(2);
}

#[test]
fn a_handover_is_not_opened_as_a_share() {
    let desk = desk();
    let passphrase = file(desk.dir.path(), "passphrase", "lantern copper meadow ferry\n");
    let (vault, out) = (desk.at("vault"), desk.at("march.sharewell"));
    let sample = ["sample", "--vault", text(&vault), "--cases", "1", "--seed", "7"];
    support::run_with(&passphrase, &sample).exits(0);
    let to = desk.public.to_string();
    let args = ["handover", "--vault", text(&vault), "--recipient", &to, "--out", text(&out)];
    support::run_with(&passphrase, &args).exits(0);
    let back = desk.open(&out, &desk.key, "refused", &["--json"]).exits(1);
    assert_eq!(back.json()["error"]["code"], "other_kind", "{}", back.out);
    assert!(!desk.at("refused").exists());
}

#[test]
fn what_the_sender_wrote_as_their_name_does_nothing_to_a_terminal() {
    let desk = desk();
    let came = desk.share("came.sharewell-share", "Noor\u{1b}[2J\u{202e}Exampleton");
    let back = desk.open(&came, &desk.key, "opened", &[]).exits(0);
    assert!(!back.out.contains(['\u{1b}', '\u{202e}']), "{:?}", back.out);
}

#[test]
fn a_key_is_never_written_over() {
    let desk = desk();
    let before = std::fs::read(&desk.key).unwrap();
    let back = run(&["share", "key", "--out", text(&desk.key), "--json"]).exits(1);
    assert_eq!(back.json()["error"]["code"], "out_exists");
    assert_eq!(std::fs::read(&desk.key).unwrap(), before);
}

fn secrecy_of(identity: &Identity) -> String {
    use secrecy::ExposeSecret as _;
    identity.to_secret().expose_secret().to_owned()
}
