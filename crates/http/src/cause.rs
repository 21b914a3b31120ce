//! The causes of an error: the chain of them, and a copy in words that shows no address.

use std::error::Error as StdError;
use std::{fmt, io};

/// The chain of causes in words. The HTTP library's own errors show the server's address in `Debug`.
pub(crate) struct Source {
    text: String,
    next: Option<Box<Source>>,
}

impl Source {
    pub(crate) fn of(error: &(dyn StdError + 'static)) -> Self {
        Self {
            text: error.to_string(),
            next: error.source().map(|next| Box::new(Self::of(next))),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.text).finish()
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for Source {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let next = self.next.as_deref()?;
        Some(next)
    }
}

/// An error and its causes, also those that an I/O error holds inside.
pub(crate) fn chain<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}
