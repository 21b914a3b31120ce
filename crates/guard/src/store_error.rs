//! A store's error says whether it certainly decided nothing.

use std::error::Error as StdError;
use std::fmt;

/// A store that did not answer as it should.
///
/// ```
/// use onay_guard::StoreError;
///
/// assert!(StoreError::unavailable("connection refused").is_unavailable());
/// assert!(!StoreError::indeterminate("timed out").is_unavailable());
/// ```
#[derive(Debug)]
pub struct StoreError {
    is_unavailable: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl StoreError {
    /// The store cannot be reached or cannot serve, and certainly decided nothing. The cause is
    /// printed in the guard's traces.
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            is_unavailable: true,
            source: source.into(),
        }
    }

    /// The store may have decided, and its answer is not known; or it refuses to decide. Nothing is
    /// ever sent on that, whichever [`FailMode`](crate::FailMode) is set: the answer may have been a
    /// no. The cause is printed in the guard's traces.
    pub fn indeterminate(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            is_unavailable: false,
            source: source.into(),
        }
    }

    /// Whether the store certainly decided nothing.
    pub fn is_unavailable(&self) -> bool {
        self.is_unavailable
    }

    #[cfg(feature = "redis")]
    pub(crate) fn into_source(self) -> Box<dyn StdError + Send + Sync> {
        self.source
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_unavailable {
            "the guard's store is unavailable"
        } else {
            "the guard's store gave no clear answer"
        })
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
