//! Loopback addresses: one of its own for each server, and one where connections are refused.

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use tokio::net::{TcpListener, TcpSocket};

/// A loopback port that is taken but does not listen: connections to it are refused, and no other
/// program can begin to listen there meanwhile.
///
/// ```
/// use onay_testkit::ClosedPort;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let closed = ClosedPort::take();
/// assert!(closed.url().starts_with("http://127."));
/// # }
/// ```
#[derive(Debug)]
pub struct ClosedPort(TcpSocket);

impl ClosedPort {
    /// Takes a free port.
    pub fn take() -> Self {
        Self(take())
    }

    /// `http://127.x.y.z:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }
}

/// Listens on an address that no other server had.
///
/// A port is given out again soon after its server has ended, and a client of that server may still
/// try to reach it. Such a call would count as one of the new server's, so each server lives at a
/// random address out of 127.0.0.0/8 as well.
pub(crate) async fn listen() -> TcpListener {
    for _ in 0..8 {
        if let Ok(listener) = TcpListener::bind(SocketAddr::from((random(), 0))).await {
            return listener;
        }
    }
    // Systems other than Linux and Windows have 127.0.0.1 alone.
    let only = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    TcpListener::bind(only).await.expect("a free port")
}

/// Takes a port without listening on it.
fn take() -> TcpSocket {
    let bound = [random(), random(), Ipv4Addr::LOCALHOST]
        .into_iter()
        .find_map(|address| {
            let socket = TcpSocket::new_v4().ok()?;
            socket.bind(SocketAddrV4::new(address, 0).into()).ok()?;
            Some(socket)
        });
    bound.expect("a free loopback port")
}

fn random() -> Ipv4Addr {
    let [a, b, c, ..] = RandomState::new()
        .hash_one(std::process::id())
        .to_be_bytes();
    // Neither the network's address nor its broadcast, nor 127.0.0.1, where others listen.
    Ipv4Addr::new(127, a.max(1), b, c.clamp(1, 254))
}
