//! Whether a host can be reached: its name looked up, a TCP connection opened and closed. No HTTP
//! request is sent, so nothing is said about TLS or about keys.

use std::time::{Duration, Instant};

use reqwest::Url;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::language::Words;

/// As long as the HTTP client waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// What became of an attempt.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) host: String,
    pub(super) port: u16,
    /// How many addresses the name has; none where it could not be looked up.
    pub(super) addresses: usize,
    pub(super) took: Option<Duration>,
    pub(super) problem: Option<Words>,
}

pub(super) async fn reach(address: &str) -> Option<Reached> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default()?;
    let mut reached = Reached {
        host,
        port,
        addresses: 0,
        took: None,
        problem: None,
    };
    reached.problem = try_to_reach(&mut reached).await.err();
    Some(reached)
}

async fn try_to_reach(reached: &mut Reached) -> Result<(), Words> {
    let name = (reached.host.as_str(), reached.port);
    let found = timeout(PATIENCE, lookup_host(name)).await;
    let addresses: Vec<_> = match found {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(error)) => {
            return Err(Words::new(
                format!("adı çözülemedi: {error}"),
                format!("its name could not be looked up: {error}"),
            ));
        }
        Err(_) => return Err(late("adı çözülürken", "looking its name up")),
    };
    reached.addresses = addresses.len();
    let started = Instant::now();
    match timeout(PATIENCE, TcpStream::connect(addresses.as_slice())).await {
        Ok(Ok(_)) => {
            reached.took = Some(started.elapsed());
            Ok(())
        }
        Ok(Err(error)) => Err(Words::new(
            format!("TCP bağlantısı kurulamadı: {error}"),
            format!("no TCP connection: {error}"),
        )),
        Err(_) => Err(late(
            "TCP bağlantısı kurulurken",
            "opening a TCP connection",
        )),
    }
}

fn late(turkish: &str, english: &str) -> Words {
    let seconds = PATIENCE.as_secs();
    Words::new(
        format!("{turkish} {seconds} saniye doldu"),
        format!("{seconds} s were over while {english}"),
    )
}
