//! The providers that the sandbox fakes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A provider that the sandbox fakes.
///
/// ```
/// use onay_sandbox::Provider;
///
/// assert_eq!(Provider::Paynet.to_string(), "paynet");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Paynet, card OTP.
    Paynet,
    /// Paywall, Masterpass OTP.
    Paywall,
    /// PayTR, payment links.
    Paytr,
}

impl Provider {
    /// Every provider that is faked.
    pub(crate) const ALL: [Self; 3] = [Self::Paynet, Self::Paywall, Self::Paytr];

    /// The name on the wire of the test API and in tenant names, such as `paynet`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
            Self::Paywall => "paywall",
            Self::Paytr => "paytr",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
