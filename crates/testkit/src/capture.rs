//! Keeps everything that is traced or logged, so that a test can look for what must not be there.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt;

type Kept = Arc<Mutex<Vec<u8>>>;

thread_local! {
    static HERE: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// Everything traced or logged on this thread at every level, until it is dropped.
///
/// A current-thread runtime runs its tasks on this thread, so their traces are kept too. It installs
/// a subscriber for the whole process, once: one that comes and goes with a test would miss what
/// other tests have made `tracing` forget.
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
    kept: Kept,
    /// What was kept on this thread before goes on when this one is dropped.
    before: Option<Kept>,
}

impl TraceCapture {
    /// Begins to keep.
    ///
    /// # Panics
    ///
    /// When something else in this process has installed a global `tracing` subscriber.
    pub fn start() -> Self {
        install();
        let kept = Kept::default();
        let before = HERE.replace(Some(Arc::clone(&kept)));
        Self { kept, before }
    }

    /// What was kept so far.
    pub fn text(&self) -> String {
        let bytes = self.kept.lock().expect("not poisoned");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What was kept so far, taken away.
    pub(crate) fn take(&self) -> String {
        let bytes = std::mem::take(&mut *self.kept.lock().expect("not poisoned"));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Has another thread kept here too, for as long as it lives: call the result there.
    pub(crate) fn follower(&self) -> impl Fn() + Send + Sync + 'static + use<> {
        let kept = Arc::clone(&self.kept);
        move || HERE.set(Some(Arc::clone(&kept)))
    }
}

impl Drop for TraceCapture {
    fn drop(&mut self) {
        HERE.set(self.before.take());
    }
}

fn install() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            // Digits that could be a code.
            .without_time()
            .with_writer(Here)
            .finish()
            .try_init()
            .expect("no other subscriber in this process");
    });
}

/// Writes to the capture of this thread, where there is one.
#[derive(Clone, Copy, Debug)]
struct Here;

impl io::Write for Here {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A thread that is ending has no place of its own any more.
        let kept = HERE.try_with(|here| here.borrow().clone());
        if let Ok(Some(kept)) = kept {
            kept.lock().expect("not poisoned").extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Here {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}
