//! The most memory that this process had, as the kernel saw it.

use onay_testkit::{Behaviour, SocketServer};

use super::Failed;

/// Watches from its beginning to its end.
pub(super) struct Peak {
    before: u64,
}

impl Peak {
    /// Forgets the peak so far.
    pub(super) fn begin() -> Result<Self, Failed> {
        std::fs::write("/proc/self/clear_refs", "5")?;
        Ok(Self {
            before: status("VmRSS:")?,
        })
    }

    /// How far the peak was above the beginning, in bytes.
    pub(super) fn end(self) -> Result<u64, Failed> {
        Ok(status("VmHWM:")?.saturating_sub(self.before))
    }
}

fn status(field: &str) -> Result<u64, Failed> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kibibytes: u64 = kibibytes
        .ok_or("the kernel does not tell")?
        .trim()
        .parse()?;
    Ok(kibibytes * 1024)
}

/// The peak of a client that keeps whatever comes.
pub(super) async fn of_careless() -> Result<u64, Failed> {
    let server = SocketServer::start(Behaviour::Endless).await;
    let peak = Peak::begin()?;
    let answer = reqwest::Client::builder().no_proxy().build()?;
    let answer = answer.post(server.url()).body("{}").send().await?;
    let body = answer.bytes().await?;
    let most = peak.end()?;
    drop(body);
    Ok(most)
}
