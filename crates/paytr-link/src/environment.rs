//! Where PayTR's Link API is, and which keys never go live.

use onay_http::{Profile, Site};

use crate::PROVIDER;

/// Where PayTR's Link API is, and whether it explains its errors.
///
/// There is no test host: test or live is a setting of the shop, and both are the live service. The
/// environment decides whether `debug_on` is sent as 1 (test, sandbox) or 0 (live).
///
/// ```
/// use onay_paytr_link::Environment;
///
/// assert_eq!(Environment::Test.base_url(), Environment::Live.base_url());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// A shop in test mode.
    Test,
    /// A live shop: real messages, real payments.
    Live,
    /// A local sandbox at its usual address.
    Sandbox,
}

impl Environment {
    /// The base address.
    pub const fn base_url(self) -> &'static str {
        self.site().base_url()
    }

    pub(crate) const fn site(self) -> Site {
        match self {
            Self::Test => TEST,
            Self::Live => LIVE,
            Self::Sandbox => SANDBOX,
        }
    }
}

const TEST: Site = Site::test("test", "https://www.paytr.com");
const LIVE: Site = Site::live("live", "https://www.paytr.com");
const SANDBOX: Site = Site::sandbox("sandbox", "http://127.0.0.1:8027/paytr");
const SITES: [Site; 3] = [TEST, LIVE, SANDBOX];

/// The key and the salt of the merchant that every sandbox knows.
const PUBLISHED: [&str; 2] = ["sandbox-merchant-key", "sandbox-merchant-salt"];

pub(crate) const ENVIRONMENT: &str = "PAYTR_ENV";

pub(crate) static PROFILE: Profile = Profile::new(PROVIDER, &SITES)
    .with_variables(ENVIRONMENT, "PAYTR_BASE_URL")
    .with_published(&PUBLISHED);
