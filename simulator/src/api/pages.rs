//! Which rows of a list a page holds, and where the other pages are (servicenow-instance.md 2.2
//! and 2.5).

use crate::http::{Answer, Call};

/// As many rows as a page holds without `sysparm_limit`, and at most.
const LIMIT: usize = 10_000;

/// A page of a list of `total` rows.
pub(super) struct Page {
    pub(super) offset: usize,
    pub(super) limit: usize,
    pub(super) total: usize,
}

impl Page {
    /// What a request asks for; what is no number counts as absent.
    pub(super) fn of(call: &Call, total: usize) -> Self {
        let number =
            |name: &str| call.param(name).and_then(|text| text.trim().parse::<usize>().ok());
        let limit = number("sysparm_limit").unwrap_or(LIMIT).min(LIMIT);
        Self { offset: number("sysparm_offset").unwrap_or(0), limit, total }
    }

    /// The answer with the total and the links that it has room for.
    pub(super) fn described(&self, call: &Call, negative_prev: bool, answer: Answer) -> Answer {
        let counted = !call.flag("sysparm_no_count");
        let answer =
            if counted { answer.with("X-Total-Count", self.total.to_string()) } else { answer };
        match self.links(call, counted, negative_prev) {
            Some(links) if !call.flag("sysparm_suppress_pagination_header") => {
                answer.with("Link", links)
            }
            _ => answer,
        }
    }

    /// The other pages; nothing when there is only one.
    fn links(&self, call: &Call, counted: bool, negative_prev: bool) -> Option<String> {
        let last = self.total.checked_sub(1)?.checked_div(self.limit)?.checked_mul(self.limit)?;
        if last == 0 {
            return None;
        }
        let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let before = signed(self.offset).saturating_sub(signed(self.limit));
        let mut parts = vec![link(call, 0, "first")];
        if negative_prev {
            parts.push(link(call, before, "prev"));
        } else if self.offset > 0 {
            parts.push(link(call, before.max(0), "prev"));
        }
        if self.offset < last {
            parts.push(link(call, signed(self.offset.saturating_add(self.limit)), "next"));
        }
        if counted {
            parts.push(link(call, signed(last), "last"));
        }
        Some(parts.join(","))
    }
}

fn link(call: &Call, offset: i64, rel: &str) -> String {
    let (path, query) = call.target.split_once('?').unwrap_or((call.target, ""));
    let others =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("sysparm_offset="));
    let offset = format!("sysparm_offset={offset}");
    let pairs: Vec<&str> = others.chain([offset.as_str()]).collect();
    format!("<{}{path}?{}>;rel=\"{rel}\"", call.origin, pairs.join("&"))
}
