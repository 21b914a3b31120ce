//! Our own clients, pointed at a sandbox, as a shop would have them.

use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{CreatedLink, Credentials, Currency, Money, PaytrLink, ProductLink};
use onay::{Error, OtpChallenge, OtpSender, PhoneNumber, SessionId};
use onay_sandbox::Sandbox;

pub(crate) const NUMBER: &str = "0555 000 00 42";
pub(crate) const KEY: &str = "sandbox-merchant-key";
pub(crate) const SALT: &str = "sandbox-merchant-salt";

pub(crate) fn paynet(sandbox: &Sandbox, key: &str) -> Paynet {
    Paynet::builder()
        .secret_key(SecretKey::parse(key).expect("a key"))
        .base_url(sandbox.paynet_url().parse().expect("an address"))
        .build()
        .expect("a client")
}

pub(crate) async fn send(sandbox: &Sandbox, session: &str, number: &str) -> Result<(), Error> {
    send_as(sandbox, "sck_test_browser", session, number).await
}

pub(crate) async fn send_as(
    sandbox: &Sandbox,
    key: &str,
    session: &str,
    number: &str,
) -> Result<(), Error> {
    let challenge = OtpChallenge::for_phone(
        SessionId::parse(session).expect("a session"),
        PhoneNumber::parse(number).expect("a number"),
    );
    paynet(sandbox, key).send_otp(&challenge).await.map(|_| ())
}

pub(crate) fn merchant(key: &str, salt: &str) -> Credentials {
    Credentials::parse("100001", key, salt).expect("credentials")
}

pub(crate) fn paytr(sandbox: &Sandbox, credentials: Credentials) -> PaytrLink {
    PaytrLink::builder()
        .credentials(credentials)
        .base_url(sandbox.paytr_url().parse().expect("an address"))
        .build()
        .expect("a client")
}

/// A link for a bicycle, which calls back there, sent by SMS.
pub(crate) async fn sent_link(sandbox: &Sandbox, callback: &str) -> CreatedLink {
    let client = paytr(sandbox, merchant(KEY, SALT));
    let price = Money::new(1_445, Currency::Tl).expect("a price");
    let product = ProductLink::new("Kırmızı bisiklet", price, 1).expect("a product");
    let product = product.callback(callback, "order1").expect("a callback");
    let link = client.create(product).await.expect("a link");
    let phone = PhoneNumber::parse(NUMBER).expect("a number");
    client.send_sms(link.id(), &phone).await.expect("sent");
    link
}
