//! The table of error codes in the documentation, made of the source.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::path::Path;

use servicenow_itsm_connector::error::Code;
use servicenow_itsm_connector::oauth::private_key::KeyFault;

const INTRODUCTION: &str = "# Error codes

Each error has a `code` that never changes its meaning, a text (`message`, in a host's result
`serviceMessage`), and a `remedy`. Where the fault itself knows more, its remedy says more than the
table. In a host's result they are `errorName` and `errorMeta.remedy`.

This page is made of the source: `WRITE_DOCS=1 cargo test --test error_codes` writes it anew.
";

/// Those of `js/error.js`, which come about where the core is not there yet.
const LOADING: &str = "
## Loading

| code | what it means | remedy |
| --- | --- | --- |
| `module_not_loaded` | A call before the WebAssembly module was there. | Await `init()` once, before anything else is called ([runtimes.md](runtimes.md)). |
| `module_load_failed` | The module could not be loaded; the text says why. | Leave the package out of the bundle, or take `servicenow-itsm-connector/inline` into it, or put `connector_bg.wasm` where it is looked for, or give it to `init`; in a browser allow it in the content security policy. |
";

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Actions\n\n| code | what it means | remedy |\n| --- | --- | --- |\n");
    for code in Code::ALL {
        let (name, meaning, remedy) = (code.as_str(), code.meaning(), code.remedy());
        let _ = writeln!(page, "| `{name}` | {meaning} | {remedy} |");
    }
    page.push_str(LOADING);
    let any = Code::PrivateKey(KeyFault::Empty.code());
    let _ = write!(page, "\n## Private keys\n\n{}\n\n", any.meaning());
    page.push_str("| code | text | remedy |\n| --- | --- | --- |\n");
    for fault in KeyFault::examples() {
        let _ = writeln!(page, "| `{}` | {fault} | {} |", fault.code(), fault.remedy());
    }
    page
}

#[test]
fn the_documentation_tells_every_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md");
    if std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "WRITE_DOCS=1 cargo test --test error_codes writes docs/errors.md");
}

#[test]
fn no_fault_is_left_out_and_no_two_share_a_code() {
    let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    codes.extend(KeyFault::examples().iter().map(KeyFault::code));
    let source = include_str!("../src/oauth/private_key/fault.rs");
    assert_eq!(KeyFault::examples().len(), source.matches("=> \"private_key_").count());
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
