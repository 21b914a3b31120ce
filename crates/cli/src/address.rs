//! Where the running sandbox is, and whether a provider's calls go to one.

use std::net::IpAddr;

use onay::{Error, Reason};
use reqwest::Url;

const PROVIDERS: [(&str, &str, &str); 3] = [
    ("paynet", "PAYNET_ENV", "PAYNET_BASE_URL"),
    ("paywall-masterpass", "PAYWALL_ENV", "PAYWALL_BASE_URL"),
    ("paytr-link", "PAYTR_ENV", "PAYTR_BASE_URL"),
];

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
    let provider = PROVIDERS.iter().find_map(|(_, environment, base_url)| {
        let is_sandbox = lookup(environment).as_deref() == Some("sandbox");
        lookup(base_url).filter(|base| is_sandbox && !base.is_empty())
    });
    let text = given
        .or(named.as_deref())
        .or(provider.as_deref())
        .unwrap_or(USUAL);
    let mut url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| Error::config("sandbox_url", NOT_HTTP))?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// Whether a provider's calls go to a sandbox: the environment says so, or they stay on this machine.
pub(crate) fn calls_a_sandbox(provider: &str, lookup: impl Fn(&str) -> Option<String>) -> bool {
    let known = PROVIDERS.iter().find(|(name, _, _)| *name == provider);
    known.is_some_and(|(_, environment, base_url)| {
        lookup(environment).as_deref() == Some("sandbox")
            || lookup(base_url).is_some_and(|base| is_here(&base))
    })
}

/// The variable that names a provider's server.
pub(crate) fn base_url_of(provider: &str) -> &'static str {
    let known = PROVIDERS.iter().find(|(name, _, _)| *name == provider);
    known.map_or("…_BASE_URL", |(_, _, base_url)| base_url)
}

/// Whether an address is on this machine.
pub(crate) fn is_here(base: &str) -> bool {
    let Ok(url) = Url::parse(base) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
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
