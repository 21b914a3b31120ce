//! One provider: its variables, the address that they choose, and what `build()` says.

use onay::Error;
use onay::http::{BaseUrl, Variables};
use onay::paynet::PaynetBuilder;
use onay::paytr_link::PaytrLinkBuilder;
use onay::paywall_masterpass::PaywallMasterpassBuilder;

use super::network::{self, Reached};
use super::setting::{Nature, Origin, Setting, address};
use crate::language::{Texts, Words};
use crate::provider::ProviderName;
use crate::{address as addresses, next};

/// The variables of a provider: the first names the environment, the second the address.
fn variables(provider: ProviderName) -> Vec<(&'static str, Nature)> {
    let mut variables = vec![
        (provider.environment(), Nature::Environment(provider)),
        (provider.base_url(), Nature::Address),
    ];
    let key = match provider {
        ProviderName::Paynet => Nature::PaynetKey,
        ProviderName::Paywall | ProviderName::Paytr => Nature::Key,
    };
    if provider == ProviderName::Paytr {
        variables.push(("PAYTR_MERCHANT_ID", Nature::MerchantId));
    }
    variables.extend(provider.keys().iter().map(|it| (it.name, key)));
    variables
}

fn build(provider: ProviderName, lookup: impl Fn(&str) -> Option<String>) -> Result<(), Error> {
    match provider {
        ProviderName::Paynet => PaynetBuilder::from_lookup(lookup)?.build().map(drop),
        ProviderName::Paywall => PaywallMasterpassBuilder::from_lookup(lookup)?
            .build()
            .map(drop),
        ProviderName::Paytr => PaytrLinkBuilder::from_lookup(lookup)?.build().map(drop),
    }
}

/// A provider as it was found.
pub(super) struct Examined {
    pub(super) provider: ProviderName,
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
            let proxy = proxy.filter(|_| !addresses::is_here(address));
            self.reached = network::reach(proxy.unwrap_or(address)).await;
        }
    }
}

pub(super) fn examine(provider: ProviderName) -> Examined {
    let variables = variables(provider);
    let settings = variables.iter();
    let settings: Vec<Setting> = settings
        .map(|(name, nature)| Setting::read(name, *nature))
        .collect();
    let shown = |place: usize| settings.get(place).and_then(|it| it.shown.clone());
    let environment = shown(0);
    // An empty address counts as not set.
    let is_elsewhere = settings.get(1).is_some_and(|it| it.length > Some(0));
    let address = if is_elsewhere {
        shown(1)
    } else {
        let named = environment.as_deref();
        let named = named.and_then(|name| address(provider, name));
        named
            .and_then(|address| BaseUrl::parse(address).ok())
            .map(|base| base.to_string())
    };
    let mut examined = Examined {
        provider,
        environment,
        address,
        mistakes: settings
            .iter()
            .filter_map(|it| it.mistake.clone())
            .collect(),
        warnings: settings
            .iter()
            .filter_map(|it| it.warning.clone())
            .collect(),
        notes: Vec::new(),
        reached: None,
        settings,
    };
    if !examined.is_configured() {
        return examined;
    }
    let judged = mistakes(provider, &variables, &examined.settings);
    examined.mistakes.extend(judged);
    examined.notes = notes(&examined);
    examined.warnings.extend(warning(&examined));
    examined
}

/// All that `build()` has against the settings. It stops at the first mistake, so what it names is
/// taken as right and it is asked again.
fn mistakes(
    provider: ProviderName,
    variables: &[(&str, Nature)],
    settings: &[Setting],
) -> Vec<Words> {
    let mut mistakes = Vec::new();
    let mut named: Vec<String> = Vec::new();
    loop {
        let lookup = |name: &str| {
            if name == "ONAY_SANDBOX_HOSTS" {
                return Variables::of_process(name);
            }
            let both = settings.iter().zip(variables);
            let mut both = both.filter(|(setting, _)| setting.name == name);
            let (setting, (_, nature)) = both.next()?;
            if named.iter().any(|known| known == name) {
                nature.right_value()
            } else {
                setting.value(*nature)
            }
        };
        let Err(error) = build(provider, lookup) else {
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
    if examined.provider == ProviderName::Paytr && environment == Some("test") {
        notes.push(Texts::doctor_paytr_test);
    }
    if examined.provider == ProviderName::Paynet && environment != Some("sandbox") {
        notes.push(Texts::doctor_paynet_ip);
    }
    notes.into_iter().map(Words::of).collect()
}
