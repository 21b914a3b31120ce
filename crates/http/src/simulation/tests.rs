//! Calls over a function in memory, on a paused clock.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use onay_core::{Dispatch, Error, ErrorKind, Operation};

use super::*;
use crate::{BaseUrl, ConnectRetry, HttpClient, HttpClientBuilder};

async fn call<F>(
    answer: impl Fn(SimulatedRequest) -> F + Send + Sync + 'static,
) -> Result<String, Error>
where
    F: Future<Output = Result<SimulatedResponse, SimulatedFailure>> + Send + 'static,
{
    call_with(HttpClient::builder(), answer).await
}

async fn call_with<F>(
    builder: HttpClientBuilder,
    answer: impl Fn(SimulatedRequest) -> F + Send + Sync + 'static,
) -> Result<String, Error>
where
    F: Future<Output = Result<SimulatedResponse, SimulatedFailure>> + Send + 'static,
{
    let client = HttpClient::simulated(builder, answer)?;
    // Nothing is resolved and no certificate is read.
    let base = BaseUrl::parse("http://127.0.0.1:9/base")?;
    let endpoint = client.endpoint("acme", Operation::SEND_OTP, &base, "/send")?;
    let json = endpoint.json(&serde_json::json!({"to": 1}))?;
    json.send(|response| Ok(response.text().to_owned())).await
}

#[tokio::test(start_paused = true)]
async fn a_request_arrives_and_its_response_is_read() {
    let text = call(|mut request| async move {
        let body = request.body().await.expect("not revoked");
        let length = request.body().await.expect("read before").len();
        let (method, path) = (request.method(), request.path());
        let kind = request.header("content-type").unwrap_or_default();
        let seen = format!("{method} {path} {kind} {} {length}", body.len());
        Ok(SimulatedResponse::new(200, seen).with_header("date", "x"))
    });
    assert_eq!(
        text.await.expect("answered"),
        "POST /base/send application/json 8 0"
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_not_read_has_not_left_and_cannot_leave_later() {
    let error = call(|_| async { Err(SimulatedFailure::Broken) }).await;
    let error = error.expect_err("broken");
    assert_eq!(
        (error.kind(), error.dispatch()),
        (ErrorKind::Unreachable, Dispatch::NotSent)
    );

    let error = call(|mut request| async move {
        request.body().await.expect("not revoked");
        Err(SimulatedFailure::Broken)
    });
    let error = error.await.expect_err("broken");
    assert_eq!(
        (error.kind(), error.dispatch()),
        (ErrorKind::Interrupted, Dispatch::MaybeSent)
    );

    let kept = Arc::new(Mutex::new(None));
    let keeping = Arc::clone(&kept);
    let error = call(move |request| {
        *keeping.lock().expect("not poisoned") = Some(request);
        std::future::pending()
    });
    let error = error.await.expect_err("out of time");
    assert_eq!(
        (error.kind(), error.dispatch()),
        (ErrorKind::Unreachable, Dispatch::NotSent)
    );
    let request = kept.lock().expect("not poisoned").take();
    let mut request = request.expect("it began");
    assert_eq!(request.body().await, Err(BodyRevoked));
}

#[tokio::test(start_paused = true)]
async fn time_runs_on_the_paused_clock() {
    let began = tokio::time::Instant::now();
    let error = call(|mut request| async move {
        request.body().await.expect("not revoked");
        tokio::time::sleep(Duration::from_secs(31)).await;
        Ok(SimulatedResponse::new(200, "{}"))
    });
    assert_eq!(
        error.await.expect_err("late").kind(),
        ErrorKind::Interrupted
    );
    assert_eq!(began.elapsed(), Duration::from_secs(30));
    let error = call(|mut request| async move {
        request.body().await.expect("not revoked");
        Err(SimulatedFailure::NotHttp)
    });
    assert_eq!(
        error.await.expect_err("garbage").kind(),
        ErrorKind::Unreadable
    );
}

/// A try that is under way ends with the total timeout of the call, not with one of its own.
#[tokio::test(start_paused = true)]
async fn the_total_timeout_holds_over_all_tries() {
    let began = tokio::time::Instant::now();
    let retry = ConnectRetry::new(1, Duration::from_secs(2)).expect("a retry");
    let tries = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&tries);
    let error = call_with(HttpClient::builder().connect_retry(retry), move |_| {
        let is_first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if !is_first {
                std::future::pending::<()>().await;
            }
            Err(SimulatedFailure::Broken)
        }
    });
    let error = error.await.expect_err("out of time");
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    assert_eq!(tries.load(Ordering::SeqCst), 2);
    assert_eq!(began.elapsed(), Duration::from_secs(30));
}
