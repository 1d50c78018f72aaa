//! The URL of an instance, as every request starts with it.

use crate::error::{Code, Error};

/// `https://dev1.service-now.com`: an absolute http or https URL without the slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    host: String,
}

impl BaseUrl {
    /// Reads `apiUrl`; **one** slash at its end goes (servicenow-itsm.md 3.0).
    ///
    /// # Errors
    /// `bad_url` where no request could be made to it, or where a part of it would silently end up
    /// somewhere else: another scheme than http and https, no host, blanks, credentials, a query
    /// or a fragment. A password in it is not repeated.
    pub fn parse(api_url: &str) -> Result<Self, Error> {
        let bad =
            |what: &str| Error::new(Code::BadUrl, format!("The ServiceNow instance URL {what}."));
        // As every URL parser does.
        let text = api_url.trim_matches(|c: char| c <= ' ');
        let text = text.strip_suffix('/').unwrap_or(text);
        let (scheme, rest) = text.split_once("://").ok_or_else(|| bad("has no scheme"))?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return Err(bad("starts with neither https:// nor http://"));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(bad("holds a blank, a control character or a backslash"));
        }
        if text.contains(['?', '#']) {
            return Err(bad("holds a query or a fragment"));
        }
        let authority = rest.split('/').next().unwrap_or_default();
        if authority.contains('@') {
            return Err(bad("holds credentials"));
        }
        let (host, port) = split(authority);
        if host.is_empty() {
            return Err(bad("names no host"));
        }
        if !port.is_empty() && port.parse::<u16>().is_err() {
            return Err(bad("names a port that is none"));
        }
        Ok(Self { text: text.to_owned(), host: host.to_ascii_lowercase() })
    }

    /// The URL of a path (with its query) on the instance.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }

    /// The name of the instance's host for an error message; empty for plain http, where Kibana
    /// has no TLS server name to show (servicenow-itsm.md 4.3).
    #[must_use]
    pub fn tls_server_name(&self) -> &str {
        let secure = self.text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("https"));
        if secure { &self.host } else { "" }
    }
}

/// Host and port of `host:port`, or of `[v6]:port`.
fn split(authority: &str) -> (&str, &str) {
    let (host, rest) = match authority.split_once(']') {
        Some((address, rest)) => (address.trim_start_matches('['), rest),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    (host, rest.strip_prefix(':').unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_slash_at_the_end_goes() {
        let joined = |url| BaseUrl::parse(url).unwrap().join("/api/x");
        assert_eq!(joined("https://dev1.service-now.com/"), "https://dev1.service-now.com/api/x");
        assert_eq!(
            joined(" https://dev1.service-now.com/\n"),
            joined("https://dev1.service-now.com")
        );
        assert_eq!(joined("http://127.0.0.1:8080/base//"), "http://127.0.0.1:8080/base//api/x");
    }

    #[test]
    fn what_cannot_be_asked_is_refused_without_repeating_a_password() {
        for url in [
            "",
            "/",
            "dev1.service-now.com",
            "ftp://dev1.service-now.com",
            "https://",
            "https://:443",
            "https://dev1.service-now.com:99999",
            "https://dev1.service-now.com:https",
            "https://[::1]x",
            "https:///path",
            "https://dev1.service-now.com?x=1",
            "https://dev1.service-now.com/#a",
            "https://dev1 .service-now.com",
            "https://dev1.service-now.com\\@evil.example",
            "https://me:hunter2@dev1.service-now.com",
        ] {
            let error = BaseUrl::parse(url).unwrap_err();
            assert_eq!(error.code(), Code::BadUrl, "{url}");
            assert!(!format!("{error:?}").contains("hunter2"));
        }
    }

    #[test]
    fn only_a_tls_connection_has_a_server_name() {
        let name = |url| BaseUrl::parse(url).unwrap().tls_server_name().to_owned();
        assert_eq!(name("https://Dev1.service-now.com:8443/x"), "dev1.service-now.com");
        assert_eq!(name("https://[::1]:8443"), "::1");
        assert_eq!(name("http://dev1.service-now.com"), "");
    }
}
