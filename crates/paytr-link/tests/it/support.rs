//! A client at any address, and values for it.

use onay_core::{EmailAddress, Error, LinkId, LinkNotice, PhoneNumber, Recipient};
use onay_paytr_link::{Credentials, PaytrLink, PaytrLinkBuilder, ProductLink};
use onay_testkit::{Behaviour, SocketServer};

pub(crate) fn builder(base: &str) -> PaytrLinkBuilder {
    let credentials = Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001");
    PaytrLink::builder()
        .credentials(credentials.expect("credentials"))
        .base_url(base.parse().expect("a base URL"))
}

pub(crate) fn paytr(base: &str) -> PaytrLink {
    builder(base).debug_on(true).build().expect("built")
}

/// A client, and the server that answers it with this JSON.
pub(crate) async fn answering(json: &str) -> (PaytrLink, SocketServer) {
    let server = SocketServer::start(Behaviour::answer(200, "text/html", json)).await;
    (paytr(&server.url()), server)
}

pub(crate) fn link() -> LinkId {
    LinkId::parse("NB2Zlz3").expect("a link")
}

pub(crate) fn phone() -> PhoneNumber {
    PhoneNumber::parse("0555 123 45 67").expect("a number")
}

pub(crate) fn email() -> EmailAddress {
    EmailAddress::parse("musteri@example.com").expect("an address")
}

pub(crate) fn product() -> ProductLink {
    let price = "14.45 TL".parse().expect("a price");
    ProductLink::new("Çiçek Şöleni İğde", price, 1).expect("a product")
}

/// A notice of the usual link.
pub(crate) fn notice(recipient: impl Into<Recipient>) -> LinkNotice {
    LinkNotice::new(link(), recipient)
}

/// What an error is about.
pub(crate) fn subject(error: &Error) -> Option<&'static str> {
    error.subject().map(|subject| subject.name())
}
