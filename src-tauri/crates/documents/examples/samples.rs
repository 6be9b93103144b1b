//! Prints one fictional document of each kind, and an empty and a hostile one, into a folder, to look at:
//! `cargo run -p sharewell-documents --example samples -- FOLDER`.

#[path = "../src/tests/samples.rs"]
#[allow(clippy::expect_used)]
mod samples;
#[path = "../src/tests/sheets.rs"]
mod sheets;

use std::path::PathBuf;
use std::time::Instant;

use sharewell_documents::DecisionDocument;
use sharewell_records::Protection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    type Make = fn() -> sharewell_documents::Result<Vec<u8>>;
    let all: [(&str, Make); 9] = [
        ("decision", || sharewell_documents::decision(&samples::decision(), &Protection::default())),
        ("emergency", || sharewell_documents::emergency(&samples::emergency(), &Protection::default())),
        ("file-summary", || {
            sharewell_documents::file_summary(&samples::file_summary(), &Protection::default())
        }),
        ("restricted-sheet", || sharewell_documents::restricted_sheet(&sheets::restricted_sheet())),
        ("recovery-kit", || sharewell_documents::recovery_kit(&samples::recovery_kit())),
        ("share", || sharewell_documents::share(&sheets::share(), &Protection::default())),
        ("share-encrypted", || {
            sharewell_documents::share_encrypted(&sheets::share(), &Protection::default(), "example words")
        }),
        ("decision-empty", || {
            let empty: DecisionDocument = samples::reshape(&samples::decision(), &|_| String::new(), false);
            sharewell_documents::decision(&empty, &Protection::default())
        }),
        ("decision-hostile", || {
            let hostile: DecisionDocument =
                samples::reshape(&samples::decision(), &|_| samples::hostile(), true);
            sharewell_documents::decision(&hostile, &Protection::default())
        }),
    ];
    for (name, make) in all {
        let start = Instant::now();
        let pdf = make()?;
        println!("{name}: {} bytes in {:.2} s", pdf.len(), start.elapsed().as_secs_f32());
        std::fs::write(folder.join(format!("{name}.pdf")), pdf)?;
    }
    Ok(())
}
