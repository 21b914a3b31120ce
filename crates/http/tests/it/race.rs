//! A timeout and the connection race for the body: whoever is told "not sent" can rely on it.

use std::collections::HashSet;
use std::time::Duration;

use onay_core::Delivery;
use onay_http::{BaseUrl, Endpoint};
use onay_testkit::{Behaviour, ReceivedRequest, SocketServer};

use crate::support::builder;

const CALLERS: usize = 64;
const CALLS: usize = 60;

/// The calls of one caller that ended as "not sent".
async fn call(endpoint: Endpoint, caller: usize) -> Vec<String> {
    let mut not_sent = Vec::new();
    for call in 0..CALLS {
        let body = format!(r#"{{"call":"{caller}-{call}"}}"#);
        let result = endpoint.post(body.clone().into_bytes(), Ok).await;
        if result.is_err_and(|error| error.delivery() == Delivery::NotSent) {
            not_sent.push(body);
        }
    }
    not_sent
}

/// The shortest timeouts hit the moment in which the body is asked for most often; it is there with
/// every timeout.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn not_sent_is_never_said_of_a_request_that_arrived() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let timeout = Duration::from_millis(2);
    let client = builder().timeout(timeout).build().expect("a client");
    let base = BaseUrl::parse(&server.url()).expect("a base URL");
    let endpoint = client
        .endpoint("acme", "send_otp", &base, "/send")
        .expect("an endpoint");
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| tokio::spawn(call(endpoint.clone(), caller)))
        .collect();
    let mut not_sent = Vec::new();
    for caller in callers {
        not_sent.extend(caller.await.expect("ran"));
    }
    // What is still on its way when the last call ends arrives by then.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let requests = server.requests();
    let arrived: HashSet<String> = requests.iter().map(ReceivedRequest::text).collect();
    assert_eq!(arrived.len(), requests.len(), "no request came twice");
    for body in not_sent {
        assert!(
            !arrived.contains(&body),
            "{body} was called not sent, and arrived"
        );
    }
}
