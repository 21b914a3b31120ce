//! Clocks an hour off: the provider's wait is counted on the provider's clock.

use onay_core::{ErrorKind, OtpSender};
use onay_guard::MemoryStore;
use onay_paynet::{Paynet, SecretKey};
use onay_sandbox::Sandbox;

use crate::support::{builder, challenge, held, seconds};

#[tokio::test]
async fn a_provider_an_hour_ahead_holds_nobody_for_an_hour() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sandbox.advance(seconds(3600));
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_clock").expect("a key"))
        .base_url(sandbox.paynet_url().parse().expect("an address"))
        .build()
        .expect("a provider");
    let guarded = builder(paynet, MemoryStore::new())
        .build()
        .expect("a guard");
    guarded
        .send_otp(&challenge("a", "0555 000 00 42"))
        .await
        .expect("sent");
    // Another session: the provider itself would send.
    let early = guarded.send_otp(&challenge("b", "0555 000 00 42")).await;
    let wait = held(early, ErrorKind::TooSoon);
    assert!(wait > seconds(170) && wait <= seconds(181), "{wait:?}");
    assert_eq!(sandbox.messages().len(), 1);
}
