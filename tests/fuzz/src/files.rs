//! Files that agencies, colleagues and publishers hand over.

use sharewell_exchange::enrolment::Request;
use sharewell_exchange::profile::AgencyProfile;
use sharewell_exchange::receipt::{Receipt, SIGNATURE_TYPE};
use sharewell_exchange::roster::Roster;
use sharewell_exchange::{countersign as signing, handover as exchanged, pack as packs};
use sharewell_guidance::Pack;

use crate::sealed::{self, CODE, agency, key, pair};
use crate::{family, fixture, made};

/// A handover as it comes: age around what may be anything.
pub(crate) mod handover {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = exchanged::read(bytes, &agency(), &[key()], exchanged::Limits::default());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let broken = ["chain_forked", "jws_alg_none", "path_traversal"];
        let broken = broken.map(|name| fixture(&format!("handovers/broken/{name}.sharewell")));
        broken.into_iter().chain([whole()]).collect()
    }

    /// The example family's, sealed to the agency.
    pub(crate) fn whole() -> Vec<u8> {
        let mut sealed = Vec::new();
        exchanged::write(&mut sealed, &family::contents(), &[agency().recipient()], &pair()).unwrap();
        sealed
    }
}

/// A bag that is whole but for one file: the first byte says which, what follows is its content. All that vouches for it
/// is made anew.
pub(crate) mod handover_inside {
    use std::sync::LazyLock;

    use super::*;

    static WHOLE: LazyLock<Vec<(String, Vec<u8>)>> =
        LazyLock::new(|| sealed::unpacked(&sealed::opened(&handover::whole(), &agency())));

    /// What comes of it.
    pub(crate) fn taken(bytes: &[u8]) -> sharewell_exchange::Result<exchanged::Handover> {
        let Some((which, content)) = bytes.split_first() else {
            return Err(sharewell_exchange::Error::NotAge);
        };
        let mut files = WHOLE.clone();
        let which = usize::from(*which) % files.len();
        files[which].1 = content.to_vec();
        let bag = sealed::bag(files, which, exchanged::SIGNATURE_TYPE);
        let file = agency().recipient().seal(&bag).unwrap();
        exchanged::read(file.as_slice(), &agency(), &[key()], exchanged::Limits::default())
    }

    pub(crate) fn read(bytes: &[u8]) {
        let _ = taken(bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let whole = |(at, (_, bytes)): (usize, &(String, Vec<u8>))| {
            [&[u8::try_from(at).unwrap()], bytes.as_slice()].concat()
        };
        WHOLE.iter().enumerate().map(whole).collect()
    }

    #[test]
    fn a_bag_with_nothing_changed_is_taken() {
        for seed in seeds() {
            taken(&seed).unwrap();
        }
    }
}

/// A signed file of an agency, and what is signed in it.
macro_rules! signed {
    ($file:ident, $inside:ident, $read:expr, $typ:expr, $made:expr) => {
        pub(crate) mod $file {
            use super::*;

            pub(crate) fn read(bytes: &[u8]) {
                let _ = $read(bytes);
            }

            pub(crate) fn seeds() -> Vec<Vec<u8>> {
                $made
            }
        }

        pub(crate) mod $inside {
            use super::*;

            pub(crate) fn read(bytes: &[u8]) {
                let _ = $read(&sealed::envelope($typ, bytes));
            }

            pub(crate) fn seeds() -> Vec<Vec<u8>> {
                $file::seeds().iter().map(|file| sealed::body(file)).collect()
            }

            #[test]
            fn a_body_with_nothing_changed_is_taken() {
                for seed in seeds() {
                    $read(&sealed::envelope($typ, &seed)).unwrap();
                }
            }
        }
    };
}
signed!(profile, profile_inside, AgencyProfile::read, "sharewell-profile+jws", made::profiles());
signed!(
    roster,
    roster_inside,
    |bytes| Roster::read(bytes, &key()),
    "sharewell-roster+jws",
    vec![made::roster().sign(&pair()).unwrap()]
);
signed!(
    enrolment,
    enrolment_inside,
    Request::read,
    "sharewell-enrolment+jws",
    vec![made::request().sign(&pair()).unwrap()]
);

/// A receipt as it comes.
pub(crate) mod receipt {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = Receipt::read(bytes, &key());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        made::receipts().iter().map(|receipt| receipt.sign(&pair()).unwrap()).collect()
    }
}

/// What is signed in one.
pub(crate) mod receipt_inside {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = Receipt::read(&sealed::whole(SIGNATURE_TYPE, bytes), &key());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        receipt::seeds().iter().map(|file| sealed::body_of_whole(file)).collect()
    }

    #[test]
    fn a_body_with_nothing_changed_is_taken() {
        for seed in seeds() {
            Receipt::read(&sealed::whole(SIGNATURE_TYPE, &seed), &key()).unwrap();
        }
    }
}

/// A question to countersign, and an answer, as they come.
pub(crate) mod countersign {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let code = secrecy::SecretString::from(CODE);
        let _ = signing::open_ask(bytes, &code);
        let _ = signing::open_answer(bytes, &code);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let file = |name: &str| fixture(&format!("countersign/e5f0dd7/{name}.sharewell-countersign"));
        let quick = sealed::under_code(b"{\"body\":\"\",\"jws\":\"\"}");
        vec![file("ask"), file("answer"), quick]
    }
}

/// What is sealed under a code: the first byte says whether it is signed as a question, as an answer, or is the whole of
/// what was sealed.
pub(crate) mod countersign_inside {
    use super::*;

    const TYPES: [&str; 2] = ["sharewell-countersign-ask+jws", "sharewell-countersign-answer+jws"];

    pub(crate) fn read(bytes: &[u8]) {
        let Some((which, body)) = bytes.split_first() else { return };
        let plain = match TYPES.get(usize::from(which % 3)) {
            Some(typ) => sealed::envelope(typ, body),
            None => body.to_vec(),
        };
        countersign::read(&sealed::under_code(&plain));
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let code = secrecy::SecretString::from(CODE);
        let ask = signing::seal_ask(&made::ask(), &code, &pair()).unwrap();
        let opened = signing::open_ask(&ask, &code).unwrap();
        let signed = serde_json::json!({
            "version": signing::VERSION, "public_key": key().to_string(), "content": opened.ask,
        });
        let said = serde_json::json!({
            "version": 1, "public_key": key().to_string(), "content": made::said(&opened),
        });
        [
            (0_u8, signed.to_string()),
            (1, said.to_string()),
            (2, "{\"body\":\"{}\",\"jws\":\"a..b\"}".to_owned()),
        ]
        .map(|(which, body)| [&[which], body.as_bytes()].concat())
        .to_vec()
    }

    #[test]
    fn a_body_with_nothing_changed_is_taken() {
        let code = secrecy::SecretString::from(CODE);
        let file = |which: usize| sealed::under_code(&sealed::envelope(TYPES[which], &seeds()[which][1..]));
        signing::open_ask(&file(0), &code).unwrap();
        signing::open_answer(&file(1), &code).unwrap();
    }
}

/// A pack of guidance or an agency's protocol as it comes.
pub(crate) mod pack {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let keys = [key()];
        let _ = packs::read(bytes, packs::Roster { publishers: &keys, agencies: &keys });
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        vec![
            packs::write(&made::overlay(), &pair()).unwrap(),
            fixture("packs/e5f0dd7/fablewell.sharewell-pack"),
        ]
    }
}

/// The files of a pack, whoever signed them: the first byte says which of them it is, what follows is its content.
pub(crate) mod pack_inside {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let Some((which, content)) = bytes.split_first() else { return };
        let mut files = made::pack();
        let path = files.keys().nth(usize::from(*which) % files.len()).unwrap().clone();
        files.insert(path, content.to_vec());
        let signed = packs::write(&files, &pair());
        let keys = [key()];
        let opened =
            signed.and_then(|file| packs::read(&file, packs::Roster { publishers: &keys, agencies: &keys }));
        if let Ok(opened) = opened {
            let _ = Pack::load(&opened.files);
        }
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let files = made::pack();
        assert!(files.len() < 256, "one byte says which");
        let one =
            |(at, content): (usize, &Vec<u8>)| [&[u8::try_from(at).unwrap()], content.as_slice()].concat();
        files.values().enumerate().map(one).collect()
    }

    #[test]
    fn a_pack_with_nothing_changed_is_read() {
        let files = made::pack();
        let keys = [key()];
        let roster = packs::Roster { publishers: &keys, agencies: &keys };
        let opened = packs::read(&packs::write(&files, &pair()).unwrap(), roster).unwrap();
        Pack::load(&opened.files).unwrap();
    }
}
