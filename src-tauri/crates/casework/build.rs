//! Asks for a new build when a guidance pack gains or loses a file: packs are embedded.

fn main() {
    println!("cargo:rerun-if-changed=../../../assets/guidance");
}
