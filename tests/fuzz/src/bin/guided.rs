//! One reader under libFuzzer, which keeps what reaches code that nothing reached before.
#![no_main]

use std::sync::LazyLock;

use sharewell_fuzz::Reader;

/// Says which.
const NAME: &str = "SHAREWELL_READER";

static READER: LazyLock<&Reader> = LazyLock::new(|| {
    let name = std::env::var(NAME).unwrap_or_default();
    sharewell_fuzz::reader(&name).unwrap_or_else(|| panic!("{NAME} names no reader: {name}"))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(too_much) = READER.stands(bytes) {
        panic!("{too_much}");
    }
});
