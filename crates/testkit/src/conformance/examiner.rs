//! Makes calls, and checks what holds for every call.

use std::time::{Duration, Instant};

use onay_core::{Dispatch, Error};

use super::canary::{Canary, Output};
use super::carried::Carried;
use super::operation::{Carries, Yes};
use super::report::Breach;
use super::scene::{GRACE, Observed, Scene, second_of, set};
use super::situation::{ROOMY, Situation};
use super::{Conformance, Operation, Report, Rule, Target};
use crate::{ReceivedRequest, SocketServer, TraceCapture, printed};

/// How long a server listens on for a request that comes after its call has ended.
const AFTERWARDS: Duration = Duration::from_millis(1200);
/// So many servers listen on at once: each holds a file descriptor or two.
const MOST_WATCHED: usize = 300;
/// Far more than any answer, and less than hurts the machine that runs the test.
const MOST_BYTES: usize = 16 * 1024 * 1024;

pub(super) struct Examiner<'a> {
    pub(super) suite: &'a Conformance,
    capture: &'a TraceCapture,
    pub(super) report: Report,
    watched: Vec<Watched>,
    /// A call did not end although its server had answered: none of this operation would, and the rest
    /// of it is left out.
    pub(super) gave_up: bool,
}

/// A server that has had its calls.
struct Watched {
    server: SocketServer,
    since: Instant,
    /// The most requests that its calls may have made.
    most: usize,
    operation: String,
    situation: String,
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

    /// Tries a call in a situation, and gives what it said for further checks.
    pub(super) async fn try_it(
        &mut self,
        operation: &Operation,
        situation: Situation,
    ) -> Option<Result<Yes, Error>> {
        if self.gave_up {
            return None;
        }
        let scene = set(operation, &situation).await;
        let observed = second_of(&scene, &situation).await;
        self.judge_in(scene, operation, &situation, observed).await
    }

    /// Tries calls in several situations, one after the other; those that only a timeout ends at once.
    pub(super) async fn try_all(
        &mut self,
        operation: &Operation,
        all: impl IntoIterator<Item = Situation>,
    ) {
        let (late, others): (Vec<_>, Vec<_>) = all.into_iter().partition(Situation::is_late);
        for situation in others {
            self.try_it(operation, situation).await;
        }
        if self.gave_up {
            return;
        }
        let mut running = Vec::new();
        for situation in late {
            let scene = set(operation, &situation).await;
            let calling = situation.clone();
            let task = tokio::spawn(async move {
                let observed = second_of(&scene, &calling).await;
                (scene, observed)
            });
            running.push((situation, task));
        }
        for (situation, task) in running {
            match task.await {
                Ok((scene, observed)) => {
                    self.judge_in(scene, operation, &situation, observed).await;
                }
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            }
        }
    }

    async fn judge_in(
        &mut self,
        scene: Scene,
        operation: &Operation,
        situation: &Situation,
        observed: Observed,
    ) -> Option<Result<Yes, Error>> {
        let calls = 1 + usize::from(situation.first.is_some());
        let name = &situation.name;
        if situation.rule != Rule::UnsupportedFirst {
            self.report.add_row(situation, &observed);
        } else if observed.connections > 0 {
            let what = "made a connection first";
            self.breach(Rule::UnsupportedFirst, operation, name, what);
        }
        let result = self.judge(operation, name, &scene.target, observed);
        self.demand(operation, situation, result.as_ref());
        if situation.is_watched {
            let Scene { server, .. } = scene;
            self.watch(server, calls, operation, name).await;
        }
        result
    }

    /// Checks what holds for every call.
    pub(super) fn judge(
        &mut self,
        operation: &Operation,
        situation: &str,
        target: &Target,
        observed: Observed,
    ) -> Option<Result<Yes, Error>> {
        self.report.calls += 1;
        let (made, connections) = (observed.requests.len(), observed.connections);
        // A connection without a request may be tried again: nothing has left.
        if made > 1 || (made == 1 && connections > 1) {
            let last = observed.requests.last();
            let line = last.map_or("none", |request| request.line.as_str());
            let what =
                format!("{made} requests arrived over {connections} connections, the last: {line}");
            self.breach(Rule::OneRequest, operation, situation, &what);
        }
        if let Some(request) = observed.requests.last() {
            self.carries(operation, situation, request);
        }
        if observed.endless_bytes > MOST_BYTES {
            let what = "read on without a bound";
            self.breach(Rule::BoundedAnswers, operation, situation, what);
        }
        match &observed.result {
            None => {
                self.gave_up |= target.timeout() == ROOMY;
                let (timeout, limit) = (target.timeout(), target.timeout() + GRACE);
                let what = format!("was given {timeout:?} and still ran after {limit:?}");
                self.breach(Rule::EndsInTime, operation, situation, &what);
            }
            Some(Ok(yes)) => {
                if made == 0 {
                    let what = "answered Ok although no request arrived";
                    self.breach(Rule::OnlyYesIsOk, operation, situation, what);
                }
                self.silence(operation, situation, "the answer's Debug", &yes.printed);
            }
            Some(Err(error)) => self.judge_error(operation, situation, error, made),
        }
        let shown = &observed.provider_printed;
        self.silence(operation, situation, "the provider's Debug", shown);
        self.listen(operation, situation);
        observed.result
    }

    fn judge_error(&mut self, operation: &Operation, situation: &str, error: &Error, made: usize) {
        if error.dispatch() == Dispatch::NotSent && made > 0 {
            let what = "said NotSent of a request that arrived";
            self.breach(Rule::HonestDispatch, operation, situation, what);
        }
        let shown = format!("{}\n{error:#?}", printed(error));
        self.silence(operation, situation, "the error", &shown);
        if error.provider() != Some(self.suite.provider) {
            let what = format!("the error names {:?} as its provider", error.provider());
            self.breach(Rule::NamesItself, operation, situation, &what);
        }
    }

    /// Looks through everything that was traced since. Gives it.
    pub(super) fn listen(&mut self, operation: &Operation, situation: &str) -> String {
        let traced = self.capture.take();
        self.silence(operation, situation, "the trace", &traced);
        traced
    }

    /// Listens on at a server whose calls have ended.
    pub(super) async fn watch(
        &mut self,
        server: SocketServer,
        most: usize,
        operation: &Operation,
        situation: &str,
    ) {
        self.watched.push(Watched {
            server,
            since: Instant::now(),
            most,
            operation: operation.name.clone(),
            situation: situation.to_owned(),
        });
        let is_due = |watched: &&Watched| watched.since.elapsed() > AFTERWARDS;
        let due = self.watched.iter().take_while(is_due).count();
        let left = self.watched.len() - due;
        self.settle(left.min(MOST_WATCHED)).await;
    }

    /// Checks servers that have listened long enough, until so many are left. What came after a
    /// call had ended came unasked.
    pub(super) async fn settle(&mut self, left: usize) {
        let ended = self.watched.len().saturating_sub(left);
        for watched in self.watched.drain(..ended) {
            tokio::time::sleep(AFTERWARDS.saturating_sub(watched.since.elapsed())).await;
            let requests = watched.server.requests();
            let (came, most) = (requests.len(), watched.most);
            let is_known = |breach: &Breach| {
                breach.rule == Rule::OneRequest && breach.situation == watched.situation
            };
            if came > most && !self.report.breaches().iter().any(is_known) {
                let line = requests.last().map_or("", |request| request.line.as_str());
                self.report.add(Breach {
                    rule: Rule::OneRequest,
                    operation: watched.operation,
                    situation: watched.situation,
                    what: format!(
                        "a request too many came afterwards ({came}, not {most}), the last: {line}"
                    ),
                });
            }
        }
    }

    /// Demands that the call says what the situation wants.
    pub(super) fn demand(
        &mut self,
        operation: &Operation,
        situation: &Situation,
        result: Option<&Result<Yes, Error>>,
    ) {
        let Some(result) = result else {
            return;
        };
        if let (Some(_), Err(error)) = (situation.status, result) {
            if error.http_status() != situation.status {
                let what = format!("http_status() is {:?}", error.http_status());
                self.breach(situation.rule, operation, &situation.name, &what);
            }
        }
        let wanted = situation.wanted;
        if wanted.takes(result) {
            return;
        }
        let (rule, what) = match result {
            Ok(_) => (
                Rule::OnlyYesIsOk,
                format!("answered Ok instead of {wanted}"),
            ),
            Err(error) => {
                let (kind, dispatch) = (error.kind(), error.dispatch());
                let what = format!("answered {kind:?}/{dispatch:?} instead of {wanted}");
                (situation.rule, what)
            }
        };
        self.breach(rule, operation, &situation.name, &what);
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
        let values = self.canaries(operation).map(|canary| &canary.value);
        let values: Vec<String> = values
            .map(|value| value.replace(['"', '\\', '\n'], " "))
            .collect();
        values.join(" ")
    }

    fn canaries<'o>(&'o self, operation: &'o Operation) -> impl Iterator<Item = &'o Canary> {
        self.suite.canaries.iter().chain(&operation.canaries)
    }

    fn carries(&mut self, operation: &Operation, situation: &str, request: &ReceivedRequest) {
        if request.line == "HTTP/2" {
            return;
        }
        let carried = Carried::by(request);
        for (role, value) in &operation.carried {
            let stands = match value {
                Carries::Text(text) => carried.holds(text),
                Carries::Recipient(recipient) => carried.holds_recipient(recipient),
            };
            if !stands {
                let what = format!("{role} does not stand in the request");
                self.breach(Rule::SendsWhatWasGiven, operation, situation, &what);
            }
        }
        let bindings = &operation.bindings;
        let is_bound = bindings.is_empty() || bindings.iter().any(|value| carried.holds(value));
        if !is_bound && !operation.ignores_session {
            let what = "neither the session nor a token nor the state stands in the request";
            self.breach(Rule::BoundApproval, operation, situation, what);
        }
        if operation
            .caller
            .as_ref()
            .is_some_and(|caller| carried.holds(caller))
        {
            let what = "the caller stands in the request";
            self.breach(Rule::Silence, operation, situation, what);
        }
    }

    fn silence(&mut self, operation: &Operation, situation: &str, place: &str, text: &str) {
        let output = Output::new(text);
        let found: Vec<(String, String)> = self
            .canaries(operation)
            .filter_map(|canary| {
                let line: String = canary.line_in(&output)?.trim().chars().take(120).collect();
                let what = format!("{} stands in {place}", canary.role);
                Some((what, format!("{situation}: {line}")))
            })
            .collect();
        for (what, situation) in found {
            self.breach(Rule::Silence, operation, &situation, &what);
        }
    }
}

/// Whether there is time for everything.
pub(super) fn soak() -> bool {
    std::env::var_os("ONAY_SOAK").is_some()
}
