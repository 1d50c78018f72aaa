//! Changes at random, the same ones each time: no key brings the module down, and none signs wrong.

#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod support;

use support::keys::{PASSPHRASE, assertion, der, file, parse, pem};

/// A small generator, so that a failure comes again.
struct Random(u64);

#[cfg(test)]
impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap().checked_rem(limit).unwrap()
    }

    fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

#[test]
fn whatever_is_changed_in_a_key_it_is_refused_or_signs_as_before() {
    let mut random = Random(1);
    for (name, label) in [
        ("pkcs1", "RSA PRIVATE KEY"),
        ("pkcs8", "PRIVATE KEY"),
        ("encrypted-aes128", "ENCRYPTED PRIVATE KEY"),
    ] {
        let key = der(&file(&format!("{name}.pem")));
        for _ in 0..150 {
            let mut key = key.clone();
            for _ in 0..=random.below(2) {
                // The heads, where the structure is, more often than the numbers.
                let limit = if random.below(2) == 0 { 120 } else { key.len() };
                let at = random.below(limit);
                key[at] = u8::try_from(random.below(256)).unwrap();
            }
            if let Ok(key) = parse(&pem(label, &key), Some(PASSPHRASE)) {
                assert_eq!(assertion(&key).unwrap(), file("pkcs1.assertion"));
            }
        }
    }
}

#[test]
fn whatever_is_changed_in_a_text_it_is_refused_or_signs_as_before() {
    let mut random = Random(2);
    for name in ["pkcs8.pem", "traditional-aes256.pem", "pkcs12-bag.pem"] {
        let text: Vec<char> = file(name).chars().collect();
        for _ in 0..300 {
            let mut text = text.clone();
            let limit = if random.below(2) == 0 { 120 } else { text.len() };
            let at = random.below(limit);
            match random.below(4) {
                0 => drop(text.remove(at)),
                1 => text.truncate(at),
                2 => text.insert(at, *random.pick(&['-', '\\', ':', ',', '\n', 'é', '\0', '='])),
                _ => text[at] = *random.pick(&['-', 'A', ' ', '\u{1f511}', '/']),
            }
            let text: String = text.into_iter().collect();
            if let Ok(key) = parse(&text, Some(PASSPHRASE)) {
                assert_eq!(assertion(&key).unwrap(), file("pkcs1.assertion"));
            }
        }
    }
}
