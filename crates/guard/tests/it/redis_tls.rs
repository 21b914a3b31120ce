//! The store over TLS: a CA of its own and a client certificate, and what is wrong is named.

use std::fs;
use std::path::PathBuf;

use onay_core::{ErrorKind, OtpSender};
use onay_guard::{RedisStore, RedisStoreBuilder};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use onay_testkit::printed;

use crate::redis_server::{RedisServer, free_port};
use crate::support::{Provider, builder, challenge};

/// A CA, and a certificate that it signed for this machine.
struct Authority {
    ca: String,
    certificate: String,
    key: String,
    folder: TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("names");
        params
            .distinguished_name
            .push(DnType::CommonName, "test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_key = KeyPair::generate().expect("a key");
        let ca = params.self_signed(&ca_key).expect("a certificate");
        let issuer = Issuer::new(params, ca_key);
        let key = KeyPair::generate().expect("a key");
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let params = CertificateParams::new(names).expect("names");
        let certificate = params.signed_by(&key, &issuer).expect("a certificate");
        Self {
            ca: ca.pem(),
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.display().to_string()
    }

    /// A server with a port for TLS, where a client needs a certificate, and one without.
    fn server(&self) -> Option<(RedisServer, String)> {
        let port = free_port().to_string();
        let server = RedisServer::start(&[
            "--appendonly",
            "no",
            "--tls-port",
            &port,
            "--tls-cert-file",
            &self.file("server.pem", &self.certificate),
            "--tls-key-file",
            &self.file("server.key", &self.key),
            "--tls-ca-cert-file",
            &self.file("ca.pem", &self.ca),
        ])?;
        Some((server, format!("rediss://127.0.0.1:{port}")))
    }
}

async fn refused(store: RedisStoreBuilder, subject: &str, reason: &str) {
    let error = store.connect().await.expect_err("refused");
    let said = printed(&error);
    assert_eq!(error.kind(), ErrorKind::Config, "{said}");
    let named = error.subject().map(|subject| subject.name());
    assert_eq!(named, Some(subject), "{said}");
    assert_eq!(error.reason().map(|reason| reason.id()), Some(reason));
    assert!(!said.contains("127.0.0.1"), "{said}");
}

#[tokio::test]
async fn an_own_ca_and_a_client_certificate_serve_and_without_them_it_is_a_setting() {
    let ours = Authority::new();
    let Some((_server, url)) = ours.server() else {
        return;
    };
    let store = || RedisStore::builder(&url);
    let without_provider = rustls::crypto::CryptoProvider::get_default().is_none();
    if without_provider {
        refused(store(), "redis_url", "redis_no_crypto_provider").await;
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    }
    let certificate = |store: RedisStoreBuilder, from: &Authority| {
        store.client_certificate(from.certificate.clone(), from.key.clone())
    };
    let served = certificate(store().ca(ours.ca.clone()), &ours)
        .connect()
        .await;
    let guarded = builder(Provider::default(), served.expect("a store"));
    let guarded = guarded.build().expect("a guard");
    let press = challenge("a", "0555 000 00 42");
    guarded.send_otp(&press).await.expect("sent");

    let foreign = Authority::new();
    let not_trusted = "redis_ca_not_trusted";
    refused(certificate(store(), &ours), "ca", not_trusted).await;
    refused(
        certificate(store().ca(foreign.ca.clone()), &ours),
        "ca",
        not_trusted,
    )
    .await;
    let wanted = "redis_client_certificate_wanted";
    refused(store().ca(ours.ca.clone()), "client_certificate", wanted).await;
    let other = certificate(store().ca(ours.ca.clone()), &foreign);
    refused(other, "client_certificate", wanted).await;

    let unreadable = "redis_certificate_unreadable";
    refused(store().ca("no certificate"), "ca", unreadable).await;
    let broken = store().client_certificate("no certificate", ours.key.clone());
    refused(broken, "client_certificate", unreadable).await;
    let plain = RedisStore::builder("redis://127.0.0.1:1").ca(ours.ca.clone());
    refused(plain, "ca", "redis_certificate_without_tls").await;
}
