//! Chooses a loopback address of its own for each server.

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use tokio::net::{TcpListener, TcpSocket};

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
pub(crate) fn take() -> TcpSocket {
    for address in [random(), random(), Ipv4Addr::LOCALHOST] {
        let socket = TcpSocket::new_v4().expect("a socket");
        if socket.bind(SocketAddrV4::new(address, 0).into()).is_ok() {
            return socket;
        }
    }
    unbound()
}

#[expect(clippy::panic, reason = "a test helper fails by panicking")]
fn unbound() -> TcpSocket {
    panic!("no free loopback port")
}

fn random() -> Ipv4Addr {
    let [a, b, c, ..] = RandomState::new()
        .hash_one(std::process::id())
        .to_be_bytes();
    // Neither the network's address nor its broadcast, nor 127.0.0.1, where others listen.
    Ipv4Addr::new(127, a.max(1), b, c.clamp(1, 254))
}
