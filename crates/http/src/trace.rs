//! One span and one event per call, without a body, number or key: provider, operation, outcome, kind, dispatch, status, time.
//!
//! The event has the fields that a metrics layer of `tracing-opentelemetry` counts by: beside the two
//! that it measures, every field is an attribute and so has few values.

use std::time::Duration;

use onay_core::{Dispatch, Error, ErrorKind};
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Span, debug, debug_span, warn};

use crate::one_shot::BodyState;
use crate::transport::Route;

/// Follows one call, also when its future is dropped half way.
pub(crate) struct CallTrace<'r> {
    span: Span,
    route: &'r Route,
    status: Option<u16>,
    started: Instant,
    /// Of the try that is under way, if one is.
    body: Option<BodyState>,
    ended: bool,
}

impl<'r> CallTrace<'r> {
    pub(crate) fn start(route: &'r Route) -> Self {
        let span = debug_span!(
            "onay.call",
            provider = route.provider,
            operation = route.operation.name(),
            outcome = Empty,
            kind = Empty,
            dispatch = Empty,
            status = Empty,
            elapsed_ms = Empty,
        );
        Self {
            span,
            route,
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

    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
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
            Ok(_) => self.record("ok", None, None, Weight::Usual),
            Err(error) => {
                let (kind, dispatch) = (error.kind(), error.dispatch());
                let weight = Weight::of(dispatch, kind);
                self.record("error", Some(kind), Some(dispatch), weight);
            }
        }
    }

    fn record(
        &self,
        outcome: &'static str,
        kind: Option<ErrorKind>,
        dispatch: Option<Dispatch>,
        weight: Weight,
    ) {
        let kind = kind.map(ErrorKind::as_str);
        let dispatch = dispatch.map(Dispatch::as_str);
        if !self.span.is_disabled() {
            let elapsed_ms = u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.span.record("outcome", outcome);
            self.span.record("kind", kind);
            self.span.record("dispatch", dispatch);
            self.span.record("elapsed_ms", elapsed_ms);
        }
        // A level that leaves the span out keeps its warnings, so each of them says all of it again.
        macro_rules! event {
            ($level:ident, $message:literal) => {
                $level!(
                    provider = self.route.provider,
                    operation = self.route.operation.name(),
                    outcome,
                    kind,
                    dispatch,
                    http.response.status_code = self.status,
                    monotonic_counter.onay_calls = 1_u64,
                    histogram.onay_call_duration = self.elapsed().as_secs_f64(),
                    $message
                )
            };
        }
        self.span.in_scope(|| match weight {
            Weight::Usual => event!(debug, "the call ended"),
            Weight::Doubt => event!(warn, "the call ended: it may have taken effect"),
            Weight::Trouble => event!(warn, "the call ended: it needs attention"),
        });
    }
}

/// What a call's end means to the reader of the log.
#[derive(Clone, Copy)]
enum Weight {
    /// A yes, or a no that is the customer's.
    Usual,
    /// It is not known whether it took effect.
    Doubt,
    /// It does not pass by itself, and no customer can mend it.
    Trouble,
}

impl Weight {
    fn of(dispatch: Dispatch, kind: ErrorKind) -> Self {
        match (dispatch, kind) {
            (Dispatch::MaybeSent, _) => Self::Doubt,
            (_, ErrorKind::Credentials | ErrorKind::Config | ErrorKind::Unreachable) => {
                Self::Trouble
            }
            _ => Self::Usual,
        }
    }
}

impl Drop for CallTrace<'_> {
    fn drop(&mut self) {
        if !self.ended {
            let dispatch = self
                .body
                .as_ref()
                .map_or(Dispatch::NotSent, BodyState::settle);
            let weight = match dispatch {
                Dispatch::MaybeSent => Weight::Doubt,
                _ => Weight::Usual,
            };
            self.record("dropped", None, Some(dispatch), weight);
        }
    }
}
