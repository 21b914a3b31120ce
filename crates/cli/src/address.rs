//! Where the running sandbox is, and whether a provider's calls go to one.

use onay::http::BaseUrl;
use onay::{Error, Reason};
use reqwest::Url;

use crate::provider::ProviderName;

const NOT_HTTP: Reason = Reason::new(
    "not_http",
    "is not an http address, or holds a user name",
    "http adresi değil ya da kullanıcı adı içeriyor",
);

const USUAL: &str = "http://127.0.0.1:8027";

/// The sandbox's address: as given, or as the environment says, or the usual one.
///
/// A provider that calls a sandbox names its server already, so the server of
/// `PAYNET_BASE_URL` serves where `PAYNET_ENV` says `sandbox`, and likewise for the others.
pub(crate) fn sandbox(
    given: Option<&str>,
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<Url, Error> {
    let named = lookup("ONAY_SANDBOX_URL");
    let provider = ProviderName::ALL.into_iter().find_map(|provider| {
        let is_sandbox = lookup(provider.environment()).as_deref() == Some("sandbox");
        lookup(provider.base_url()).filter(|base| is_sandbox && !base.is_empty())
    });
    let text = given
        .or(named.as_deref())
        .or(provider.as_deref())
        .unwrap_or(USUAL);
    let mut url = http(text).map_err(|reason| Error::config("sandbox_url", reason))?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// An address that can be called, without a user name in it.
pub(crate) fn http(text: &str) -> Result<Url, Reason> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    url.ok_or(NOT_HTTP)
}

/// Whether a provider's calls go to a sandbox: the environment says so, or they stay on this machine.
pub(crate) fn calls_a_sandbox(provider: &str, lookup: impl Fn(&str) -> Option<String>) -> bool {
    ProviderName::named(provider).is_some_and(|provider| {
        lookup(provider.environment()).as_deref() == Some("sandbox")
            || lookup(provider.base_url()).is_some_and(|base| is_here(&base))
    })
}

/// The variable that names a provider's server.
pub(crate) fn base_url_of(provider: &str) -> &'static str {
    ProviderName::named(provider).map_or("…_BASE_URL", ProviderName::base_url)
}

/// Whether an address is on this machine.
pub(crate) fn is_here(base: &str) -> bool {
    BaseUrl::parse(base).is_ok_and(|base| base.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(given: Option<&str>, environment: &[(&str, &str)]) -> String {
        let lookup = |name: &str| {
            let found = environment.iter().find(|(key, _)| *key == name)?;
            Some(found.1.to_owned())
        };
        sandbox(given, lookup).map_or_else(|error| error.to_string(), |url| url.to_string())
    }

    #[test]
    fn the_nearest_word_counts() {
        let paynet = [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_BASE_URL", "http://127.0.0.1:1/paynet"),
        ];
        let both = [
            paynet[0],
            paynet[1],
            ("ONAY_SANDBOX_URL", "http://127.0.0.1:2"),
        ];
        assert_eq!(found(None, &[]), "http://127.0.0.1:8027/");
        assert_eq!(found(None, &paynet), "http://127.0.0.1:1/");
        assert_eq!(found(None, &both), "http://127.0.0.1:2/");
        assert_eq!(
            found(Some("http://127.0.0.1:3/x?y#z"), &both),
            "http://127.0.0.1:3/"
        );
        let test = [("PAYNET_ENV", "test"), paynet[1]];
        assert_eq!(found(None, &test), "http://127.0.0.1:8027/");
        assert!(found(Some("127.0.0.1:3"), &[]).contains("sandbox_url"));
        assert!(found(Some("http://me:canary@127.0.0.1:3"), &[]).contains("sandbox_url"));
        let paywall = [
            ("PAYWALL_ENV", "sandbox"),
            ("PAYWALL_BASE_URL", "http://127.0.0.1:4/paywall"),
        ];
        assert_eq!(found(None, &paywall), "http://127.0.0.1:4/");
    }

    #[test]
    fn a_sandbox_is_named_or_on_this_machine() {
        for (environment, base, expected) in [
            ("sandbox", None, true),
            ("sandbox", Some("https://sandbox.example.com"), true),
            ("test", None, false),
            ("live", None, false),
            ("test", Some(""), false),
            ("test", Some("http://127.0.0.1:9/paynet"), true),
            ("test", Some("http://[::1]:9"), true),
            ("test", Some("https://localhost:9"), true),
            ("live", Some("https://127.0.0.1.example.com"), false),
            ("live", Some("not a URL"), false),
        ] {
            let lookup = |name: &str| match name {
                "PAYNET_ENV" => Some(environment.to_owned()),
                "PAYNET_BASE_URL" => base.map(str::to_owned),
                _ => None,
            };
            let found = calls_a_sandbox("paynet", lookup);
            assert_eq!(found, expected, "{environment} {base:?}");
            assert!(!calls_a_sandbox("paytr-link", lookup), "another's settings");
        }
    }
}
