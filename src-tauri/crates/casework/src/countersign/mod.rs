//! A second person's word on a signed decision (A15): asked for by file, given on another laptop, taken back.
//!
//! Both files are sealed under one code, which the asker's vault keeps until the answer is there and which goes
//! by telephone, never beside the file. Whoever answers sees the decision worked out anew from the entry's own
//! bytes, and signs over the entry's hash. Their vault keeps what they said, and nothing of the child. A decision
//! never waits for any of this: what has to be shared is shared first (condition 12).

mod answer;
mod ask;
mod code;

pub use answer::{OpenAsk, SaveAnswer, answer_ask, check_word, open_ask, said_here};
pub use ask::{
    OpenAnswer, SaveAsk, TakeAnswer, ask_countersignature, countersigning, open_answer, take_answer,
};
