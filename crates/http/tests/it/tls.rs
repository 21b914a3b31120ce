//! TLS: what cannot be trusted gets no request, and HTTP/2 is never spoken.

use onay_core::{Dispatch, ErrorKind, Operation};
use onay_http::BaseUrl;
use onay_http::reqwest::Certificate;
#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
use onay_testkit::End;
use onay_testkit::{Behaviour, Http2Lie, SocketServer, certificate_authority};
use rustls::crypto::CryptoProvider;

use crate::support::{builder, call, must_pass, once_more, to_hand_in};

/// A server that answers over HTTP/1.1, and breaks off where HTTP/2 is spoken.
async fn server() -> SocketServer {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    SocketServer::start_tls([Behaviour::Http2(Http2Lie::Cancel, answer.to_vec())]).await
}

#[tokio::test]
async fn an_unknown_certificate_gets_no_request() {
    let server = server().await;
    let client = builder().build().expect("a client");
    let error = call(&client, &server.url()).await.expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    let reason = error.reason().map(|reason| reason.id());
    assert_eq!(reason, Some("untrusted_certificate"));
    assert!(server.requests().is_empty());
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
        call(&client, &target).await.expect("HTTP/1.1 is spoken");
        assert!(CryptoProvider::get_default().is_none());
        return;
    }
    let server = server().await;
    let folder = tempfile::tempdir().expect("a folder");
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, certificate_authority()).expect("written");
    let mut child = once_more("tls::what_the_system_trusts_gets_a_request_and_http2_is_not_spoken");
    child
        .env(TARGET, server.url())
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR");
    must_pass(child).await;
    assert_eq!(server.requests().len(), 1);
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
    let server = server().await;
    let careless = to_hand_in().tls_danger_accept_invalid_certs(true);
    let client = builder().reqwest(careless).build().expect("a client");
    let error = call(&client, &server.url()).await.expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
}

#[tokio::test]
async fn a_ca_of_ones_own_can_be_handed_in_and_http2_is_not_spoken() {
    let server = server().await;
    let authority = Certificate::from_pem(certificate_authority().as_bytes());
    let trusting = to_hand_in().tls_certs_merge([authority.expect("a certificate")]);
    let client = builder().reqwest(trusting).build().expect("a client");
    let answer = call(&client, &server.url()).await;
    assert_eq!(answer.expect("HTTP/1.1 is spoken"), b"{}");
}

/// Where only the end of the connection ends a response, TLS's goodbye proves that nothing was cut.
#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
#[tokio::test]
async fn a_response_of_unknown_length_needs_the_goodbye_of_tls() {
    for (end, is_whole) in [(End::Close, true), (End::Break, false)] {
        let response = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}".to_vec();
        let server = SocketServer::start_tls([Behaviour::AnswerThen(response, end)]).await;
        let authority = Certificate::from_pem(certificate_authority().as_bytes());
        let trusting = to_hand_in().tls_certs_merge([authority.expect("a certificate")]);
        let client = builder().reqwest(trusting).build().expect("a client");
        match call(&client, &server.url()).await {
            Ok(body) => assert!(is_whole && body == b"{}"),
            Err(error) => {
                assert!(!is_whole, "{error}");
                assert_eq!(error.kind(), ErrorKind::Interrupted);
                assert_eq!(error.dispatch(), Dispatch::MaybeSent);
            }
        }
    }
}
