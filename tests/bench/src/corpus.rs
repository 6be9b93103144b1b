//! Fictional families, the same texts every time.
//!
//! A family is a file of 25 entries: the file, a child, a mother, another adult, now and then a safety flag,
//! and statements of about 25 words. Some words stand in almost every statement, some in a fifth, and a long
//! tail of made-up ones in hardly any, as in any real pile of notes.

use chrono::{DateTime, TimeDelta, Utc};
use sharewell_records::{
    Birth, Care, Case, CaseId, Day, Flag, FlagId, FlagKind, Identifier, IdentifierKind, Item, ItemId,
    ItemSource, Mark, Moment, Nation, Occurred, Payload, Person, PersonId, PersonRole, Practitioner,
};
use sharewell_vault::new_uuid;

/// Entries of a family.
const FAMILY: usize = 25;

/// Common words, the commonest first.
const COMMON: [&str; 72] = [
    "visit",
    "home",
    "mother",
    "child",
    "school",
    "said",
    "that",
    "seen",
    "with",
    "today",
    "family",
    "worried",
    "asked",
    "nurse",
    "phone",
    "father",
    "sleep",
    "meal",
    "room",
    "clean",
    "bruise",
    "arm",
    "explained",
    "fell",
    "garden",
    "agreed",
    "referral",
    "health",
    "appointment",
    "missed",
    "weight",
    "steady",
    "carer",
    "grandmother",
    "lives",
    "nearby",
    "helps",
    "evening",
    "shouting",
    "neighbour",
    "police",
    "called",
    "housing",
    "damp",
    "letter",
    "meeting",
    "social",
    "worker",
    "plan",
    "review",
    "safe",
    "afraid",
    "quiet",
    "playing",
    "speech",
    "late",
    "collected",
    "uniform",
    "lunch",
    "money",
    "alcohol",
    "smell",
    "partner",
    "moved",
    "tired",
    "support",
    "group",
    "attended",
    "smiled",
    "settled",
    "nursery",
    "zoë",
];
const FIRST: [&str; 16] = [
    "Ayla", "Tam", "Otto", "Noor", "Robin", "Imran", "Cerys", "Femi", "Jude", "Mabel", "Niamh", "Ravi",
    "Sanna", "Teo", "Una", "Zoë",
];
const LAST: [&str; 8] =
    ["Sampleton", "Notreal", "Madeup", "Fablewell", "Nosuch", "Mockford", "Exampleton", "Inventwood"];
const SYLLABLES: [&str; 16] = [
    "bra", "cle", "dro", "fen", "gli", "hum", "jor", "kel", "lim", "mor", "nev", "pol", "ras", "tiv", "wen",
    "yar",
];

/// Who writes.
pub fn practitioner() -> Practitioner {
    Practitioner {
        id: PersonId(new_uuid()),
        name: "Robin Fablewell".into(),
        role: "Health visitor".into(),
        agency: "Exampleton Community Health".into(),
        team: "North".into(),
        nation: Nation::England,
        phone: "01632 960111".into(),
        lead_name: String::new(),
        lead_phone: String::new(),
        front_door_name: String::new(),
        front_door_phone: String::new(),
        out_of_hours_phone: String::new(),
        officer_phone: String::new(),
        body: None,
    }
}

/// So many seconds into the working life of the vault.
pub fn moment(second: u64) -> Moment {
    let start = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
    Moment((start + TimeDelta::seconds(i64::try_from(second).unwrap_or(0))).fixed_offset())
}

/// An entry to be.
pub struct Next {
    /// The file.
    pub case: CaseId,
    /// The content.
    pub payload: Payload,
}

/// Families without end.
pub struct Corpus {
    chance: Chance,
    at: usize,
    case: CaseId,
    child: PersonId,
    mother: PersonId,
}

impl Corpus {
    /// From a seed: the same texts in the same order.
    pub fn new(seed: u64) -> Self {
        let nobody = PersonId(new_uuid());
        Self { chance: Chance(seed), at: 0, case: CaseId(new_uuid()), child: nobody, mother: nobody }
    }

    /// The next entry.
    pub fn entry(&mut self) -> Next {
        let (family, place) = (self.at / FAMILY, self.at % FAMILY);
        self.at += 1;
        let payload = match place {
            0 => {
                self.case = CaseId(new_uuid());
                self.child = PersonId(new_uuid());
                self.mother = PersonId(new_uuid());
                Payload::CaseOpened {
                    case: Case {
                        reference: format!("EX{family:06}"),
                        reason: self.text(8),
                        ..Case::family(self.case, self.child, Nation::England)
                    },
                }
            }
            1 => self.person(self.child, PersonRole::Child, family),
            2 => self.person(self.mother, PersonRole::Parent, family),
            3 => self.person(PersonId(new_uuid()), PersonRole::OtherAdult, family),
            4 if family % 8 == 0 => Payload::FlagSet {
                flag: Flag {
                    id: FlagId(new_uuid()),
                    person: self.mother,
                    kind: FlagKind::DoNotPost,
                    reason: self.text(12),
                    review: None,
                },
            },
            _ => self.item(),
        };
        Next { case: self.case, payload }
    }

    fn person(&mut self, id: PersonId, role: PersonRole, family: usize) -> Payload {
        let name = format!("{} {}", self.chance.of(&FIRST), self.chance.of(&LAST));
        let number = format!("{:010}", 9_990_000_000_u64 + family as u64 * 4 + self.at as u64 % 4);
        Payload::PersonRecorded {
            person: Person {
                id,
                name,
                also_known_as: vec![],
                role,
                birth: Birth::Born { on: self.day() },
                identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, number)],
                address: format!("{} {} Road, Faketown", self.chance.below(200), self.tail()),
                phone: format!("01632 960{:03}", self.chance.below(1000)),
                agency: String::new(),
                language: String::new(),
                needs: String::new(),
                no_fixed_address: None,
                unknown_numbers: Vec::new(),
                care: Care::default(),
            },
        }
    }

    fn item(&mut self) -> Payload {
        let (mark, by) = match self.chance.below(3) {
            0 => (Mark::Fact, String::new()),
            1 => (Mark::Opinion, "health visitor".to_owned()),
            _ => (Mark::Reported, format!("{} {}", self.chance.of(&FIRST), self.chance.of(&LAST))),
        };
        let about = if self.chance.below(2) == 0 { vec![self.child] } else { vec![self.child, self.mother] };
        Payload::ItemRecorded {
            item: Item {
                id: ItemId(new_uuid()),
                mark,
                source: ItemSource::Visit,
                text: self.text(25),
                by,
                about,
                occurred: Occurred::Day { on: self.day() },
                labels: vec![self.chance.of(&COMMON).to_owned()],
                visit: None,
            },
        }
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words)
            .map(|_| {
                if self.chance.below(4) == 0 {
                    return self.tail();
                }
                // The smaller of two draws: the front of the list is common, its end is not.
                let at = self.chance.below(72).min(self.chance.below(72));
                COMMON.get(at).copied().unwrap_or("visit").to_owned()
            })
            .collect();
        format!("{}.", words.join(" "))
    }

    /// One of 4096 made-up words.
    fn tail(&mut self) -> String {
        [0; 3].map(|_| self.chance.of(&SYLLABLES)).concat()
    }

    fn day(&mut self) -> Day {
        moment(self.chance.below(86_400 * 900) as u64).day()
    }
}

/// SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ z >> 31) % end as u64).unwrap_or(0)
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.below(words.len());
        words.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(seed: u64) -> Vec<String> {
        let mut corpus = Corpus::new(seed);
        (0..60)
            .filter_map(|_| match corpus.entry().payload {
                Payload::ItemRecorded { item } => Some(item.text),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_texts() {
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
    }
}
