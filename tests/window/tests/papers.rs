//! Papers: added, looked at inside the window by keyboard, corrected and withdrawn. What cannot be drawn says so, a
//! script in a document does nothing, and the page reaches for nothing outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sharewell_window::{Driver, Start, Window, guided};

/// A PDF of so many pages, each with its own words; `more` stands in its catalogue. With a picture, it is one in JPEG
/// 2000, which the window has nothing to decode with.
fn pdf(pages: &[&str], more: &str, picture: bool) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {more} >>"),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray \
         /Filter /JPXDecode /Length 4 >>\nstream\nnone\nendstream"
            .to_owned(),
    ];
    let mut kids = String::new();
    for text in pages {
        let drawing = if picture { "q 200 0 0 200 60 400 cm /P Do Q" } else { "" };
        let stream = format!("BT /F1 28 Tf 60 700 Td ({text}) Tj ET {drawing}");
        let content = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 3 0 R >> /XObject << /P 4 0 R >> >> >>"
        ));
        let _ = write!(kids, "{} 0 R ", objects.len());
        objects.push(format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let (mut file, mut places) = ("%PDF-1.7\n".to_owned(), Vec::new());
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ =
        write!(file, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// A page with a picture in JBIG2: eight white dots by eight, in one region that is packed as a fax is.
fn picture_in_jbig2() -> Vec<u8> {
    let page = "000000003000010000001300000008000000080000000000000000000000";
    let region = "0000000126000100000016000000080000000800000000000000000001FF001001";
    let hex = format!("{page}{region}>");
    let plain = String::from_utf8(pdf(&["With a fax"], "", true)).unwrap();
    let old = "/Filter /JPXDecode /Length 4 >>\nstream\nnone\nendstream";
    let new =
        format!("/Filter [/ASCIIHexDecode /JBIG2Decode] /Length {} >>\nstream\n{hex}\nendstream", hex.len());
    assert!(plain.contains(old));
    // Where objects stand has moved: readers find them again.
    plain.replace(old, &new).replace("/BitsPerComponent 8", "/BitsPerComponent 1").into_bytes()
}

/// A page in Chinese, by a character map that readers bring and in a font that the document does not.
fn chinese() -> Vec<u8> {
    let plain = String::from_utf8(pdf(&["X"], "", false)).unwrap();
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [<< \
                /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) \
                /Ordering (GB1) /Supplement 2 >> >>] >>";
    let plain = plain.replace("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", font);
    plain.replace("(X) Tj", "<CBFDBADCBAA6C5C2> Tj").into_bytes()
}

/// A red square of 64 dots.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsEty/aMYywi+hcEKLNO+FgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQGBywLKp0DxvxLbjwAAAABJRU5ErkJggg==";

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    for old in fs::read_dir(folder).unwrap() {
        fs::remove_file(old.unwrap().path()).unwrap();
    }
    fs::write(folder.join(name), bytes).unwrap();
}

async fn add(window: &Window, file: &str, what: &str) {
    window.go(&format!("{file}/papers/new")).await;
    window.heading("Add a paper").await;
    window.press("Choose a file").await;
    window.see("with the next backup").await;
    window.fill("What is it?", what).await;
    window.fill("Where did it come from?", "Fablewell Primary School").await;
    window.pick("when", "day").await;
    window.press("Today").await;
    window.press("Add it to the file").await;
    window.heading("Papers").await;
    window.see(what).await;
}

/// Whether the drawing has ink on it.
const INK: &str = "const canvas = document.querySelector('.sw-paper canvas');
    if (!canvas || !canvas.width) return false;
    const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    for (let at = 0; at < dots.length; at += 4) if (dots[at] < 100 && dots[at + 3] > 200) return true;
    return false;";

#[tokio::test]
async fn papers_are_added_looked_at_corrected_and_withdrawn_and_reach_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let driver = Driver::start(Start::demo().with("SHAREWELL_SAVE_DIR", folder.path()));
    let window = driver.open().await;
    window
        .until("Today", "return location.hash.startsWith('#/today') || location.hash === '';", vec![])
        .await;
    let file = guided::child(&window, "Bo Placeholder", "6").await;
    window.press("Papers").await;
    window.see("No papers in this file yet").await;
    window.sound("130-papers-none").await;

    // Nothing chosen, nothing said: all of it is told.
    window.press("Add a paper").await;
    window.heading("Add a paper").await;
    window.press("Add it to the file").await;
    window.see("Choose a file").await;
    put(folder.path(), "zoo.pdf", b"PK\x03\x04 a zipped folder");
    window.press("Choose a file").await;
    put(folder.path(), "empty.pdf", b"");
    window.press("Choose").await;
    window.see("There is nothing in the file").await;
    window.sound("131-paper-refused").await;

    let script = "/OpenAction << /S /JavaScript /JS (window.ran = 1; app.alert\\(1\\)) >>";
    put(folder.path(), "report.pdf", &pdf(&["Canary umber heron", "Second page"], script, false));
    add(&window, &file, "Hospital report").await;
    window.sound("132-papers").await;
    window.press("Hospital report").await;
    window.see("Page 1 of 2").await;
    window.until("a page that is drawn", INK, vec![]).await;
    let text = "return (document.querySelector('[data-page-text]')?.textContent ?? '').includes('Canary umber heron');";
    window.until("what the page says", text, vec![]).await;
    window.sound("133-paper-pdf").await;
    let reached = "return [...performance.getEntriesByType('resource')].map((one) => one.name).filter((name) => /^https?:/.test(name) && !name.includes('ipc.localhost') && !name.includes('tauri.localhost'));";
    assert_eq!(window.script(reached, vec![]).await, serde_json::json!([]), "nothing outside was asked");
    assert_eq!(window.script("return window.ran ?? null;", vec![]).await, serde_json::Value::Null);
    // What it holds is told, and each page goes once somebody looked at it.
    window.see("a script, a film, a button").await;
    window.press("I looked at page 1: it may go").await;
    window.see("1 of 2 pages looked at").await;
    window.see("Page 2 of 2").await;
    window.press("I looked at page 2: it may go").await;
    window.see("Every page was looked at").await;
    window.sound("138-paper-looked-through").await;
    window.press("Keep it back: look again from the start").await;
    window.see("0 of 2 pages looked at").await;
    let level = "const tools = document.querySelector('.sw-paper__tools'); const middles = [...tools.querySelectorAll('button')].map((one) => { const box = one.getBoundingClientRect(); return Math.round(box.top + box.height / 2); }); return middles.length === 4 && Math.max(...middles) - Math.min(...middles) <= 1;";
    assert_eq!(window.script(level, vec![]).await, true, "the buttons stand on one line");
    window.press("Larger").await;
    window.see("150").await;
    window.until("a page that is drawn larger", INK, vec![]).await;
    window.sound("134-paper-larger").await;
    window.go(&file).await;
    window.heading("Bo Placeholder").await;
    window.see("From Fablewell Primary School").await;
    let nothing = "return !document.documentElement.outerHTML.includes('umber heron') && !document.querySelector('canvas');";
    assert_eq!(window.script(nothing, vec![]).await, true, "what was looked at goes with its page");

    // A picture inside that this window cannot decode is told; so is a document that is broken.
    put(folder.path(), "scan.pdf", &pdf(&["With a picture"], "", true));
    add(&window, &file, "A scanned letter").await;
    window.press("A scanned letter").await;
    window.see("saved as JPEG 2000 or JBIG2").await;
    window.until("the rest of the page", INK, vec![]).await;
    window.see("cannot be drawn whole here, so it cannot go along").await;
    // The same in JBIG2, and in letters of a character map that no document brings.
    put(folder.path(), "fax.pdf", &picture_in_jbig2());
    add(&window, &file, "A fax").await;
    window.press("A fax").await;
    window.see("saved as JPEG 2000 or JBIG2").await;
    put(folder.path(), "chinese.pdf", &chinese());
    add(&window, &file, "A Chinese letter").await;
    window.press("A Chinese letter").await;
    let said = "return (document.querySelector('[data-page-text]')?.textContent ?? '').includes('她很害怕');";
    window.until("what a Chinese page says", said, vec![]).await;
    put(folder.path(), "broken.pdf", b"%PDF-1.7\nthis is all that there is");
    add(&window, &file, "A broken report").await;
    window.press("A broken report").await;
    window.see("This PDF cannot be shown here").await;
    window.sound("135-paper-broken").await;

    put(folder.path(), "photo.png", &from_base64(PNG));
    add(&window, &file, "Photograph of a drawing").await;
    window.press("Photograph of a drawing").await;
    let shown =
        "const image = document.querySelector('.sw-paper img'); return !!image && image.naturalWidth === 64;";
    window.until("the picture", shown, vec![]).await;
    window.sound("136-paper-picture").await;

    put(folder.path(), "note.txt", "Ayla 说她害怕。\nSecond line.".as_bytes());
    add(&window, &file, "Message").await;
    window.press("Message").await;
    window.see("说她害怕").await;
    window.press("Withdraw").await;
    window.heading("Withdraw this paper").await;
    window.fill("Why was it added in error?", "It belongs to another file").await;
    window.press("Withdraw it").await;
    window.heading("Papers").await;
    assert!(!window.shows("Message").await);
    window.sound("137-papers-after").await;
    window.close().await;
}

/// Base 64 as bytes.
fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|one| *one == letter).unwrap();
        bits = (bits << 6) | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}
