//! `SandboxError` says why a sandbox could not do what it was asked.

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
    /// The recipient to look for is neither a Turkish mobile number nor an e-mail address.
    #[error(
        "not a Turkish mobile number: ten digits starting with 5, after 0, 90, +90, 0090 or \
         nothing; and not an e-mail address"
    )]
    NotANumber,
    /// The session to renew was never opened, or was renewed before.
    #[error("there is no such session, or it was renewed before")]
    UnknownSession,
    /// The merchant to register has an id, a key or a salt that cannot be.
    #[error("{problem}")]
    InvalidMerchant {
        /// What is wrong, without the value.
        problem: String,
    },
    /// The fake has a name that is taken or cannot be part of an address.
    #[error("a fake has a name of small letters, digits and hyphens, which no other has: {name}")]
    InvalidFake {
        /// The name.
        name: &'static str,
    },
    /// The rule for faults cannot be, or there are as many as are kept.
    #[error("{problem}")]
    InvalidFault {
        /// What is wrong, and in which field of the rule.
        problem: String,
    },
    /// The story cannot be read, or has a step that cannot be.
    #[error("{problem}")]
    InvalidStory {
        /// What is wrong, and in which step.
        problem: String,
    },
    /// The exported world cannot be read, or has something in it that cannot be.
    #[error("{problem}")]
    InvalidWorld {
        /// What is wrong, and where.
        problem: String,
    },
    /// The name to answer under is no name of a host.
    #[error(
        "not the name of a host: letters, digits, hyphens, underscores and dots, without a port"
    )]
    InvalidHost,
    /// The address to listen on cannot be read.
    #[error("not an address to listen on: 8027, :8027, localhost:8027 or 127.0.0.1:8027")]
    InvalidAddress,
    /// The virtual clock cannot start at such a time.
    #[error("the clock starts in the years from 2000 to 2100")]
    InvalidClock,
    /// There is no such callback, or it is under way.
    #[error("there is no such callback, or it is under way just now")]
    UnknownCallback,
    /// There is no link of this id to pay by.
    #[error("there is no such link")]
    UnknownLink,
    /// The link cannot be paid by any more.
    #[error("{problem}")]
    NotPayable {
        /// Why: it was deleted, has expired or was paid as often as it can be.
        problem: &'static str,
    },
    /// Ctrl-C or SIGTERM cannot be listened for.
    #[error("cannot listen for the signal to stop")]
    Signal(#[source] io::Error),
    /// The addresses of a sandbox that had started could not be announced.
    #[error("cannot announce the addresses")]
    Announce(#[source] io::Error),
}
