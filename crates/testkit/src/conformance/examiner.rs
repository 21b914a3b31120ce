//! Makes one call in one situation, and checks what holds for every call.

use std::time::Duration;

use onay_core::{Delivery, Error};

use super::operation::{Subject, Yes};
use super::report::Breach;
use super::wanted::Wanted;
use super::{Conformance, Operation, Report, Rule, Target};
use crate::{Behaviour, SocketServer, TraceCapture, printed};

/// For situations in which the server answers: no machine is so slow.
pub(super) const ROOMY: Duration = Duration::from_secs(10);
/// For situations in which it never does.
pub(super) const TIGHT: Duration = Duration::from_millis(300);
/// What a call may take beyond its timeout before it counts as hanging.
const GRACE: Duration = Duration::from_secs(2);

pub(super) struct Examiner<'a> {
    suite: &'a Conformance,
    pub(super) report: Report,
}

impl<'a> Examiner<'a> {
    pub(super) fn new(suite: &'a Conformance) -> Self {
        let report = Report::new(suite.provider);
        Self { suite, report }
    }

    /// One call against a server that behaves like this. `None` when it did not end.
    pub(super) async fn call(
        &mut self,
        operation: &Operation,
        situation: &str,
        behaviour: Behaviour,
        timeout: Duration,
    ) -> Option<Result<Yes, Error>> {
        let server = SocketServer::start(behaviour).await;
        let target = Target::new(server.url(), timeout);
        let result = self.call_at(operation, situation, &target).await;
        let (requests, connections) = (server.requests().len(), server.connections());
        if requests > 1 || connections > 1 {
            let what = format!("{requests} requests arrived over {connections} connections");
            self.breach(Rule::OneRequest, operation, situation, &what);
        }
        if let Some(Err(error)) = &result {
            if error.delivery() == Delivery::NotSent && requests > 0 {
                let what = "said NotSent of a request that arrived";
                self.breach(Rule::HonestDelivery, operation, situation, what);
            }
        }
        result
    }

    /// One call at a target of one's own.
    pub(super) async fn call_at(
        &mut self,
        operation: &Operation,
        situation: &str,
        target: &Target,
    ) -> Option<Result<Yes, Error>> {
        let capture = TraceCapture::start();
        let subject = operation.subject(target);
        let result = self.make(operation, situation, &subject, target).await;
        self.silence(operation, situation, "the trace", &capture.text());
        let shown = &subject.printed;
        self.silence(operation, situation, "the provider's Debug", shown);
        result
    }

    /// One call of a provider that exists already.
    pub(super) async fn make(
        &mut self,
        operation: &Operation,
        situation: &str,
        subject: &Subject,
        target: &Target,
    ) -> Option<Result<Yes, Error>> {
        self.report.count_call();
        let limit = target.timeout() + GRACE;
        let Ok(result) = tokio::time::timeout(limit, (subject.call)()).await else {
            let timeout = target.timeout();
            let what =
                format!("was built with a timeout of {timeout:?} and still ran after {limit:?}");
            self.breach(Rule::EndsInTime, operation, situation, &what);
            return None;
        };
        match &result {
            Ok(yes) => self.silence(operation, situation, "Debug of the answer", &yes.printed),
            Err(error) => {
                let shown = format!("{} {error:#?}", printed(error));
                self.silence(operation, situation, "the error", &shown);
                if error.provider() != Some(self.suite.provider) {
                    let what = format!("the error names {:?} as its provider", error.provider());
                    self.breach(Rule::NamesItself, operation, situation, &what);
                }
            }
        }
        Some(result)
    }

    /// Demands an error that says what is wanted.
    pub(super) fn demand(
        &mut self,
        rule: Rule,
        operation: &Operation,
        situation: &str,
        result: Option<Result<Yes, Error>>,
        wanted: Wanted,
    ) {
        match result {
            None => {}
            Some(Ok(_)) => {
                let what = format!("answered Ok instead of {wanted}");
                self.breach(Rule::OnlyYesIsOk, operation, situation, &what);
            }
            Some(Err(error)) if wanted.takes(&error) => {}
            Some(Err(error)) => {
                let (kind, delivery) = (error.kind(), error.delivery());
                let what = format!("answered {kind:?}/{delivery:?} instead of {wanted}");
                self.breach(rule, operation, situation, &what);
            }
        }
    }

    pub(super) fn breach(
        &mut self,
        rule: Rule,
        operation: &Operation,
        situation: &str,
        what: &str,
    ) {
        self.report.add(Breach {
            rule,
            operation: operation.name.clone(),
            situation: situation.to_owned(),
            what: what.to_owned(),
        });
    }

    /// Every value that must show nowhere.
    pub(super) fn canaries(&self, operation: &Operation) -> Vec<String> {
        let all = self.suite.canaries.iter().chain(&operation.canaries);
        all.cloned().collect()
    }

    fn silence(&mut self, operation: &Operation, situation: &str, place: &str, text: &str) {
        for canary in self.canaries(operation) {
            if text.contains(&canary) {
                // The report is an output too: it shows as much as tells the values apart.
                let begin: String = canary.chars().take(3).collect();
                let what = format!("the value that begins with {begin:?} stands in {place}");
                self.breach(Rule::Silence, operation, situation, &what);
            }
        }
    }
}
