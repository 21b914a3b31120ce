//! What `build()` and the variables take, and what they refuse.

use onay_core::ErrorKind;

use super::*;

const LIVE: [Environment; 2] = [Environment::LiveGlobal, Environment::LiveTurkey];

fn name(error: &Error) -> Option<&'static str> {
    error.subject().map(|subject| subject.name())
}

fn from(pairs: &[(&str, &str)]) -> Result<PaywallMasterpass, Error> {
    PaywallMasterpassBuilder::from_lookup(|name| {
        let found = pairs.iter().find(|(given, _)| *given == name)?;
        Some(found.1.to_owned())
    })?
    .build()
}

#[test]
fn every_environment_has_a_name() {
    let keys = [
        ("PAYWALL_PRIVATE_KEY", "test-key-1"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client-1"),
    ];
    for name in ["test", "live-global", "live-turkey", "sandbox"] {
        from(&[keys[0], keys[1], ("PAYWALL_ENV", name)]).expect(name);
    }
}

#[test]
fn every_mistake_is_caught_before_a_byte_leaves() {
    let key = ("PAYWALL_PRIVATE_KEY", "canary-key");
    let client = ("PAYWALL_PRIVATE_CLIENT", "canary-client");
    let env = ("PAYWALL_ENV", "test");
    let live = "https://payment-api.paywall.com.tr";
    for (field, pairs) in [
        ("PAYWALL_ENV", vec![key, client]),
        ("PAYWALL_ENV", vec![key, client, ("PAYWALL_ENV", "Live")]),
        ("PAYWALL_PRIVATE_KEY", vec![env, client]),
        ("PAYWALL_PRIVATE_CLIENT", vec![env, key]),
        (
            "PAYWALL_PRIVATE_KEY",
            vec![env, client, ("PAYWALL_PRIVATE_KEY", "canary\n")],
        ),
        (
            "PAYWALL_PRIVATE_CLIENT",
            vec![env, key, ("PAYWALL_PRIVATE_CLIENT", "")],
        ),
        (
            "PAYWALL_BASE_URL",
            vec![env, key, client, ("PAYWALL_BASE_URL", "http://example.com")],
        ),
        (
            "PAYWALL_BASE_URL",
            vec![env, key, client, ("PAYWALL_BASE_URL", live)],
        ),
    ] {
        let error = from(&pairs).expect_err(field);
        assert_eq!(
            (error.kind(), name(&error)),
            (ErrorKind::Config, Some(field))
        );
        assert_eq!(error.provider(), Some("paywall-masterpass"));
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}

#[test]
fn live_alone_is_none_of_the_two_live_services() {
    let keys = [
        ("PAYWALL_PRIVATE_KEY", "test-key-1"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client-1"),
    ];
    for name in ["live", "Live", "prod", ""] {
        let error = from(&[keys[0], keys[1], ("PAYWALL_ENV", name)]).expect_err(name);
        assert_eq!(name(&error), Some("PAYWALL_ENV"));
        let said = error.to_string();
        for (known, _) in Environment::NAMES {
            assert!(said.contains(known), "{known}: {said}");
        }
    }
    let error = from(&keys).expect_err("no environment");
    assert_eq!(name(&error), Some("PAYWALL_ENV"));
}

#[test]
fn the_keys_of_the_examples_never_go_live() {
    let [key, client] = ["test-key", "test-client"];
    let own = "test-of-ones-own";
    for live in ["live-global", "live-turkey"] {
        for (field, key, client) in [
            ("PAYWALL_PRIVATE_KEY", key, client),
            ("PAYWALL_PRIVATE_KEY", key, own),
            ("PAYWALL_PRIVATE_CLIENT", own, client),
        ] {
            let pairs = [
                ("PAYWALL_ENV", live),
                ("PAYWALL_PRIVATE_KEY", key),
                ("PAYWALL_PRIVATE_CLIENT", client),
            ];
            let error = from(&pairs).expect_err(live);
            assert_eq!(error.kind(), ErrorKind::Config);
            assert_eq!(name(&error), Some(field));
        }
    }
    let keys = Keys::parse(key, client).expect("keys");
    let builder = PaywallMasterpass::builder().keys(keys);
    for environment in LIVE {
        let error = builder.clone().environment(environment).build();
        assert_eq!(name(&error.expect_err("live")), Some("private_key"));
    }
    for environment in [Environment::Test, Environment::Sandbox] {
        builder
            .clone()
            .environment(environment)
            .build()
            .expect("not live");
    }
    let base = BaseUrl::parse("https://gateway.example.com").expect("a base URL");
    builder
        .base_url(base)
        .build()
        .expect("an address of one's own");
}

#[test]
fn the_keys_of_the_examples_go_to_no_live_host_and_to_any_loopback_address() {
    let [key, client] = ["test-key", "test-client"];
    let keys = |key, client| Keys::parse(key, client).expect("keys");
    let builder = PaywallMasterpass::builder();
    let at = |builder: PaywallMasterpassBuilder, base: &str| {
        let base = BaseUrl::parse(base).expect("a base URL");
        builder.base_url(base).build().map_err(|error| name(&error))
    };
    for live in LIVE.map(Environment::base_url) {
        for (key, client, field) in [
            (key, client, Some("private_key")),
            ("test-of-ones-own", client, Some("private_client")),
            ("test-of-ones-own", "test-of-ones-own", None),
        ] {
            let builder = builder.clone().keys(keys(key, client));
            let refused = field.map(Some);
            assert_eq!(at(builder.clone(), live).err(), refused, "{live}");
            let builder = builder.environment(Environment::Test);
            assert_eq!(at(builder, live).err(), refused, "{live}");
        }
    }
    let sandbox = "http://127.0.0.1:8027/paywall";
    for environment in LIVE {
        let builder = builder.clone().keys(keys(key, client));
        at(builder.environment(environment), sandbox).expect("a rehearsal");
    }
    let mut pairs = vec![
        ("PAYWALL_ENV", "live-turkey"),
        ("PAYWALL_PRIVATE_KEY", key),
        ("PAYWALL_PRIVATE_CLIENT", client),
    ];
    from(&pairs).expect_err("live");
    pairs.push(("PAYWALL_BASE_URL", sandbox));
    from(&pairs).expect("a rehearsal");
}
