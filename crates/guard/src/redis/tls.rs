//! The CA that a connection trusts, and the client certificate that it shows.

use onay_core::{Error, Reason};
use redis::{Client, ClientTlsConfig, ConnectionAddr, ConnectionInfo, TlsCertificates};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

const NO_CRYPTO_PROVIDER: Reason = Reason::new(
    "redis_no_crypto_provider",
    "wants TLS, and the program has installed no rustls crypto provider",
    "TLS istiyor, ama program bir rustls kriptografi sağlayıcısı kurmadı",
);
const NOT_FOR_PLAIN: Reason = Reason::new(
    "redis_certificate_without_tls",
    "is for an address that begins with rediss://",
    "yalnızca rediss:// ile başlayan bir adres için verilebilir",
);
const NO_PEM: Reason = Reason::new(
    "redis_certificate_unreadable",
    "is no certificate or key in PEM form",
    "PEM biçiminde bir sertifika ya da anahtar değil",
);

/// Certificates in PEM form.
#[derive(Default)]
pub(super) struct Certificates {
    pub(super) ca: Option<Vec<u8>>,
    pub(super) client: Option<ClientTlsConfig>,
}

impl Certificates {
    /// The first that was given, by the name of its setting.
    pub(super) fn given(&self) -> Option<&'static str> {
        let ca = self.ca.as_ref().map(|_| "ca");
        ca.or(self.client.as_ref().map(|_| "client_certificate"))
    }

    /// The address with these certificates. What is wrong is said before there is a connection: rustls
    /// would panic where it cannot tell which crypto provider is meant.
    pub(super) fn with(self, info: ConnectionInfo) -> Result<ConnectionInfo, Error> {
        if !matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            return match self.given() {
                Some(argument) => Err(Error::config(argument, NOT_FOR_PLAIN)),
                None => Ok(info),
            };
        }
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(Error::config("redis_url", NO_CRYPTO_PROVIDER));
        }
        let certificate = self.client.as_ref().map(|client| &client.client_cert);
        let pems = [
            ("ca", self.ca.as_ref()),
            ("client_certificate", certificate),
        ];
        for (argument, pem) in pems {
            // An empty list of certificates would trust nothing, and parses.
            if pem.is_some_and(|pem| !holds_certificate(pem)) {
                return Err(Error::config(argument, NO_PEM));
            }
        }
        let unreadable = |argument| move |_| Error::config(argument, NO_PEM);
        let mut certificates = TlsCertificates {
            client_tls: None,
            root_cert: self.ca,
        };
        // One after the other, so that the error names the one that is wrong.
        Client::build_with_tls(info.clone(), certificates.clone()).map_err(unreadable("ca"))?;
        certificates.client_tls = self.client;
        let client = Client::build_with_tls(info, certificates);
        let client = client.map_err(unreadable("client_certificate"))?;
        Ok(client.get_connection_info().clone())
    }
}

fn holds_certificate(pem: &[u8]) -> bool {
    matches!(CertificateDer::pem_slice_iter(pem).next(), Some(Ok(_)))
}
