//! What a use case's failure means at a terminal: the sentences, and whether it was refused or could not run.
//!
//! The window has its own words for the same codes in the catalogue. These speak of commands and folders.

use sharewell_casework::{Code, Failure, FieldFailure};

// No wildcard in either: a new code does not compile until someone has chosen.

/// 1 for what was refused, 2 for what cannot run.
pub fn exit(code: Code) -> u8 {
    match code {
        Code::WrongPassphrase
        | Code::WrongRecoveryCode
        | Code::MistypedRecoveryCode
        | Code::TooSoon
        | Code::WeakPassphrase
        | Code::PassphrasesDiffer
        | Code::RecoveryNotConfirmed
        | Code::VaultExists
        | Code::VaultDamaged
        | Code::Missing
        | Code::TooLong
        | Code::BadDate
        | Code::BadIdentifier
        | Code::ReasonMissing
        | Code::NotAnOption
        | Code::WordsMissing
        | Code::WeighingSideMissing
        | Code::PersonRowMissing
        | Code::KeptFrom
        | Code::NamesProtected
        | Code::Flagged
        | Code::FlagReason
        | Code::NotReady
        | Code::AlreadySigned
        | Code::AlreadySettled
        | Code::NotFound
        | Code::BadPack
        | Code::PackNotTrusted
        | Code::PackUnsafe
        | Code::PackOlder
        | Code::PackUnknownLine
        | Code::PackAlreadyThere
        | Code::PackFileChanged
        | Code::BadRecipientKey
        | Code::BadSigningKey
        | Code::NoRecipient
        | Code::WrongCode
        | Code::NotThisDecision
        | Code::OwnDecision
        | Code::NothingChosen
        | Code::NothingToHandOver
        | Code::RestrictedAlone
        | Code::InChildsFile
        | Code::NobodyProtected
        | Code::BackupFailed => 1,
        Code::Locked
        | Code::NoVault
        | Code::VaultInUse
        | Code::VaultTooNew
        | Code::DiskFull
        | Code::ReadOnly
        | Code::FileUnreadable
        | Code::FileTooNew
        | Code::FileNotWritten
        | Code::Stopped
        | Code::NoPack
        | Code::PackTooNew
        | Code::DocumentFailed
        | Code::ClockChanged
        | Code::Unexpected => 2,
    }
}

/// What happened, and what to do next.
pub fn said(failure: &Failure) -> (String, String) {
    let (said, next) = words(failure.code);
    let detail = failure.place.as_deref().or(failure.field.as_deref());
    let said = match detail {
        Some(detail) => format!("{} ({detail}).", said.trim_end_matches('.')),
        None => said.to_owned(),
    };
    let next = match failure.wait_seconds {
        Some(seconds) => format!("Wait {seconds} seconds. {next}"),
        None => next.to_owned(),
    };
    (said, next)
}

/// One field of several: its name, what is wrong with it, and what to do.
pub fn of_field(one: &FieldFailure) -> String {
    let (said, next) = words(one.code);
    format!("field {}: {said} {next}", one.field)
}

fn words(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Locked => ("The vault is locked.", "Try again."),
        Code::Stopped => ("It was stopped.", "Nothing is left half done. Run it again when it suits you."),
        Code::NoVault => ("There is no vault in this folder.", "Check the path after --vault."),
        Code::VaultExists => (
            "There is a vault in this folder already.",
            "Nothing was changed. Give a new folder after --vault.",
        ),
        Code::VaultInUse => (
            "Another program has this vault open.",
            "Close Sharewell or wait for the other command, then try again.",
        ),
        Code::WrongPassphrase => (
            "That passphrase does not open the vault.",
            "Nothing was changed. Check capital letters and spaces, then try again.",
        ),
        Code::WrongRecoveryCode => {
            ("That recovery code does not open the vault.", "Nothing was changed. Use the newest code.")
        }
        Code::MistypedRecoveryCode => ("The recovery code has a slip in it.", "Compare it group by group."),
        Code::TooSoon => ("That was too soon after a wrong try.", "Then try again."),
        Code::WeakPassphrase => (
            "That passphrase could be guessed.",
            "Nothing was made. Add one or two more words that do not belong together.",
        ),
        Code::PassphrasesDiffer => ("The two passphrases are not the same.", "Nothing was made. Try again."),
        Code::RecoveryNotConfirmed => {
            ("The recovery code of this vault was not typed back yet.", "Do that in Sharewell first.")
        }
        Code::VaultDamaged => (
            "Part of the vault is damaged.",
            "Do not delete anything. Bring a backup back into another folder with vault restore.",
        ),
        Code::VaultTooNew => {
            ("A newer Sharewell wrote this vault.", "Nothing was changed. Use that version.")
        }
        Code::DiskFull => {
            ("The disk is full.", "What was saved before is safe. Free some space, then try again.")
        }
        Code::ReadOnly => {
            ("The folder cannot be written to.", "What was saved before is safe. Check who may write there.")
        }
        Code::PackNotTrusted => {
            ("No key that is known here signed this pack.", "Get it again from whoever publishes it.")
        }
        Code::PackTooNew => ("The pack needs a newer program.", "Install the newer program first."),
        Code::PackUnsafe => {
            ("The pack does not meet the conditions of safe guidance.", "Send the place to whoever wrote it.")
        }
        Code::PackOlder => (
            "The pack is not newer than the one that serves.",
            "Nothing was changed. Ask for the latest one.",
        ),
        Code::PackUnknownLine => (
            "The pack continues no guidance that is known here.",
            "Nothing was changed. Install the pack that it supersedes first.",
        ),
        Code::PackAlreadyThere => ("This pack is in use already.", "Nothing needs to be done."),
        Code::PackFileChanged => {
            ("The file is not the one that was shown.", "Nothing was changed. Look at it again first.")
        }
        Code::FileUnreadable => ("The file cannot be read.", "Check that it is there and whole."),
        Code::FileTooNew => {
            ("A newer Sharewell wrote this file.", "Install that version, then open the file again.")
        }
        Code::FileNotWritten => ("The file cannot be written.", "Check the path, or choose another folder."),
        Code::Missing => ("Something is missing.", "Give it, then try again."),
        Code::TooLong => ("Something is longer than fits.", "Shorten it, then try again."),
        Code::BadDate => ("A day does not exist, or cannot be right there.", "Check day, month and year."),
        Code::BadIdentifier => ("A number has a slip in it.", "Check each digit."),
        Code::ReasonMissing => ("A reason is missing.", "Give one, then try again."),
        Code::NotAnOption => ("That is not one of the values that can be chosen.", "Choose another."),
        Code::WordsMissing => ("The chosen answer needs words.", "Add them, then try again."),
        Code::WeighingSideMissing => ("One side of the balance is empty.", "Fill both sides."),
        Code::PersonRowMissing => ("One person has no answer.", "Answer for each person."),
        Code::NamesProtected => (
            "It names somebody who is protected.",
            "Say the part they play instead, for example \"the carer\".",
        ),
        Code::Flagged => {
            ("A safety flag forbids to tell or to contact this person.", "Choose somebody else.")
        }
        Code::FlagReason => {
            ("A safety flag stands on this person.", "Write down why it is safe all the same.")
        }
        Code::KeptFrom => (
            "This is somebody from whom the restricted file is kept.",
            "Choose somebody else. The list of names stands in the restricted file.",
        ),
        Code::NotReady => ("The decision cannot be signed yet.", "Go on with it in Sharewell."),
        Code::AlreadySigned => ("The decision is signed already.", "New facts belong in a new decision."),
        Code::AlreadySettled => ("This is closed already.", "Nothing more to do."),
        Code::NotFound => ("That is not in this vault.", "Check the id."),
        Code::NoPack => ("There is no guidance for that nation and day.", "Choose another day."),
        Code::BadPack => {
            ("A guidance pack is broken.", "Run sharewellctl pack check, and tell support the place.")
        }
        Code::BadRecipientKey => {
            ("That is not an age public key.", "Give the whole public key. It begins with age1.")
        }
        Code::BadSigningKey => {
            ("That is not a signing key.", "Give the whole public key: 64 hexadecimal digits.")
        }
        Code::NoRecipient => ("There is no key to hand over to.", "Give one with --recipient."),
        Code::WrongCode => ("The code does not open the file.", "Ask for it again by telephone."),
        Code::NotThisDecision => {
            ("The countersignature is over another decision.", "Choose the file of this decision.")
        }
        Code::OwnDecision => ("Nobody countersigns their own decision.", "Ask the safeguarding lead for it."),
        Code::NothingChosen => ("No file was chosen.", "Give one with --case, or none for all."),
        Code::NothingToHandOver => ("Everything was handed over already.", "Nothing more to do."),
        Code::RestrictedAlone => (
            "A restricted file goes with no other file.",
            "Hand it over by itself: one --case, to the agency that deals with the allegation.",
        ),
        Code::InChildsFile => {
            ("This person stands in the child's file too.", "Change it there; it is written into both.")
        }
        Code::NobodyProtected => (
            "Nobody in this file is protected, so there is no sheet of protected names.",
            "Set the flag that protects a name first, if somebody needs it.",
        ),
        Code::DocumentFailed => (
            "A document could not be made.",
            "Your records are safe. Try again; if it happens twice, tell support.",
        ),
        Code::BackupFailed => (
            "The backup could not be verified, so it does not count.",
            "The vault was not touched. Free some space, then try again.",
        ),
        Code::ClockChanged => {
            ("The clock of this machine went backwards.", "Set the right time, then try again.")
        }
        Code::Unexpected => (
            "Something went wrong that was not foreseen.",
            "What was saved is safe. Try again; if it happens twice, tell support.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_at_fault_has_its_own_line() {
        let one = FieldFailure { field: "review".to_owned(), code: Code::BadDate };
        assert!(of_field(&one).starts_with("field review: A day does not exist"));
    }
}
