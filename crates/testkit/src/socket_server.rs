//! A server over a real socket that does one thing, usually a wrong one.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::request::RequestReader;
use crate::{Behaviour, ReceivedRequest};

/// A server on a free loopback port that behaves as told and remembers what it received.
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
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: AtomicUsize,
    endless_bytes: AtomicUsize,
    requests: Mutex<Vec<ReceivedRequest>>,
}

impl SocketServer {
    /// Starts a server that does the same with every connection.
    pub async fn start(behaviour: Behaviour) -> Self {
        Self::start_script([behaviour]).await
    }

    /// Starts a server that treats each connection as the next in line says; the last one stays.
    ///
    /// # Panics
    ///
    /// On a script without a behaviour.
    pub async fn start_script(script: impl IntoIterator<Item = Behaviour>) -> Self {
        let mut script: VecDeque<Behaviour> = script.into_iter().collect();
        // Here, where the test sees it: in the task below nobody would.
        assert!(!script.is_empty(), "a script has at least one behaviour");
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let behaviour = if script.len() > 1 {
                    script.pop_front()
                } else {
                    script.front().cloned()
                };
                let behaviour = behaviour.expect("a script is not empty");
                connections.spawn(serve(stream, behaviour, Arc::clone(&shared)));
            }
        });
        Self {
            address,
            seen,
            task,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests that were received whole, in order.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.seen.requests.lock().expect("not poisoned").clone()
    }

    /// How many bytes of an [`Endless`](Behaviour::Endless) answer went into sockets.
    pub fn endless_bytes(&self) -> usize {
        self.seen.endless_bytes.load(Ordering::SeqCst)
    }

    /// How many connections were accepted.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }
}

impl Drop for SocketServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, behaviour: Behaviour, seen: Arc<Seen>) {
    let mut reader = RequestReader::default();
    let mut answered = false;
    loop {
        if behaviour.reads_request() {
            let Some(request) = reader.next(&mut stream).await else {
                return;
            };
            seen.requests.lock().expect("not poisoned").push(request);
        }
        // A client that is gone already is no fault of the server: write errors end the connection.
        let kept = match &behaviour {
            Behaviour::AnswerOnce(_) if answered => {
                stream.set_zero_linger().expect("linger");
                false
            }
            Behaviour::Answer(bytes) | Behaviour::AnswerOnce(bytes) => {
                stream.write_all(bytes).await.is_ok()
            }
            Behaviour::AnswerAndClose(bytes) => {
                let _ = stream.write_all(bytes).await;
                false
            }
            Behaviour::CloseOnAccept | Behaviour::CloseAfterRequest => false,
            Behaviour::ResetOnAccept | Behaviour::ResetAfterRequest => {
                stream.set_zero_linger().expect("linger");
                false
            }
            Behaviour::Silent | Behaviour::NeverAnswer => {
                std::future::pending::<()>().await;
                false
            }
            Behaviour::Drip(bytes, pause) => drip(&mut stream, bytes, *pause).await,
            Behaviour::Endless => endless(&mut stream, &seen.endless_bytes).await,
        };
        if !kept {
            return;
        }
        answered = true;
    }
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> bool {
    for byte in bytes {
        tokio::time::sleep(pause).await;
        if stream.write_all(&[*byte]).await.is_err() {
            return false;
        }
    }
    true
}

async fn endless(stream: &mut TcpStream, written: &AtomicUsize) -> bool {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    if stream.write_all(head).await.is_err() {
        return false;
    }
    let blanks = vec![b' '; 16 * 1024];
    for _ in 0..4096 {
        if stream.write_all(&blanks).await.is_err() {
            return false;
        }
        written.fetch_add(blanks.len(), Ordering::SeqCst);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    #[should_panic(expected = "a script has at least one behaviour")]
    async fn a_script_of_nothing_is_refused_at_once() {
        SocketServer::start_script([]).await;
    }
}
