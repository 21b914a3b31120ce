//! Certificates for loopback servers, and who trusts them.

use std::sync::Arc;

use reqwest::Certificate;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::Trouble;

/// A certificate for 127.0.0.1 that signs itself, and servers that show it.
#[derive(Clone)]
pub(super) struct Identity {
    certificate: Certificate,
    http1: TlsAcceptor,
    http2: TlsAcceptor,
}

impl Identity {
    pub(super) fn new() -> Result<Self, Trouble> {
        let key = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
        let acceptor = |protocols: &[&str]| -> Result<TlsAcceptor, Trouble> {
            let private = PrivateKeyDer::try_from(key.signing_key.serialize_der())?;
            // Named, so that nothing is installed for the whole process.
            let mut config =
                ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
                    .with_safe_default_protocol_versions()?
                    .with_no_client_auth()
                    .with_single_cert(vec![key.cert.der().clone()], private)?;
            config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
            Ok(TlsAcceptor::from(Arc::new(config)))
        };
        Ok(Self {
            certificate: Certificate::from_der(key.cert.der())?,
            http1: acceptor(&["http/1.1"])?,
            http2: acceptor(&["h2", "http/1.1"])?,
        })
    }

    /// What a client has to trust.
    pub(super) fn certificate(&self) -> Certificate {
        self.certificate.clone()
    }

    /// A server that offers HTTP/1.1 and nothing else.
    pub(super) fn http1(&self) -> TlsAcceptor {
        self.http1.clone()
    }

    /// A server that would rather speak HTTP/2.
    pub(super) fn http2(&self) -> TlsAcceptor {
        self.http2.clone()
    }
}
