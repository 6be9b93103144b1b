//! A duty is opened again where it stands, and nowhere else.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_records::*;
use sharewell_vault::Error;
use support::*;

#[test]
fn a_duty_is_opened_again_in_its_own_file_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let other = family(&mut vault, 2, "Notreal");
    let duty = obligation(Duty::Review, None);
    let settlement = Settlement::Done { note: String::new() };
    vault
        .write(&stamp(20), |w| {
            w.append(Some(home.case), &Payload::ObligationAdded { obligation: duty.clone() }, &[])?;
            w.append(Some(home.case), &Payload::ObligationSettled { id: duty.id, settlement }, &[])?;
            Ok::<_, Error>(())
        })
        .unwrap();
    for wrong in [Some(other.case), None] {
        let opened = vault.write(&stamp(21), |w| {
            w.append(wrong, &Payload::ObligationReopened { id: duty.id }, &[])?;
            Ok::<_, Error>(())
        });
        assert!(matches!(opened, Err(Error::CaseMismatch { .. })), "{opened:?}");
    }
    vault
        .write(&stamp(22), |w| {
            w.append(Some(home.case), &Payload::ObligationReopened { id: duty.id }, &[])?;
            Ok::<_, Error>(())
        })
        .unwrap();
}
