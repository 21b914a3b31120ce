//! A provider's services by name: where each is, and whether it is for tests, live or a sandbox.

use onay_core::Reason;

/// What kind of service an environment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The provider's test service.
    Test,
    /// A live service: real messages, real cards.
    Live,
    /// A sandbox.
    Sandbox,
}

/// One environment of a provider: its name in `*_ENV`, its address and its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    name: &'static str,
    base_url: &'static str,
    stage: Stage,
}

impl Site {
    /// A test service.
    pub const fn test(name: &'static str, base_url: &'static str) -> Self {
        Self::new(name, base_url, Stage::Test)
    }

    /// A live service.
    pub const fn live(name: &'static str, base_url: &'static str) -> Self {
        Self::new(name, base_url, Stage::Live)
    }

    /// A sandbox at its usual address.
    pub const fn sandbox(name: &'static str, base_url: &'static str) -> Self {
        Self::new(name, base_url, Stage::Sandbox)
    }

    const fn new(name: &'static str, base_url: &'static str, stage: Stage) -> Self {
        Self {
            name,
            base_url,
            stage,
        }
    }

    /// Its name in `*_ENV`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its base address.
    pub const fn base_url(&self) -> &'static str {
        self.base_url
    }

    /// What kind of service it is.
    pub const fn stage(&self) -> Stage {
        self.stage
    }
}

const NAMES: Reason = Reason::new(
    "unnamed_environment",
    "has to be one of test, live and sandbox",
    "test, live veya sandbox olmalı",
);

/// What a provider's configuration is made of: its services, its variables, its published keys.
///
/// ```
/// use onay_http::{Profile, Site};
///
/// const SITES: [Site; 3] = [
///     Site::test("test", "https://test.example.com"),
///     Site::live("live", "https://api.example.com"),
///     Site::sandbox("sandbox", "http://127.0.0.1:8027/acme"),
/// ];
/// static PROFILE: Profile = Profile::new("acme", &SITES)
///     .with_variables("ACME_ENV", "ACME_BASE_URL")
///     .with_published(&["test-key"]);
/// assert_eq!(PROFILE.provider(), "acme");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    pub(crate) provider: &'static str,
    pub(crate) sites: &'static [Site],
    pub(crate) environment_variable: &'static str,
    pub(crate) base_url_variable: &'static str,
    pub(crate) environment_reason: Reason,
    pub(crate) published: &'static [&'static str],
}

impl Profile {
    /// A provider and its services.
    pub const fn new(provider: &'static str, sites: &'static [Site]) -> Self {
        Self {
            provider,
            sites,
            environment_variable: "ONAY_ENV",
            base_url_variable: "ONAY_BASE_URL",
            environment_reason: NAMES,
            published: &[],
        }
    }

    /// The variables that name the environment and another base URL.
    #[must_use]
    pub const fn with_variables(
        mut self,
        environment: &'static str,
        base_url: &'static str,
    ) -> Self {
        self.environment_variable = environment;
        self.base_url_variable = base_url;
        self
    }

    /// Lists the environments where they are not test, live and sandbox: said where none is named.
    #[must_use]
    pub const fn with_environment_reason(mut self, reason: Reason) -> Self {
        self.environment_reason = reason;
        self
    }

    /// The keys that examples for the sandbox hold: they never go to a live service.
    #[must_use]
    pub const fn with_published(mut self, keys: &'static [&'static str]) -> Self {
        self.published = keys;
        self
    }

    /// The provider.
    pub const fn provider(&self) -> &'static str {
        self.provider
    }
}
