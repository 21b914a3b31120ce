//! Lets a call finish although whoever waits for it goes away.

use onay_core::{Error, ErrorKind};

/// Runs a call as a task of its own, so that it finishes although the returned future is dropped.
///
/// A web framework drops a handler when the customer closes the tab. A call dropped after its first
/// poll may have left, and nobody would learn how it ended. Store what came of it inside the call.
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
/// [`MaybeSent`](onay_core::Delivery::MaybeSent) when the runtime shuts down meanwhile, or the call
/// panics.
///
/// # Panics
///
/// Outside a tokio runtime, like `tokio::spawn`.
pub async fn run_to_end<T: Send + 'static>(
    call: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    tokio::spawn(call).await.unwrap_or_else(|_| {
        Err(Error::new(ErrorKind::Interrupted).with_reason("the call did not run to its end"))
    })
}

#[cfg(test)]
mod tests {
    use onay_core::Delivery;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_dropped_caller_does_not_stop_the_call() {
        let (go, started) = oneshot::channel::<()>();
        let (done, finished) = oneshot::channel::<()>();
        let mut call = Box::pin(run_to_end(async move {
            started.await.expect("told to go");
            done.send(()).expect("still listening");
            Ok(())
        }));
        tokio::select! {
            biased;
            _ = &mut call => panic!("nobody told it to go"),
            () = tokio::task::yield_now() => {}
        }
        drop(call);
        go.send(()).expect("still running");
        finished.await.expect("ran to its end");
    }

    #[tokio::test]
    async fn a_panic_is_maybe_sent() {
        let error = run_to_end::<()>(async { panic!("canary") })
            .await
            .expect_err("panicked");
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert!(!format!("{error:?}").contains("canary"));
    }
}
