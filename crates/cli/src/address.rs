//! Where the running sandbox is.

use onay::Error;
use reqwest::Url;

const PROVIDERS: [(&str, &str); 3] = [
    ("PAYNET_ENV", "PAYNET_BASE_URL"),
    ("PAYWALL_ENV", "PAYWALL_BASE_URL"),
    ("PAYTR_ENV", "PAYTR_BASE_URL"),
];

const USUAL: &str = "http://127.0.0.1:8027";

/// The sandbox's address: as given, or as the environment says, or the usual one.
///
/// Whoever points a provider at a sandbox has named its server already, so the server of
/// `PAYNET_BASE_URL` serves where `PAYNET_ENV` says `sandbox`, and likewise for the others.
pub(crate) fn sandbox(
    given: Option<&str>,
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<Url, Error> {
    let named = lookup("ONAY_SANDBOX_URL");
    let provider = PROVIDERS.iter().find_map(|(environment, base_url)| {
        let is_sandbox = lookup(environment).as_deref() == Some("sandbox");
        lookup(base_url).filter(|_| is_sandbox)
    });
    let text = given
        .or(named.as_deref())
        .or(provider.as_deref())
        .unwrap_or(USUAL);
    let mut url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| {
            Error::config(
                "sandbox_url",
                "is not an http address, or holds a user name",
            )
        })?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
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
}
