//! What a use case's failure means at a terminal: the sentences, and whether it was refused or could not run.
//!
//! The window has its own words for the same codes in the catalogue. These speak of commands and folders, and are for
//! what a verb can come upon; the rest has the words of its class.

use sharewell_casework::{Class, Code, Failure, FieldFailure};

/// 1 for what was refused, 2 for what cannot run.
pub fn exit(code: Code) -> u8 {
    match code.class() {
        Class::Refused => 1,
        Class::CannotRun => 2,
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
    let next = match (failure.code, failure.handover) {
        (_, None) => next,
        (Code::NothingToHandOver, Some(last)) => {
            format!("If its file is lost, write it once more with --again {last}. {next}")
        }
        // It stands frozen, and nothing of it counts as handed over.
        (_, Some(frozen)) => {
            format!("{next} Nothing was handed over yet: write the file with --again {frozen}.")
        }
    };
    (said, next)
}

/// What is damaged, and where.
pub fn damaged(failure: &Failure, of_backup: bool) -> String {
    if !of_backup {
        return said(failure).0;
    }
    let place = failure.place.as_deref().map(|place| format!(" ({place})")).unwrap_or_default();
    format!("This backup is damaged{place}.")
}

/// One field of several: its name, what is wrong with it, and what to do.
pub fn of_field(one: &FieldFailure) -> String {
    let (said, next) = words(one.code);
    format!("field {}: {said} {next}", one.field)
}

fn words(code: Code) -> (&'static str, &'static str) {
    match code {
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
        Code::TooSoon => ("That was too soon after a wrong try.", "Then try again."),
        Code::WeakPassphrase => (
            "That passphrase could be guessed.",
            "Nothing was made. Add one or two more words that do not belong together.",
        ),
        Code::VaultDamaged => (
            "Part of the vault is damaged.",
            "Do not delete anything. Bring a backup back into another folder with vault restore.",
        ),
        Code::InTheVault => (
            "That place lies in the vault's own folder, and would be lost with it.",
            "Nothing was made. Choose a folder on another drive or a share.",
        ),
        Code::VaultEnded => (
            "The use of this vault was ended. It opens for nobody any more.",
            "Go on with what is left of it with end go-on.",
        ),
        Code::NotEnded => (
            "This vault is not ended: its agency holds everything, or its profile cannot be read.",
            "Nothing was changed. Ask the agency, and give the laptop back as it is.",
        ),
        Code::EndChanged => (
            "Something was written since this was looked at, so nothing was ended.",
            "Look again with end look.",
        ),
        Code::NotThePhrase => (
            "The words that confirm it are others.",
            "Nothing was ended. Type the words that end vault asks for, or give them with --confirm.",
        ),
        Code::IsBackup => (
            "This is a backup, and nobody works in a backup.",
            "Check it with vault verify or vault rehearse, or bring it back with vault restore.",
        ),
        Code::VaultMoved => (
            "Another program moved the vault's file while it was open, so nothing is called saved.",
            "Stop the program that copies this folder, and put the file back under the name vault.db.",
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
        Code::FileUnreadable => ("The file cannot be read.", "Check that it is there and whole."),
        Code::FileNotWritten => ("The file cannot be written.", "Check the path, or choose another folder."),
        Code::Missing => ("Something is missing.", "Give it, then try again."),
        Code::NoAddress => {
            ("That says that there is no address.", "Say in the program that there is no fixed address.")
        }
        Code::PseudoPostcode => {
            ("That postcode stands for no place.", "Say in the program that there is no fixed address.")
        }
        Code::SameChild => {
            ("Somebody of another file may be the same child.", "Open that file in the program and look.")
        }
        Code::NothingToRead => {
            ("A name has nothing in it that one can read.", "Give a name, then try again.")
        }
        Code::TooLong => ("Something is longer than fits.", "Shorten it, then try again."),
        Code::KeptFrom => (
            "This is somebody from whom the restricted file is kept.",
            "Choose somebody else. The list of names stands in the restricted file.",
        ),
        Code::NamesProtected => (
            "The key is named after somebody who is protected.",
            "Give the agency's key, under the agency's name.",
        ),
        Code::Flagged => {
            ("The key is named after somebody whom a safety flag forbids to tell.", "Give the agency's key.")
        }
        Code::NotFound => ("That is not in this vault.", "Check the id."),
        Code::NoPack => ("There is no guidance for that nation and day.", "Choose another day."),
        Code::BadPack => {
            ("A guidance pack is broken.", "Run sharewellctl pack check, and tell support the place.")
        }
        Code::BadRecipientKey => {
            ("That is not an age public key.", "Give the whole public key. It begins with age1.")
        }
        Code::NoRecipient => ("There is no key to hand over to.", "Give one with --recipient."),
        Code::ReasonMissing => (
            "This gives somebody what they, or somebody else, have already, and needs a reason.",
            "Say why with --reason. It stands in the vault, not in the file.",
        ),
        Code::NothingChosen => ("No file was chosen.", "Give one with --case, or none for all."),
        Code::NothingToHandOver => (
            "This recipient has everything in these files already.",
            "For everything from the beginning, add --from-beginning and --reason.",
        ),
        Code::RestrictedAlone => (
            "A restricted file goes with no other file.",
            "Hand it over by itself: one --case, to the agency that deals with the allegation.",
        ),
        Code::DocumentFailed => (
            "A document could not be made.",
            "Your records are safe. Try again; if it happens twice, tell support.",
        ),
        Code::BackupFailed => (
            "The backup could not be verified, so it does not count.",
            "The vault was not touched. Free some space, then try again.",
        ),
        code => match code.class() {
            Class::Refused => {
                ("That was refused.", "Nothing was changed. In Sharewell the page says what to do.")
            }
            Class::CannotRun => (
                "Something went wrong that was not foreseen.",
                "What was saved is safe. Try again; if it happens twice, tell support.",
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_at_fault_has_its_own_line() {
        let one = FieldFailure { field: "case".to_owned(), code: Code::Missing, length: None };
        assert_eq!(of_field(&one), "field case: Something is missing. Give it, then try again.");
    }
}
