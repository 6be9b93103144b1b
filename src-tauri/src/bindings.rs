//! The one list of commands, and the test that the window's bindings are not stale.

#[cfg(test)]
mod closed_sets;

use tauri::Manager as _;
use tauri::ipc::Invoke;

use crate::commands::{
    account, agency, arrived, attached, calls, children, consent, countersign, decide, directory, emergency,
    end_of_use, extent, files, guidance, handover, help, library, referral, removal, restricted, search,
    session, share, slip, statement, today, typed, work,
};
use crate::session::Session;

/// Hands every command that the window can call to a macro that makes something of the list.
macro_rules! with_every_command {
    ($($make:ident)::+) => {
        $($make)::+![
            session::session,
            session::passphrase_strength,
            session::offer_passphrase,
            session::check_practitioner,
            session::create_vault,
            session::confirm_recovery_code,
            session::unlock,
            session::recover,
            session::change_passphrase,
            session::new_recovery_code,
            session::save_recovery_kit,
            session::lock,
            session::still_here,
            session::flushed,
            session::resize_text,
            session::save_settings,
            session::save_practitioner,
            session::backup_now,
            session::backups,
            session::backups_at_hand,
            session::second_place,
            session::choose_second_place,
            session::vault_lies_in,
            session::start_anew,
            session::verify_vault,
            session::confirm_head,
            session::trust_clock,
            session::rehearse_backup,
            session::rehearsal,
            session::rehearse,
            session::restore_vault,
            work::work_progress,
            work::stop_work,
            files::choose_save_path,
            files::choose_open_path,
            files::choose_folder,
            typed::spread_day,
            typed::read_day,
            today::today,
            today::more_duties,
            today::more_begun,
            today::duty,
            today::settle_obligation,
            today::drop_obligation,
            today::reopen_obligation,
            today::note_obligation,
            today::duties,
            today::duties_by_child,
            today::duties_of_no_file,
            today::duties_of_consent,
            today::duties_of,
            children::children,
            children::order_children,
            children::same_child,
            children::joining,
            children::join_files,
            children::part_files,
            children::not_printed,
            children::open_case,
            children::child_file,
            children::file_head,
            children::item_of,
            children::amend_case,
            children::nation_warning,
            children::add_person,
            children::amend_person,
            children::add_tie,
            children::end_tie,
            children::address_stays_whole,
            children::tie_kinds,
            children::flag_reviews,
            children::set_flags,
            children::lift_flag,
            children::add_item,
            children::to_copy,
            children::copy,
            children::add_visit,
            children::visit_of,
            children::add_lines,
            children::amend_visit,
            children::amend_item,
            children::withdraw_item,
            attached::papers,
            attached::offer_paper,
            attached::add_paper,
            attached::amend_paper,
            attached::withdraw_paper,
            attached::look_at_paper,
            attached::paper_piece,
            attached::read_through_paper,
            attached::let_page_go,
            attached::keep_paper_back,
            files::choose_paper,
            children::record_advice,
            children::record_disclosure,
            children::shares_to_record,
            children::identity_checks,
            directory::directory,
            directory::contact,
            directory::suggest_contacts,
            directory::add_contact,
            directory::change_contact,
            directory::remove_contact,
            directory::look_at_list,
            directory::take_list,
            directory::key_fingerprint,
            children::save_file_summary,
            children::leftovers_in_file,
            children::answer_leftovers,
            children::save_restricted_sheet,
            extent::extent,
            extent::move_extent,
            referral::referral,
            referral::copy_section,
            referral::sent_referral,
            calls::call,
            calls::call_gaps,
            calls::record_call,
            consent::consent_page,
            consent::consent_wording,
            consent::consent_givers,
            consent::givers_table,
            consent::record_consent,
            consent::withdrawal,
            consent::withdraw_consent,
            consent::strike_consent,
            slip::offer_slip,
            slip::slip,
            slip::save_slip,
            slip::save_signed_slip,
            slip::say_leaving,
            slip::begin_signing,
            slip::signing,
            slip::sign_slip,
            slip::stop_signing,
            slip::back_to_the_file,
            referral::save_referral_pdf,
            share::share,
            share::share_texts,
            share::offer_share_words,
            share::save_share,
            share::save_share_again,
            share::begin_share_form,
            share::share_form,
            share::copy_share_section,
            share::copy_share_message,
            share::share_sent,
            share::share_acknowledged,
            account::sharing_log,
            account::log_line,
            account::record_became,
            account::record_wrong_person,
            account::copy_breach_note,
            account::record_received,
            arrived::share_keys,
            arrived::make_share_key,
            arrived::bring_share_key,
            arrived::open_arrived,
            arrived::arrived_document,
            arrived::take_arrived,
            account::received_of,
            account::amend_received,
            account::withdraw_received,
            account::notice,
            account::copy_notice,
            account::notice_sent,
            account::notice_answered,
            children::elsewhere,
            children::record_elsewhere,
            children::leftovers_in_chronology,
            children::chronology_not_printed,
            children::save_chronology,
            statement::statements,
            statement::review_statement,
            statement::draft_statement,
            statement::statement,
            statement::statement_sent,
            statement::statement_answered,
            statement::leftovers_in_statement,
            statement::statement_not_printed,
            statement::save_statement,
            children::save_note,
            children::note,
            restricted::restricted_files,
            restricted::open_restricted,
            restricted::save_kept_from,
            restricted::to_set_apart,
            restricted::set_apart,
            decide::begin_decision,
            decide::doors,
            decide::begin_without_child,
            decide::door,
            decide::change_door,
            decide::requesters,
            decide::request,
            decide::amend_request,
            decide::place,
            decide::nation_change,
            decide::begin_anew,
            decide::question,
            decide::save_typing,
            decide::answer,
            decide::preview_change,
            decide::outcome,
            decide::save_sign_off,
            decide::check,
            decide::sign_off,
            decide::decision,
            decide::replay,
            decide::leftovers_in_decision,
            children::leftovers_in_share,
            decide::save_decision_pdf,
            countersign::countersigning,
            countersign::ask_countersignature,
            countersign::open_ask,
            countersign::check_countersign,
            countersign::answer_ask,
            countersign::said_here,
            countersign::open_answer,
            countersign::take_answer,
            decide::discard_draft,
            decide::confirm_expired,
            emergency::emergency_numbers,
            emergency::record_emergency,
            emergency::emergency,
            emergency::write_up_emergency,
            emergency::save_emergency_pdf,
            search::search,
            agency::agency_page,
            agency::agency_numbers,
            agency::take_agency_numbers,
            agency::preview_profile,
            agency::take_profile,
            agency::ask_to_be_enrolled,
            handover::handover_page,
            handover::import_recipient,
            handover::handover_offer,
            handover::check_handover,
            handover::make_handover,
            handover::rebuild_handover,
            handover::drop_handover,
            handover::take_receipt,
            removal::removal_page,
            removal::remove_copies,
            end_of_use::look_at_end,
            end_of_use::end_use,
            guidance::guidance_page,
            guidance::preview_pack,
            guidance::install_pack,
            guidance::remove_pack,
            guidance::import_agency_key,
            help::pack_terms,
            help::sources,
            help::licences,
            library::library,
            library::article,
            library::search_library,
            library::flow_map,
            library::decision_map,
            library::save_flow_map,
        ]
    };
}

/// What the window may call while somebody else has the screen to read a slip: the slip itself, its end, the lock, and
/// what shows nothing of a file. Everything else is refused at the door, whatever it is, until the passphrase is given.
const WHILE_SIGNING: &[&str] = &[
    "session",
    "lock",
    "still_here",
    "flushed",
    "resize_text",
    "work_progress",
    "signing",
    "sign_slip",
    "stop_signing",
    "back_to_the_file",
];

/// Whether a command is answered while somebody else has the screen.
fn stays_open(command: &str) -> bool {
    WHILE_SIGNING.contains(&command)
}

/// Answers the window's calls. What the commands take and give is not gathered for it, which takes time at each start.
pub fn answer() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    let handler: Box<dyn Fn(Invoke<tauri::Wry>) -> bool + Send + Sync> =
        Box::new(with_every_command!(tauri::generate_handler));
    move |invoke| {
        let open = stays_open(invoke.message.command());
        let ours = if open { Ok(()) } else { invoke.message.webview_ref().state::<Session>().is_ours() };
        match ours {
            Ok(()) => handler(invoke),
            Err(failure) => {
                invoke.resolver.reject(failure);
                true
            }
        }
    }
}

/// Every command that the window can call, with what it takes and gives.
#[cfg(test)]
fn commands() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::new()
        .error_handling(tauri_specta::ErrorHandlingMode::Result)
        .disable_serde_phases()
        .commands(with_every_command!(tauri_specta::collect_commands))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    /// What the window is given: the bindings, and the closed sets that follow from them.
    fn generated() -> [(&'static str, String); 2] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bindings.ts");
        let language = specta_typescript::Typescript::default().header(
            "// Generated from the commands by `cargo xtask bindings`. Never edited.\n// @ts-nocheck\n",
        );
        super::commands().export(language, &file).unwrap();
        // A word that is not chosen yet is empty, and the generator has no name for an empty word.
        let bindings = std::fs::read_to_string(&file).unwrap().replace("\n\"blank\" | ", "\n\"\" | ");
        // Everything that a page sends goes through one door, which mends what the shell could not read.
        let bindings = bindings.replacen("\"@tauri-apps/api/core\"", "\"./door\"", 1);
        let sets = super::closed_sets::written(&bindings)
            .unwrap_or_else(|of| panic!("{of} is no closed set in the bindings: mend the list of sets"));
        [("bindings.ts", bindings), ("closed_sets.ts", sets)]
    }

    macro_rules! names {
        ($($room:ident::$command:ident),* $(,)?) => { [$(stringify!($command)),*] };
    }

    #[test]
    fn every_command_but_those_of_the_slip_is_refused_while_somebody_else_has_the_screen() {
        let all = with_every_command!(names);
        assert!(all.len() > 150, "the list is that of the window");
        let open: Vec<&str> = all.into_iter().filter(|command| super::stays_open(command)).collect();
        let kept: std::collections::BTreeSet<&str> = super::WHILE_SIGNING.iter().copied().collect();
        assert_eq!(
            open.iter().copied().collect::<std::collections::BTreeSet<_>>(),
            kept,
            "each is a command"
        );
        // None of them takes an id or words by which it could be asked about a file: what they show is the slip, or
        // how the program stands.
        assert_eq!(kept.len(), super::WHILE_SIGNING.len());
        for command in
            ["child_file", "search", "today", "consent_page", "papers", "emergency_numbers", "emergency"]
        {
            assert!(all.contains(&command) && !super::stays_open(command), "{command}");
        }
    }

    /// With `SHAREWELL_WRITE_BINDINGS=1` (`cargo xtask bindings`) the files are written anew.
    #[test]
    fn bindings_are_what_the_commands_say() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib");
        for (name, fresh) in generated() {
            let path = folder.join(name);
            if std::env::var("SHAREWELL_WRITE_BINDINGS").is_ok() {
                std::fs::write(&path, fresh).unwrap();
                continue;
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            let differs = fresh.lines().zip(kept.lines()).position(|(new, old)| new != old);
            assert!(
                fresh == kept,
                "{name} is stale from line {}: run `cargo xtask bindings`",
                differs.map_or(kept.lines().count(), |at| at + 1)
            );
        }
    }
}
