//! `sharewellctl`: the command-line side of Sharewell.
//!
//! Arguments in, one use case called, plain words or JSON out. It holds no rule: guidance is followed and
//! checked by `guidance`, vaults are opened and handed over by `casework`. No secret is ever taken from an
//! argument. Exit status: 0 fine, 1 findings or refused, 2 misuse or cannot run.

mod advice;
mod agency;
mod answers;
mod args;
mod decide;
mod end;
mod error;
mod failure;
mod fields;
mod handover;
mod intake;
mod json;
mod pack;
mod pack_file;
mod pack_review;
mod passphrase;
mod question;
mod receipt;
mod sample;
mod say;
mod search;
mod share;
mod vault;

use std::process::ExitCode;

use clap::Parser;
use sharewell_casework::{clock, records::Day};

use args::{Args, PackVerb, ShareVerb, VaultVerb, Verb};
use say::Said;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        // Help and version are answers; anything else is misuse. Clap prints each where it belongs.
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    match run(&args) {
        Ok(said) => said.print(args.json),
        Err(error) => error.print(args.json),
    }
}

fn run(args: &Args) -> Result<Said, error::Error> {
    match &args.verb {
        Verb::Pack { verb: PackVerb::Check { dirs, today } } => {
            pack::check(dirs, today.map_or_else(|| clock::day_of(clock::now()), Day))
        }
        Verb::Pack { verb: PackVerb::Show { pack, form: None } } => pack::show(pack),
        Verb::Pack { verb: PackVerb::Show { pack, form: Some(form) } } => pack::map(pack, *form),
        Verb::Pack { verb: PackVerb::Review { dir, by, role, says, on } } => {
            pack_review::review(dir, by, role, says, *on)
        }
        Verb::Pack { verb: PackVerb::Keygen { out } } => pack_file::keygen(out),
        Verb::Pack { verb: PackVerb::Sign { dir, key, out } } => pack_file::sign(dir, key, out),
        Verb::Pack { verb: PackVerb::Verify { file, key } } => pack_file::verify(file, key),
        Verb::Decide(decide) => decide::decide(decide),
        Verb::Sample(sample) => sample::sample(sample),
        Verb::Vault { verb: VaultVerb::Verify { vault, heads } } => vault::verify(vault, heads),
        Verb::Vault { verb: VaultVerb::Confirm { vault, head, clock } } => {
            vault::confirm(vault, head.as_deref(), *clock)
        }
        Verb::Vault { verb: VaultVerb::Backup { vault, copy_to } } => {
            vault::backup(vault, copy_to.as_deref())
        }
        Verb::Vault { verb: VaultVerb::Rehearse { from } } => vault::rehearse(from),
        Verb::Vault { verb: VaultVerb::Restore { vault, from, set_aside } } => {
            vault::restore(vault, from, *set_aside)
        }
        Verb::Vault { verb: VaultVerb::Receipt { file, vault } } => receipt::receipt(vault, file),
        Verb::Search { vault, query } => search::search(vault, query),
        Verb::Intake(intake) => intake::intake(intake, args.json),
        Verb::Agency { verb } => agency::agency(verb),
        Verb::Share { verb: ShareVerb::Key { out } } => share::key(out),
        Verb::Share { verb: ShareVerb::Open { file, key, to, signer } } => share::open(file, key, to, signer),
        Verb::Handover(handover) => handover::handover(handover),
        Verb::End { verb } => end::end(verb),
    }
}
