//! Where a provider is: an address that is safe to send credentials to.

use std::fmt;
use std::str::FromStr;

use onay_core::{Error, Reason, Subject};
use reqwest::Url;

use crate::tls;

const BLANK: Reason = Reason::new(
    "address_with_blank",
    "holds a blank, a newline or what is no character",
    "boşluk, satır sonu veya karakter olmayan bir şey içeriyor",
);
pub(crate) const QUOTED: Reason = Reason::new(
    "quoted",
    "is wrapped in quotation marks, as `docker --env-file` leaves them: write it without",
    "tırnak içinde (`docker --env-file` tırnakları olduğu gibi bırakır): tırnaksız yazın",
);
const NO_URL: Reason = Reason::new(
    "no_absolute_url",
    "is not an absolute URL",
    "tam bir URL değil",
);
const NO_TLS: Reason = Reason::new(
    "no_tls_feature",
    "is https, but this build has no TLS feature switched on",
    "https, ama bu derlemede hiçbir TLS özelliği açık değil",
);
const PLAIN_HTTP: Reason = Reason::new(
    "plain_http",
    "is plain http; only a loopback address may be, or a sandbox's host that ONAY_SANDBOX_HOSTS names",
    "şifresiz http; yalnızca bu makinenin kendi adresi ya da ONAY_SANDBOX_HOSTS içinde adı geçen bir sandbox sunucusu böyle olabilir",
);
const NO_SCHEME: Reason = Reason::new(
    "neither_https_nor_http",
    "is neither https nor http",
    "ne https ne de http",
);
const USER: Reason = Reason::new(
    "address_with_user",
    "holds a user name or a password",
    "kullanıcı adı veya parola içeriyor",
);
const QUERY: Reason = Reason::new(
    "address_with_query",
    "holds a query or a fragment",
    "sorgu veya parça (#) içeriyor",
);
const NO_PATH: Reason = Reason::new(
    "no_path",
    "has to begin with a slash and to hold no query, no backslash, no line break and no segment of dots",
    "eğik çizgiyle başlamalı; sorgu, ters eğik çizgi, satır sonu veya noktalardan oluşan bölüm içermemeli",
);
const NOT_JOINED: Reason = Reason::new(
    "not_joined",
    "makes no URL together with the path",
    "yolla birlikte bir URL oluşturmuyor",
);

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
pub struct BaseUrl {
    text: String,
    /// Plain http to a host that is trusted in the sandbox environment alone.
    needs_sandbox: bool,
}

impl BaseUrl {
    /// Takes an address, or says why it is not safe to use.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_sandbox(text, &[])
    }

    /// Like [`parse`](Self::parse), and takes plain http to these hosts too: for a sandbox in a
    /// network of containers. [`Service::resolve`](crate::Service::resolve) takes such an address in
    /// the sandbox environment alone.
    ///
    /// ```
    /// use onay_http::BaseUrl;
    ///
    /// let address = "http://onay-sandbox:8027/paynet";
    /// assert!(BaseUrl::parse(address).is_err());
    /// assert!(BaseUrl::parse_sandbox(address, &["onay-sandbox"]).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent.
    pub fn parse_sandbox(text: &str, hosts: &[&str]) -> Result<Self, Error> {
        Self::read(text, hosts).map_err(|reason| Error::config("base_url", reason))
    }

    /// Like [`parse_sandbox`](Self::parse_sandbox), for an address out of a variable.
    pub(crate) fn parse_variable(
        variable: &'static str,
        text: &str,
        hosts: &[&str],
    ) -> Result<Self, Error> {
        Self::read(text, hosts).map_err(|reason| {
            Error::config("base_url", reason).with_subject(Subject::Variable(variable))
        })
    }

    fn read(text: &str, hosts: &[&str]) -> Result<Self, Reason> {
        if text.starts_with(['"', '\'']) {
            return Err(QUOTED);
        }
        // The URL parser would drop newlines and tabs without a word.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\u{fffd}') {
            return Err(BLANK);
        }
        let url = Url::parse(text).map_err(|_| NO_URL)?;
        let mut needs_sandbox = false;
        match url.scheme() {
            "https" if tls::ON => {}
            "https" => return Err(NO_TLS),
            "http" if is_loopback(&url) => {}
            "http" if is_one_of(&url, hosts) => needs_sandbox = true,
            "http" => return Err(PLAIN_HTTP),
            _ => return Err(NO_SCHEME),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(USER);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(QUERY);
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self {
            text,
            needs_sandbox,
        })
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
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
        Url::parse(&self.text).is_ok_and(|url| is_loopback(&url))
    }

    /// Whether it is on the same host as another address; port and path may differ.
    pub(crate) fn is_on_host_of(&self, other: &str) -> bool {
        let host = |text: &str| {
            let url = Url::parse(text).ok()?;
            // A name with a dot at its end is the same name.
            url.host_str()
                .map(|host| host.trim_end_matches('.').to_owned())
        };
        host(&self.text).is_some_and(|own| host(other) == Some(own))
    }

    /// Whether it is plain http to a host that only the sandbox environment trusts.
    pub(crate) fn needs_sandbox(&self) -> bool {
        self.needs_sandbox
    }

    /// The address of one operation; `path` begins with a slash.
    pub(crate) fn join(&self, path: &str) -> Result<Url, Error> {
        // The URL parser takes a backslash for a slash.
        let is_plain =
            path.starts_with('/') && !path.contains(['?', '#', '\\']) && !path.contains(DROPPED);
        if !is_plain || path.split('/').any(is_dot_segment) {
            return Err(Error::config("path", NO_PATH));
        }
        Url::parse(&format!("{self}{path}")).map_err(|_| Error::config("base_url", NOT_JOINED))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

/// What the URL parser drops without a word, also from between two dots.
pub(crate) const DROPPED: [char; 3] = ['\t', '\n', '\r'];

/// Whether a segment means its own folder or the one above, as it stands or escaped.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

fn is_one_of(url: &Url, hosts: &[&str]) -> bool {
    let Some(host) = url.host_str().map(|host| host.trim_end_matches('.')) else {
        return false;
    };
    hosts.iter().any(|named| named.eq_ignore_ascii_case(host))
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
mod tests;
