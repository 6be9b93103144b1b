//! An agency as it is set up from the command line, and who asks to be enrolled.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use sharewell_casework::records::{Moment, OriginId};
use sharewell_exchange::enrolment::Request;
use sharewell_exchange::profile::AgencyProfile;
use sharewell_exchange::roster::Roster;
use sharewell_exchange::{Signer as _, SigningKey};

use super::{Back, run, text};

/// An agency as it is set up from the command line.
pub struct Agency {
    pub dir: tempfile::TempDir,
}

pub fn agency() -> Agency {
    let agency = empty();
    agency.init().exits(0);
    agency
}

pub fn empty() -> Agency {
    let dir = tempfile::tempdir().unwrap();
    let example = run(&["agency", "example"]).exits(0).out;
    std::fs::write(dir.path().join("profile.toml"), example).unwrap();
    Agency { dir }
}

impl Agency {
    pub fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn settings(&self) -> PathBuf {
        self.at("profile.toml")
    }

    pub fn init(&self) -> Back {
        self.init_at(&self.at("off"), &self.at("agency"))
    }

    pub fn init_at(&self, off: &Path, out: &Path) -> Back {
        run(&["agency", "init", "--offline", text(off), "--out", text(out), "--from", text(&self.settings())])
    }

    /// A verb over both folders.
    pub fn does(&self, verb: &str, more: &[&str]) -> Back {
        let (off, out) = (self.at("off"), self.at("agency"));
        run(&[&["agency", verb, "--offline", text(&off), "--agency", text(&out)], more].concat())
    }

    pub fn profile(&self) -> AgencyProfile {
        let bytes = std::fs::read(self.at("agency/profile.sharewell-profile")).unwrap();
        AgencyProfile::read(&bytes).unwrap().profile
    }

    pub fn roster(&self) -> Roster {
        let bytes = std::fs::read(self.at("agency/roster.sharewell-roster")).unwrap();
        Roster::read(&bytes, &self.profile().keys.signing).unwrap()
    }

    pub fn request(&self, name: &str, origin: u128) -> (PathBuf, Request) {
        self.request_to(self.profile().agency, name, origin)
    }

    pub fn request_to(&self, agency: uuid::Uuid, name: &str, origin: u128) -> (PathBuf, Request) {
        let (key, _) = SigningKey::generate().unwrap();
        let request = Request {
            agency,
            key: key.public_key(),
            origin: OriginId(uuid::Uuid::from_u128(origin)),
            continues: None,
            name: name.to_owned(),
            post: "Health visitor".to_owned(),
            team: String::new(),
            asked_at: Moment("2026-11-30T09:00:00+00:00".parse().unwrap()),
            nonce: "00112233445566778899aabbccddeeff".to_owned(),
        };
        let path = self.at(&format!("{origin}.sharewell-enrolment"));
        std::fs::write(&path, request.sign(&key).unwrap()).unwrap();
        (path, request)
    }

    pub fn enrol(&self, name: &str, origin: u128, role: &str, more: &[&str]) -> Request {
        let (path, request) = self.request(name, origin);
        let heard = request.key.fingerprint().to_uppercase();
        let args = [&[text(&path), "--role", role, "--fingerprint", &heard], more].concat();
        self.does("enrol", &args).exits(0);
        request
    }
}
