//! Whether a host can be reached: its name looked up, a TCP connection opened and closed. No HTTP
//! request is sent, so nothing is said about TLS or about keys.

use std::time::{Duration, Instant};

use reqwest::Url;
use serde::Serialize;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::language::Words;

/// As long as the HTTP client waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// What became of an attempt.
#[derive(Debug, Serialize)]
pub(super) struct Reached {
    pub(super) host: String,
    pub(super) port: u16,
    /// How many addresses the name has; none where it could not be looked up.
    pub(super) addresses: usize,
    pub(super) connected: bool,
    pub(super) problem: Option<Words>,
    #[serde(skip)]
    pub(super) took: Duration,
}

pub(super) async fn reach(address: &str) -> Option<Reached> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default()?;
    let mut reached = Reached {
        host,
        port,
        addresses: 0,
        connected: false,
        problem: None,
        took: Duration::ZERO,
    };
    reached.problem = try_to_reach(&mut reached).await.err();
    reached.connected = reached.problem.is_none();
    Some(reached)
}

async fn try_to_reach(reached: &mut Reached) -> Result<(), Words> {
    let seconds = PATIENCE.as_secs();
    let name = (reached.host.as_str(), reached.port);
    let found = timeout(PATIENCE, lookup_host(name)).await;
    let found = found.map_err(|_| Words::of(|texts| texts.network_name_late(seconds)))?;
    let addresses: Vec<_> = found
        .map_err(|error| {
            let cause = error.to_string();
            Words::of(|texts| texts.network_no_name(cause.as_str()))
        })?
        .collect();
    reached.addresses = addresses.len();
    let started = Instant::now();
    let opened = timeout(PATIENCE, TcpStream::connect(addresses.as_slice())).await;
    let opened = opened.map_err(|_| Words::of(|texts| texts.network_tcp_late(seconds)))?;
    opened.map_err(|error| {
        let cause = error.to_string();
        Words::of(|texts| texts.network_no_tcp(cause.as_str()))
    })?;
    reached.took = started.elapsed();
    Ok(())
}
