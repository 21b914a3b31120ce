//! Rules that hide behind one another, each alone: HTTP/2 is switched back on to reach them.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use onay_core::Operation;
use onay_testkit::{Behaviour, SocketServer};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::harden;
use crate::one_shot::{BodyState, OneShot};
use crate::tls::Trust;
use crate::{BaseUrl, HttpClient};

/// How the HTTP/2 server turns a request down, after it has read it whole.
#[derive(Clone, Copy, Debug)]
enum Refusal {
    /// `RST_STREAM` with `REFUSED_STREAM`.
    Stream,
    /// `GOAWAY` with `NO_ERROR` that names no stream as processed.
    GoAway,
}

impl Refusal {
    fn frame(self) -> &'static [u8] {
        match self {
            Self::Stream => &[0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 7],
            Self::GoAway => &[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        }
    }
}

/// An HTTP/2 server, frame by frame, that reads every request whole, turns it down, and counts.
struct RefusingServer {
    url: String,
    requests: Arc<AtomicUsize>,
}

impl RefusingServer {
    async fn start(refusal: Refusal) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let counter = Arc::clone(&counter);
                tokio::spawn(async move { refuse(stream, refusal, &counter).await.ok() });
            }
        });
        Self { url, requests }
    }

    async fn requests_of(refusal: Refusal, client: ClientBuilder, body: Body) -> usize {
        let server = Self::start(refusal).await;
        let client = client.http2_prior_knowledge().build().expect("a client");
        client
            .post(&server.url)
            .body(body)
            .send()
            .await
            .expect_err("turned down");
        server.requests.load(Ordering::SeqCst)
    }
}

async fn refuse(mut stream: TcpStream, refusal: Refusal, requests: &AtomicUsize) -> io::Result<()> {
    const DATA: u8 = 0;
    const END_STREAM: u8 = 1;
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await?;
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    stream.write_all(&settings).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await?;
        if head[3] == DATA && head[4] & END_STREAM != 0 {
            requests.fetch_add(1, Ordering::SeqCst);
            let mut frame = refusal.frame().to_vec();
            if matches!(refusal, Refusal::Stream) {
                frame[5..9].copy_from_slice(&head[5..9]);
            }
            stream.write_all(&frame).await?;
        }
    }
}

/// A server that redirects with this status, and the one to which it does.
async fn redirecting(status: u16) -> (SocketServer, SocketServer) {
    let elsewhere = SocketServer::start(Behaviour::json("{}")).await;
    let location = format!(
        "HTTP/1.1 {status} Elsewhere\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url()
    );
    let server = SocketServer::start(Behaviour::Answer(location.into_bytes())).await;
    (server, elsewhere)
}

fn reusable_body() -> Body {
    Body::from("body")
}

fn one_shot_body() -> Body {
    Body::wrap(OneShot::new(Bytes::from("body"), BodyState::default()))
}

fn hardened() -> ClientBuilder {
    let client = HttpClient::new().expect("a client");
    harden(None, client.settings(), Trust::System).expect("TLS")
}

/// A builder that reqwest makes its own TLS configuration for: it panics with `rustls-ring` alone,
/// unless a provider is installed.
fn plain() -> ClientBuilder {
    #[cfg(feature = "rustls-ring")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
}

/// Shows that the servers here provoke what the rules are against.
#[tokio::test]
async fn without_the_rules_the_library_sends_three_times() {
    for refusal in [Refusal::Stream, Refusal::GoAway] {
        let client = plain().no_proxy();
        let requests = RefusingServer::requests_of(refusal, client, reusable_body()).await;
        assert_eq!(requests, 3, "{refusal:?}");
    }
}

#[tokio::test]
async fn the_retry_policy_is_off() {
    for refusal in [Refusal::Stream, Refusal::GoAway] {
        let requests = RefusingServer::requests_of(refusal, hardened(), reusable_body()).await;
        assert_eq!(requests, 1, "{refusal:?}");
    }
}

#[tokio::test]
async fn the_body_cannot_be_sent_again() {
    for refusal in [Refusal::Stream, Refusal::GoAway] {
        let client = plain().no_proxy();
        let requests = RefusingServer::requests_of(refusal, client, one_shot_body()).await;
        assert_eq!(requests, 1, "{refusal:?}");
    }
}

#[tokio::test]
async fn the_body_is_not_sent_on_by_a_redirect() {
    let (server, elsewhere) = redirecting(307).await;
    let client = plain().no_proxy().build().expect("a client");
    let answer = client.post(server.url()).body(one_shot_body()).send().await;
    assert_eq!(answer.expect("the 307 itself").status(), 307);
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn no_referer_goes_out() {
    let (server, elsewhere) = redirecting(302).await;
    let client = hardened()
        .redirect(Policy::limited(2))
        .build()
        .expect("a client");
    let url = format!("{}/?canary=1", server.url());
    client.post(url).send().await.expect("followed");
    assert_eq!(elsewhere.requests()[0].header("referer"), None);
}

/// What was set on a builder that is handed in does not survive.
#[tokio::test]
async fn a_handed_in_builder_is_overruled() {
    let (server, elsewhere) = redirecting(307).await;
    let handed_in = plain()
        .http2_prior_knowledge()
        .redirect(Policy::limited(5))
        .gzip(true)
        .referer(true);
    let client = HttpClient::builder()
        .reqwest(handed_in)
        .build()
        .expect("a client");
    let base = BaseUrl::parse(&server.url()).expect("a base URL");
    let endpoint = client.endpoint("acme", Operation::SEND_OTP, &base, "/");
    let endpoint = endpoint.expect("an endpoint");
    let status = endpoint
        .empty()
        .send(|response| Ok(response.status()))
        .await;
    assert_eq!(status.expect("HTTP/1.1 was spoken"), 307);
    assert_eq!(server.requests()[0].header("accept-encoding"), None);
    assert_eq!(elsewhere.connections(), 0);
}
