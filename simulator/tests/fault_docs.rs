//! The table of faults in the documentation, made of the catalogue.

use std::fmt::Write as _;
use std::path::Path;

use servicenow_simulator::faults::{Facts, Parameter, Write, catalogue};

const INTRODUCTION: &str = "# Faults

Everything that is known to go wrong with an instance, each by its number in the fact sheet \
(servicenow-instance.md 12). A rule names a fault and says to which calls it happens: see \
[the simulator](README.md#faults).

- *Happens to*: the calls that a rule without conditions is for. The rule's conditions narrow them \
down. With a `path`, the faults marked with ¹ happen there instead.
- *Write*: whether what the call wants written is written. It is not, or it is, unless the rule's \
`committed` says otherwise; where it says *as ever*, the call is carried out and `committed` is \
not taken.
- *Takes*: what a rule can say beside its conditions, `delay` and `committed`. Of the variants, the \
first one is what happens when the rule does not choose. A number in brackets is what is taken \
when the rule does not say.

This page is made of the source: `WRITE_DOCS=1 cargo test -p servicenow-simulator --test \
fault_docs` writes it anew.

| no. | fault | what a client sees | happens to | write | takes |
| --- | --- | --- | --- | --- | --- |
";

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for facts in catalogue() {
        let Facts { number, fault, title, wire, place, .. } = facts;
        let moves = if facts.moves() { "¹" } else { "" };
        let _ = writeln!(
            page,
            "| {number} | `{}` {title} | {wire} | {}{moves} | {} | {} |",
            fault.id(),
            place.text(),
            write(facts.write),
            takes(facts),
        );
    }
    page
}

fn write(write: Write) -> &'static str {
    match write {
        Write::Refused => "no",
        Write::Committed => "yes",
        Write::Done => "as ever",
    }
}

fn takes(facts: &Facts) -> String {
    let name = |parameter: &Parameter| match parameter {
        Parameter::Text => "`text`",
        Parameter::Column => "`column`",
        Parameter::Length => "`length`",
        Parameter::RetryAfter => "`retryAfter`",
        Parameter::Location => "`location`",
    };
    let variants: Vec<String> =
        facts.variants.iter().map(|variant| format!("`{variant}`")).collect();
    let mut takes: Vec<String> =
        facts.parameters.iter().map(|parameter| name(parameter).to_owned()).collect();
    if !variants.is_empty() {
        takes.insert(0, format!("`variant` {}", variants.join(" ")));
    }
    takes.join(", ")
}

#[test]
fn the_documentation_has_a_line_for_every_fault() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FAULTS.md");
    if std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::write(&path, page()).ok();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let remedy = "WRITE_DOCS=1 cargo test -p servicenow-simulator --test fault_docs writes it";
    assert!(written == page(), "simulator/FAULTS.md is not what the catalogue says: {remedy}");
}
