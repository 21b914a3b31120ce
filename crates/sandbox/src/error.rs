//! What can go wrong with a sandbox.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// Why a sandbox could not do what it was asked.
///
/// `Display` never repeats the cause; walk [`source`](std::error::Error::source) for it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// Another program listens on the address already.
    #[error("{address} is taken: another program listens there; stop it or choose another address")]
    AddressTaken {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// No message that matches arrived in time.
    #[error("no matching message arrived within {waited:?}")]
    NoMessage {
        /// How long was waited.
        waited: Duration,
    },
    /// The recipient to look for is no Turkish mobile number.
    #[error(
        "not a Turkish mobile number: ten digits starting with 5, after 0, 90, +90, 0090 or nothing"
    )]
    NotANumber,
    /// The session to renew was never opened, or was renewed before.
    #[error("there is no such session, or it was renewed before")]
    UnknownSession,
    /// Ctrl-C or SIGTERM cannot be listened for.
    #[error("cannot listen for the signal to stop")]
    Signal(#[source] io::Error),
    /// The addresses of a sandbox that had started could not be announced.
    #[error("cannot announce the addresses")]
    Announce(#[source] io::Error),
}
