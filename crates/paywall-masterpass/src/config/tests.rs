//! What `build()` and the variables take, and what they refuse.

use onay_core::{Dispatch, ErrorKind};

use super::*;

fn subject(error: &Error) -> Option<&'static str> {
    error.subject().map(|subject| subject.name())
}

fn from(changes: &[(&str, &str)]) -> Result<PaywallMasterpass, Error> {
    let usual = [
        ("PAYWALL_PRIVATE_KEY", "canary-key"),
        ("PAYWALL_PRIVATE_CLIENT", "canary-client"),
        ("PAYWALL_ENV", "test"),
    ];
    PaywallMasterpassBuilder::from_lookup(|name| {
        let mut pairs = changes.iter().chain(&usual);
        let found = pairs.find(|(given, _)| *given == name)?;
        Some(found.1.to_owned())
    })?
    .build()
}

#[test]
fn every_environment_has_a_name_and_live_alone_is_none() {
    for (name, _) in Environment::NAMES {
        from(&[("PAYWALL_ENV", name)]).expect(name);
    }
    for name in ["live", "Live", "prod", ""] {
        let error = from(&[("PAYWALL_ENV", name)]).expect_err(name);
        assert_eq!(subject(&error), Some("PAYWALL_ENV"));
        let said = error.to_string();
        for (known, _) in Environment::NAMES {
            assert!(said.contains(known), "{known}: {said}");
        }
    }
}

#[test]
fn every_mistake_is_caught_before_a_byte_leaves() {
    for change in [
        ("PAYWALL_PRIVATE_KEY", ""),
        ("PAYWALL_PRIVATE_KEY", "canary\n"),
        ("PAYWALL_PRIVATE_CLIENT", ""),
        ("PAYWALL_PRIVATE_CLIENT", "\"canary\""),
        ("PAYWALL_BASE_URL", "http://example.com"),
        ("PAYWALL_BASE_URL", "https://payment-api.paywall.com.tr"),
        ("PAYWALL_BASE_URL", "https://payment-api.itspaywall.com"),
    ] {
        let error = from(&[change]).expect_err(change.0);
        assert_eq!(
            (error.kind(), subject(&error)),
            (ErrorKind::Config, Some(change.0))
        );
        assert_eq!(error.dispatch(), Dispatch::NotSent);
        assert_eq!(error.provider(), Some("paywall-masterpass"));
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}

/// The rules are those of `Service`; here are the keys and the hosts that they are about.
#[test]
fn the_keys_of_the_examples_never_go_live() {
    let keys = |key, client| Keys::parse(key, client).expect("keys");
    let own = keys("test-of-ones-own", "test-of-ones-own");
    for (key, client, named) in [
        ("test-key", "test-client", "private_key"),
        ("test-key", "test-of-ones-own", "private_key"),
        ("test-of-ones-own", "test-client", "private_client"),
    ] {
        let published = keys(key, client);
        for environment in [Environment::LiveGlobal, Environment::LiveTurkey] {
            let live = environment.base_url().parse().expect("a base URL");
            let builder = PaywallMasterpass::builder();
            for builder in [
                builder.clone().environment(environment),
                builder.base_url(live),
            ] {
                let error = builder.clone().keys(published.clone()).build();
                assert_eq!(subject(&error.expect_err("live")), Some(named));
                let paywall = builder.keys(own.clone()).build().expect("one's own");
                let error = paywall.with_credentials(&published);
                assert_eq!(subject(&error.expect_err("live")), Some(named));
            }
        }
    }
    let variable = ("PAYWALL_PRIVATE_CLIENT", "test-client");
    let error = from(&[variable, ("PAYWALL_ENV", "live-turkey")]).expect_err("live");
    assert_eq!(subject(&error), Some(variable.0));
    from(&[variable]).expect("not live");
}

#[test]
fn a_builder_names_what_is_missing() {
    let error = PaywallMasterpass::builder().build().expect_err("no keys");
    assert_eq!(subject(&error), Some("keys"));
}
