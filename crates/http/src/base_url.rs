//! Where a provider is: an address that is safe to send credentials to.

use std::fmt;
use std::str::FromStr;

use onay_core::Error;
use reqwest::Url;

use crate::tls;

/// A provider's base address.
///
/// `https`, or plain `http` to a loopback address (a local sandbox): credentials travel in headers
/// and forms. A path is allowed; a query, a fragment and a user name are not.
///
/// ```
/// use onay_http::BaseUrl;
///
/// let base = BaseUrl::parse("http://127.0.0.1:8027/paynet/")?;
/// assert_eq!(base.as_str(), "http://127.0.0.1:8027/paynet");
/// assert!(BaseUrl::parse("http://api.example.com").is_err());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Takes an address, or says why it is not safe to use.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_named("base_url", text)
    }

    /// Like [`parse`](Self::parse); `field` names in the error where the text came from.
    pub(crate) fn parse_named(field: &'static str, text: &str) -> Result<Self, Error> {
        let refuse = |why| Err(Error::config(field, why));
        // The URL parser would drop newlines and tabs without a word.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\u{fffd}') {
            return refuse("holds a blank, a newline or what is no character");
        }
        let Ok(url) = Url::parse(text) else {
            return refuse("is not an absolute URL");
        };
        match url.scheme() {
            "https" if tls::ON => {}
            "https" => return refuse("is https, but this build has no TLS feature switched on"),
            "http" if is_loopback(&url) => {}
            "http" => return refuse("is plain http; only a loopback address may be"),
            _ => return refuse("is neither https nor http"),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("holds a user name or a password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("holds a query or a fragment");
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is an address of this machine, such as a local sandbox's.
    ///
    /// ```
    /// use onay_http::BaseUrl;
    ///
    /// assert!(BaseUrl::parse("http://127.0.0.1:8027/paynet")?.is_loopback());
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_loopback(&url))
    }

    /// Whether it is on the same host as another address, whatever port and path they have.
    pub fn is_on_host_of(&self, other: &str) -> bool {
        let host = |text: &str| {
            let url = Url::parse(text).ok()?;
            // A name with a dot at its end is the same name.
            url.host_str()
                .map(|host| host.trim_end_matches('.').to_owned())
        };
        host(&self.0).is_some_and(|own| host(other) == Some(own))
    }

    /// The address of one operation; `path` begins with a slash.
    pub(crate) fn join(&self, path: &str) -> Result<Url, Error> {
        if !path.starts_with('/') || path.contains(['?', '#']) {
            let why = "has to begin with a slash and to hold no query";
            return Err(Error::config("path", why));
        }
        Url::parse(&format!("{self}{path}"))
            .map_err(|_| Error::config("base_url", "makes no URL together with the path"))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use onay_core::{Delivery, ErrorKind};

    use super::*;

    #[test]
    fn takes_https_and_loopback() {
        for (text, expected) in [
            ("https://api.example.com", "https://api.example.com"),
            ("https://api.example.com/", "https://api.example.com"),
            (
                "https://api.example.com:8443/a/b/",
                "https://api.example.com:8443/a/b",
            ),
            ("http://127.0.0.1:1", "http://127.0.0.1:1"),
            ("http://127.9.9.9:1/x", "http://127.9.9.9:1/x"),
            ("http://[::1]:1", "http://[::1]:1"),
            ("http://localhost:1", "http://localhost:1"),
            ("HTTP://LOCALHOST:1", "http://localhost:1"),
        ] {
            assert_eq!(BaseUrl::parse(text).expect(text).as_str(), expected);
        }
    }

    #[test]
    fn loopback_is_told_by_the_host_alone() {
        for text in [
            "http://127.0.0.1:1/x",
            "http://localhost",
            "http://[::1]:1",
            "https://127.0.0.2",
        ] {
            assert!(BaseUrl::parse(text).expect(text).is_loopback(), "{text}");
        }
        for text in [
            "https://api.example.com/127.0.0.1",
            "https://localhost.example.com",
            "https://10.0.0.1",
        ] {
            assert!(!BaseUrl::parse(text).expect(text).is_loopback(), "{text}");
        }
    }

    #[test]
    fn a_path_cannot_change_the_host_or_bring_a_query() {
        let base = BaseUrl::parse("https://api.example.com").expect("a base URL");
        for path in [
            "",
            "send",
            ".example.net/x",
            "@example.net/",
            "/x?token=1",
            "/x#y",
        ] {
            let error = base.join(path).expect_err(path);
            assert_eq!(error.field(), Some("path"), "{path}");
        }
        assert_eq!(
            base.join("/x").expect("joined").as_str(),
            "https://api.example.com/x"
        );
    }

    #[test]
    fn refuses_whatever_could_leak() {
        for text in [
            "",
            "api.example.com",
            "/relative",
            "http://api.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0:1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://example.com#127.0.0.1",
            "https://user@example.com",
            "https://user:canary@example.com",
            "https://example.com?key=canary",
            "https://example.com/#canary",
            "http://127.0.0.1:1/\n",
            "https://api.example.com/a b",
            "https://api.example.com/\u{fffd}",
            "ftp://localhost",
            "file:///etc/hosts",
        ] {
            let error = BaseUrl::parse(text).expect_err(text);
            assert_eq!(error.kind(), ErrorKind::Config, "{text}");
            assert_eq!(error.delivery(), Delivery::NotSent, "{text}");
            assert_eq!(error.field(), Some("base_url"), "{text}");
            assert!(!format!("{error} {error:?}").contains("canary"), "{text}");
        }
    }
}
