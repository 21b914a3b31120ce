//! TLS: what cannot be trusted gets no request, and HTTP/2 is never spoken.

use std::net::SocketAddr;
use std::sync::Arc;

use onay_core::{Dispatch, ErrorKind, Operation};
use onay_http::BaseUrl;
use onay_http::reqwest::Certificate;
use onay_testkit::{Behaviour, SocketServer};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::{builder, call, must_pass, once_more, to_hand_in};

/// A TLS server for `localhost` with a certificate of its own, which says what each handshake
/// agreed on and then hangs up.
struct TlsServer {
    address: SocketAddr,
    certificate: Certificate,
    pem: String,
    handshakes: mpsc::UnboundedReceiver<Option<Vec<u8>>>,
}

impl TlsServer {
    async fn start(alpn: &[&str]) -> Self {
        let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a key");
        let certificate = Certificate::from_der(key.cert.der()).expect("a certificate");
        let private = PrivateKeyDer::try_from(key.signing_key.serialize_der()).expect("a key");
        // Named, so that nothing is installed for the whole process.
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![key.cert.der().clone()], private)
            .expect("a configuration");
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (sender, handshakes) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(stream) = acceptor.accept(stream).await {
                    let agreed = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
                    let _ = sender.send(agreed);
                }
            }
        });
        Self {
            address,
            certificate,
            pem: key.cert.pem(),
            handshakes,
        }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
}

#[tokio::test]
async fn an_unknown_certificate_gets_no_request() {
    let server = TlsServer::start(&["http/1.1"]).await;
    let client = builder().build().expect("a client");
    let error = call(&client, &server.url()).await.expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    let reason = error.reason().map(|reason| reason.id());
    assert_eq!(reason, Some("untrusted_certificate"));
}

/// Tells the child process which server to call.
const TARGET: &str = "ONAY_TEST_TLS_TARGET";

/// Which certificates the system trusts can be said only in an environment, so the call is made by a
/// child. It also shows that the client needs no process-wide provider and leaves none behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(target_os = "linux"), ignore = "the variable is read on Linux")]
async fn what_the_system_trusts_gets_a_request_and_http2_is_not_spoken() {
    if let Ok(target) = std::env::var(TARGET) {
        let client = builder().build().expect("a client");
        call(&client, &target).await.expect_err("it hangs up");
        assert!(CryptoProvider::get_default().is_none());
        return;
    }
    let mut server = TlsServer::start(&["h2", "http/1.1"]).await;
    let folder = tempfile::tempdir().expect("a folder");
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, &server.pem).expect("written");
    let mut child = once_more("tls::what_the_system_trusts_gets_a_request_and_http2_is_not_spoken");
    child
        .env(TARGET, server.url())
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR");
    must_pass(child).await;
    let agreed = server.handshakes.recv().await.expect("a handshake");
    assert_eq!(agreed.as_deref(), Some(b"http/1.1".as_slice()));
}

/// Without a certificate store a loopback address can be called, and https says what is missing.
#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(target_os = "linux"), ignore = "the variables are read on Linux")]
async fn only_https_needs_a_certificate_store() {
    if let Ok(target) = std::env::var(TARGET) {
        let client = builder().build().expect("a client");
        call(&client, &target).await.expect("answered");
        let base = BaseUrl::parse("https://api.example.com").expect("a base URL");
        let endpoint = client.endpoint("acme", Operation::SEND_OTP, &base, "/send");
        if cfg!(feature = "bundled-roots") {
            endpoint.expect("the roots that are compiled in");
            return;
        }
        let error = endpoint.expect_err("no store");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.provider(), Some("acme"));
        let shown = error.to_string();
        assert!(
            shown.contains("ca-certificates") && shown.contains("SSL_CERT_FILE"),
            "{shown}"
        );
        let handed_in = builder().reqwest(to_hand_in()).build();
        let shown = handed_in.expect_err("no store").to_string();
        assert!(shown.contains("ca-certificates"), "{shown}");
        return;
    }
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let mut child = once_more("tls::only_https_needs_a_certificate_store");
    child
        .env(TARGET, server.url())
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent");
    must_pass(child).await;
    assert_eq!(server.requests().len(), 1);
}

/// reqwest would panic.
#[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_builder_handed_in_without_a_provider_is_an_error() {
    if std::env::var(TARGET).is_ok() {
        let handed_in = reqwest::ClientBuilder::new();
        let error = builder().reqwest(handed_in).build().expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(
            error.subject(),
            Some(onay_core::Subject::Argument("http_client"))
        );
        assert!(CryptoProvider::get_default().is_none());
        let client = builder().reqwest(to_hand_in());
        client.build().expect("a client, now that there is one");
        return;
    }
    let mut child = once_more("tls::a_builder_handed_in_without_a_provider_is_an_error");
    child.env(TARGET, "none");
    must_pass(child).await;
}

#[tokio::test]
async fn certificate_checks_cannot_be_switched_off() {
    let server = TlsServer::start(&["http/1.1"]).await;
    let careless = to_hand_in().tls_danger_accept_invalid_certs(true);
    let client = builder().reqwest(careless).build().expect("a client");
    let error = call(&client, &server.url()).await.expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
}

#[tokio::test]
async fn a_ca_of_ones_own_can_be_handed_in_and_http2_is_not_spoken() {
    let mut server = TlsServer::start(&["h2", "http/1.1"]).await;
    let trusting = to_hand_in().tls_certs_merge([server.certificate.clone()]);
    let client = builder().reqwest(trusting).build().expect("a client");
    let error = call(&client, &server.url()).await.expect_err("it hangs up");
    assert_ne!(
        error.kind(),
        ErrorKind::Unreadable,
        "what was spoken is HTTP"
    );
    let agreed = server.handshakes.recv().await.expect("a handshake");
    assert_ne!(agreed.as_deref(), Some(b"h2".as_slice()), "only HTTP/1.1");
}
