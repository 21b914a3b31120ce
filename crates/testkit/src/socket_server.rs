//! A server over a real socket that treats each call as told, usually wrongly.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::task::{JoinHandle, JoinSet};

use crate::connection::{on_accept, serve};
use crate::loopback;
use crate::seen::Seen;
use crate::stream::AnyStream;
use crate::{Behaviour, ReceivedRequest};
#[cfg(feature = "tls")]
use crate::{http2, tls};

/// A server on a loopback address of its own that behaves as told and remembers what it received.
///
/// It stops when it is dropped.
///
/// ```
/// use onay_testkit::{Behaviour, SocketServer};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = SocketServer::start(Behaviour::CloseAfterRequest).await;
/// // ... point a provider at server.url() and call it ...
/// assert_eq!(server.requests().len(), 0);
/// # }
/// ```
#[derive(Debug)]
pub struct SocketServer {
    address: SocketAddr,
    /// Whether it speaks TLS below HTTP.
    is_secure: bool,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

impl SocketServer {
    /// Starts a server that does the same with every call.
    pub async fn start(behaviour: Behaviour) -> Self {
        Self::start_script([behaviour]).await
    }

    /// Starts a server that treats each call as the next behaviour says; the last one stays. A
    /// behaviour that begins before a request (closed on accept, silent) is taken by the next
    /// connection, or by the next call on a connection that was kept.
    ///
    /// # Panics
    ///
    /// On a script without a behaviour.
    pub async fn start_script(script: impl IntoIterator<Item = Behaviour>) -> Self {
        Self::listen(script, false).await
    }

    /// The same over TLS. A client that trusts
    /// [`certificate_authority`](crate::certificate_authority) trusts the server.
    ///
    /// # Panics
    ///
    /// On a script without a behaviour.
    #[cfg(feature = "tls")]
    pub async fn start_tls(script: impl IntoIterator<Item = Behaviour>) -> Self {
        Self::listen(script, true).await
    }

    async fn listen(script: impl IntoIterator<Item = Behaviour>, is_secure: bool) -> Self {
        let seen = Arc::new(Seen::new(script.into_iter().collect()));
        let listener = loopback::listen().await;
        let address = listener.local_addr().expect("an address");
        let shared = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let number = shared.connected();
                // An answer in two pieces would wait for the client's acknowledgement between them.
                let _ = stream.set_nodelay(true);
                let seen = Arc::clone(&shared);
                connections.spawn(async move {
                    if let Some(held) = treat(stream, is_secure, number, &seen).await {
                        std::future::pending::<()>().await;
                        drop(held);
                    }
                });
                // Those that are over would be kept until the server ends.
                while connections.try_join_next().is_some() {}
            }
        });
        Self {
            address,
            is_secure,
            seen,
            task,
        }
    }

    /// `http://127.x.y.z:PORT`, or `https://…`.
    pub fn url(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The requests that were received whole, in order.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.seen.requests()
    }

    /// How many bytes of an [`Endless`](Behaviour::Endless) answer went into sockets.
    pub fn endless_bytes(&self) -> usize {
        self.seen.endless_bytes()
    }

    /// How many connections were accepted.
    pub fn connections(&self) -> usize {
        self.seen.connections()
    }
}

impl Drop for SocketServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection, from its first byte on. What it gives back is to be held open.
async fn treat(
    stream: TcpStream,
    is_secure: bool,
    number: usize,
    seen: &Seen,
) -> Option<AnyStream> {
    if seen.peek().acts_on_accept() {
        return on_accept(Box::new(stream), &seen.next()).await;
    }
    #[cfg(feature = "tls")]
    match seen.peek() {
        _ if is_secure => return tls::serve(stream, number, seen).await,
        Behaviour::Http2(lie, _) => return http2::serve(Box::new(stream), lie, seen).await,
        _ => {}
    }
    // Without the feature no server is.
    let _ = is_secure;
    serve(Box::new(stream), number, seen).await
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const REQUEST: &[u8] = b"POST /a HTTP/1.1\r\ncontent-length: 4\r\n\r\nbody";

    #[tokio::test]
    #[should_panic(expected = "a script has at least one behaviour")]
    async fn a_script_of_nothing_is_refused_at_once() {
        SocketServer::start_script([]).await;
    }

    #[tokio::test]
    async fn servers_live_at_addresses_of_their_own() {
        let first = SocketServer::start(Behaviour::Silent).await;
        let second = SocketServer::start(Behaviour::Silent).await;
        assert_ne!(first.address.ip(), second.address.ip());
    }

    #[tokio::test]
    async fn a_script_goes_by_calls_and_not_by_connections() {
        let script = [
            Behaviour::Answer(b"one".to_vec()),
            Behaviour::Answer(b"two".to_vec()),
            Behaviour::CutHead(crate::End::Close),
        ];
        let server = SocketServer::start_script(script).await;
        let mut client = TcpStream::connect(server.address).await.expect("connected");
        for expected in ["one", "two", ""] {
            client.write_all(REQUEST).await.expect("written");
            let mut answer = vec![0; expected.len()];
            client.read_exact(&mut answer).await.expect("an answer");
            assert_eq!(answer, expected.as_bytes());
        }
        let mut rest = Vec::new();
        // Closed with unread bytes: the end, or a reset.
        let _ = client.read_to_end(&mut rest).await;
        assert_eq!(rest, b"");
        assert_eq!((server.requests().len(), server.connections()), (2, 1));
    }

    #[tokio::test]
    async fn what_begins_before_a_request_waits_for_none() {
        for behaviour in [
            Behaviour::CloseOnAccept,
            Behaviour::ResetOnAccept,
            Behaviour::Unread(crate::End::Close),
        ] {
            let server = SocketServer::start(behaviour).await;
            let mut client = TcpStream::connect(server.address).await.expect("connected");
            let ended = client.read_u8().await;
            assert!(ended.is_err());
            assert_eq!(server.requests(), []);
        }
    }
}
