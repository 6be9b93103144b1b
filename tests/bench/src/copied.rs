//! Taking in into PostgreSQL, against a bare COPY into the same tables of the same server, with the same constraints
//! and the same commit. The server is the system's own package, started on loopback for as long as it is measured, with
//! its writes brought to the disk as it would by itself. Its folder stands in the system's folder for temporary files.

use std::path::Path;
use std::time::Duration;

use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;
use sharewell_intake::store::{Postgres, Server as Address, sql};

use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::intake::{Row, Side, rounds, rows, told};
use crate::laptop::Laptop;
use crate::report::Report;
use crate::server::Server;
use crate::timing::{Times, by_turns, timed};

const SEED: u64 = 20_260_312;
/// Above this a handover would pass what its own reader takes in at once.
const MOST: u64 = 100_000;
const WHAT: (&str, &str) = (
    "taking in: the store's part in PostgreSQL, against a bare COPY into the same tables",
    "taking in: decrypting and verifying, beside the store's part in PostgreSQL",
);

/// Measures every size. Says why not, where there is no server to be had.
pub fn measure(dir: &Path, sizes: &[u64], report: &mut Report) -> Result<Option<String>> {
    let settings = ["fsync=on", "synchronous_commit=on", "shared_buffers=128MB", "max_wal_size=2GB"];
    let server = match Server::start_with(|_| Ok(settings.map(str::to_owned).to_vec())) {
        Ok(server) => server,
        Err(why) => return Ok(Some(why)),
    };
    for &size in sizes.iter().filter(|size| **size <= MOST) {
        one_size(&server, dir, size, report)?;
    }
    Ok(None)
}

fn one_size(server: &Server, dir: &Path, size: u64, report: &mut Report) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("sharewell-bench-").tempdir_in(dir)?;
    let laptop = Laptop::new(SEED, size)?;
    let desk = Desk::of(std::iter::once(&laptop))?;
    let (file, rows) = (desk.given(&laptop, folder.path())?, rows(&laptop)?);
    drop(laptop);
    let mut reading = Times::default();
    let mut number = 0;
    let named = |number: &mut u32| {
        *number += 1;
        let name = format!("bench_{size}_{number}");
        server.database(&name, &sql(&[]));
        name
    };
    let (stored, bare) = by_turns(
        rounds(size),
        &mut number,
        |number, _| {
            let name = named(number);
            let mut store = Postgres::connect(&Address::parse(&server.address("desk_intake", &name))?)?;
            let took = desk.take(&mut store, &file)?;
            reading.0.push(took.read());
            drop(store);
            gone(server, &name)?;
            Ok(took.stored)
        },
        |number, _| {
            let name = named(number);
            let took = bare_copy(server, &name, &rows)?;
            gone(server, &name)?;
            Ok(took)
        },
    )?;
    let read = Times(reading.0.split_off(reading.0.len().saturating_sub(stored.0.len())));
    told(report, size, Side { stored, read, bare }, WHAT);
    Ok(())
}

fn gone(server: &Server, name: &str) -> Result<()> {
    Ok(server.client("admin", "postgres").batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"))?)
}

fn bare_copy(server: &Server, name: &str, rows: &[Row]) -> Result<Duration> {
    let mut client = server.client("admin", name);
    client.batch_execute("SET search_path = sharewell")?;
    let file = [7_u8; 32];
    let took = timed(|| {
        let mut tx = client.transaction()?;
        let copy = tx.copy_in("COPY seen (origin, sequence, entry_hash) FROM STDIN BINARY")?;
        let mut seen = BinaryCopyInWriter::new(copy, &[Type::TEXT, Type::INT8, Type::BYTEA]);
        for row in rows {
            seen.write(&[&row.origin, &row.sequence, &&row.entry_hash[..]])?;
        }
        seen.finish()?;
        let copy = tx.copy_in(
            "COPY entries (part, origin, sequence, case_id, kind, header, payload_hash, salt, stored, file) \
             FROM STDIN BINARY",
        )?;
        let text = Type::TEXT;
        let bytes = Type::BYTEA;
        let types = [
            text.clone(),
            text.clone(),
            Type::INT8,
            text.clone(),
            text.clone(),
            text,
            bytes.clone(),
            bytes.clone(),
            bytes.clone(),
            bytes,
        ];
        let mut entries = BinaryCopyInWriter::new(copy, &types);
        for row in rows {
            let part = row.case.as_ref().unwrap_or(&row.origin);
            entries.write(&[
                part,
                &row.origin,
                &row.sequence,
                &row.case,
                &row.kind,
                &row.header,
                &&row.payload_hash[..],
                &&row.salt[..],
                &row.stored,
                &&file[..],
            ])?;
        }
        let copied = entries.finish()?;
        tx.commit()?;
        if copied == rows.len() as u64 { Ok(()) } else { Err(Error::NotTheSame("a COPY lost rows")) }
    })?
    .1;
    Ok(took)
}
