//! An address is read, and what is wrong with it is named without quoting it.

use onay_core::{Error, Reason};
use redis::{ConnectionInfo, IntoConnectionInfo};

const SUBJECT: &str = "redis_url";

const NO_SCHEME: Reason = Reason::new(
    "redis_url_no_scheme",
    "has to begin with redis://, rediss:// or unix://",
    "redis://, rediss:// ya da unix:// ile başlamalı",
);
const UNESCAPED: Reason = Reason::new(
    "redis_url_unescaped",
    "has a /, ? or # before its @: in a user or a password write %2F, %3F or %23",
    "@ işaretinden önce /, ? ya da # içeriyor: kullanıcı ve parolada %2F, %3F ya da %23 yazılmalı",
);
const INSECURE: Reason = Reason::new(
    "redis_url_insecure",
    "asks for #insecure, which would accept any certificate: name the CA instead",
    "#insecure içeriyor, bununla her sertifika kabul edilirdi: onun yerine CA verilmeli",
);
const UNREADABLE: Reason = Reason::new("redis_url_unreadable", "cannot be read", "okunamıyor");
#[cfg(not(feature = "redis-rustls"))]
const NO_TLS: Reason = Reason::new(
    "redis_url_needs_feature",
    "begins with rediss://, for which onay-guard has to be built with the feature redis-rustls",
    "rediss:// ile başlıyor, bunun için onay-guard redis-rustls özelliğiyle derlenmeli",
);

/// Reads `redis://[user:password@]host[:port][/database]`.
pub(super) fn read(url: &str) -> Result<ConnectionInfo, Error> {
    let refused = |reason| Err(Error::config(SUBJECT, reason));
    // redis://…, unix:…: what comes before the first colon, if it is no host with a port.
    let Some((scheme, rest)) = url.split_once(':') else {
        return refused(NO_SCHEME);
    };
    let scheme = scheme.to_ascii_lowercase();
    let is_tls = matches!(scheme.as_str(), "rediss" | "valkeys");
    let is_socket = matches!(scheme.as_str(), "unix" | "redis+unix" | "valkey+unix");
    let Some(rest) = rest.strip_prefix("//").or(is_socket.then_some(rest)) else {
        return refused(NO_SCHEME);
    };
    if !is_tls && !is_socket && !matches!(scheme.as_str(), "redis" | "valkey") {
        return refused(NO_SCHEME);
    }
    let before_host = rest.rsplit_once('@').map_or("", |(user, _)| user);
    if !is_socket && before_host.contains(['/', '?', '#']) {
        return refused(UNESCAPED);
    }
    #[cfg(not(feature = "redis-rustls"))]
    if is_tls {
        return refused(NO_TLS);
    }
    if let Some((_, fragment)) = rest.split_once('#') {
        let is_insecure = fragment.eq_ignore_ascii_case("insecure");
        return refused(if is_insecure { INSECURE } else { UNREADABLE });
    }
    // Without the cause: it quotes the address, password and all.
    url.into_connection_info().or_else(|_| refused(UNREADABLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(url: &str) -> &'static str {
        let error = read(url).map(drop).expect_err(url);
        assert_eq!(error.kind(), onay_core::ErrorKind::Config, "{url}");
        let subject = error.subject().expect("a subject");
        assert_eq!(subject.name(), SUBJECT);
        assert!(!format!("{error}{error:?}").contains("kanarya"), "{error}");
        error.reason().expect("a reason").id()
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (url, expected) in [
            ("", NO_SCHEME),
            ("kanarya", NO_SCHEME),
            ("127.0.0.1:6379", NO_SCHEME),
            ("localhost:6379", NO_SCHEME),
            ("redis:/kanarya", NO_SCHEME),
            ("http://127.0.0.1", NO_SCHEME),
            ("kanarya://127.0.0.1:1", NO_SCHEME),
            ("redis://:kana/rya@127.0.0.1:6379", UNESCAPED),
            ("redis://:kana#rya@127.0.0.1:6379/0", UNESCAPED),
            ("redis://kanarya?:kanarya@127.0.0.1", UNESCAPED),
            ("redis://127.0.0.1#kanarya", UNREADABLE),
            ("redis://127.0.0.1:kanarya/0", UNREADABLE),
            ("redis://127.0.0.1:1/kanarya", UNREADABLE),
            ("redis://127.0.0.1:1/?protocol=kanarya", UNREADABLE),
            ("redis://:kanarya%zz%ff@kanarya/1", UNREADABLE),
            ("unix:///nowhere/kanarya?db=kanarya", UNREADABLE),
        ] {
            assert_eq!(reason(url), expected.id(), "{url}");
        }
    }

    #[cfg(not(feature = "redis-rustls"))]
    #[test]
    fn tls_without_the_feature_names_the_feature() {
        for url in [
            "rediss://127.0.0.1:1",
            "REDISS://127.0.0.1",
            "valkeys://h#insecure",
        ] {
            assert_eq!(reason(url), NO_TLS.id(), "{url}");
        }
    }

    #[cfg(feature = "redis-rustls")]
    #[test]
    fn a_check_of_certificates_cannot_be_switched_off() {
        assert_eq!(reason("rediss://127.0.0.1#insecure"), INSECURE.id());
        read("REDISS://127.0.0.1").expect("an address");
    }

    #[test]
    fn what_is_right_is_read() {
        for url in [
            "redis://127.0.0.1",
            "redis://127.0.0.1:6379/0",
            "redis://user:p%2Fw%40rd@[::1]:6379/3?protocol=3",
            "valkey://redis.example.com",
            "unix:///run/redis.sock?db=1",
        ] {
            read(url).expect(url);
        }
    }
}
