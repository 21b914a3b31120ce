//! `onay doctor`: what is configured, what is wrong with it, and nothing that is secret.

mod clock;
mod document;
mod network;
mod provider;
mod report;
mod setting;

use onay::http::Variables;

use self::clock::Clock;
use self::provider::Examined;
use crate::address;
use crate::arguments::DoctorArguments;
use crate::failure::Failure;
use crate::output::Output;

/// All that was found.
pub(crate) struct Report {
    providers: Vec<Examined>,
    /// Where a running sandbox would be looked for, or what is wrong with the address.
    sandbox: Result<String, Failure>,
    clock: Option<Result<Clock, Failure>>,
    /// Whether hosts were to be reached.
    network: bool,
}

impl Report {
    fn exit_code(&self) -> u8 {
        let is_wrong = self.sandbox.is_err() || self.providers.iter().any(Examined::is_wrong);
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

pub(crate) async fn run(arguments: &DoctorArguments, output: &Output) -> Result<(), Failure> {
    let mut providers: Vec<Examined> = provider::ALL.iter().map(provider::examine).collect();
    if arguments.network {
        for examined in &mut providers {
            examined.reach().await;
        }
    }
    let sandbox = address::sandbox(None, Variables::of_process).map_err(Failure::from);
    let clock = match &arguments.clock {
        None => None,
        Some(Some(url)) => Some(clock::of_server(url).await),
        Some(None) => Some(clock::of_sandbox().await),
    };
    let report = Report {
        providers,
        sandbox: sandbox.map(|url| url.to_string()),
        clock,
        network: arguments.network,
    };
    let document = document::document(&report);
    output.result(report::human(&report, output), &document)?;
    match report.exit_code() {
        0 => Ok(()),
        code => Err(Failure::Reported(code)),
    }
}
