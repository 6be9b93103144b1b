//! What goes of a file and what stays, for decisions of the sample and for whoever measures.

use sharewell_casework::views::SignOffInput;
use sharewell_casework::{Result, decide};
use sharewell_records::{Choice, DecisionId, ExtentMove, Moment};
use sharewell_vault::Vault;

/// Chooses for whoever the sign-off names, where something is held and leaves: the latest notes go, the next one
/// without a name, and everything else stays.
///
/// # Errors
/// What the vault refuses.
pub fn choose_what_goes(
    vault: &mut Vault,
    decision: DecisionId,
    typed: &SignOffInput,
    now: Moment,
) -> Result<()> {
    decide::save_sign_off(vault, decision, typed.clone(), now)?;
    let Some(head) = decide::check(vault, decision, now)?.extent else { return Ok(()) };
    let view = decide::extent(vault, decision, 0, now)?;
    if head.count.held == 0 || view.refused || view.recipient.is_empty() {
        return Ok(());
    }
    // Nobody lets everything go: of a file with few notes one stays.
    let some = view.lines.len().saturating_sub(1).min(2);
    for (line, choice) in view.lines.iter().take(some).zip([Choice::Goes, Choice::WithoutName]) {
        if line.verdict.may() {
            decide::move_extent(vault, decision, &ExtentMove::Choose { item: line.item, choice }, 0, now)?;
        }
    }
    let view = decide::move_extent(vault, decision, &ExtentMove::RestStays, 0, now)?;
    for one in view.more {
        let why = "It shows since when, and how often.".to_owned();
        decide::move_extent(vault, decision, &ExtentMove::Needed { more: one.more, why }, 0, now)?;
    }
    Ok(())
}
