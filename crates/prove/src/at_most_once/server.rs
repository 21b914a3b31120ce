//! A server on a free loopback port that breaks in one way and counts what it received whole.

use std::net::SocketAddr;
use std::sync::Arc;

use onay_testkit::ClosedPort;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use super::Trouble;
use super::certificate::Identity;
use super::conduct::{Conduct, End};
use super::line::{self, AnyLine};
use super::log::Log;

/// How far a client gets before HTTP begins.
#[derive(Clone, Debug)]
pub(super) enum Door {
    /// Nobody listens.
    Nobody,
    /// The host name is unknown.
    UnknownName,
    /// The name server never answers.
    SilentNames,
    /// Closed or reset on accept, or accepted and never served.
    Accept(End),
    /// Reads the beginning of the TLS handshake and says these words.
    Words(&'static [u8]),
    /// TLS with a certificate that nobody trusts.
    Stranger,
    /// No TLS.
    Plain,
    /// TLS, and HTTP/1.1 offered.
    Tls,
    /// TLS, and HTTP/2 offered first.
    TlsHttp2,
}

/// It stops when it is dropped.
pub(super) struct Server {
    base_url: String,
    log: Arc<Log>,
    task: Option<JoinHandle<()>>,
    /// Held, so that nobody else listens there.
    nobody: Option<ClosedPort>,
}

impl Server {
    pub(super) async fn start(
        door: &Door,
        conduct: &Conduct,
        identity: &Identity,
    ) -> Result<Self, Trouble> {
        let mut server = Self {
            base_url: String::new(),
            log: Arc::default(),
            task: None,
            nobody: None,
        };
        let entry = match door {
            Door::Nobody => {
                let nobody = ClosedPort::take();
                server.base_url = nobody.url().replacen("http", "https", 1);
                server.nobody = Some(nobody);
                return Ok(server);
            }
            Door::UnknownName | Door::SilentNames => {
                "https://api.example.com".clone_into(&mut server.base_url);
                return Ok(server);
            }
            Door::Accept(end) => Entry::Ends(*end),
            Door::Words(words) => Entry::Words(words),
            Door::Stranger => Entry::Tls(Identity::new()?.http1()),
            Door::Plain => Entry::Plain,
            Door::Tls => Entry::Tls(identity.http1()),
            Door::TlsHttp2 => Entry::Tls(identity.http2()),
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        server.base_url = entry.base_url(address);
        let log = Arc::clone(&server.log);
        server.task = Some(tokio::spawn(listen(listener, entry, conduct.clone(), log)));
        Ok(server)
    }

    /// Where it is, without a slash at the end.
    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(super) fn log(&self) -> &Arc<Log> {
        &self.log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

#[derive(Clone)]
enum Entry {
    Ends(End),
    Words(&'static [u8]),
    Plain,
    Tls(TlsAcceptor),
}

impl Entry {
    fn base_url(&self, address: SocketAddr) -> String {
        match self {
            Self::Plain => format!("http://{address}"),
            Self::Ends(_) | Self::Words(_) | Self::Tls(_) => format!("https://{address}"),
        }
    }

    /// The line on which HTTP begins, and whether HTTP/2 was agreed on; or one to hold open.
    async fn enter(self, mut stream: TcpStream) -> Entered {
        match self {
            Self::Plain => Entered::Http(Box::new(stream), false),
            Self::Tls(acceptor) => match acceptor.accept(stream).await {
                Ok(stream) => {
                    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                    Entered::Http(Box::new(stream), is_http2)
                }
                Err(_) => Entered::Over,
            },
            Self::Words(words) => {
                let mut hello = [0; 1024];
                // Whatever it is: the words are the same.
                let _ = stream.read(&mut hello).await;
                let _ = stream.write_all(words).await;
                line::close(Box::new(stream)).await;
                Entered::Over
            }
            Self::Ends(End::Hold) => Entered::Held(Box::new(stream)),
            Self::Ends(End::Reset) => {
                line::reset(Box::new(stream));
                Entered::Over
            }
            Self::Ends(End::Close | End::Break) => Entered::Over,
        }
    }
}

enum Entered {
    Http(AnyLine, bool),
    Held(AnyLine),
    Over,
}

async fn listen(listener: TcpListener, entry: Entry, conduct: Conduct, log: Arc<Log>) {
    let mut connections = JoinSet::new();
    let mut number = 0;
    while let Ok((stream, _)) = listener.accept().await {
        number += 1;
        // Whoever answers in two pieces would wait for the client's acknowledgement between them.
        let _ = stream.set_nodelay(true);
        let busy = log.busy();
        let (entry, conduct, log) = (entry.clone(), conduct.clone(), Arc::clone(&log));
        connections.spawn(async move {
            let held = match entry.enter(stream).await {
                Entered::Http(line, is_http2) => conduct.serve(line, is_http2, number, &log).await,
                Entered::Held(line) => Some(line),
                Entered::Over => None,
            };
            drop(busy);
            if let Some(line) = held {
                std::future::pending::<()>().await;
                drop(line);
            }
        });
        // Those that are over would be kept until the server ends.
        while connections.try_join_next().is_some() {}
    }
}
