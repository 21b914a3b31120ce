//! A request body that can be read once, cannot be copied, and knows whether it was ever asked for.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use onay_core::Delivery;

/// Whether the connection ever asked for the body.
///
/// While it has not, the request has certainly not been sent: every endpoint needs its body.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyAsked(Arc<AtomicBool>);

impl BodyAsked {
    pub(crate) fn delivery(&self) -> Delivery {
        if self.0.load(Ordering::Acquire) {
            Delivery::MaybeSent
        } else {
            Delivery::NotSent
        }
    }
}

/// Streamed by type but of known length, so that it goes out with `content-length`, and the HTTP
/// library finds nothing to copy for a second try.
#[derive(Debug)]
pub(crate) struct OneShot {
    bytes: Option<Bytes>,
    asked: BodyAsked,
}

impl OneShot {
    pub(crate) fn new(bytes: Bytes, asked: BodyAsked) -> Self {
        Self {
            bytes: Some(bytes),
            asked,
        }
    }
}

impl Body for OneShot {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.asked.0.store(true, Ordering::Release);
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
