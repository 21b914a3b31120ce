//! A client for calls to no provider: to a sandbox, or to the merchant's own server.

use onay::{Error, Reason};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

const NO_STORE: Reason = Reason::new(
    "no_certificate_store",
    "names no certificate store, and this machine has none: install ca-certificates",
    "bir sertifika deposu göstermiyor, bu makinede de yok: ca-certificates paketini kurun",
);

/// A client for this address, by no proxy and without redirects. Plain http needs no certificates.
pub(crate) fn client(url: &Url) -> Result<Client, Error> {
    let builder = Client::builder().no_proxy().redirect(Policy::none());
    let builder = match url.scheme() {
        "https" => builder,
        _ => builder.tls_certs_only([]),
    };
    let no_store = |error| Error::config_variable("SSL_CERT_FILE", NO_STORE).with_source(error);
    builder.build().map_err(no_store)
}
