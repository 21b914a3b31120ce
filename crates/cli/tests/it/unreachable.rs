//! No connection: what is said to be done depends on where the calls go and on what failed.

use std::sync::Arc;

use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::{SEND, Served, paynet, run, run_json};

const SANDBOX: &str = "onay sandbox serve";

#[test]
fn a_sandbox_is_started_only_where_calls_go_to_one() {
    let nobody = ClosedPort::take().url();
    let at = |environment, base| {
        let mut variables = paynet(base);
        variables.push(("PAYNET_ENV", environment));
        variables
    };
    for environment in ["sandbox", "test"] {
        run(SEND, &at(environment, nobody.as_str())).says(7, &[SANDBOX]);
    }
    // A wrong address is no server that is not running.
    let served = Served::start();
    let https = served.address("paynet").replace("http:", "https:");
    for base in ["https://sandbox.invalid/paynet", https.as_str()] {
        let away = run(SEND, &at("sandbox", base));
        away.says(7, &["correct PAYNET_BASE_URL"]);
        assert!(!away.stderr.contains(SANDBOX), "{}", away.stderr);
    }
    // The sandbox's own address, without the provider's path.
    let root = served.address("paynet").replace("/paynet", "");
    run(SEND, &at("sandbox", &root)).says(3, &["check PAYNET_BASE_URL, its path too"]);
    // Names under `.invalid` are nobody's.
    for (environment, live) in [("test", ""), ("live", "--live")] {
        for language in ["en", "tr"] {
            let send = format!("{SEND} --lang {language} {live}");
            let away = run(&send, &at(environment, "https://paynet.invalid"));
            away.says(7, &["onay doctor --network"]);
            assert!(!away.stderr.contains(SANDBOX), "{}", away.stderr);
        }
    }
}

/// A TLS server for `localhost`, whose certificate has expired.
async fn serve() -> String {
    let mut wanted = rcgen::CertificateParams::new(["localhost".to_owned()]).expect("a name");
    wanted.not_before = rcgen::date_time_ymd(2000, 1, 1);
    wanted.not_after = rcgen::date_time_ymd(2001, 1, 1);
    let key = rcgen::KeyPair::generate().expect("a key");
    let certificate = wanted.self_signed(&key).expect("a certificate");
    let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    // Named, so that nothing is installed for the whole process.
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    format!("https://localhost:{port}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_is_not_accepted_points_at_itself_and_at_the_clock() {
    let url = serve().await;
    let expired = run_json(SEND, &paynet(&url));
    let error = expired.error();
    assert_eq!((expired.code, &error["kind"]), (7, &"unreachable".into()));
    assert!(
        error["caused_by"].to_string().contains("expired"),
        "{error}"
    );
    for (language, said) in [("en", "this machine's clock"), ("tr", "bilgisayarın saati")] {
        let human = run(&format!("{SEND} --lang {language}"), &paynet(&url));
        human.says(7, &[said]);
        assert!(!human.stderr.contains(SANDBOX), "{}", human.stderr);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_goes_by_the_proxy_that_is_named_and_by_no_other() {
    let proxy = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let (url, elsewhere) = (proxy.url(), ClosedPort::take().url());
    let mut environment = paynet("http://onay-sandbox:8027/paynet");
    environment.push(("ONAY_SANDBOX_HOSTS", "onay-sandbox"));
    environment.push(("HTTP_PROXY", &url));
    assert_eq!(run(SEND, &environment).code, 7, "not by the environment's");
    assert_eq!(proxy.connections(), 0);
    let given = format!("{SEND} --proxy {url}");
    environment.push(("ONAY_PROXY", &elsewhere));
    run(&given, &environment).says(0, &["accepted"]);
    environment.push(("ONAY_PROXY", &url));
    run(SEND, &environment).says(0, &["accepted"]);
    let lines = proxy.requests().into_iter().map(|request| request.line);
    let line = "POST http://onay-sandbox:8027/paynet/v1/card/send_otp HTTP/1.1";
    assert_eq!(lines.collect::<Vec<_>>(), [line, line]);

    // This machine needs none.
    let here = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    run(&given, &paynet(&here.url())).says(0, &["accepted"]);
    assert_eq!((proxy.requests().len(), here.requests().len()), (2, 1));
}

/// An image without `ca-certificates`.
#[test]
fn plain_http_needs_no_certificate_store_and_https_names_it() {
    let served = Served::start();
    let mut environment = served.environment();
    environment.extend([("SSL_CERT_FILE", "/no/such"), ("SSL_CERT_DIR", "/no/such")]);
    let listen = served.address("listen");
    let own = "callback trigger --callback-id A1 --price 1 --to";
    for line in [
        SEND,
        "sandbox messages",
        "-q demo",
        &format!("doctor --clock {listen}"),
    ] {
        run(line, &environment).says(0, &[]);
    }
    run(&format!("{own} {listen}"), &environment)
        .says(1, &["your server did not answer exactly OK"]);
    let https = format!("{own} https://localhost:9/");
    run(&https, &environment).says(2, &["install ca-certificates", "correct SSL_CERT_FILE"]);
    environment.extend([
        ("PAYNET_ENV", "test"),
        ("PAYNET_BASE_URL", "https://localhost:9"),
    ]);
    run(SEND, &environment).says(2, &["install ca-certificates", "correct SSL_CERT_FILE"]);
}
