//! What people paste into a box or give on a line: keys, dates, numbers, words to look for, lists of contacts.

use std::sync::LazyLock;

use chrono::NaiveDate;
use secrecy::SecretString;
use sharewell_records::{Day, DayPhrases, SpokenDays, TimeWords};

fn texts(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn today() -> Day {
    Day(NaiveDate::from_ymd_opt(2026, 3, 12).unwrap())
}

/// The words of the papers' first language.
struct Words {
    months: Vec<String>,
    beside: Vec<String>,
    ordinals: Vec<String>,
    noon: Vec<String>,
    phrases: DayPhrases,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("../../../assets/templates/words.en.json");
    let mut all: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut values = all["values"].take();
    let list = |value: &serde_json::Value| serde_json::from_value(value.clone()).unwrap();
    Words {
        months: list(&values["months"]),
        beside: list(&values["typed"]["beside"]),
        ordinals: list(&values["typed"]["ordinals"]),
        noon: list(&values["typed"]["noon"]),
        phrases: serde_json::from_value(values["days_meant"].take()).unwrap(),
    }
});

/// A key in text: an agency's, a practitioner's.
pub(crate) mod key {
    use sharewell_exchange::keys::{Identity, Recipient};
    use sharewell_exchange::{PublicKey, SigningKey};

    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let _ = Recipient::parse(&text);
        let _ = Identity::parse(&text);
        let _ = SigningKey::parse(&text);
        let _ = PublicKey::from_hex(&text);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        use secrecy::ExposeSecret as _;
        let agency = crate::sealed::agency();
        let (_, pem) = SigningKey::generate().unwrap();
        let mut all = texts(&[
            include_str!("../../fixtures/handovers/agency-test-key.txt"),
            &agency.recipient().to_string(),
            &agency.recipient().to_string().to_uppercase(),
            pem.expose_secret(),
            &crate::sealed::key().to_string(),
        ]);
        all.push(format!("{} {}", agency.recipient(), agency.recipient()).into_bytes());
        all
    }
}

/// A short secret that was sealed to a key: the agency's slot of a vault.
pub(crate) mod sealed_key {
    pub(crate) fn read(bytes: &[u8]) {
        let _ = crate::sealed::agency().unseal(bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        vec![crate::sealed::agency().recipient().seal(&[7; 32]).unwrap()]
    }
}

/// The address of an agency's database.
pub(crate) mod address {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = sharewell_intake::store::Server::parse(&String::from_utf8_lossy(bytes));
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&[
            "postgres://desk@127.0.0.1:5432/agency",
            "postgres://desk@db.example:5432/agency?sslmode=disable&target_session_attrs=read-write",
            "host=/run/postgresql user=desk dbname=agency hostaddr=::1 keepalives_idle=10",
        ])
    }
}

/// A recovery code as somebody types it.
pub(crate) mod recovery_code {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let typed = SecretString::from(String::from_utf8_lossy(bytes).into_owned());
        if let Ok(code) = sharewell_vault::RecoveryCode::read(&typed) {
            let _ = code.shown();
        }
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&["ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345", "abcd efgh jkmn pqrs tvwx yz01 2345", "O0Il-O0Il"])
    }
}

/// A date, in one box or in three, with blanks between lines as the boundary.
pub(crate) mod date {
    use sharewell_records::{Century, DayBoxes, read_day, read_month, read_time, spread_day};

    use super::*;

    static TIME: LazyLock<TimeWords> = LazyLock::new(|| {
        let mut words = TimeWords::default();
        words.add(&WORDS.months, &WORDS.beside, &WORDS.ordinals, &WORDS.noon);
        words
    });

    pub(crate) fn read(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut boxes = text.splitn(3, '\n');
        let mut next = || boxes.next().unwrap_or_default();
        let (day, month, year) = (next(), next(), next());
        for century in [Century::Nearest(today()), Century::Past(today())] {
            let boxes = || DayBoxes { day, month, year };
            let _ = read_day(boxes(), &TIME, century);
            let _ = read_month(month, year, &TIME, century);
            if let Some([day, month, year]) = spread_day(boxes(), &TIME) {
                let spread = DayBoxes { day: &day, month: &month, year: &year };
                assert_eq!(
                    read_day(spread, &TIME, century).ok(),
                    read_day(boxes(), &TIME, century).ok(),
                    "a date that was spread is the one that was typed"
                );
            }
        }
        let _ = read_time(&text, &TIME);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&[
            "29 Feb 2027",
            "12\n3\n2026",
            "12/03/26",
            "2026-03-12",
            "Thursday 12th of March, '26",
            "12.3.2026\n\n",
            "\nmarch\n26",
            "9.40pm",
            "0940",
            "24:00",
            "noon",
            "9h40",
            "31/02/2026",
            "Sept 2026",
            "1\nMay\n99",
        ])
    }
}

/// Words that may mean a day.
pub(crate) mod day_meant {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let words: &Words = &WORDS;
        let spoken = SpokenDays { phrases: &words.phrases, months: &words.months, ordinals: &words.ordinals };
        let text = String::from_utf8_lossy(bytes);
        let _ = spoken.meant(&text, today());
        let last = Day(NaiveDate::MIN);
        let _ = spoken.meant(&text, last);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&[
            "last Tuesday",
            "two days ago",
            "on the 3rd of October",
            "yesterday evening",
            "a fortnight ago",
            "ninety nine weeks ago",
            "the day before yesterday",
            "before Christmas",
            "31 February",
        ])
    }
}

/// A number of a person, a telephone number, an address.
pub(crate) mod number {
    use sharewell_records::{
        IdentifierKind, check_digit_holds, cleaned, finding::same_name, names_somebody, read_email,
        read_number, read_phone, same_address,
    };

    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        for kind in IdentifierKind::ALL {
            let _ = read_number(kind, &text);
        }
        let _ = (check_digit_holds(&text), read_phone(&text), read_email(&text), names_somebody(&text));
        let once = cleaned(&text);
        assert_eq!(cleaned(&once), once, "what was cleaned is clean");
        let (one, other) = text.split_at(text.floor_char_boundary(text.len() / 2));
        assert_eq!(same_name(one, other), same_name(other, one));
        assert_eq!(same_address(one, other), same_address(other, one));
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&[
            "NHS number 943 476 5919",
            "CHI 0101011237",
            "H&C 3200000007",
            "UPN A123456789012",
            "+44 (0)7700 900123",
            "01632 960100 ext. 12",
            "ada.mockford@example.org",
            "Flat 3, 12 Madeup Road, ZZ9 9ZZ",
            "Zoë O’Fablewell",
        ])
    }
}

/// What somebody looks for.
pub(crate) mod search {
    use sharewell_records::finding::{Wanted, found_by, name_found_by, name_key, nearly_found_by};
    use sharewell_records::reading_age;

    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let typed = Wanted::read(&text, &WORDS.months);
        let _ = (typed.is_empty(), typed.is_a_letter(), typed.asked(), typed.near(), typed.marks());
        let _ = typed.is_near(std::iter::once("Zoë Fablewell"));
        let _ = (
            found_by(&text),
            name_found_by(&text),
            nearly_found_by(&text),
            name_key(&text),
            reading_age(&text),
        );
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&[
            "Zoë Fablewell",
            "\"school mornings\" OR NEAR(",
            "12 March 2026",
            "943 476 5919",
            "O'Neill-Smith",
            "王小明",
            "محمد",
        ])
    }
}

/// A list of contacts from another program.
pub(crate) mod list {
    use sharewell_exchange::list::{MOST_IN_ROW, Rows};

    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        // Pieces of odd sizes, as a pipe gives them.
        let reader = std::io::BufReader::with_capacity(37, bytes);
        let Ok(Ok(rows)) = Rows::of(reader) else { return };
        let (columns, mut before) = (rows.columns().len(), 1);
        for row in rows {
            let Ok(row) = row else { return };
            assert!(row.number >= before, "rows are told in their order");
            before = row.number;
            if let Ok(cells) = row.cells {
                assert_eq!(cells.len(), columns, "a row has a cell for each column");
                assert!(cells.iter().map(String::len).sum::<usize>() <= MOST_IN_ROW + 3 * columns);
            }
        }
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        texts(&[
            "Name,Post,Telephone\nAda Mockford,Head,01632 960123\n\"Fictley, Otto\",\"Named\nnurse\",\n",
            "\u{feff}Name;Post\r\nZo\u{eb} Fablewell;Health visitor\r\n",
            "Name\tPost\nAda\t\"open\nGrace\tHead\n",
            "Name\rPost\rAda",
            "=1+1,Post\n@SUM(A1),-2\n",
            "PK\u{3}\u{4}",
        ])
    }
}
