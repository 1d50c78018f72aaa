//! What the fuzz targets share: each checks one rule of `tests/properties`. Inputs are changed by
//! libFuzzer, and now and then a part of one is made by the rule's grammar.

use std::cell::RefCell;
use std::fmt::{Debug, Formatter, Result};

use arbitrary::{Arbitrary, Unstructured};
use servicenow_itsm_properties::Rule;
use servicenow_itsm_properties::grammar::{Texts, sample};

pub use libfuzzer_sys;
pub use servicenow_itsm_properties as properties;

/// An input, which a person reads as text.
pub struct Input(pub Vec<u8>);

impl<'a> Arbitrary<'a> for Input {
    fn arbitrary(unstructured: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let length = unstructured.len();
        unstructured.bytes(length).map(|bytes| Self(bytes.to_vec()))
    }
}

impl Debug for Input {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        match std::str::from_utf8(&self.0) {
            Ok(text) => write!(formatter, "{text:?}"),
            Err(_) => write!(formatter, "b\"{}\"", self.0.escape_ascii()),
        }
    }
}

thread_local! {
    static GRAMMAR: RefCell<Option<(Texts, Texts)>> = const { RefCell::new(None) };
}

/// Changes the first `size` bytes of an input, and says how many it has then.
pub fn mutate(rule: &Rule, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let made = match seed % 16 {
        0 => GRAMMAR.with_borrow_mut(|grammar| {
            let (inputs, _) = grammar.get_or_insert_with(|| ((rule.inputs)(), (rule.pieces)()));
            sample(inputs, seed).into_bytes()
        }),
        1..6 => GRAMMAR.with_borrow_mut(|grammar| {
            let (_, pieces) = grammar.get_or_insert_with(|| ((rule.inputs)(), (rule.pieces)()));
            let place = seed as usize / 16 % (size + 1);
            // Into the input, or over what is there.
            let piece = sample(pieces, seed);
            let end = if seed % 32 < 16 { place } else { (place + piece.len()).min(size) };
            [&data[..place], piece.as_bytes(), &data[end..size]].concat()
        }),
        _ => return libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    };
    let length = made.len().min(max_size);
    data[..length].copy_from_slice(&made[..length]);
    length
}

/// A target that checks the rule of a module.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        $crate::libfuzzer_sys::fuzz_target!(|input: $crate::Input| {
            ($crate::properties::$name::RULE.check)(&input.0);
        });

        $crate::libfuzzer_sys::fuzz_mutator!(|data: &mut [u8],
                                              size: usize,
                                              max_size: usize,
                                              seed: u32| {
            $crate::mutate(&$crate::properties::$name::RULE, data, size, max_size, seed)
        });
    };
}
