//! A connection, with TLS or without, and HTTP/1.1 requests read from it.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// A connection that can be read, written, and reset.
pub(super) trait Line: AsyncRead + AsyncWrite + Unpin + Send {
    fn tcp(&self) -> &TcpStream;
}

impl Line for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Line for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

pub(super) type AnyLine = Box<dyn Line>;

/// Says goodbye, in TLS's words where it speaks TLS.
pub(super) async fn close(mut line: AnyLine) {
    // A client that is gone already is no fault of the server.
    let _ = line.shutdown().await;
}

/// Closes so that the other side meets a reset.
pub(super) fn reset(line: AnyLine) {
    let _ = line.tcp().set_zero_linger();
    drop(line);
}

/// A request's head and body.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

/// Reads byte by byte up to the end of the head.
pub(super) async fn head(line: &mut AnyLine) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(line.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&bytes).to_ascii_lowercase())
}

/// The next request, once its last byte was read. `None` when the connection ended before.
pub(super) async fn request(line: &mut AnyLine) -> Option<Request> {
    let head = head(line).await?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(Some(0), |length| length.trim().parse().ok())?;
    let mut body = vec![0; length];
    line.read_exact(&mut body).await.ok()?;
    Some(Request { head, body })
}
