//! Keeps everything that is traced or logged, so that a test can look for what must not be there.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// Everything traced or logged on this thread at every level, until it is dropped.
///
/// A current-thread runtime runs its tasks on this thread, so their traces are kept too.
///
/// ```
/// use onay_testkit::TraceCapture;
///
/// let capture = TraceCapture::start();
/// // ... call a provider ...
/// assert!(!capture.text().contains("sck_test_canary"));
/// ```
#[derive(Debug)]
pub struct TraceCapture {
    written: Written,
    _guard: DefaultGuard,
}

impl TraceCapture {
    /// Begins to keep.
    pub fn start() -> Self {
        let written = Written::default();
        let guard = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(written.clone())
            .finish()
            .set_default();
        Self {
            written,
            _guard: guard,
        }
    }

    /// What was kept so far.
    pub fn text(&self) -> String {
        let bytes = self.written.0.lock().expect("not poisoned");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[derive(Clone, Debug, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("not poisoned")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
