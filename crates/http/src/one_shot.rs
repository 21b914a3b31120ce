//! A request body that can be read once, cannot be copied, and settles whether it ever left.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use onay_core::Dispatch;

const FRESH: u8 = 0;
const ASKED: u8 = 1;
const REVOKED: u8 = 2;

/// Whether the connection ever asked for the body.
///
/// While it has not, the request has certainly not been sent. The connection runs as a task of its
/// own and may ask at any moment, also after a timeout has ended the call. So saying "not sent" and
/// giving the body away exclude each other: the first of the two decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyState(Arc<AtomicU8>);

impl BodyState {
    /// Settles the question. After `NotSent` the body can never be read any more.
    pub(crate) fn settle(&self) -> Dispatch {
        match self.move_to(REVOKED) {
            FRESH | REVOKED => Dispatch::NotSent,
            _ => Dispatch::MaybeSent,
        }
    }

    /// Moves on from `FRESH`; what it was before.
    fn move_to(&self, next: u8) -> u8 {
        let moved = self
            .0
            .compare_exchange(FRESH, next, Ordering::AcqRel, Ordering::Acquire);
        moved.unwrap_or_else(|other| other)
    }
}

/// Streamed by type but of known length, so that it goes out with `content-length`, and the HTTP
/// library finds nothing to copy for a second try.
pub(crate) struct OneShot {
    bytes: Option<Bytes>,
    state: BodyState,
}

impl OneShot {
    pub(crate) fn new(bytes: Bytes, state: BodyState) -> Self {
        Self {
            bytes: Some(bytes),
            state,
        }
    }
}

impl fmt::Debug for OneShot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It holds codes, numbers and signatures.
        let bytes = self.bytes.as_ref().map_or(0, Bytes::len);
        f.debug_struct("OneShot")
            .field("bytes", &bytes)
            .finish_non_exhaustive()
    }
}

impl Body for OneShot {
    type Data = Bytes;
    type Error = Revoked;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Revoked>>> {
        if self.state.move_to(ASKED) == REVOKED {
            self.bytes = None;
            return Poll::Ready(Some(Err(Revoked)));
        }
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    /// The connection asks this when it begins to write, and reads no body that has ended. So for an
    /// empty body it is the same as asking for the body, and after "not sent" it is refused by
    /// letting the connection read on into the error.
    fn is_end_stream(&self) -> bool {
        match &self.bytes {
            Some(bytes) if bytes.is_empty() => self.state.move_to(ASKED) != REVOKED,
            Some(_) => false,
            None => true,
        }
    }

    /// Not known for an empty body: the connection never asks for a body of length zero.
    fn size_hint(&self) -> SizeHint {
        match &self.bytes {
            Some(bytes) if bytes.is_empty() => SizeHint::new(),
            bytes => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
        }
    }
}

/// The call has ended as not sent, so the body stays here.
#[derive(Debug)]
pub(crate) struct Revoked;

impl fmt::Display for Revoked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call has ended before its body was asked for")
    }
}

impl std::error::Error for Revoked {}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn ask(body: &mut OneShot) -> Poll<Option<Result<Frame<Bytes>, Revoked>>> {
        Pin::new(body).poll_frame(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn a_body_that_was_asked_for_may_have_left() {
        let state = BodyState::default();
        let mut body = OneShot::new(Bytes::from("body"), state.clone());
        assert!(matches!(ask(&mut body), Poll::Ready(Some(Ok(_)))));
        assert_eq!(state.settle(), Dispatch::MaybeSent);
        assert!(
            matches!(ask(&mut body), Poll::Ready(None)),
            "once and no more"
        );
    }

    #[test]
    fn what_is_not_sent_stays_not_sent() {
        let state = BodyState::default();
        let mut body = OneShot::new(Bytes::from("body"), state.clone());
        assert_eq!(state.settle(), Dispatch::NotSent);
        assert!(matches!(ask(&mut body), Poll::Ready(Some(Err(Revoked)))));
        assert_eq!(state.settle(), Dispatch::NotSent);
    }

    #[test]
    fn a_body_of_nothing_is_asked_for_by_asking_whether_it_has_ended() {
        let state = BodyState::default();
        let body = OneShot::new(Bytes::new(), state.clone());
        assert_eq!(body.size_hint().exact(), None);
        assert!(body.is_end_stream());
        assert_eq!(state.settle(), Dispatch::MaybeSent);

        let state = BodyState::default();
        let mut body = OneShot::new(Bytes::new(), state.clone());
        assert_eq!(state.settle(), Dispatch::NotSent);
        assert!(!body.is_end_stream());
        let Poll::Ready(Some(Err(revoked))) = ask(&mut body) else {
            panic!("not sent");
        };
        let said = revoked.to_string();
        assert_eq!(said, "the call has ended before its body was asked for");
    }

    #[test]
    fn a_body_that_is_only_looked_at_has_not_left() {
        let state = BodyState::default();
        let mut body = OneShot::new(Bytes::from("body"), state.clone());
        assert_eq!(body.size_hint().exact(), Some(4));
        assert!(!body.is_end_stream());
        assert_eq!(state.settle(), Dispatch::NotSent);

        let mut sent = OneShot::new(Bytes::from("body"), BodyState::default());
        assert!(ask(&mut sent).is_ready() && sent.is_end_stream());
        assert_eq!(sent.size_hint().exact(), Some(0));
        assert!(ask(&mut body).is_ready() && body.is_end_stream());
    }
}
