use proptest::prelude::*;

use super::*;
use crate::Occurred;

/// Whether an index of one text gives it for a query, as the vault's index does.
fn finds(index: &str, asked: &Asked) -> bool {
    let words: Vec<&str> = index.split(' ').collect();
    match asked {
        Asked::Words { words: wanted, begins } => (0..words.len()).any(|at| {
            wanted.iter().enumerate().all(|(i, one)| {
                let last = *begins && i + 1 == wanted.len();
                words.get(at + i).is_some_and(|word| if last { word.starts_with(one) } else { word == one })
            })
        }),
        Asked::Key(_) => false,
        Asked::All(all) => all.iter().all(|one| finds(index, one)),
        Asked::Any(all) => all.iter().any(|one| finds(index, one)),
    }
}

fn is_found(name: &str, typed: &str) -> bool {
    Wanted::from(typed).asked().is_some_and(|asked| finds(&name_found_by(name), &asked))
}

#[test]
fn a_name_is_found_from_a_keyboard_that_lacks_its_letters() {
    for (name, typed) in [
        ("Łukasz Wójcik", "Lukasz"),
        ("Søren Groß", "Soren"),
        ("Søren Groß", "gross"),
        ("Đào Thị Hồng", "Dao"),
        ("Niamh O’Brien", "OBrien"),
        ("Niamh O’Brien", "O'Brien"),
        ("Niamh O’Brien", "O Brien"),
        ("Niamh O’Brien", "brien"),
        ("Niamh O Brien", "O’Brien"),
        ("Niamh O Brien", "obrien"),
        ("Cara D'Arcy", "Darcy"),
        ("Cara D'Arcy", "Cara d arcy"),
        ("Anne-Marie", "AnneMarie"),
        ("Anne-Marie", "Anne Marie"),
        ("Anne-Marie", "Anne‑Marie"),
        ("Anne Marie", "Annemarie"),
        ("Annemarie", "Anne Marie"),
        ("Anne-Marie", "marie"),
        ("王小明", "小明"),
        ("王小明", "王"),
        ("王小明", "王小明"),
        ("김민수", "민수"),
        ("さくら", "くら"),
        ("サクラ", "さくら"),
        ("محمـد", "محمد"),
        ("علی", "علي"),
        ("فاطمة", "فاطمه"),
        ("O", "O"),
        ("Işık", "isik"),
        ("Llŷr", "llyr"),
        ("Sr. Ana Maria O'Neill-Vega", "oneill vega"),
        ("943 476 5919", "943-476-5919"),
        ("9434765919", "943 476 5919"),
        ("9434765919", "943-476-5919"),
        ("Seán Mac Giolla", "macgiolla"),
    ] {
        assert!(is_found(name, typed), "{name} by {typed}: {}", name_found_by(name));
    }
    for (name, typed) in
        [("Niamh O’Brien", "O"), ("王小明", "明小"), ("Orla", "O"), ("Ayla", "yla"), ("", "x")]
    {
        assert!(!is_found(name, typed), "{name} by {typed}");
    }
}

#[test]
fn a_letter_that_is_still_being_typed_narrows_nothing() {
    assert!(is_found("Ayla Sampleton", "ayla s"));
    assert!(is_found("Ayla Sampleton", "ayla sa"));
    assert!(!is_found("Ayla Sampleton", "ayla x2"));
    assert!(Wanted::from("o").is_a_letter() && !Wanted::from("5").is_a_letter());
}

#[test]
fn a_name_spelt_otherwise_or_with_one_slip_is_near_and_not_found() {
    for (name, typed) in [
        ("Muhammad Sampleton", "Mohammed"),
        ("Katherine Nosuch", "catherine nosuch"),
        ("Ayla Sampleton", "samplton"),
        ("Ayla Sampleton", "smapleton"),
        ("Ayla Sampleton", "sampletton"),
        ("Ayla Sampleton", "zampleton"),
        ("Ayla Sampleton", "ayla samplrton"),
    ] {
        let wanted = Wanted::from(typed);
        assert!(!is_found(name, typed), "{name} by {typed}");
        assert!(wanted.near().is_some() && wanted.is_near([name].into_iter()), "{name} near {typed}");
    }
    for (name, typed) in
        [("Ayla", "Kyra"), ("Ann", "Ian"), ("Sampleton", "samlpetno"), ("9434765919", "9434765918")]
    {
        assert!(!Wanted::from(typed).is_near([name].into_iter()), "{name} near {typed}");
    }
    assert!(Wanted::from("943").near().is_none(), "a number has no slip");
}

#[test]
fn what_is_one_slip_away_shares_a_key() {
    for (one, other) in
        [("sampleton", "samplton"), ("sampleton", "smapleton"), ("ayla", "aylo"), ("ayla", "aylaa")]
    {
        let keys = |word: &str| slips(word);
        assert!(keys(one).iter().any(|key| keys(other).contains(key)), "{one} {other}");
        assert!(is_a_slip(one, other) && is_a_slip(other, one), "{one} {other}");
    }
}

#[test]
fn a_day_is_found_as_it_is_written() {
    let months: Vec<String> =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
            .into_iter()
            .chain(["October", "November", "December"])
            .map(str::to_owned)
            .collect();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 15).map(crate::Day);
    let index = day.map(|on| day_words(&Occurred::Day { on })).unwrap_or_default();
    for typed in [
        "15 October",
        "15th oct",
        "October 15",
        "15 October 2026",
        "15/10/2026",
        "15.10.26",
        "15/10",
        "2026-10-15",
        "October 2026",
        "15-10-2026",
    ] {
        let asked = Wanted::read(typed, &months).asked();
        assert!(asked.is_some_and(|asked| finds(&index, &asked)), "{typed}");
    }
    for typed in ["16 October", "15 October 2025", "15 10 2026", "10", "October", "15"] {
        let asked = Wanted::read(typed, &months).asked();
        assert!(!asked.is_some_and(|asked| finds(&index, &asked)), "{typed}");
    }
}

#[test]
fn every_second_piece_is_the_match_whatever_the_accents() {
    let cut = |text: &str, query: &str| Wanted::from(query).marks().pieces(text);
    assert_eq!(cut("Zoë said so. Zoe again", "zoe"), ["", "Zoë", " said so. ", "Zoe", " again"]);
    assert_eq!(cut("bruises", "ruis"), ["bruises"], "a match begins a word");
    assert_eq!(cut("by O’Neill", "oneill"), ["by ", "O’Neill", ""]);
    assert_eq!(cut("王小明说", "小明"), ["王", "小明", "说"]);
}

#[test]
fn what_is_shown_of_a_text_is_around_what_was_looked_for() {
    let text = (0..60).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let marks = Wanted::from("word30").marks();
    let shown = marks.around(&text, 16);
    assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("word30 "), "{shown}");
    assert_eq!(marks.around("no such", 16), "no such");
}

#[test]
fn the_same_name_is_the_same_however_it_is_written() {
    assert!(same_name("Anne-Marie O’Brien", "ANNE MARIE OBrien"));
    assert!(same_name("Łucja", "lucja"));
    assert!(!same_name("Ayla", "Ayla Rose"));
    assert!(!same_name("?", "!"), "signs are not all one name");
}

proptest! {
    #[test]
    fn no_letter_is_lost_or_added(text in ".{0,120}", query in ".{0,20}") {
        prop_assert_eq!(Wanted::from(query.as_str()).marks().pieces(&text).concat(), text);
    }

    #[test]
    fn whatever_is_typed_can_be_looked_for(text in ".{0,80}") {
        let wanted = Wanted::from(text.as_str());
        let _ = (wanted.asked(), wanted.near(), found_by(&text), nearly_found_by(&text));
        let _ = wanted.marks().around(&text, 16);
    }

    #[test]
    fn a_word_is_found_by_itself(word in "[A-Za-zĀ-žÀ-ÿ'’-]{2,12}") {
        let wanted = Wanted::from(word.as_str());
        if let Some(asked) = wanted.asked() {
            prop_assert!(finds(&name_found_by(&word), &asked), "{}", name_found_by(&word));
        }
    }
}
