//! One span and one event per call: provider, operation, outcome, status, elapsed; nothing else.

use std::time::Instant;

use onay_core::{Delivery, Error};
use tracing::field::Empty;
use tracing::{Span, debug, debug_span, warn};

use crate::one_shot::BodyState;

/// Follows one call, also when its future is dropped half way.
pub(crate) struct CallTrace {
    span: Span,
    started: Instant,
    /// Of the try that is under way, if one is.
    body: Option<BodyState>,
    ended: bool,
}

impl CallTrace {
    pub(crate) fn start(provider: &'static str, operation: &'static str) -> Self {
        let span = debug_span!(
            "onay.call",
            provider,
            operation,
            outcome = Empty,
            delivery = Empty,
            status = Empty,
            elapsed_ms = Empty,
        );
        Self {
            span,
            started: Instant::now(),
            body: None,
            ended: false,
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// Another try gets another body: a try that was not sent leaves nothing behind.
    pub(crate) fn new_body(&mut self) -> BodyState {
        self.body.insert(BodyState::default()).clone()
    }

    pub(crate) fn answered(&self, status: u16) {
        self.span.record("status", status);
    }

    pub(crate) fn end<T>(mut self, result: &Result<T, Error>) {
        self.ended = true;
        match result {
            Ok(_) => self.record("ok", None),
            Err(error) => self.record(error.kind().as_str(), Some(error.delivery())),
        }
    }

    fn record(&self, outcome: &'static str, delivery: Option<Delivery>) {
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("outcome", outcome);
        self.span.record("elapsed_ms", elapsed);
        let entered = self.span.enter();
        match delivery {
            None => debug!(outcome, "the call ended"),
            Some(delivery) => {
                self.span.record("delivery", delivery.as_str());
                if delivery == Delivery::MaybeSent {
                    warn!(outcome, "the call ended: a message may have gone out");
                } else {
                    debug!(outcome, "the call ended");
                }
            }
        }
        drop(entered);
    }
}

impl Drop for CallTrace {
    fn drop(&mut self) {
        if !self.ended {
            let delivery = self
                .body
                .as_ref()
                .map_or(Delivery::NotSent, BodyState::settle);
            self.record("dropped", Some(delivery));
        }
    }
}
