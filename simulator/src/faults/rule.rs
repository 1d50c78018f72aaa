//! A fault rule: which fault, and when it happens. As it comes in, and checked.

use serde::{Deserialize, Serialize};

use super::catalogue::{Act, Facts, Parameter, Write};
use super::fault::Fault;

/// The longest delay, in milliseconds.
const LATEST: u32 = 3_600_000;

/// The largest count: JavaScript has to show it, too.
const MOST: u64 = u32::MAX as u64;

/// Which fault happens, to which calls, and how. Conditions that are absent always hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultRule {
    /// The fault, by its name or its number.
    pub fault: Fault,
    /// The beginning of the path in whole parts, or a pattern for all of it in which `*` stands
    /// for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// One of these methods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// The user that the call is made by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Only the n-th call for which the conditions above hold, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// From which of these calls on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u64>,
    /// To which of these calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u64>,
    /// Only every k-th of these calls: with 3, the third, the sixth...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// How probable it is that the fault happens to such a call, from 0 to 1. Drawn from the
    /// instance's seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// How many times it happens at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// Which form of the fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The text of the error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The column that is hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Characters, bytes or rows, as the fault's description says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<usize>,
    /// The seconds of `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The address that a redirection points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How many milliseconds the answer is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<u32>,
    /// Whether what the call wants written is written before the fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed: Option<bool>,
}

/// Why a rule cannot be; the text names the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(pub(crate) String);

impl std::fmt::Display for FaultError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

impl FaultRule {
    /// The fault, for every call that it can happen to.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self {
            fault,
            path: None,
            methods: Vec::new(),
            user: None,
            nth: None,
            from: None,
            to: None,
            every: None,
            probability: None,
            times: None,
            variant: None,
            text: None,
            column: None,
            length: None,
            retry_after: None,
            location: None,
            delay: None,
            committed: None,
        }
    }

    /// Names the field that cannot be.
    pub(super) fn check(&self, facts: &Facts) -> Result<(), FaultError> {
        self.check_conditions()?;
        self.check_parameters(facts)?;
        if facts.act == Act::Handshake {
            let narrowed = self.path.is_some() || !self.methods.is_empty() || self.user.is_some();
            refuse_if(narrowed, || {
                let id = self.fault.id();
                format!("{id} happens before there is a request: no path, methods or user")
            })?;
        }
        Ok(())
    }

    fn check_conditions(&self) -> Result<(), FaultError> {
        let path = self.path.as_deref().unwrap_or("/");
        refuse_if(!path.starts_with(['/', '*']) || path.contains(['?', '#']), || {
            "path must begin with / and have no query: /api/now/table, or */incident/*".to_owned()
        })?;
        let is_method = |method: &String| {
            !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        refuse_if(!self.methods.iter().all(is_method), || {
            "methods must be names of methods: [\"GET\"]".to_owned()
        })?;
        for (name, count) in [
            ("nth", self.nth),
            ("from", self.from),
            ("to", self.to),
            ("every", self.every),
            ("times", self.times),
        ] {
            refuse_if(count == Some(0), || format!("{name} counts from 1"))?;
            refuse_if(count.is_some_and(|count| count > MOST), || {
                format!("{name} must be at most {MOST}")
            })?;
        }
        let range = self.from.is_some() || self.to.is_some() || self.every.is_some();
        refuse_if(self.nth.is_some() && range, || {
            "nth is one call: it cannot stand with from, to or every".to_owned()
        })?;
        refuse_if(self.to.is_some_and(|to| to < self.from.unwrap_or(1)), || {
            "to must not be less than from".to_owned()
        })?;
        let probability = self.probability.unwrap_or_default();
        refuse_if(!(0.0..=1.0).contains(&probability), || {
            "probability must be from 0 to 1".to_owned()
        })
    }

    fn check_parameters(&self, facts: &Facts) -> Result<(), FaultError> {
        let id = self.fault.id();
        for (name, given, parameter) in [
            ("text", self.text.is_some(), Parameter::Text),
            ("column", self.column.is_some(), Parameter::Column),
            ("length", self.length.is_some(), Parameter::Length),
            ("retryAfter", self.retry_after.is_some(), Parameter::RetryAfter),
            ("location", self.location.is_some(), Parameter::Location),
        ] {
            refuse_if(given && !facts.parameters.contains(&parameter), || {
                format!("{name}: {id} takes none")
            })?;
        }
        let fixed = facts.write == Write::Done || facts.act == Act::Handshake;
        refuse_if(fixed && self.committed.is_some(), || format!("committed: {id} takes none"))?;
        if let Some(variant) = &self.variant {
            refuse_if(!facts.variants.contains(&variant.as_str()), || match facts.variants {
                [] => format!("variant: {id} has none"),
                variants => format!("variant: {id} has {}", variants.join(", ")),
            })?;
        }
        refuse_if(self.delay.is_some_and(|delay| delay > LATEST), || {
            format!("delay must be at most {LATEST} milliseconds")
        })?;
        let column = self.column.as_deref().unwrap_or("x");
        refuse_if(
            !column.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
            || "column must be the name of a column".to_owned(),
        )?;
        let location = self.location.as_deref().unwrap_or("/");
        let printable = location.bytes().all(|byte| byte.is_ascii_graphic());
        refuse_if(location.is_empty() || !printable, || {
            "location must be an address: https://elsewhere.example.com/".to_owned()
        })
    }

    /// Whether the path fulfils the rule.
    pub(super) fn has_path(&self, parts: &[&str]) -> bool {
        let Some(wanted) = &self.path else { return true };
        if wanted.contains('*') {
            return fits(wanted.as_bytes(), format!("/{}", parts.join("/")).as_bytes());
        }
        let wanted: Vec<&str> = wanted.split('/').filter(|part| !part.is_empty()).collect();
        parts.starts_with(&wanted)
    }

    /// Whether the `count`-th call is one of those meant.
    pub(super) fn means(&self, count: u64) -> bool {
        if let Some(nth) = self.nth {
            return count == nth;
        }
        let from = self.from.unwrap_or(1);
        let Some(place) = count.checked_sub(from) else { return false };
        let place = place.saturating_add(1);
        let every = self.every.unwrap_or(1);
        self.to.is_none_or(|to| count <= to) && place.checked_rem(every) == Some(0)
    }

    /// The form of the fault.
    pub(super) fn variant(&self, facts: &Facts) -> &str {
        let usual = facts.variants.first().copied().unwrap_or_default();
        self.variant.as_deref().unwrap_or(usual)
    }

    /// The text, or the one that the fault has otherwise.
    pub(super) fn text<'a>(&'a self, usual: &'a str) -> &'a str {
        self.text.as_deref().unwrap_or(usual)
    }
}

fn refuse_if(bad: bool, text: impl FnOnce() -> String) -> Result<(), FaultError> {
    if bad { Err(FaultError(text())) } else { Ok(()) }
}

/// Whether a text fits a pattern, in which `*` stands for anything.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut pattern_at, mut text_at) = (0_usize, 0_usize);
    // Where the last star is, and how far the text it stands for reaches.
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(text_at) {
        match pattern.get(pattern_at) {
            Some(b'*') => {
                star = Some((pattern_at, text_at));
                pattern_at = pattern_at.saturating_add(1);
            }
            Some(wanted) if wanted == byte => {
                pattern_at = pattern_at.saturating_add(1);
                text_at = text_at.saturating_add(1);
            }
            _ => {
                let Some((at, reaches)) = star else { return false };
                let reaches = reaches.saturating_add(1);
                star = Some((at, reaches));
                pattern_at = at.saturating_add(1);
                text_at = reaches;
            }
        }
    }
    pattern.get(pattern_at..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}
