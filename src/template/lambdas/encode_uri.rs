//! `EncodeURI` and `EncodeURIComponent`: the functions of JavaScript that are called the same
//! (templates.md 3.5). They fail for half of a surrogate pair only, which no text here holds.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a component leaves as it is, beside letters and digits, is what means nothing in a URI.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// A whole URI keeps what divides it too.
const URI: &AsciiSet = &COMPONENT
    .remove(b';')
    .remove(b',')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b'#');

/// A text as a whole URI.
pub fn uri(text: &str) -> String {
    utf8_percent_encode(text, URI).to_string()
}

/// A text as part of a URI.
pub fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}
