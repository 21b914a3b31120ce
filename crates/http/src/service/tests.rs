//! The rules of a provider's configuration, each as one table.

use onay_core::{Dispatch, ErrorKind, Subject};

use super::*;

const THREE: [Site; 3] = [
    Site::test("test", "https://test.example.com"),
    Site::live("live", "https://api.example.com"),
    Site::sandbox("sandbox", "http://127.0.0.1:8027/acme"),
];
static ACME: Profile = Profile::new("acme", &THREE)
    .with_variables("ACME_ENV", "ACME_BASE_URL")
    .with_published(&["test-key", "test-client"]);

/// A provider whose test service is on its live host.
const ONE_HOST: [Site; 3] = [
    Site::test("test", "https://www.example.com"),
    Site::live("live", "https://www.example.com"),
    Site::sandbox("sandbox", "http://127.0.0.1:8027/mono"),
];
static MONO: Profile = Profile::new("mono", &ONE_HOST)
    .with_variables("MONO_ENV", "MONO_BASE_URL")
    .with_published(&["test-key"]);

fn from(profile: &'static Profile, pairs: &[(&str, &str)]) -> Result<Service, Error> {
    let lookup = |name: &str| {
        let found = pairs.iter().find(|(given, _)| *given == name)?;
        Some(found.1.to_owned())
    };
    Service::from_variables(profile, &Variables::new(profile.provider(), &lookup))
}

fn refused(result: Result<impl Sized, Error>, subject: Subject, reason: Reason, shown: &str) {
    let Err(error) = result else {
        panic!("taken: {shown}");
    };
    assert_eq!(error.kind(), ErrorKind::Config, "{shown}");
    assert_eq!(error.dispatch(), Dispatch::NotSent, "{shown}");
    let found = (error.subject(), error.reason());
    assert_eq!(found, (Some(subject), Some(reason)), "{shown}");
    assert!(error.provider().is_some(), "{shown}");
    assert!(!format!("{error} {error:?}").contains("canary"), "{shown}");
}

#[test]
fn an_environment_has_to_be_named_and_a_mistake_lists_them() {
    let subject = Subject::Variable("ACME_ENV");
    for (value, reason) in [
        (None, ACME.environment_reason),
        (Some(""), ACME.environment_reason),
        (Some("prod"), ACME.environment_reason),
        (Some("Test"), ACME.environment_reason),
        (Some("\"test\""), QUOTED),
        (Some("'live'"), QUOTED),
    ] {
        let pairs: Vec<_> = value.map(|value| ("ACME_ENV", value)).into_iter().collect();
        refused(from(&ACME, &pairs), subject, reason, &format!("{value:?}"));
    }
    let error = from(&ACME, &[]).expect_err("none named").to_string();
    for name in ["ACME_ENV", "test", "live", "sandbox"] {
        assert!(error.contains(name), "{error}");
    }
}

#[test]
fn an_address_of_a_variable_is_checked_against_the_environment() {
    let base = Subject::Variable("ACME_BASE_URL");
    let (sandbox, hosts) = ("http://onay-sandbox:8027/acme", "a.internal, onay-sandbox");
    let (own, live) = ("https://gateway.example.net", "https://api.example.com");
    let also_live = "https://API.example.com.:8443/x";
    for (environment, address, hosts, reason) in [
        ("test", "\"https://gateway.example.net\"", "", Some(QUOTED)),
        ("test", own, "", None),
        ("test", live, "", Some(LIVE_BY_ACCIDENT)),
        ("sandbox", also_live, "", Some(LIVE_BY_ACCIDENT)),
        ("live", also_live, "", None),
        ("live", "", "", None),
        ("sandbox", sandbox, "onay-sandbox", None),
        ("sandbox", sandbox, hosts, None),
        ("test", sandbox, hosts, Some(NO_SANDBOX)),
        ("live", sandbox, hosts, Some(NO_SANDBOX)),
    ] {
        let pairs = [
            ("ACME_ENV", environment),
            ("ACME_BASE_URL", address),
            ("ONAY_SANDBOX_HOSTS", hosts),
        ];
        let (service, shown) = (from(&ACME, &pairs), format!("{environment} {address}"));
        match reason {
            Some(reason) => refused(service, base, reason, &shown),
            None => drop(service.expect(&shown)),
        }
    }
    let plain = [
        ("ACME_ENV", "sandbox"),
        ("ACME_BASE_URL", "http://onay-sandbox:8027"),
    ];
    let error = from(&ACME, &plain).expect_err("not listed").to_string();
    assert!(error.contains("ONAY_SANDBOX_HOSTS"), "{error}");
    let same_host = [
        ("MONO_ENV", "test"),
        ("MONO_BASE_URL", "https://www.example.com"),
    ];
    let _ = from(&MONO, &same_host).expect("the test service itself");
    let sandbox = [
        ("MONO_ENV", "sandbox"),
        ("MONO_BASE_URL", "https://www.example.com"),
    ];
    let subject = Subject::Variable("MONO_BASE_URL");
    refused(from(&MONO, &sandbox), subject, LIVE_BY_ACCIDENT, "mono");
}

#[test]
fn sandbox_keys_never_go_live() {
    let [test, live, sandbox] = THREE;
    let [mono_test, mono_live, _] = ONE_HOST;
    let (in_live, to_live) = (Some(PUBLISHED_IN_LIVE), Some(PUBLISHED_TO_LIVE));
    let (own, own_live) = (
        Some("https://gateway.example.net"),
        Some("https://api.example.com"),
    );
    let also_live = Some("https://API.example.com.:8443/v2");
    for (profile, site, address, reason) in [
        (&ACME, Some(test), None, None),
        (&ACME, Some(sandbox), None, None),
        (&ACME, Some(live), None, in_live),
        (&ACME, Some(live), own, in_live),
        (&ACME, Some(live), Some("http://127.0.0.1:8027/acme"), None),
        (&ACME, Some(live), Some("https://localhost"), None),
        (&ACME, Some(test), own_live, to_live),
        (&ACME, Some(sandbox), also_live, to_live),
        (&ACME, None, own_live, to_live),
        (&ACME, None, own, None),
        (&MONO, Some(mono_test), None, None),
        (&MONO, Some(mono_live), None, in_live),
        (&MONO, None, Some("https://www.example.com"), to_live),
    ] {
        let mut service = Service::new(profile);
        service.site = site;
        service.base_url = address.map(|address| BaseUrl::parse(address).expect(address));
        let shown = format!("{site:?} {address:?}");
        let own = Key::parse("key", "canary-own").expect("a key");
        let (_, resolved) = service.clone().resolve(&[&own]).expect(&shown);
        for subject in [
            Subject::Argument("client"),
            Subject::Variable("ACME_CLIENT"),
        ] {
            let published = Key::read(subject, "test-key").expect("a key");
            let result = service.clone().resolve(&[&own, &published]);
            match reason {
                Some(reason) => refused(result, subject, reason, &shown),
                None => assert_eq!(result.expect(&shown).1, resolved, "{shown}"),
            }
        }
    }
}

#[test]
fn what_is_not_named_is_missed_when_it_is_resolved() {
    let subject = Subject::Argument("environment");
    refused(
        Service::new(&ACME).resolve(&[]),
        subject,
        NOTHING_NAMED,
        "nothing",
    );
    let plain = BaseUrl::parse_sandbox("http://onay-sandbox:8027", &["onay-sandbox"]);
    let service = Service::new(&ACME).with_base_url(plain.expect("a base URL"));
    let [test, live, sandbox] = THREE;
    for site in [None, Some(test), Some(live)] {
        let mut service = service.clone();
        service.site = site;
        let subject = Subject::Argument("base_url");
        refused(
            service.resolve(&[]),
            subject,
            NO_SANDBOX,
            &format!("{site:?}"),
        );
    }
    service.with_site(sandbox).resolve(&[]).expect("a sandbox");
}

#[test]
fn a_client_that_is_shared_is_the_one_that_is_used() {
    let client = HttpClient::builder()
        .timeout(std::time::Duration::from_secs(7))
        .build()
        .expect("a client");
    let service = Service::new(&ACME)
        .with_site(THREE[2])
        .with_http_client(client);
    let (client, base) = service.resolve(&[]).expect("resolved");
    assert_eq!(client.settings().timeout.as_secs(), 7);
    assert_eq!(base.as_str(), "http://127.0.0.1:8027/acme");
}
