//! What PayTR would not take, refused before a byte leaves.

use onay_core::Error;

use crate::client::PROVIDER;

/// Names the field and what is wrong with it; the value is never quoted.
pub(crate) fn refuse(field: &'static str, why: &'static str) -> Error {
    Error::invalid_input(field, why).with_provider(PROVIDER)
}
