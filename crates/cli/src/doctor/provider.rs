//! One provider: its variables, the address that they choose, and what `build()` says.

use onay::http::{BaseUrl, Variables};
use onay::{Error, paynet, paytr_link, paywall_masterpass};

use super::network::{self, Reached};
use super::setting::{Nature, Origin, Setting};
use crate::language::{Texts, Words};
use crate::{address, next};

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What there is to know about a provider before anything is read. The first variable names the
/// environment, the second the address.
pub(super) struct Provider {
    name: &'static str,
    variables: &'static [(&'static str, Nature)],
    build: fn(Lookup<'_>) -> Result<(), Error>,
}

pub(super) const ALL: [Provider; 3] = [
    Provider {
        name: "paynet",
        variables: &[
            (
                "PAYNET_ENV",
                Nature::Environment(|name| {
                    named(paynet::Environment::NAMES, name).map(paynet::Environment::base_url)
                }),
            ),
            ("PAYNET_BASE_URL", Nature::Address),
            ("PAYNET_SECRET_KEY", Nature::PaynetKey),
        ],
        build: |lookup| {
            let builder = paynet::PaynetBuilder::from_lookup(lookup)?;
            builder.build().map(|_| ())
        },
    },
    Provider {
        name: "paywall-masterpass",
        variables: &[
            (
                "PAYWALL_ENV",
                Nature::Environment(|name| {
                    named(paywall_masterpass::Environment::NAMES, name)
                        .map(paywall_masterpass::Environment::base_url)
                }),
            ),
            ("PAYWALL_BASE_URL", Nature::Address),
            ("PAYWALL_PRIVATE_KEY", Nature::Key),
            ("PAYWALL_PRIVATE_CLIENT", Nature::Key),
        ],
        build: |lookup| {
            let builder = paywall_masterpass::PaywallMasterpassBuilder::from_lookup(lookup)?;
            builder.build().map(|_| ())
        },
    },
    Provider {
        name: "paytr-link",
        variables: &[
            (
                "PAYTR_ENV",
                Nature::Environment(|name| {
                    let environment = match name {
                        "test" => paytr_link::Environment::Test,
                        "live" => paytr_link::Environment::Live,
                        "sandbox" => paytr_link::Environment::Sandbox,
                        _ => return None,
                    };
                    Some(environment.base_url())
                }),
            ),
            ("PAYTR_BASE_URL", Nature::Address),
            ("PAYTR_MERCHANT_ID", Nature::MerchantId),
            ("PAYTR_MERCHANT_KEY", Nature::Key),
            ("PAYTR_MERCHANT_SALT", Nature::Key),
        ],
        build: |lookup| {
            let builder = paytr_link::PaytrLinkBuilder::from_lookup(lookup)?;
            builder.build().map(|_| ())
        },
    },
];

impl Provider {
    /// The address of the environment of this name.
    fn address(&self, environment: &str) -> Option<&'static str> {
        match self.variables.first() {
            Some((_, Nature::Environment(address))) => address(environment),
            _ => None,
        }
    }
}

fn named<E: Copy>(names: &[(&str, E)], wanted: &str) -> Option<E> {
    let found = names.iter().find(|(name, _)| *name == wanted);
    found.map(|(_, environment)| *environment)
}

/// A provider as it was found.
pub(super) struct Examined {
    pub(super) provider: &'static str,
    pub(super) settings: Vec<Setting>,
    pub(super) environment: Option<String>,
    /// The address that would be called.
    pub(super) address: Option<String>,
    pub(super) mistakes: Vec<Words>,
    pub(super) warnings: Vec<Words>,
    pub(super) notes: Vec<Words>,
    pub(super) reached: Option<Reached>,
}

impl Examined {
    pub(super) fn is_configured(&self) -> bool {
        self.settings.iter().any(Setting::is_set)
    }

    pub(super) fn is_live(&self) -> bool {
        let environment = self.environment.as_deref();
        environment.is_some_and(|name| name.starts_with("live"))
    }

    pub(super) fn is_wrong(&self) -> bool {
        !self.mistakes.is_empty()
    }

    pub(super) fn is_unreachable(&self) -> bool {
        let reached = self.reached.as_ref();
        reached.is_some_and(|reached| reached.problem.is_some())
    }

    /// Looks whether the host can be reached, where one is chosen, or the proxy by which it is called.
    pub(super) async fn reach(&mut self, proxy: Option<&str>) {
        if let Some(address) = &self.address {
            let proxy = proxy.filter(|_| !address::is_here(address));
            self.reached = network::reach(proxy.unwrap_or(address)).await;
        }
    }
}

pub(super) fn examine(provider: &Provider) -> Examined {
    let settings: Vec<Setting> = provider
        .variables
        .iter()
        .map(|(name, nature)| Setting::read(name, *nature))
        .collect();
    let shown = |place: usize| {
        settings
            .get(place)
            .and_then(|setting| setting.shown.clone())
    };
    let environment = shown(0);
    // An empty address counts as not set.
    let is_elsewhere = settings
        .get(1)
        .is_some_and(|setting| setting.length > Some(0));
    let address = if is_elsewhere {
        shown(1)
    } else {
        let named = environment
            .as_deref()
            .and_then(|name| provider.address(name));
        named
            .and_then(|address| BaseUrl::parse(address).ok())
            .map(|base| base.to_string())
    };
    let mut examined = Examined {
        provider: provider.name,
        environment,
        address,
        mistakes: settings
            .iter()
            .filter_map(|setting| setting.mistake.clone())
            .collect(),
        warnings: settings
            .iter()
            .filter_map(|setting| setting.warning.clone())
            .collect(),
        notes: Vec::new(),
        reached: None,
        settings,
    };
    if !examined.is_configured() {
        return examined;
    }
    examined
        .mistakes
        .extend(mistakes(provider, &examined.settings));
    examined.notes = notes(&examined);
    examined.warnings.extend(warning(&examined));
    examined
}

/// All that `build()` has against the settings. It stops at the first mistake, so what it names is
/// taken as right and it is asked again.
fn mistakes(provider: &Provider, settings: &[Setting]) -> Vec<Words> {
    let mut mistakes = Vec::new();
    let mut named: Vec<String> = Vec::new();
    loop {
        let lookup = |name: &str| {
            if name == "ONAY_SANDBOX_HOSTS" {
                return Variables::of_process(name);
            }
            let both = settings.iter().zip(provider.variables);
            let mut both = both.filter(|(setting, _)| setting.name == name);
            let (setting, (_, nature)) = both.next()?;
            if named.iter().any(|known| known == name) {
                nature.right_value()
            } else {
                setting.value(*nature)
            }
        };
        let Err(error) = (provider.build)(&lookup) else {
            return mistakes;
        };
        let variable = next::variable(next::subject(&error).unwrap_or_default());
        let variable = variable.to_owned();
        if named.contains(&variable) || named.len() > settings.len() {
            return mistakes;
        }
        mistakes.push(next::reason(&error).around(&format!("{variable}: "), ""));
        named.push(variable);
    }
}

/// A key that the sandbox takes for a live one, and refuses.
fn warning(examined: &Examined) -> Option<Words> {
    let is_sandbox = examined.environment.as_deref() == Some("sandbox");
    let mut settings = examined.settings.iter();
    let key = settings.find(|setting| setting.name == "PAYNET_SECRET_KEY")?;
    let is_refused = is_sandbox && key.begins_otherwise("sck_test_");
    is_refused.then(|| Words::of(Texts::doctor_sandbox_key))
}

fn notes(examined: &Examined) -> Vec<Words> {
    let environment = examined.environment.as_deref();
    let mut settings = examined.settings.iter();
    let is_stdin = settings.any(|setting| setting.origin == Origin::Stdin);
    let mut notes: Vec<fn(&Texts) -> String> = Vec::new();
    if is_stdin {
        notes.push(Texts::doctor_stdin);
    }
    if examined.is_live() {
        notes.push(Texts::doctor_live);
    }
    if examined.provider == "paytr-link" && environment == Some("test") {
        notes.push(Texts::doctor_paytr_test);
    }
    if examined.provider == "paynet" && environment != Some("sandbox") {
        notes.push(Texts::doctor_paynet_ip);
    }
    notes.into_iter().map(Words::of).collect()
}
