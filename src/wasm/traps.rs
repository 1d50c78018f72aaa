//! Faults on purpose, for the test of what happens after one. Only in a build with the feature
//! `traps`, which nothing but that test makes.

/// Fails the way that a text names, if it names one.
#[expect(clippy::panic, reason = "this is what it is for")]
pub fn spring(text: &str) {
    if text.contains("TRAP: panic") {
        panic!("{text}");
    } else if text.contains("TRAP: stack") {
        overflow(&[0; 256]);
    } else if text.contains("TRAP: memory") {
        let mut all = Vec::new();
        loop {
            all.push(Vec::<u8>::with_capacity(1 << 26));
            std::hint::black_box(&all);
        }
    } else if text.contains("TRAP: throw") {
        wasm_bindgen::throw_str(text);
    }
}

/// Calls itself until the stack ends.
#[expect(unconditional_recursion, reason = "this is what it is for")]
fn overflow(bytes: &[u8; 256]) {
    let mut copy = *bytes;
    std::hint::black_box(&mut copy);
    overflow(&copy);
    std::hint::black_box(&copy);
}
