//! Checking a rule: inputs of its grammar, and all that is in its corpus.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use servicenow_itsm_properties::{Rule, in_project};

/// Without another one in `PROPTEST_RNG_SEED`.
const SEED: u64 = 20_261_124;

/// Checks some inputs, the same ones each time. One that breaks the rule is made as small as it
/// gets.
pub fn check_inputs(rule: &Rule, count: u32) {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(SEED);
    let config = Config {
        cases: count,
        rng_seed: RngSeed::Fixed(seed),
        // What has broken a rule once is kept in the corpus.
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let checked = TestRunner::new(config).run(&(rule.inputs)(), |input| {
        outcome(rule, input.as_bytes()).map_err(TestCaseError::fail)
    });
    if let Err(error) = checked {
        panic!(
            "{error}\nTo repeat it: PROPTEST_RNG_SEED={seed} cargo test -p \
             servicenow-itsm-properties\nTo keep it: put the input into fuzz/corpus/{}/",
            rule.name
        );
    }
}

/// Checks every file of the corpus.
pub fn check_corpus(rule: &Rule) {
    let folder = in_project("fuzz/corpus").join(rule.name);
    let files =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    let broken: Vec<String> = paths
        .iter()
        .filter_map(|path| {
            let error = outcome(rule, &std::fs::read(path).unwrap()).err()?;
            Some(format!("{}\n{error}", path.display()))
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

fn outcome(rule: &Rule, input: &[u8]) -> Result<(), String> {
    HOOK.call_once(hold_back_what_is_caught);
    CATCHES.set(true);
    let checked = catch_unwind(AssertUnwindSafe(|| (rule.check)(input)));
    CATCHES.set(false);
    checked.map_err(|_| CAUGHT.take())
}

static HOOK: Once = Once::new();

thread_local! {
    static CATCHES: Cell<bool> = const { Cell::new(false) };
    static CAUGHT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// An input that is being made smaller breaks its rule hundreds of times: only the last is printed.
fn hold_back_what_is_caught() {
    let print = take_hook();
    set_hook(Box::new(move |info| {
        if CATCHES.get() {
            CAUGHT.set(info.to_string());
        } else {
            print(info);
        }
    }));
}
