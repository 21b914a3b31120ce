//! A record is a short text that a store keeps for a key, and replaces in one decision.

use std::fmt;
use std::time::Duration;

use onay_core::async_trait;

use crate::{Key, StoreError};

/// A short text that a store keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// What was written.
    pub text: String,
    /// How much longer it is kept.
    pub remaining: Duration,
}

impl Record {
    /// A record with this text, kept for so much longer.
    pub fn new(text: impl Into<String>, remaining: Duration) -> Self {
        Self {
            text: text.into(),
            remaining,
        }
    }
}

/// One exchange of a record.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// Where the record is kept.
    pub key: Key,
    /// The text that has to be there; `None` where there must be none.
    pub expected: Option<&'a str>,
    /// The text that takes its place. Empty removes the record.
    pub text: &'a str,
    /// How long the text is kept.
    pub keep: Duration,
}

impl<'a> Exchange<'a> {
    /// Puts `text` where `expected` is.
    pub fn new(key: Key, expected: Option<&'a str>, text: &'a str, keep: Duration) -> Self {
        Self {
            key,
            expected,
            text,
            keep,
        }
    }
}

/// Keeps records. A [`Store`](crate::Store) that does so too serves [`Guarded::once`].
///
/// # Contract
///
/// - [`exchange`](Self::exchange) is one atomic decision, by the store's own clock.
/// - Nothing is changed unless the expected text is there.
/// - A record is kept for as long as it was asked, and not forgotten to make room for others.
///
/// [`Guarded::once`]: crate::Guarded::once
#[async_trait]
pub trait RecordStore: Send + Sync + fmt::Debug {
    /// Puts a text where the expected one is, and gives what was there. It was put where that is
    /// what was expected.
    ///
    /// # Errors
    ///
    /// Nothing could be decided, or the decision is not known.
    async fn exchange(&self, exchange: &Exchange<'_>) -> Result<Option<Record>, StoreError>;
}
