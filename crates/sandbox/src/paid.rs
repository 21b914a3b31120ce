//! What came of a payment by link.

use serde::Serialize;

/// A payment by link, and what the merchant answered to word of it.
///
/// Serialises as the test API writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paid {
    pub(crate) merchant_oid: String,
    pub(crate) callback: Option<CallbackAnswer>,
}

impl Paid {
    /// The number of the order, as the callback named it.
    pub fn merchant_oid(&self) -> &str {
        &self.merchant_oid
    }

    /// What the merchant answered to the callback; absent where the link has no `callback_link`.
    pub fn callback(&self) -> Option<&CallbackAnswer> {
        self.callback.as_ref()
    }
}

/// What a merchant answered to a callback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CallbackAnswer {
    pub(crate) status: Option<u16>,
    pub(crate) body: Option<String>,
    pub(crate) accepted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

impl CallbackAnswer {
    /// The HTTP status; absent where no answer came.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The body, its first 1,000 characters; absent where no answer came.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// Whether the answer was exactly `OK`, with HTTP 200.
    pub fn is_accepted(&self) -> bool {
        self.accepted
    }

    /// Why no answer came, where none did.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }
}
