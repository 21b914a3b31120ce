//! `Addresses` says where a sandbox is reached.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use serde::{Serialize, Serializer};

use crate::error::SandboxError;
use crate::provider::Provider;

/// Where a sandbox listens by default: `127.0.0.1:8027`.
pub const USUAL_ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8027);

/// Reads where to listen, as people write it: `8027`, `:8027`, `localhost:8027`, `0.0.0.0:8027`,
/// `[::1]:8027`. Without an address it is 127.0.0.1, and so is `localhost`.
///
/// ```
/// use onay_sandbox::{USUAL_ADDRESS, listen_address};
///
/// # fn main() -> Result<(), onay_sandbox::SandboxError> {
/// for text in ["8027", ":8027", "localhost:8027", "127.0.0.1:8027"] {
///     assert_eq!(listen_address(text)?, USUAL_ADDRESS);
/// }
/// assert!(listen_address("shop:8027").is_err());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`SandboxError::InvalidAddress`] if it is none of these.
pub fn listen_address(text: &str) -> Result<SocketAddr, SandboxError> {
    let text = text.trim();
    let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
    let is_here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    let port = port.parse().ok().filter(|_| is_here);
    port.map(|port| SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port))
        .or_else(|| text.parse().ok())
        .ok_or(SandboxError::InvalidAddress)
}

/// Where everything is. Serialises to
/// `{"listen":"…","paynet":"…","paywall":"…","paytr":"…","inbox":"…"}`, with one name for each
/// provider that is faked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Addresses {
    /// The root of everything, without a slash at the end.
    pub listen: String,
    /// What a client takes for the base URL of each provider.
    pub providers: Vec<(Provider, String)>,
    /// The inbox page.
    pub inbox: String,
}

impl Addresses {
    pub(crate) fn at(address: SocketAddr, providers: impl Iterator<Item = Provider>) -> Self {
        let url = |provider| (provider, format!("http://{address}/{provider}"));
        Self {
            listen: format!("http://{address}"),
            providers: providers.map(url).collect(),
            inbox: format!("http://{address}/"),
        }
    }

    /// What a client takes for the base URL of this provider, by its name or an alias.
    pub fn base_url(&self, provider: &str) -> Option<&str> {
        let mut known = self.providers.iter();
        let found = known.find(|(known, _)| known.is_called(provider));
        found.map(|(_, url)| url.as_str())
    }

    /// Writes one line of JSON and flushes, for a program that waits for it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = onay_sandbox::Sandbox::start().await?;
    /// let mut line = Vec::new();
    /// sandbox.addresses().write_json(&mut line)?;
    /// assert!(line.starts_with(b"{\"listen\":\"http://127.0.0.1:") && line.ends_with(b"}\n"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_json(&self, out: &mut impl io::Write) -> io::Result<()> {
        let line = serde_json::to_string(self)?;
        writeln!(out, "{line}")?;
        out.flush()
    }
}

impl Serialize for Addresses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let providers = self.providers.iter();
        let providers = providers.map(|(provider, url)| (provider.as_str(), url));
        let listen = [("listen", &self.listen)].into_iter();
        let inbox = [("inbox", &self.inbox)];
        serializer.collect_map(listen.chain(providers).chain(inbox))
    }
}

/// Where what listens on an address is reached from this machine: loopback for every address at
/// once, because a client may refuse to talk plain HTTP to anything else.
pub(crate) fn reached(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip().to_canonical() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        _ => return listening,
    };
    SocketAddr::new(ip, listening.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_at_once_is_reached_on_loopback() {
        for (listening, expected) in [
            ("0.0.0.0:8027", "127.0.0.1:8027"),
            ("[::]:8027", "[::1]:8027"),
            ("[::ffff:0.0.0.0]:8027", "127.0.0.1:8027"),
            ("127.0.0.2:8027", "127.0.0.2:8027"),
            ("192.0.2.1:8027", "192.0.2.1:8027"),
            ("[2001:db8::1]:8027", "[2001:db8::1]:8027"),
        ] {
            let reached = reached(listening.parse().expect("an address"));
            assert_eq!(reached.to_string(), expected);
        }
    }
}
