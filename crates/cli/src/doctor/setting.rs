//! One variable: where its value comes from, and what may be shown of it.

use onay::http::{BaseUrl, Variables};
use onay::{Secret, Subject};
use serde::Serialize;

use crate::language::Words;
use crate::provider::ProviderName;
use crate::{next, settings};

/// What a variable holds, and so what may be shown of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nature {
    /// The name of a provider's environment, shown where it is one.
    Environment(ProviderName),
    /// An address: shown where it can be used, because it holds no secret then.
    Address,
    /// PayTR's number of the shop: posted with every call, shown where it is too short for a
    /// phone number that came into the wrong variable.
    MerchantId,
    /// Paynet's secret key: the prefix says what sort of key it is.
    PaynetKey,
    /// Any other key: its length.
    Key,
}

impl Nature {
    fn is_secret(self) -> bool {
        matches!(self, Self::PaynetKey | Self::Key)
    }

    /// A value in which `build()` sees no mistake.
    pub(super) fn right_value(self) -> Option<String> {
        let value = match self {
            Self::Environment(_) => "sandbox",
            Self::Address => return None,
            Self::MerchantId | Self::PaynetKey | Self::Key => "unknown",
        };
        Some(value.to_owned())
    }

    fn shown(self, value: &str) -> Option<String> {
        match self {
            Self::Environment(provider) => address(provider, value).map(|_| value.to_owned()),
            Self::Address => {
                let hosts = Variables::of_process("ONAY_SANDBOX_HOSTS").unwrap_or_default();
                let hosts: Vec<&str> = hosts.split(',').map(str::trim).collect();
                let base = BaseUrl::parse_sandbox(value, &hosts).ok()?;
                Some(base.to_string())
            }
            Self::MerchantId => {
                let is_number = value.len() <= 9 && value.bytes().all(|b| b.is_ascii_digit());
                (is_number && !value.is_empty()).then(|| value.to_owned())
            }
            Self::PaynetKey => ["sck_", "pbk_"]
                .into_iter()
                .find(|prefix| value.starts_with(prefix))
                .map(|prefix| format!("{prefix}…")),
            Self::Key => None,
        }
    }
}

/// The address of the environment of this name.
pub(super) fn address(provider: ProviderName, environment: &str) -> Option<&'static str> {
    use onay::{paynet, paytr_link, paywall_masterpass};

    Some(match provider {
        ProviderName::Paynet => named(paynet::Environment::NAMES, environment)?.base_url(),
        ProviderName::Paywall => {
            named(paywall_masterpass::Environment::NAMES, environment)?.base_url()
        }
        ProviderName::Paytr => match environment {
            "test" => paytr_link::Environment::Test.base_url(),
            "live" => paytr_link::Environment::Live.base_url(),
            "sandbox" => paytr_link::Environment::Sandbox.base_url(),
            _ => return None,
        },
    })
}

fn named<E: Copy>(names: &[(&str, E)], wanted: &str) -> Option<E> {
    let found = names.iter().find(|(name, _)| *name == wanted);
    found.map(|(_, environment)| *environment)
}

/// A variable as it was found; what is shown of it is no secret.
#[derive(Debug, Serialize)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) set: bool,
    /// `environment`, `file`, or `stdin`, which is not read: what reads it takes it away.
    pub(super) from: Option<&'static str>,
    pub(super) file: Option<String>,
    pub(super) shown: Option<String>,
    pub(super) length: Option<usize>,
    #[serde(skip)]
    pub(super) mistake: Option<Words>,
    #[serde(skip)]
    pub(super) warning: Option<Words>,
    #[serde(skip)]
    value: Option<Secret>,
}

impl Setting {
    pub(super) fn read(name: &'static str, nature: Nature) -> Self {
        let direct = Variables::of_process(name);
        let file = Variables::of_process(&format!("{name}_FILE")).filter(|_| nature.is_secret());
        let mut setting = Self {
            name,
            set: direct.is_some() || file.is_some(),
            from: None,
            file: None,
            shown: None,
            length: None,
            mistake: None,
            warning: None,
            value: None,
        };
        match (direct, file) {
            (None, None) => {}
            (Some(value), None) => setting.hold("environment", value, nature),
            (None, Some(file)) if file == "-" => setting.from = Some("stdin"),
            (None, Some(file)) => setting.open(file, nature),
            (Some(_), Some(_)) => {
                setting.mistake = Some(Words::of(|texts| texts.doctor_set_twice(name)));
            }
        }
        setting
    }

    /// The value that `build()` is to judge. What is not known here counts as right, because it is
    /// judged elsewhere or not at all.
    pub(super) fn value(&self, nature: Nature) -> Option<String> {
        match &self.value {
            Some(value) => Some(value.expose().to_owned()),
            None if self.set => nature.right_value(),
            None => None,
        }
    }

    /// Whether a value that is known begins otherwise.
    pub(super) fn begins_otherwise(&self, prefix: &str) -> bool {
        let value = self.value.as_ref();
        value.is_some_and(|value| !value.expose().starts_with(prefix))
    }

    fn hold(&mut self, from: &'static str, value: String, nature: Nature) {
        self.from = Some(from);
        self.shown = nature.shown(&value);
        self.length = Some(value.chars().count());
        self.value = Some(Secret::new(value));
    }

    fn open(&mut self, file: String, nature: Nature) {
        let name = self.name;
        match settings::content(&file, Subject::Argument("file")) {
            Ok(value) => {
                self.hold("file", value, nature);
                let is_open = is_open_to_all(&file);
                self.warning = is_open.then(|| Words::of(|texts| texts.doctor_open_file(name)));
                self.file = Some(file);
            }
            // Its name is not shown: it may be the key itself.
            Err(error) => {
                let cause = std::error::Error::source(&error);
                let cause = cause.map(|cause| format!(" ({cause})")).unwrap_or_default();
                let mistake = next::reason(&error).around(&format!("{name}_FILE: "), &cause);
                self.mistake = Some(mistake);
            }
        }
    }
}

#[cfg(unix)]
fn is_open_to_all(file: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;

    std::fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o004 != 0)
}

/// Other systems have no such bit to look at.
#[cfg(not(unix))]
fn is_open_to_all(_: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_not_shown_as_a_shop() {
        let shown = |value| Nature::MerchantId.shown(value);
        assert_eq!(shown("100001").as_deref(), Some("100001"));
        assert_eq!(shown("123456789").as_deref(), Some("123456789"));
        for number in ["5550000042", "05550000042", "905550000042", "", "10000l"] {
            assert_eq!(shown(number), None, "{number}");
        }
    }
}
