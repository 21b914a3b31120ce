//! The providers: what each is called, and the variables that it reads.

use clap::ValueEnum;

/// A provider, by the name of its service or of its crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProviderName {
    Paynet,
    #[value(aliases = ["masterpass", "paywall-masterpass"])]
    Paywall,
    #[value(alias = "paytr-link")]
    Paytr,
}

/// A secret is `name`, or the content of the file that `file` names; `-` is stdin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyVariable {
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
}

macro_rules! keys {
    ($($name:literal),+) => {
        &[$(KeyVariable { name: $name, file: concat!($name, "_FILE") }),+]
    };
}

impl ProviderName {
    pub(crate) const ALL: [Self; 3] = [Self::Paynet, Self::Paywall, Self::Paytr];

    /// The provider that an error or a sandbox speaks of.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// As errors and code tables name it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
            Self::Paywall => "paywall-masterpass",
            Self::Paytr => "paytr-link",
        }
    }

    /// As the sandbox names it.
    pub(crate) const fn service(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
            Self::Paywall => "paywall",
            Self::Paytr => "paytr",
        }
    }

    /// The variable that names the environment.
    pub(crate) const fn environment(self) -> &'static str {
        match self {
            Self::Paynet => "PAYNET_ENV",
            Self::Paywall => "PAYWALL_ENV",
            Self::Paytr => "PAYTR_ENV",
        }
    }

    /// The variable that names another server than the environment's.
    pub(crate) const fn base_url(self) -> &'static str {
        match self {
            Self::Paynet => "PAYNET_BASE_URL",
            Self::Paywall => "PAYWALL_BASE_URL",
            Self::Paytr => "PAYTR_BASE_URL",
        }
    }

    /// The variables that hold secrets.
    pub(crate) const fn keys(self) -> &'static [KeyVariable] {
        match self {
            Self::Paynet => keys!["PAYNET_SECRET_KEY"],
            Self::Paywall => keys!["PAYWALL_PRIVATE_KEY", "PAYWALL_PRIVATE_CLIENT"],
            Self::Paytr => keys!["PAYTR_MERCHANT_KEY", "PAYTR_MERCHANT_SALT"],
        }
    }
}
