//! A server that answers one request with bytes, however many.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::Failed;
use super::answer::Answer;

const PATIENT: Duration = Duration::from_secs(30);

/// It writes the answer to the first connection, counts what it could write, and closes.
pub(super) struct RawServer {
    address: SocketAddr,
    written: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl RawServer {
    pub(super) async fn start(answer: Answer) -> Result<Self, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let written = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&written);
        let task = tokio::spawn(async move {
            if let Ok((mut stream, _)) = listener.accept().await {
                if read_request(&mut stream).await.is_some() {
                    // The client hangs up: that is what is looked at.
                    let _ = write(&mut stream, &answer, &counter).await;
                }
            }
        });
        Ok(Self {
            address,
            written,
            task,
        })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many bytes it could write before it was done or was hung up on.
    pub(super) async fn ended(self) -> Result<u64, Failed> {
        tokio::time::timeout(PATIENT, self.task)
            .await
            .map_err(|_| "the server is still writing")??;
        Ok(self.written.load(Ordering::SeqCst))
    }
}

/// The whole request: head, and the body that it announces.
async fn read_request(stream: &mut TcpStream) -> Option<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1)?;
            if body.len() >= length.lines().next()?.trim().parse().ok()? {
                return Some(());
            }
        }
        let read = stream.read(&mut buffer).await.ok()?;
        request.extend_from_slice(buffer.get(..read).filter(|read| !read.is_empty())?);
    }
}

async fn write(
    stream: &mut TcpStream,
    answer: &Answer,
    written: &AtomicU64,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    stream.write_all(&answer.first).await?;
    let mut left = answer.times;
    while left > 0 {
        stream.write_all(&answer.again).await?;
        written.fetch_add(answer.again.len() as u64, Ordering::SeqCst);
        left -= 1;
    }
    stream.write_all(&answer.last).await?;
    stream.shutdown().await?;
    // So that closing does not reset what the client has not read yet.
    let mut rest = [0; 64];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}
