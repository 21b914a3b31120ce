//! The CA that a connection trusts, and the client certificate that it shows.

use onay_core::Error;
#[cfg(feature = "redis-rustls")]
use onay_core::Reason;
#[cfg(feature = "redis-rustls")]
use redis::ConnectionAddr;
use redis::{Client, ConnectionInfo, RedisResult};

#[cfg(feature = "redis-rustls")]
const NO_CRYPTO_PROVIDER: Reason = Reason::new(
    "redis_no_crypto_provider",
    "wants TLS, and the program has installed no rustls crypto provider",
    "TLS istiyor, ama program bir rustls kriptografi sağlayıcısı kurmadı",
);
#[cfg(feature = "redis-rustls")]
const NOT_FOR_PLAIN: Reason = Reason::new(
    "redis_certificate_without_tls",
    "is for an address that begins with rediss://",
    "yalnızca rediss:// ile başlayan bir adres için verilebilir",
);
#[cfg(feature = "redis-rustls")]
const NO_PEM: Reason = Reason::new(
    "redis_certificate_unreadable",
    "is no certificate or key in PEM form",
    "PEM biçiminde bir sertifika ya da anahtar değil",
);

/// Certificates in PEM form.
#[derive(Clone, Default)]
pub(super) struct Certificates {
    #[cfg(feature = "redis-rustls")]
    pub(super) ca: Option<Vec<u8>>,
    #[cfg(feature = "redis-rustls")]
    pub(super) client: Option<redis::ClientTlsConfig>,
}

impl Certificates {
    /// A client for this address.
    #[cfg_attr(
        not(feature = "redis-rustls"),
        expect(clippy::unused_self, reason = "it is asked where there is TLS")
    )]
    pub(super) fn client(&self, info: ConnectionInfo) -> RedisResult<Client> {
        #[cfg(feature = "redis-rustls")]
        if matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            let certificates = redis::TlsCertificates {
                client_tls: self.client.clone(),
                root_cert: self.ca.clone(),
            };
            return Client::build_with_tls(info, certificates);
        }
        Client::open(info)
    }

    /// What is wrong is said before there is a connection. rustls would panic where it cannot tell
    /// which crypto provider is meant.
    #[cfg(feature = "redis-rustls")]
    pub(super) fn check(&self, info: &ConnectionInfo) -> Result<(), Error> {
        let given = [
            ("ca", self.ca.is_some()),
            ("client_certificate", self.client.is_some()),
        ];
        if !matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            let useless = given.into_iter().find(|(_, is_given)| *is_given);
            return match useless {
                Some((argument, _)) => Err(Error::config(argument, NOT_FOR_PLAIN)),
                None => Ok(()),
            };
        }
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(Error::config("redis_url", NO_CRYPTO_PROVIDER));
        }
        let ca = Self {
            client: None,
            ..self.clone()
        };
        // An empty list of certificates would trust nothing, and parses.
        let is_empty = self.ca.as_ref().is_some_and(|pem| !holds_certificate(pem));
        if is_empty || ca.client(info.clone()).is_err() {
            return Err(Error::config("ca", NO_PEM));
        }
        let is_empty =
            (self.client.as_ref()).is_some_and(|client| !holds_certificate(&client.client_cert));
        if is_empty || self.client(info.clone()).is_err() {
            return Err(Error::config("client_certificate", NO_PEM));
        }
        Ok(())
    }

    #[cfg(not(feature = "redis-rustls"))]
    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "it can fail where there is TLS"
    )]
    pub(super) fn check(&self, _: &ConnectionInfo) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(feature = "redis-rustls")]
fn holds_certificate(pem: &[u8]) -> bool {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    matches!(CertificateDer::pem_slice_iter(pem).next(), Some(Ok(_)))
}
