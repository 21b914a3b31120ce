//! An address where connections are refused.

use tokio::net::TcpSocket;

/// A loopback port that is taken but does not listen: connections to it are refused, and nobody
/// else can begin to listen there meanwhile.
///
/// ```
/// use onay_testkit::ClosedPort;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let nobody = ClosedPort::take();
/// assert!(nobody.url().starts_with("http://127.0.0.1:"));
/// # }
/// ```
#[derive(Debug)]
pub struct ClosedPort(TcpSocket);

impl ClosedPort {
    /// Takes a free port.
    pub fn take() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .bind(([127, 0, 0, 1], 0).into())
            .expect("a free port");
        Self(socket)
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }
}
