//! What a server received whole, and whether it is still busy.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const TICK: Duration = Duration::from_millis(10);
/// So many quiet ticks in a row, and nothing more is on its way.
const QUIET: usize = 3;
/// A server that is busy longer than this will not become quiet.
const MOST_TICKS: usize = 3000;

/// Shared by all connections of a server.
#[derive(Debug, Default)]
pub(super) struct Log {
    requests: Mutex<Vec<Received>>,
    busy: AtomicUsize,
}

/// A request of which the last byte was read.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// `h2` or `http/1.1`.
    pub(super) protocol: &'static str,
    /// Which of the server's connections it came on.
    pub(super) connection: usize,
    /// In small letters; of HTTP/2 it is not kept.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Received {
    /// Whether these words stand in its body.
    pub(super) fn holds(&self, words: &str) -> bool {
        let mut parts = self.body.windows(words.len());
        parts.any(|part| part == words.as_bytes())
    }
}

impl Log {
    pub(super) fn add(&self, request: Received) {
        self.lock().push(request);
    }

    pub(super) fn requests(&self) -> Vec<Received> {
        self.lock().clone()
    }

    /// Everything that was received, once no connection can bring more.
    pub(super) async fn settled(&self) -> Vec<Received> {
        let mut quiet = 0;
        for _ in 0..MOST_TICKS {
            tokio::time::sleep(TICK).await;
            quiet = match self.busy.load(Ordering::SeqCst) {
                0 => quiet + 1,
                _ => 0,
            };
            if quiet == QUIET {
                break;
            }
        }
        self.requests()
    }

    /// A connection from which something may still come.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Ordering::SeqCst);
        Busy(Arc::clone(self))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Received>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held for as long as a connection is read.
#[derive(Debug)]
pub(super) struct Busy(Arc<Log>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::SeqCst);
    }
}
