//! `onay doctor` about what is live: what everyone knows does not belong there, and live has names.

use serde_json::{Value, json};

use crate::doctor::{doctor, report};
use crate::support::KEY;

#[test]
fn what_everyone_knows_is_a_mistake_where_it_is_live() {
    let environment = [
        ("PAYNET_ENV", "live"),
        ("PAYNET_SECRET_KEY", "sck_test_demo"),
        ("PAYWALL_ENV", "live-global"),
        ("PAYWALL_PRIVATE_KEY", "test-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client"),
        ("PAYTR_ENV", "live"),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
    ];
    let document = report(&environment, &[]);
    assert_eq!(document["exit_code"], 2);
    let of = |place: usize, variables: &[&str]| {
        let why = "is the sandbox's and known to everyone, but the environment is live";
        let wanted: Vec<String> = variables
            .iter()
            .map(|name| format!("{name}: {why}"))
            .collect();
        assert_eq!(document["providers"][place]["mistakes"], json!(wanted));
    };
    of(0, &["PAYNET_SECRET_KEY"]);
    of(1, &["PAYWALL_PRIVATE_KEY", "PAYWALL_PRIVATE_CLIENT"]);
    of(2, &["PAYTR_MERCHANT_KEY", "PAYTR_MERCHANT_SALT"]);
    let turkish = doctor(&environment, &["--lang", "tr"]);
    assert!(
        turkish.stdout.contains("herkesçe bilinen"),
        "{}",
        turkish.stdout
    );
}

#[test]
fn two_live_services_are_two_names_and_an_empty_address_is_none() {
    let environment = [
        ("PAYWALL_ENV", "live"),
        ("PAYWALL_BASE_URL", ""),
        ("PAYWALL_PRIVATE_KEY", "test-canary-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-canary-client"),
        ("PAYNET_ENV", "test"),
        ("PAYNET_BASE_URL", ""),
        ("PAYNET_SECRET_KEY", KEY),
    ];
    let document = report(&environment, &[]);
    let paywall = &document["providers"][1];
    let wanted = "PAYWALL_ENV: is none of test, live-turkey, live-global and sandbox";
    assert_eq!(paywall["mistakes"], json!([wanted]));
    assert_eq!(paywall["environment"], Value::Null);
    let paynet = &document["providers"][0];
    assert_eq!(paynet["mistakes"], json!([]));
    assert_eq!(paynet["base_url"], "https://pts-api.paynet.com.tr");
}
