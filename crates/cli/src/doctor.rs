//! `onay doctor`: what is configured, what is wrong with it, and nothing that is secret.

mod clock;
mod network;
mod provider;
mod report;
mod setting;

use onay::http::Variables;
use serde_json::{Value, json};

use self::clock::Clock;
use self::provider::Examined;
use crate::arguments::DoctorArguments;
use crate::failure::Failure;
use crate::language::Language;
use crate::output::Output;
use crate::provider::ProviderName;
use crate::{address, settings};

/// All that was found.
pub(crate) struct Report {
    providers: Vec<Examined>,
    proxy: Proxy,
    /// Where a running sandbox would be looked for, or what is wrong with the address.
    sandbox: Result<String, Failure>,
    clock: Option<Result<Clock, Failure>>,
    /// Whether hosts were to be reached.
    network: bool,
}

impl Report {
    fn exit_code(&self) -> u8 {
        let is_wrong = self.sandbox.is_err()
            || self.proxy.named.is_err()
            || self.providers.iter().any(|it| !it.mistakes.is_empty());
        let clock = self.clock.as_ref().and_then(|clock| clock.as_ref().err());
        let is_far = self.providers.iter().any(Examined::is_unreachable);
        match (is_wrong, clock) {
            (true, _) => 2,
            (false, Some(failure)) => failure.exit_code(),
            (false, None) if is_far => 7,
            (false, None) => 0,
        }
    }
}

/// By which proxy providers are called.
struct Proxy {
    /// The one that `ONAY_PROXY` names, without what may be a secret in it.
    named: Result<Option<String>, Failure>,
    /// The variables of other programs that name one, which is not used.
    ignored: Vec<&'static str>,
}

impl Proxy {
    fn examine() -> Self {
        let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let named = settings::proxy().map_err(Failure::from);
        Self {
            named: named.map(|url| url.map(|url| url.origin().ascii_serialization())),
            ignored: PROXY_VARIABLES.into_iter().filter(set).collect(),
        }
    }

    fn url(&self) -> Option<&str> {
        self.named.as_ref().ok()?.as_deref()
    }
}

/// Where other programs look for a proxy.
const PROXY_VARIABLES: [&str; 6] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
];

pub(crate) async fn run(arguments: &DoctorArguments, output: &Output) -> Result<(), Failure> {
    let mut providers: Vec<Examined> = ProviderName::ALL.map(provider::examine).into();
    let proxy = Proxy::examine();
    if arguments.network {
        for examined in &mut providers {
            examined.reach(proxy.url()).await;
        }
    }
    let sandbox = address::sandbox(None, Variables::of_process).map_err(Failure::from);
    let clock = match &arguments.clock {
        None => None,
        Some(Some(url)) => Some(clock::of_server(url).await),
        // What is wrong with the address is said of the sandbox already.
        Some(None) if sandbox.is_err() => None,
        Some(None) => Some(clock::of_sandbox().await),
    };
    let report = Report {
        providers,
        proxy,
        sandbox: sandbox.map(|url| url.to_string()),
        clock,
        network: arguments.network,
    };
    output.result(report::human(&report, output), &document(&report))?;
    match report.exit_code() {
        0 => Ok(()),
        code => Err(Failure::Reported(code)),
    }
}

fn document(report: &Report) -> Value {
    let english = |failure: &Failure| failure.headline(Language::English);
    let clock = report.clock.as_ref().map(|clock| match clock {
        Ok(clock) => json!(clock),
        Err(failure) => json!({ "error": english(failure) }),
    });
    json!({
        "operation": "doctor",
        "exit_code": report.exit_code(),
        "providers": report.providers,
        "proxy": {
            "url": report.proxy.url(),
            "mistake": report.proxy.named.as_ref().err().map(english),
            "ignored": report.proxy.ignored,
        },
        "sandbox": {
            "url": report.sandbox.as_ref().ok(),
            "mistake": report.sandbox.as_ref().err().map(english),
        },
        "clock": clock,
    })
}
