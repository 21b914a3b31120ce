//! One span and one event per call: provider, operation, outcome, delivery, status, elapsed; nothing else.

use std::time::Instant;

use onay_core::{Delivery, Error, ErrorKind};
use tracing::field::Empty;
use tracing::{Span, debug, debug_span, warn};

use crate::one_shot::BodyState;

/// Follows one call, also when its future is dropped half way.
pub(crate) struct CallTrace {
    span: Span,
    provider: &'static str,
    operation: &'static str,
    status: Option<u16>,
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
            provider,
            operation,
            status: None,
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

    pub(crate) fn answered(&mut self, status: u16) {
        self.status = Some(status);
        self.span.record("status", status);
    }

    pub(crate) fn end<T>(mut self, result: &Result<T, Error>) {
        self.ended = true;
        match result {
            Ok(_) => self.record("ok", None, Weight::Usual),
            Err(error) => {
                let (kind, delivery) = (error.kind(), error.delivery());
                self.record(kind.as_str(), Some(delivery), Weight::of(delivery, kind));
            }
        }
    }

    fn record(&self, outcome: &'static str, delivery: Option<Delivery>, weight: Weight) {
        let elapsed_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let delivery = delivery.map(Delivery::as_str);
        self.span.record("outcome", outcome);
        self.span.record("delivery", delivery);
        self.span.record("elapsed_ms", elapsed_ms);
        // A level that leaves the span out keeps its warnings, so each of them says all of it again.
        macro_rules! event {
            ($level:ident, $message:literal) => {
                $level!(
                    provider = self.provider,
                    operation = self.operation,
                    outcome,
                    delivery,
                    status = self.status,
                    elapsed_ms,
                    $message
                )
            };
        }
        self.span.in_scope(|| match weight {
            Weight::Usual => event!(debug, "the call ended"),
            Weight::Doubt => event!(warn, "the call ended: a message may have gone out"),
            Weight::Trouble => event!(warn, "the call ended: somebody has to look"),
        });
    }
}

/// What a call's end means to whoever reads the log.
#[derive(Clone, Copy)]
enum Weight {
    /// A yes, or a no that is the customer's.
    Usual,
    /// Nobody can tell whether a message went out.
    Doubt,
    /// It does not pass by itself, and no customer can mend it.
    Trouble,
}

impl Weight {
    fn of(delivery: Delivery, kind: ErrorKind) -> Self {
        match (delivery, kind) {
            (Delivery::MaybeSent, _) => Self::Doubt,
            (_, ErrorKind::Credentials | ErrorKind::Config | ErrorKind::Unreachable) => {
                Self::Trouble
            }
            _ => Self::Usual,
        }
    }
}

impl Drop for CallTrace {
    fn drop(&mut self) {
        if !self.ended {
            let delivery = self
                .body
                .as_ref()
                .map_or(Delivery::NotSent, BodyState::settle);
            let weight = match delivery {
                Delivery::MaybeSent => Weight::Doubt,
                _ => Weight::Usual,
            };
            self.record("dropped", Some(delivery), weight);
        }
    }
}
