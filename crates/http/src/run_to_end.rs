//! Lets a call finish although its caller has stopped waiting.

use onay_core::{Error, ErrorKind, Reason};
use tracing::{Instrument, error};

/// Runs a call as a task of its own, so that it finishes although the returned future is dropped.
///
/// A web framework drops a handler when the customer closes the tab. A call dropped after its first
/// poll may have left, and its result would be lost. Store what came of it inside the call.
///
/// The call keeps the caller's `tracing` span. A panic inside it is an event of the level ERROR,
/// without what the panic said, also where its caller has gone.
///
/// ```
/// use onay_core::{Error, OtpChallenge, OtpSender};
/// use std::sync::Arc;
///
/// async fn handler(sender: Arc<dyn OtpSender>, challenge: OtpChallenge) -> Result<(), Error> {
///     onay_http::run_to_end(async move {
///         let sent = sender.send_otp(&challenge).await?;
///         // Keep `sent.challenge()` where the next request finds it.
///         Ok(())
///     })
///     .await
/// }
/// ```
///
/// # Errors
///
/// Those of the call. [`Interrupted`](ErrorKind::Interrupted) with
/// [`MaybeSent`](onay_core::Dispatch::MaybeSent) when the runtime shuts down meanwhile, or the call
/// panics.
///
/// # Panics
///
/// Outside a tokio runtime, like `tokio::spawn`.
pub async fn run_to_end<T: Send + 'static>(
    call: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let watched = Watched { ended: false };
    let call = async move {
        let mut watched = watched;
        let result = call.await;
        watched.ended = true;
        result
    };
    tokio::spawn(call.in_current_span())
        .await
        .unwrap_or_else(|_| Err(Error::new(ErrorKind::Interrupted).with_reason(NOT_ENDED)))
}

const NOT_ENDED: Reason = Reason::new(
    "call_not_ended",
    "the call did not run to its end",
    "çağrı sonuna kadar çalışmadı",
);

/// Dropped with the call, so that its end is told although its caller is gone.
struct Watched {
    ended: bool,
}

impl Drop for Watched {
    fn drop(&mut self) {
        if !self.ended {
            // Without what a panic said: it may quote what went out.
            error!(
                outcome = "interrupted",
                dispatch = "maybe_sent",
                "{NOT_ENDED}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use onay_core::Dispatch;
    use onay_testkit::TraceCapture;
    use tokio::sync::oneshot;
    use tracing::info_span;

    use super::*;

    /// Polls a call until it waits for its word.
    async fn begin(call: Pin<&mut impl Future<Output = Result<(), Error>>>) {
        tokio::select! {
            biased;
            _ = call => panic!("it was not told to go"),
            () = tokio::task::yield_now() => {}
        }
    }

    #[tokio::test]
    async fn a_dropped_caller_does_not_stop_the_call() {
        let (go, started) = oneshot::channel::<()>();
        let (done, finished) = oneshot::channel::<()>();
        let mut call = Box::pin(run_to_end(async move {
            started.await.expect("told to go");
            done.send(()).expect("still listening");
            Ok(())
        }));
        begin(call.as_mut()).await;
        drop(call);
        go.send(()).expect("still running");
        finished.await.expect("ran to its end");
    }

    #[tokio::test]
    async fn a_panic_is_maybe_sent_and_told_without_its_words() {
        let capture = TraceCapture::start();
        let error = run_to_end::<()>(async { panic!("canary") })
            .instrument(info_span!("handler", order = 42))
            .await
            .expect_err("panicked");
        assert_eq!(error.dispatch(), Dispatch::MaybeSent);
        let traced = capture.text();
        let told = traced
            .lines()
            .find(|line| line.contains(NOT_ENDED.english()));
        let told = told.unwrap_or_else(|| panic!("not told: {traced}"));
        assert!(told.trim_start().starts_with("ERROR"), "{told}");
        assert!(told.contains("handler{order=42}"), "whose it was: {told}");
        assert!(!format!("{error:?} {traced}").contains("canary"));
    }

    #[tokio::test]
    async fn the_call_keeps_the_callers_span_and_a_good_end_is_silent() {
        let capture = TraceCapture::start();
        let call = async {
            tracing::debug!("from within");
            Ok(())
        };
        let spanned = run_to_end(call).instrument(info_span!("handler", order = 42));
        spanned.await.expect("ended");
        let traced = capture.text();
        let within = traced.lines().find(|line| line.contains("from within"));
        assert!(within.is_some_and(|line| line.contains("handler{order=42}")));
        assert!(!traced.contains(NOT_ENDED.english()), "{traced}");
    }

    #[tokio::test]
    async fn a_panic_is_reported_after_its_caller_was_dropped() {
        let capture = TraceCapture::start();
        let (go, started) = oneshot::channel::<()>();
        let call = async move {
            let _ = started.await;
            panic!("canary")
        };
        let mut call = Box::pin(run_to_end::<()>(call));
        begin(call.as_mut()).await;
        drop(call);
        go.send(()).expect("still running");
        while !capture.text().contains(NOT_ENDED.english()) {
            tokio::task::yield_now().await;
        }
        assert!(!capture.text().contains("canary"));
    }
}
