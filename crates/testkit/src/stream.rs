//! A server's side of a connection, with TLS or without.

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::End;

/// A connection that can be read, written and reset.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

#[cfg(feature = "tls")]
impl Stream for tokio_rustls::server::TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

pub(crate) type AnyStream = Box<dyn Stream>;

/// Ends a connection. What it gives back is to be held open.
pub(crate) async fn end(mut stream: AnyStream, end: End) -> Option<AnyStream> {
    match end {
        // A client that is gone already is no fault of the server.
        End::Close => {
            let _ = stream.shutdown().await;
        }
        End::Reset => {
            let _ = stream.tcp().set_zero_linger();
        }
        End::Break => {}
        End::Hold => return Some(stream),
    }
    None
}
