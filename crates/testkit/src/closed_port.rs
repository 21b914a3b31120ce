//! An address where connections are refused.

use tokio::net::TcpSocket;

use crate::loopback;

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
        Self(loopback::take())
    }

    /// `http://127.x.y.z:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }
}
