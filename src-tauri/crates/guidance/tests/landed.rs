//! Guidance that has landed is never read otherwise than on the day on which it landed: each frozen pack has the
//! hash that decisions keep, and the decisions of that day come out the same.
//!
//! `tests/fixtures/packs/<commit>/` holds the packs of a landed commit, and teaching cases of that day, one for each
//! outcome. They are never rewritten: a folder is added before the format changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sharewell_guidance::{Pack, Saying, check};
use teaching::{Case, packs_in};

/// A landed commit whose packs and cases are kept.
struct Landed {
    commit: &'static str,
    /// Each of its packs with its content hash.
    hashes: [(&'static str, &'static str); 5],
    /// How many outcomes were taught on that day, each by a case.
    taught: usize,
}

/// The last commits whose packs are of engine 2, of engine 4, of engine 5 and of engine 6.
const LANDED: [Landed; 5] = [
    Landed {
        commit: "4d36c92",
        hashes: [
            ("england@2015-03", "a76430e2febc06752eb7df3f79e98c4aea61b7cad4787e2a3f5b09ac7a594de4"),
            ("england@2024-05", "332da14e2a75e058fbe70b6b371157bb6d596c8d9b2701edf31fd2bacb382f84"),
            ("northern_ireland@2019-04", "f0e01d7485f702cb4bfffe64a43b2671b0ffb3b18e92575393c56837ba13c824"),
            ("scotland@2023-08", "78e6e30c20e482b90cbdc71ef20d0f475d272e761848930a28671c8112d6b6d2"),
            ("wales@2021-02", "68849e82c7afd7902f76a352f2b747eee83ed427eed1c79f00f6668da650c0d8"),
        ],
        taught: 73,
    },
    Landed {
        commit: "8910b81",
        hashes: [
            ("england@2015-03", "05ec20a2ce8b975c6af17ca087da22f76b38c8e9281d66d8970ec2550e016918"),
            ("england@2024-05", "2a001dabcb979bcfecf65435e4a507a287c0745279aab69b8479afb557d92296"),
            ("northern_ireland@2019-04", "8973ed1352298cb6aef87c62e128a4d921707a89c9d70943bdc25be63b5dd871"),
            ("scotland@2023-08", "43e0d802f3a0ad4f6f665e913a88076a4dac673a753fbe07ab7eb63ef2fc3f73"),
            ("wales@2021-02", "b9c8747da7697da9aa37d379819b2216993ba5284641fd12849a527ecbc14438"),
        ],
        taught: 72,
    },
    Landed {
        commit: "e5f0dd7",
        hashes: [
            ("england@2015-03", "0f7d7620d2268416613e192b40fc8f8b10a4badbac29de694b339a6040d4d011"),
            ("england@2024-05", "c9f65e0d15607699d6081cb6f4c2a758ca15ef997f3827ce33b2d993d81c6d77"),
            ("northern_ireland@2019-04", "b15ff1a2764014285350659d3c769902827b909945d96c0317d906d7d964941b"),
            ("scotland@2023-08", "27a45239359bb928a225ae689da96fe0b4346237004ec5c52487232da98546c8"),
            ("wales@2021-02", "8781ae62eae6780501f864c898e70324d7e05a3a9ff27f82a8c0db6b5466a9a2"),
        ],
        taught: 175,
    },
    Landed {
        commit: "3062eae",
        hashes: [
            ("england@2015-03", "d725609e496c4284135fdf3c06f595bbc754dc9562cd969c626af13083234d71"),
            ("england@2024-05", "437b1475a463ae806073f0a637cbd617562649b1746a6b5ea7cf6eb22b8922f3"),
            ("northern_ireland@2019-04", "55ab04c1ed6890bdbe6651c9f8e7009082844145ffe4db4858f49cdc1ad7219a"),
            ("scotland@2023-08", "5ef6021d430d1806e958a10ac0a90c24a66bec9241ce582d245a845e76006005"),
            ("wales@2021-02", "a2d7eef1951fd58dd234a04a3894d54759ae3114af31ea156b7df9298b1b65d8"),
        ],
        taught: 191,
    },
    Landed {
        commit: "725a9e2",
        hashes: [
            ("england@2015-03", "d44eba0ab11c846892157461735027a3e4b2fe7400cbb0cd14736ca5bc59996b"),
            ("england@2024-05", "25ac8d0e89d572a41bdd4936e1290edc68ceacd30985a1457445843e9b2f041c"),
            ("northern_ireland@2019-04", "b62906b418c69f715a04a81caec37b27644fe3351b5388c4696ff92b5ddaf9b4"),
            ("scotland@2023-08", "62c5a5e91c10ab4d01f0ecf58597873f3930c1a269e457e8366e1fcce0039e20"),
            ("wales@2021-02", "e37832e75b311c12d5130dea29f2a313a80ebc777a5d22e3033c91a97c5a60db"),
        ],
        taught: 191,
    },
];

impl Landed {
    fn frozen(&self, inside: &str) -> PathBuf {
        let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/packs");
        all.join(self.commit).join(inside)
    }

    fn packs(&self) -> Vec<Pack> {
        packs_in(&self.frozen("guidance"))
    }

    fn cases(&self) -> BTreeMap<String, Case> {
        let mut cases = BTreeMap::new();
        let root = self.frozen("cases");
        for nation in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
            for path in std::fs::read_dir(&nation).unwrap().map(|entry| entry.unwrap().path()) {
                let name = path.strip_prefix(&root).unwrap().display().to_string();
                let case = Case::read(&std::fs::read_to_string(&path).unwrap());
                cases.insert(name.clone(), case.unwrap_or_else(|why| panic!("{name}: {why}")));
            }
        }
        cases
    }
}

#[test]
fn landed_packs_have_the_hash_that_decisions_keep_and_still_meet_every_condition() {
    for landed in LANDED {
        let packs = landed.packs();
        let found: Vec<(String, String)> =
            packs.iter().map(|pack| (pack.name(), pack.hash.to_string())).collect();
        let kept = landed.hashes.map(|(name, hash)| (name.to_owned(), hash.to_owned()));
        assert_eq!(found, kept, "{}: a frozen pack is never rewritten", landed.commit);
        for pack in packs {
            assert_eq!(check(&pack).findings, [], "{}: {}", landed.commit, pack.name());
        }
    }
}

#[test]
fn decisions_under_landed_packs_come_out_as_they_did() {
    for landed in LANDED {
        let packs = landed.packs();
        let cases = landed.cases();
        assert_eq!(cases.len(), landed.taught, "one for each outcome that was taught");
        for (name, case) in cases {
            let pack = case.pack(&packs).unwrap_or_else(|why| panic!("{name}: {why}"));
            let told = case.walk(pack).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(case.missed(&told), [""; 0], "{name}");
            let rung = told.advice.act.recipient;
            assert_eq!(rung.is_some(), pack.engine > 2, "{name}: nobody is guessed from a sentence");
            let said = told.advice.obligations.iter().any(|plan| plan.point);
            assert!(pack.engine >= 5 || !said, "{name}: each was a duty that day");
            let marked = told.advice.obligations.iter().any(|plan| plan.in_call);
            assert!(pack.engine >= 6 || !marked, "{name}: no duty was a line of the call that day");
            assert_eq!(
                pack.givers.is_some(),
                pack.engine >= 7,
                "{name}: only then was there a table of who may consent"
            );
        }
    }
}

#[test]
fn the_words_of_a_landed_act_stay_whole() {
    for pack in LANDED.iter().flat_map(Landed::packs).filter(|pack| pack.engine == 2) {
        for outcome in pack.outcomes() {
            let key = format!("outcome.{}.act", outcome.id);
            let whole = Saying::Words(pack.text("en", &key).unwrap().to_owned());
            assert_eq!(pack.act_words("en", &outcome.id), Some(vec![whole]), "{}: {key}", pack.name());
        }
    }
}
