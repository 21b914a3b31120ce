//! What `build()` and the variables take, and what they refuse.

use onay_core::{Dispatch, ErrorKind};

use super::*;

const PUBLISHED: [&str; 2] = ["sandbox-merchant-key", "sandbox-merchant-salt"];

fn subject(error: &Error) -> Option<&'static str> {
    error.subject().map(|subject| subject.name())
}

const SET: [(&str, &str); 4] = [
    ("PAYTR_ENV", "test"),
    ("PAYTR_MERCHANT_ID", "100001"),
    ("PAYTR_MERCHANT_KEY", "test-canary-key"),
    ("PAYTR_MERCHANT_SALT", "test-canary-salt"),
];

/// The settings above with others in their place; `None` takes one away.
fn with<'a>(
    changes: &'a [(&'a str, Option<&'a str>)],
) -> impl Fn(&str) -> Option<String> + Copy + 'a {
    move |name| {
        let other = changes.iter().find(|(variable, _)| *variable == name);
        let usual = SET.iter().find(|(variable, _)| *variable == name);
        let value = match (other, usual) {
            (Some((_, value)), _) => *value,
            (None, usual) => usual.map(|(_, value)| *value),
        };
        value.map(str::to_owned)
    }
}

fn from(changes: &[(&str, Option<&str>)]) -> Result<PaytrLink, Error> {
    PaytrLinkBuilder::from_lookup(with(changes))?.build()
}

#[test]
fn every_mistake_names_its_variable_before_a_byte_leaves() {
    from(&[]).expect("nothing is wrong with these");
    for (variable, value) in [
        ("PAYTR_ENV", None),
        ("PAYTR_ENV", Some("")),
        ("PAYTR_ENV", Some("Live")),
        ("PAYTR_MERCHANT_ID", None),
        ("PAYTR_MERCHANT_ID", Some("canary id")),
        ("PAYTR_MERCHANT_KEY", None),
        ("PAYTR_MERCHANT_KEY", Some("canary\n")),
        ("PAYTR_MERCHANT_KEY", Some("\"canary\"")),
        ("PAYTR_MERCHANT_SALT", None),
        ("PAYTR_MERCHANT_SALT", Some("")),
        ("PAYTR_BASE_URL", Some("http://canary.example.com")),
    ] {
        let error = from(&[(variable, value)]).expect_err(variable);
        assert_eq!(error.kind(), ErrorKind::Config, "{variable} {value:?}");
        assert_eq!(error.dispatch(), Dispatch::NotSent);
        assert_eq!(subject(&error), Some(variable), "{value:?}");
        assert_eq!(error.provider(), Some("paytr-link"));
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}

#[test]
fn only_the_live_host_is_refused_for_a_sandbox() {
    let at = |base| {
        let sandbox = ("PAYTR_ENV", Some("sandbox"));
        from(&[sandbox, ("PAYTR_BASE_URL", Some(base))])
    };
    let live = at("https://www.paytr.com").expect_err("live");
    assert_eq!(subject(&live), Some("PAYTR_BASE_URL"));
    at("https://www.paytr.community.example").expect("another host");
    from(&[("PAYTR_BASE_URL", Some("https://www.paytr.com"))]).expect("test is there too");
}

/// The rules are those of `Service`; here are the values and the host that they are about, and that
/// credentials read for callbacks alone obey them too.
#[test]
fn the_sandboxs_credentials_never_go_live() {
    let [key, salt] = PUBLISHED;
    let sandbox = Some("http://127.0.0.1:8027/paytr");
    for (environment, base, is_refused) in [
        (Some("live"), None, true),
        (Some("live"), Some(""), true),
        (Some("live"), Some("https://gateway.example.com"), true),
        (Some("live"), sandbox, false),
        (Some("test"), None, false),
        (Some("sandbox"), None, false),
        (Some(""), None, false),
        (None, None, false),
    ] {
        for (variable, value) in [("PAYTR_MERCHANT_KEY", key), ("PAYTR_MERCHANT_SALT", salt)] {
            let mut changes = vec![
                ("PAYTR_ENV", environment),
                ("PAYTR_BASE_URL", base),
                (variable, Some(value)),
            ];
            let read = Credentials::from_lookup(with(&changes));
            let named = read
                .as_ref()
                .err()
                .map(|error| (error.kind(), subject(error)));
            let refused = (ErrorKind::Config, Some(variable));
            assert_eq!(named, is_refused.then_some(refused), "{changes:?}");
            if environment.is_some_and(|name| !name.is_empty()) {
                assert_eq!(from(&changes).is_err(), is_refused, "{changes:?}");
            }
            changes.pop();
            Credentials::from_lookup(with(&changes)).expect("a merchant's own");
        }
    }
}

#[test]
fn on_paytrs_host_an_environment_has_to_be_named() {
    let [key, salt] = PUBLISHED;
    let base = BaseUrl::parse("https://www.paytr.com/odeme").expect("a base URL");
    let builder = PaytrLink::builder().base_url(base);
    for (key, salt, refused) in [
        (key, salt, Some("merchant_key")),
        ("test-key", salt, Some("merchant_salt")),
        ("test-key", "test-salt", None),
    ] {
        let credentials = Credentials::parse("100001", key, salt).expect("credentials");
        let builder = builder.clone().credentials(credentials);
        let field = |builder: PaytrLinkBuilder| builder.build().map_err(|error| subject(&error));
        assert_eq!(field(builder.clone()).err(), refused.map(Some));
        let live = builder.clone().environment(Environment::Live);
        assert_eq!(field(live).err(), refused.map(Some));
        field(builder.environment(Environment::Test)).expect("a shop in test mode");
    }
}

#[test]
fn the_process_is_asked_for_the_same_variables() {
    let field = |read: Result<Credentials, Error>| read.err().and_then(|error| subject(&error));
    let of_process = Credentials::from_lookup(Variables::of_process);
    assert_eq!(field(Credentials::from_env()), field(of_process));
}

#[test]
fn another_merchant_shares_the_client_and_the_rules() {
    let own = Credentials::parse("100001", "test-key", "test-salt").expect("credentials");
    let builder = PaytrLink::builder().credentials(own);
    let live = builder
        .environment(Environment::Live)
        .build()
        .expect("built");
    let other = Credentials::parse("100002", "test-key-2", "test-salt-2").expect("credentials");
    live.with_credentials(&other).expect("another merchant");
    let [key, salt] = PUBLISHED;
    let published = Credentials::parse("100001", key, salt).expect("credentials");
    let error = live.with_credentials(&published).expect_err("live");
    assert_eq!(subject(&error), Some("merchant_key"));
}
