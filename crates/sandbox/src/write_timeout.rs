//! `WriteTimeout` is a stream whose writes do not wait for ever.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::connections::{Busy, Connection};

/// How long a client may take nothing of what is written to it. One that takes a byte now and then
/// is waited for as long as it likes; it holds one connection of those that there are.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);

/// The stream of a connection, which breaks where the client does not read.
#[derive(Debug)]
pub(crate) struct WriteTimeout {
    stream: TcpStream,
    line: Connection,
    stalled: Option<Stalled>,
}

/// A write that waits for the client.
#[derive(Debug)]
struct Stalled {
    until: Pin<Box<Sleep>>,
    /// An answer that is still on its way is no idleness.
    _busy: Option<Busy>,
}

impl WriteTimeout {
    pub(crate) fn new(stream: TcpStream, line: Connection) -> Self {
        Self {
            stream,
            line,
            stalled: None,
        }
    }

    pub(crate) fn into_inner(self) -> TcpStream {
        self.stream
    }

    fn timed<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let line = &self.line;
        let stalled = self.stalled.get_or_insert_with(|| Stalled {
            until: Box::pin(sleep(WRITE_PATIENCE)),
            _busy: line.busy(),
        });
        let over = stalled.until.as_mut().poll(context);
        over.map(|()| {
            let text = "the client does not read what it is answered";
            Err(io::Error::new(io::ErrorKind::TimedOut, text))
        })
    }
}

impl AsyncRead for WriteTimeout {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for WriteTimeout {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.timed(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.timed(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
