//! Every code is said by some error, and a failure tells all of a form.

use super::*;
use sharewell_records::Nation;
use std::collections::BTreeSet;
use std::io::ErrorKind;

/// Every code once, in order. The match has no wildcard: a new code does not compile until it is here.
fn all() -> Vec<Code> {
    let mut all = vec![Code::Locked];
    while let Some(next) = all.last().copied().and_then(after) {
        all.push(next);
    }
    all
}

fn after(code: Code) -> Option<Code> {
    Some(match code {
        Code::Locked => Code::NoVault,
        Code::NoVault => Code::VaultExists,
        Code::VaultExists => Code::VaultInUse,
        Code::VaultInUse => Code::WrongPassphrase,
        Code::WrongPassphrase => Code::WrongRecoveryCode,
        Code::WrongRecoveryCode => Code::MistypedRecoveryCode,
        Code::MistypedRecoveryCode => Code::TooSoon,
        Code::TooSoon => Code::WeakPassphrase,
        Code::WeakPassphrase => Code::PassphrasesDiffer,
        Code::PassphrasesDiffer => Code::RecoveryNotConfirmed,
        Code::RecoveryNotConfirmed => Code::VaultDamaged,
        Code::VaultDamaged => Code::VaultTooNew,
        Code::VaultTooNew => Code::DiskFull,
        Code::DiskFull => Code::ReadOnly,
        Code::ReadOnly => Code::FileUnreadable,
        Code::FileUnreadable => Code::FileTooNew,
        Code::FileTooNew => Code::FileNotWritten,
        Code::FileNotWritten => Code::Missing,
        Code::Missing => Code::TooLong,
        Code::TooLong => Code::BadDate,
        Code::BadDate => Code::BadIdentifier,
        Code::BadIdentifier => Code::ReasonMissing,
        Code::ReasonMissing => Code::NotAnOption,
        Code::NotAnOption => Code::WordsMissing,
        Code::WordsMissing => Code::WeighingSideMissing,
        Code::WeighingSideMissing => Code::PersonRowMissing,
        Code::PersonRowMissing => Code::KeptFrom,
        Code::KeptFrom => Code::NamesProtected,
        Code::NamesProtected => Code::Flagged,
        Code::Flagged => Code::FlagReason,
        Code::FlagReason => Code::NotReady,
        Code::NotReady => Code::AlreadySigned,
        Code::AlreadySigned => Code::AlreadySettled,
        Code::AlreadySettled => Code::NotFound,
        Code::NotFound => Code::NoPack,
        Code::NoPack => Code::BadPack,
        Code::BadPack => Code::PackNotTrusted,
        Code::PackNotTrusted => Code::PackTooNew,
        Code::PackTooNew => Code::PackUnsafe,
        Code::PackUnsafe => Code::PackOlder,
        Code::PackOlder => Code::PackUnknownLine,
        Code::PackUnknownLine => Code::PackAlreadyThere,
        Code::PackAlreadyThere => Code::PackFileChanged,
        Code::PackFileChanged => Code::BadRecipientKey,
        Code::BadRecipientKey => Code::BadSigningKey,
        Code::BadSigningKey => Code::NoRecipient,
        Code::NoRecipient => Code::WrongCode,
        Code::WrongCode => Code::NotThisDecision,
        Code::NotThisDecision => Code::OwnDecision,
        Code::OwnDecision => Code::NothingChosen,
        Code::NothingChosen => Code::NothingToHandOver,
        Code::NothingToHandOver => Code::RestrictedAlone,
        Code::RestrictedAlone => Code::InChildsFile,
        Code::InChildsFile => Code::NobodyProtected,
        Code::NobodyProtected => Code::DocumentFailed,
        Code::DocumentFailed => Code::BackupFailed,
        Code::BackupFailed => Code::Stopped,
        Code::Stopped => Code::ClockChanged,
        Code::ClockChanged => Code::Unexpected,
        Code::Unexpected => return None,
    })
}

/// One error for each thing that can go wrong here or below.
fn errors() -> Vec<Error> {
    use sharewell_exchange::{Error as Exchange, Where};
    use sharewell_vault::{Error as Vault, Part};
    let field = |problem| Error::field("f", problem);
    vec![
        field(Problem::Missing),
        field(Problem::TooLong),
        field(Problem::BadDate),
        field(Problem::BadIdentifier),
        field(Problem::ReasonMissing),
        field(Problem::NotAnOption),
        field(Problem::WordsMissing),
        field(Problem::WeighingSideMissing),
        field(Problem::PersonRowMissing),
        field(Problem::KeptFrom),
        field(Problem::NamesProtected),
        field(Problem::Flagged),
        field(Problem::FlagReason),
        Error::RecoveryNotConfirmed,
        Error::NotFound { what: "file" },
        Error::NotReady(vec![("what".into(), Problem::Missing)]),
        Error::AlreadySigned,
        Error::AlreadySettled,
        Error::NoPack { nation: Nation::Wales },
        Error::BadPack { pack: "p".into(), place: "steps.toml:1".into() },
        Error::Refused(Refusal::NotTrusted),
        Error::Refused(Refusal::NeedsNewerProgram),
        Error::Refused(Refusal::Unsafe { place: "steps.toml:1".into() }),
        Error::Refused(Refusal::Older { serving: "england@2024-05".into() }),
        Error::Refused(Refusal::UnknownLine),
        Error::Refused(Refusal::AlreadyThere),
        Error::Refused(Refusal::FileChanged),
        Error::Exchange(Exchange::NotASigningKey),
        Error::Exchange(Exchange::WrongCode),
        Error::Exchange(Exchange::UnknownVersion { at: Where::file("body"), version: "2".into() }),
        Error::NotThisDecision,
        Error::OwnDecision,
        field(Problem::NothingChosen),
        Error::NothingToHandOver,
        Error::RestrictedAlone,
        Error::InChildsFile,
        Error::NobodyProtected,
        field(Problem::NoRecipient),
        Error::NotWritten(ErrorKind::StorageFull),
        Error::NotWritten(ErrorKind::PermissionDenied),
        Error::NotWritten(ErrorKind::NotFound),
        Error::NotRead(ErrorKind::NotFound),
        Error::BackupNotSound,
        Error::Stored { what: "draft" },
        Error::Document(sharewell_documents::Error::Time),
        Error::Exchange(Exchange::SecretKeyGiven),
        Error::Vault(Vault::NoVault),
        Error::Vault(Vault::AlreadyExists),
        Error::Vault(Vault::InUse),
        Error::Vault(Vault::WrongPassphrase { wait_seconds: 5 }),
        Error::Vault(Vault::WrongRecoveryCode { wait_seconds: 0 }),
        Error::Vault(Vault::RecoveryCodeMistyped),
        Error::Vault(Vault::TooSoon { wait_seconds: 5 }),
        Error::Vault(Vault::WeakPassphrase { score: 1 }),
        Error::Vault(Vault::Damaged { part: Part::Database }),
        Error::Vault(Vault::TooNew { found: 9, known: 1 }),
        Error::Vault(Vault::Cancelled),
    ]
}

#[test]
fn every_code_is_said_by_some_error_or_by_the_window_alone() {
    let said: BTreeSet<Code> = errors().into_iter().map(|error| Failure::from(error).code).collect();
    // The shell says that it is locked, the page that two fields differ; a changed clock is a notice.
    let elsewhere = [Code::Locked, Code::PassphrasesDiffer, Code::ClockChanged];
    for code in all() {
        assert_ne!(said.contains(&code), elsewhere.contains(&code), "{code:?}");
    }
}

#[test]
fn waiting_is_told_in_seconds_and_only_where_waiting_helps() {
    let wait = |error: sharewell_vault::Error| Failure::from(error).wait_seconds;
    assert_eq!(wait(sharewell_vault::Error::TooSoon { wait_seconds: 15 }), Some(15));
    assert_eq!(wait(sharewell_vault::Error::WrongPassphrase { wait_seconds: 0 }), None);
}
