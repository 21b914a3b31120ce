//! What this program does as a child of itself: things that want a process of their own.

use std::io::{Read, Write};
use std::time::Duration;

use onay::http::HttpClient;

use crate::every_call::{Call, Clients};

/// The first argument of a child.
pub(crate) const ARGUMENT: &str = "child";
/// Prints to both streams what comes on stdin, as a careless program would.
pub(crate) const ECHO: &str = "echo";
/// Makes every call, with the environment's proxies in sight, and prints how many came back.
pub(crate) const CALLS: &str = "calls";
/// Posts once with reqwest's defaults.
pub(crate) const BARE: &str = "bare";

type Trouble = Box<dyn std::error::Error>;

/// Does it.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), Trouble> {
    let what = arguments.next().unwrap_or_default();
    match what.as_str() {
        ECHO => echo(),
        CALLS => with_runtime(calls(arguments.collect())),
        BARE => with_runtime(bare(arguments.collect())),
        _ => Err("no such child".into()),
    }
}

fn echo() -> Result<(), Trouble> {
    let mut all = String::new();
    std::io::stdin().read_to_string(&mut all)?;
    std::io::stdout().write_all(all.as_bytes())?;
    std::io::stderr().write_all(all.as_bytes())?;
    Ok(())
}

fn with_runtime(work: impl Future<Output = Result<(), Trouble>>) -> Result<(), Trouble> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// With a client of ours, and with one that a merchant hands in.
async fn calls(bases: Vec<String>) -> Result<(), Trouble> {
    let patience = Duration::from_secs(20);
    for base in bases {
        let ours = HttpClient::builder().timeout(patience);
        let handed_in = HttpClient::builder()
            .timeout(patience)
            .reqwest(reqwest::ClientBuilder::new());
        for http in [ours, handed_in] {
            let clients = Clients::over(http.build()?, &base.parse()?)?;
            for call in Call::ALL {
                // What comes of it, the servers see.
                let _ = call.make(&clients).await;
            }
        }
    }
    Ok(())
}

async fn bare(bases: Vec<String>) -> Result<(), Trouble> {
    for base in bases {
        let client = reqwest::Client::new();
        let _ = client.post(base).body("{}").send().await;
    }
    Ok(())
}
