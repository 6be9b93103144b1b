//! What a reader finds in a PDF: the words on its pages and the files attached to it (poppler-utils).

use std::path::Path;
use std::process::Command;

fn run(program: &str, args: &[&str]) -> Vec<u8> {
    let done = Command::new(program).args(args).output();
    let done = done.unwrap_or_else(|error| panic!("{program} of poppler-utils does not run: {error}"));
    assert!(done.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// Every page's words, what the file says of itself and every attachment, each with where it stands. There is
/// at least one of each: a document of ours carries its record.
pub fn everything_in(pdf: &Path) -> Vec<(String, String)> {
    let all = all_of(pdf);
    assert!(all.len() > 4, "the record is attached");
    all
}

/// The same of a paper that carries no record, since it leaves the agency.
pub fn all_of(pdf: &Path) -> Vec<(String, String)> {
    let file = pdf.to_str().unwrap();
    let pages = String::from_utf8(run("pdftotext", &["-layout", file, "-"])).unwrap();
    assert!(pages.split_whitespace().count() > 20, "the pages have words to read");
    let mut all = vec![("pages".to_owned(), pages)];
    // Title, author and dates, in both places where a PDF keeps them, and the names of what is attached.
    for (place, program, args) in [
        ("information", "pdfinfo", [file].as_slice()),
        ("metadata", "pdfinfo", ["-meta", file].as_slice()),
        ("attachments", "pdfdetach", ["-list", file].as_slice()),
    ] {
        all.push((place.to_owned(), String::from_utf8(run(program, args)).unwrap()));
    }
    let out = tempfile::tempdir().unwrap();
    // The folder must be there already, and -o names a folder only together with -saveall.
    run("pdfdetach", &["-saveall", "-o", out.path().to_str().unwrap(), file]);
    for entry in std::fs::read_dir(out.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        all.push((name, String::from_utf8(std::fs::read(path).unwrap()).unwrap()));
    }
    all
}

/// The paper as it is once these words opened it.
pub fn decrypted(pdf: &Path, words: &str, into: &Path) {
    let password = format!("--password={words}");
    run("qpdf", &[&password, "--decrypt", pdf.to_str().unwrap(), into.to_str().unwrap()]);
}
