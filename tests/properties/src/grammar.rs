//! What the grammars of inputs are written with.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Texts at random.
pub type Texts = BoxedStrategy<String>;

/// One of these.
pub fn one_of(texts: &'static [&'static str]) -> Texts {
    select(texts).prop_map(str::to_owned).boxed()
}

/// Some of them, one after another.
pub fn some(texts: Texts, most: usize, between: &'static str) -> Texts {
    prop::collection::vec(texts, 0..=most).prop_map(move |texts| texts.join(between)).boxed()
}

/// A text around others.
pub fn around(before: &'static str, texts: Texts, after: &'static str) -> Texts {
    texts.prop_map(move |text| format!("{before}{text}{after}")).boxed()
}

/// Several, one after another.
pub fn joined<const COUNT: usize>(parts: [Texts; COUNT]) -> Texts {
    Vec::from(parts).prop_map(|parts| parts.concat()).boxed()
}

/// Texts of any kind, with those among them that mean something to somebody.
pub fn words() -> Texts {
    prop_oneof![
        one_of(&[
            "",
            " ",
            "x",
            "two words",
            "0",
            "-1.5",
            "1e3",
            "true",
            "null",
            "Zoë",
            "a\"b\\c\n/",
            "it's",
            "<b>&amp;</b>",
            "{{x}}",
            "{{",
            "}}",
            "a;b",
            "1,2",
            "\t",
            "\r\n",
            "\0\u{1f}\u{7f}",
            "\u{2028}",
            "\u{a0}",
            "\u{1f600}",
            "\u{feff}",
            "2026-05-04T03:02:01.000Z",
            "__proto__",
        ]),
        "\\PC{0,12}",
        "[a-z.]{1,8}",
    ]
    .boxed()
}

/// Numbers as somebody may write them.
pub fn numbers() -> Texts {
    prop_oneof![
        (-100..1000_i32).prop_map(|number| number.to_string()),
        one_of(&[
            "0",
            "-0",
            "1",
            "2",
            "0.1",
            "0.2",
            "-1.5",
            "91.25",
            "1e21",
            "1e-7",
            "5e-324",
            "1.7976931348623157e308",
            "123456789012345680000",
            "1782943509087",
            "9007199254740993",
        ]),
        any::<f64>().prop_filter_map("no number of JSON's", |number| {
            number.is_finite().then(|| format!("{number:e}"))
        }),
    ]
    .boxed()
}

/// The text of a grammar that a seed stands for.
#[must_use]
pub fn sample(texts: &Texts, seed: u32) -> String {
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = seed.to_le_bytes()[place % 4] ^ u8::try_from(place * 29).unwrap_or(0);
    }
    let rng = TestRng::from_seed(RngAlgorithm::XorShift, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    texts.new_tree(&mut runner).map(|tree| tree.current()).unwrap_or_default()
}
