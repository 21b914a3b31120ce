//! Every failure of the connection says why, in words of its own.

use onay_core::{Delivery, ErrorKind};
use onay_http::{HttpClient, HttpClientBuilder};
use onay_testkit::{Behaviour, ClosedPort, SocketServer};

use crate::support::{SHORT, builder, call, to_hand_in};

/// What a call says to a server that behaves so, under plain HTTP.
async fn reason(behaviour: Behaviour, client: HttpClientBuilder) -> String {
    let server = SocketServer::start(behaviour).await;
    told(client, &server.url()).await
}

async fn told(client: HttpClientBuilder, base: &str) -> String {
    let client = client.build().expect("a client");
    let error = call(&client, base).await.expect_err("it broke");
    error.message().expect("a reason").to_owned()
}

#[tokio::test]
async fn before_the_connection_stands() {
    let nobody = ClosedPort::take();
    let reason = told(builder(), &nobody.url()).await;
    assert_eq!(reason, "the server cannot be reached");
    let reason = told(builder(), "https://no-such-host.invalid").await;
    assert_eq!(reason, "the host name is unknown");
    let silent = SocketServer::start(Behaviour::Silent).await;
    let url = silent.url().replace("http", "https");
    let reason = told(builder().connect_timeout(SHORT), &url).await;
    assert_eq!(reason, "no connection in time");
}

#[tokio::test]
async fn before_the_answer() {
    let waiting = reason(Behaviour::NeverAnswer, builder().timeout(SHORT)).await;
    assert_eq!(waiting, "no answer in time");
    let closed = reason(Behaviour::CloseAfterRequest, builder()).await;
    assert_eq!(closed, "the connection broke before an answer came");
    let other = Behaviour::AnswerAndClose(b"SMTP ready\r\n\r\n".to_vec());
    assert_eq!(reason(other, builder()).await, "the answer is not HTTP");
}

#[tokio::test]
async fn within_the_answer() {
    let begun = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"code\":".to_vec();
    let closed = reason(Behaviour::AnswerAndClose(begun.clone()), builder()).await;
    assert_eq!(closed, "the connection broke while the answer was read");
    // The head has to be there in time on a busy machine, and the body never is.
    let patient = builder().timeout(SHORT * 5);
    let open = reason(Behaviour::Answer(begun), patient).await;
    assert_eq!(open, "time ran out while the answer was read");
}

/// The client refuses the address itself: no other try would do better.
#[tokio::test]
async fn a_client_that_only_speaks_tls_is_wrongly_set_up_for_plain_http() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let client = HttpClient::builder()
        .reqwest(to_hand_in().https_only(true))
        .build()
        .expect("a client");
    let error = call(&client, &server.url()).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(error.message(), None);
    assert_eq!(server.connections(), 0);
}
