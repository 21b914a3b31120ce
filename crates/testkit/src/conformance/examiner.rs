//! Makes one call in one situation, and checks what holds for every call.

use std::time::Duration;

use onay_core::{Delivery, Error};

use super::canary::Canary;
use super::operation::{Subject, Yes};
use super::report::Breach;
use super::wanted::Wanted;
use super::{Conformance, Operation, Report, Rule, Target};
use crate::{Behaviour, ReceivedRequest, SocketServer, TraceCapture, printed};

/// For situations in which the server answers: no machine is so slow.
pub(super) const ROOMY: Duration = Duration::from_secs(10);
/// For situations in which it never does.
pub(super) const TIGHT: Duration = Duration::from_millis(300);
/// What a call may take beyond its timeout before it counts as hanging.
const GRACE: Duration = Duration::from_secs(2);
/// How long a server listens on for a request that comes after its call has ended.
const AFTERWARDS: Duration = Duration::from_millis(1200);

pub(super) struct Examiner<'a> {
    suite: &'a Conformance,
    capture: &'a TraceCapture,
    pub(super) report: Report,
    watched: Vec<Watched>,
    /// A call did not end although its server had answered: none of this operation would.
    gave_up: bool,
}

/// A server that has had its calls.
struct Watched {
    server: SocketServer,
    /// The most requests that its calls may have made.
    most: usize,
    operation: String,
    situation: String,
}

/// A server, and a provider that was built to call it.
pub(super) struct Scene {
    pub(super) server: SocketServer,
    pub(super) target: Target,
    pub(super) subject: Subject,
}

impl Scene {
    pub(super) async fn set(
        operation: &Operation,
        behaviour: Behaviour,
        timeout: Duration,
    ) -> Self {
        let server = SocketServer::start(behaviour).await;
        let target = Target::new(server.url(), timeout);
        let subject = operation.subject(&target);
        Self {
            server,
            target,
            subject,
        }
    }
}

impl<'a> Examiner<'a> {
    pub(super) fn new(suite: &'a Conformance, capture: &'a TraceCapture) -> Self {
        Self {
            suite,
            capture,
            report: Report::new(suite.provider, &suite.hints),
            watched: Vec::new(),
            gave_up: false,
        }
    }

    pub(super) fn begin(&mut self) {
        self.gave_up = false;
    }

    /// Whether the rest of this operation can be left out.
    pub(super) fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// One call against a server that behaves like this. `None` when it did not end.
    pub(super) async fn call(
        &mut self,
        operation: &Operation,
        situation: &str,
        behaviour: Behaviour,
        timeout: Duration,
    ) -> Option<Result<Yes, Error>> {
        let scene = Scene::set(operation, behaviour, timeout).await;
        let result = self.call_in(&scene, operation, situation).await;
        self.watch(scene.server, 1, operation, situation);
        result
    }

    /// One call more in a scene that is set.
    pub(super) async fn call_in(
        &mut self,
        scene: &Scene,
        operation: &Operation,
        situation: &str,
    ) -> Option<Result<Yes, Error>> {
        let (before, connected) = (scene.server.requests().len(), scene.server.connections());
        let result = self
            .make(operation, situation, &scene.subject, &scene.target)
            .await;
        let requests = scene.server.requests();
        let made = requests.len() - before;
        let connections = scene.server.connections() - connected;
        // A connection without a request may be tried again: nothing has left.
        if made > 1 || (made == 1 && connections > 1) {
            let what = format!("{made} requests arrived over {connections} connections");
            self.breach(Rule::OneRequest, operation, situation, &what);
        }
        match &result {
            Some(Ok(_)) if made == 0 => {
                let what = "answered Ok although no request arrived";
                self.breach(Rule::OnlyYesIsOk, operation, situation, what);
            }
            Some(Err(error)) if error.delivery() == Delivery::NotSent && made > 0 => {
                let what = "said NotSent of a request that arrived";
                self.breach(Rule::HonestDelivery, operation, situation, what);
            }
            _ => {}
        }
        if let Some(request) = requests.last().filter(|_| made > 0) {
            self.carries(operation, situation, request);
        }
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
        if self.gave_up {
            return None;
        }
        self.report.count_call();
        let limit = target.timeout() + GRACE;
        let result = tokio::time::timeout(limit, (subject.call)()).await.ok();
        match &result {
            None => {
                self.gave_up |= target.timeout() == ROOMY;
                let timeout = target.timeout();
                let what = format!("was given {timeout:?} and still ran after {limit:?}");
                self.breach(Rule::EndsInTime, operation, situation, &what);
            }
            Some(Ok(yes)) => self.silence(operation, situation, "the answer's Debug", &yes.printed),
            Some(Err(error)) => {
                let shown = format!("{}\n{error:#?}", printed(error));
                self.silence(operation, situation, "the error", &shown);
                if error.provider() != Some(self.suite.provider) {
                    let what = format!("the error names {:?} as its provider", error.provider());
                    self.breach(Rule::NamesItself, operation, situation, &what);
                }
            }
        }
        let shown = (subject.printed)();
        self.silence(operation, situation, "the provider's Debug", &shown);
        self.listen(operation, situation);
        result
    }

    /// Looks through everything that was traced since.
    pub(super) fn listen(&mut self, operation: &Operation, situation: &str) {
        let traced = self.capture.take();
        self.silence(operation, situation, "the trace", &traced);
    }

    /// Listens on at a server whose calls have ended.
    pub(super) fn watch(
        &mut self,
        server: SocketServer,
        most: usize,
        operation: &Operation,
        situation: &str,
    ) {
        self.watched.push(Watched {
            server,
            most,
            operation: operation.name.clone(),
            situation: situation.to_owned(),
        });
    }

    /// What came after a call had ended came without anybody asking.
    pub(super) async fn settle(&mut self, operation: &Operation) {
        tokio::time::sleep(AFTERWARDS).await;
        for watched in std::mem::take(&mut self.watched) {
            let requests = watched.server.requests().len();
            let told = |breach: &Breach| {
                breach.rule == Rule::OneRequest && breach.situation == watched.situation
            };
            if requests > watched.most && !self.report.breaches().iter().any(told) {
                let most = watched.most;
                self.report.add(Breach {
                    rule: Rule::OneRequest,
                    operation: watched.operation,
                    situation: watched.situation,
                    what: format!("a request too many came afterwards ({requests}, not {most})"),
                });
            }
        }
        self.listen(operation, "after all calls");
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

    /// Every value that must show nowhere, in one line: for answers that quote.
    pub(super) fn quoted(&self, operation: &Operation) -> String {
        let values: Vec<&str> = self
            .canaries(operation)
            .map(|canary| canary.value.as_str())
            .collect();
        values.join(" ")
    }

    fn canaries<'o>(&'o self, operation: &'o Operation) -> impl Iterator<Item = &'o Canary> {
        self.suite.canaries.iter().chain(&operation.canaries)
    }

    fn carries(&mut self, operation: &Operation, situation: &str, request: &ReceivedRequest) {
        let sent = format!("{} {}", request.line, request.text());
        // Of forms and addresses: what stands for an at sign and for a blank.
        let sent = sent.replace("%40", "@").replace(['+', '%'], " ");
        for canary in operation
            .carried
            .iter()
            .filter(|canary| !canary.stands_in(&sent))
        {
            let what = format!("{} does not stand in the request", canary.role);
            self.breach(Rule::SendsWhatWasGiven, operation, situation, &what);
        }
    }

    fn silence(&mut self, operation: &Operation, situation: &str, place: &str, text: &str) {
        let found: Vec<String> = self
            .canaries(operation)
            .filter_map(|canary| {
                let line: String = canary.line_in(text)?.trim().chars().take(120).collect();
                Some(format!("{} stands in {place}: {line}", canary.role))
            })
            .collect();
        for what in found {
            self.breach(Rule::Silence, operation, situation, &what);
        }
    }
}
