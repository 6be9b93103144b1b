//! The closed sets that a page lists in full, written out for it as values beside the types of the bindings.
//!
//! A page that copies a set by hand forgets the next variant. Read from the generated bindings, a set is as long as
//! its type, and a page that makes a key of the catalogue from it does not compile until each variant has words.

/// Each set, by the name of its values in the window and of its type in the bindings.
const SETS: &[(&str, &str)] = &[
    ("ARTICLE_SORTS", "ArticleSort"),
    ("BECAME", "BecameChoice"),
    ("CHECKED_BY", "CheckedBy"),
    ("CHILDREN_ORDERS", "ChildrenOrder"),
    ("ABLE_TO_DECIDE", "AbleToDecide"),
    ("CONSENT_ACTS", "ConsentActKind"),
    ("CONSENT_ANSWERS", "ConsentAnswer"),
    ("CONSENT_HOW", "ConsentHow"),
    ("CONSENT_SENSES", "ConsentSense"),
    ("CONTACT_ROLES", "ContactRole"),
    ("END_REASONS", "EndReason"),
    ("DUTY_SPANS", "DutySpan"),
    ("DUTY_STATES", "DutyState"),
    ("FLAGS", "FlagKind"),
    ("FOLLOWED", "FollowedChoice"),
    ("GATES", "Gate"),
    ("GIVER_KINDS", "GiverKind"),
    ("HARM_AGAIN", "HarmAskedAgain"),
    ("HIDE_BY", "HideBy"),
    ("INFO_KINDS", "InfoKind"),
    ("LATER_BECAUSE", "LaterBecause"),
    ("LEFTOVER_MEANS", "LeftoverMeans"),
    ("LIST_ROW_STATES", "ListRowState"),
    ("LOG_SHOWS", "LogShow"),
    ("LOG_SPANS", "LogSpan"),
    ("MARKS", "Mark"),
    ("MAY_BE", "MayBe"),
    ("MAY_KNOW", "MayKnow"),
    ("NATIONS", "Nation"),
    ("NOT_SOUGHT", "NotSoughtWhy"),
    ("NOT_YET_TOLD", "NotYetTold"),
    ("NUMBERS_FOUND", "NumberFound"),
    ("ORDERS", "OrderSeen"),
    ("PRESSED", "PressedToWithdraw"),
    ("PURPOSE_KINDS", "PurposeKind"),
    ("PURPOSES_MET", "PurposeMet"),
    ("RECALL_ENDS", "RecallEnd"),
    ("REQUESTERS", "RequesterKind"),
    ("RESPONSIBILITY", "ParentalResponsibility"),
    ("ROLES", "PersonRole"),
    ("ROUTES", "Route"),
    ("SHARE_KEEPINGS", "ShareKeeping"),
    ("SIGNED_HOW", "SignedHow"),
    ("SLIP_PAPERS", "SlipPaper"),
    ("SLIP_TONES", "SlipTone"),
    ("MAY_LEAVE", "MayLeave"),
    ("WHO_SEES", "WhoSees"),
    ("SOURCES", "ItemSource"),
    ("SOURCE_KINDS", "SourceKind"),
    ("STEP_KINDS", "StepKind"),
    ("AGENCY_BODIES", "AgencyBody"),
    ("ASKED_RECORDS", "AskedRecord"),
    ("ASK_ROUTES", "AskRoute"),
    ("ELSEWHERE_KINDS", "ElsewhereKind"),
    ("CUT_TESTS", "CutTest"),
    ("LINE_GOES", "LineGoes"),
    ("OFFICER_SAID", "OfficerSaid"),
    ("THEMES", "Theme"),
    ("TIES", "RelationshipKind"),
    ("TWICE", "Twice"),
    ("UNNEEDED", "Unneeded"),
    ("VERDICTS", "Verdict"),
    ("WAYS_IN", "WayIn"),
    ("WHY_STAYS", "WhyStays"),
];

/// A set that is no longer, in bytes, stands on one line.
const ON_ONE_LINE: usize = 110;

/// The file of the sets, from the text of the bindings; or the name of a type that is no closed set there.
pub fn written(bindings: &str) -> Result<String, &'static str> {
    let mut types: Vec<&str> = SETS.iter().map(|(_, of)| *of).collect();
    types.sort_unstable();
    let sets = SETS
        .iter()
        .map(|(name, of)| {
            let words = variants(bindings, of).ok_or(*of)?;
            let short = words.join("\", \"");
            let line = format!("export const {name} = [\"{short}\"] as const satisfies readonly {of}[];\n");
            if line.len() <= ON_ONE_LINE {
                return Ok(line);
            }
            let long = words.join("\",\n  \"");
            Ok(format!("export const {name} = [\n  \"{long}\",\n] as const satisfies readonly {of}[];\n"))
        })
        .collect::<Result<Vec<String>, &'static str>>()?;
    Ok(format!(
        "// Generated from the commands by `cargo xtask bindings`. Never edited.\n\
         // Each set in full, in the order in which it is shown.\n\
         import type {{\n  {},\n}} from \"./bindings\";\n\n{}",
        types.join(",\n  "),
        sets.join("\n")
    ))
}

/// The variants of a type that is nothing but words: `export type Name = "one" | "two";`, comments between them.
fn variants<'b>(bindings: &'b str, of: &str) -> Option<Vec<&'b str>> {
    let mut rest = bindings.split_once(&format!("\nexport type {of} ="))?.1;
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/")?.1;
        } else if let Some(word) = rest.strip_prefix('"') {
            let (variant, after) = word.split_once('"')?;
            found.push(variant);
            rest = after;
        } else if let Some(after) = rest.strip_prefix('|') {
            rest = after;
        } else {
            return (rest.starts_with(';') && !found.is_empty()).then_some(found);
        }
    }
}

#[test]
fn a_set_is_as_long_as_its_type_and_a_type_of_another_form_is_refused() {
    let bindings = "\nexport type Two = \n/**  One; \"this\" is no variant. */\n\"one\" | \n/**  Two. */\n\"two_more\";\n\
                    \nexport type Other = { a: string };\n\nexport type Mixed = \"one\" | { a: string };\n";
    assert_eq!(variants(bindings, "Two"), Some(vec!["one", "two_more"]));
    for other in ["Other", "Mixed", "Absent", "Tw"] {
        assert_eq!(variants(bindings, other), None, "{other}");
    }
    assert_eq!(written(bindings), Err("ArticleSort"), "a set without its type is named");
}
