//! A timeout and the connection race for the body: "not sent" is never wrong.

use std::collections::HashSet;
use std::time::Duration;

use onay_core::{Dispatch, Operation};
use onay_http::{BaseUrl, Endpoint};
use onay_testkit::{Behaviour, ReceivedRequest, SocketServer};

use crate::support::{builder, raw};

const CALLERS: usize = 64;
/// In milliseconds.
const TIMEOUTS: [u64; 6] = [1, 2, 2, 2, 4, 32];

/// A second's worth; with `ONAY_SOAK` set, half a minute's.
fn calls() -> usize {
    if std::env::var_os("ONAY_SOAK").is_some() {
        1_000
    } else {
        60
    }
}

/// The calls of one caller that ended as "not sent".
async fn call(endpoint: Endpoint, caller: usize) -> Vec<String> {
    let mut not_sent = Vec::new();
    for call in 0..calls() {
        let body = format!(r#"{{"call":"{caller}-{call}"}}"#);
        let request = endpoint.json(&raw(&body)).expect("a body");
        let result = request.send(|_| Ok(())).await;
        if result.is_err_and(|error| error.dispatch() == Dispatch::NotSent) {
            not_sent.push(body);
        }
    }
    not_sent
}

/// The shortest timeouts hit the moment in which the body is asked for most often; it is there with
/// every timeout. From 1 to 32 ms, some are too short for any machine and some long enough.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn not_sent_is_never_said_of_a_request_that_arrived() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let base = BaseUrl::parse(&server.url()).expect("a base URL");
    let endpoints = TIMEOUTS.map(|timeout| {
        let client = builder().timeout(Duration::from_millis(timeout)).build();
        let client = client.expect("a client");
        let endpoint = client.endpoint("acme", Operation::SEND_OTP, &base, "/send");
        endpoint.expect("an endpoint")
    });
    let endpoints = endpoints.iter().cycle().take(CALLERS);
    let callers: Vec<_> = endpoints
        .enumerate()
        .map(|(caller, endpoint)| tokio::spawn(call(endpoint.clone(), caller)))
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
    // Else nothing was tried.
    assert!(!not_sent.is_empty(), "every request was sent");
    assert!(!arrived.is_empty(), "no request arrived");
    for body in not_sent {
        assert!(
            !arrived.contains(&body),
            "{body} was called not sent, and arrived"
        );
    }
}
