//! One provider: its variables, the address that they choose, and what `build()` says.

use onay::Error;
use onay::http::{BaseUrl, Variables};
use onay::paynet::PaynetBuilder;
use onay::paytr_link::PaytrLinkBuilder;
use onay::paywall_masterpass::PaywallMasterpassBuilder;
use serde::Serialize;

use super::network::{self, Reached};
use super::setting::{Nature, Setting, address};
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
#[derive(Serialize)]
pub(super) struct Examined {
    pub(super) provider: &'static str,
    pub(super) configured: bool,
    pub(super) environment: Option<String>,
    pub(super) live: bool,
    /// The address that would be called.
    pub(super) base_url: Option<String>,
    pub(super) settings: Vec<Setting>,
    pub(super) mistakes: Vec<Words>,
    pub(super) warnings: Vec<Words>,
    pub(super) notes: Vec<Words>,
    pub(super) network: Option<Reached>,
}

impl Examined {
    pub(super) fn is_unreachable(&self) -> bool {
        let network = self.network.as_ref();
        network.is_some_and(|reached| reached.problem.is_some())
    }

    /// Looks whether the host can be reached, where one is chosen, or the proxy by which it is called.
    pub(super) async fn reach(&mut self, proxy: Option<&str>) {
        if let Some(address) = &self.base_url {
            let proxy = proxy.filter(|_| !addresses::is_here(address));
            self.network = network::reach(proxy.unwrap_or(address)).await;
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
    let named = environment.as_deref();
    // An empty address counts as not set.
    let is_elsewhere = settings.get(1).is_some_and(|it| it.length > Some(0));
    let base_url = if is_elsewhere {
        shown(1)
    } else {
        let address = named.and_then(|name| address(provider, name));
        let base = address.and_then(|address| BaseUrl::parse(address).ok());
        base.map(|base| base.to_string())
    };
    let configured = settings.iter().any(|it| it.set);
    let live = named.is_some_and(|name| name.starts_with("live"));
    let mut mistakes: Vec<Words> = settings
        .iter()
        .filter_map(|it| it.mistake.clone())
        .collect();
    let mut warnings: Vec<Words> = settings
        .iter()
        .filter_map(|it| it.warning.clone())
        .collect();
    let mut notes: Vec<fn(&Texts) -> String> = Vec::new();
    if configured {
        mistakes.extend(judged(provider, &variables, &settings));
        let key = settings.iter().find(|it| it.name == "PAYNET_SECRET_KEY");
        // The sandbox takes it for a live one, and refuses it.
        if named == Some("sandbox") && key.is_some_and(|it| it.begins_otherwise("sck_test_")) {
            warnings.push(Words::of(Texts::doctor_sandbox_key));
        }
        if settings.iter().any(|it| it.from == Some("stdin")) {
            notes.push(Texts::doctor_stdin);
        }
        if live {
            notes.push(Texts::doctor_live);
        }
        match (provider, named) {
            (ProviderName::Paytr, Some("test")) => notes.push(Texts::doctor_paytr_test),
            (ProviderName::Paynet, Some("sandbox")) => {}
            (ProviderName::Paynet, _) => notes.push(Texts::doctor_paynet_ip),
            _ => {}
        }
    }
    Examined {
        provider: provider.as_str(),
        configured,
        environment,
        live,
        base_url,
        settings,
        mistakes,
        warnings,
        notes: notes.into_iter().map(Words::of).collect(),
        network: None,
    }
}

/// All that `build()` has against the settings. It stops at the first mistake, so what it names is
/// taken as right and it is asked again.
fn judged(
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
