//! The conformance suite for provider authors: one request per call, and the truth about it.
//!
//! Tell the suite how to build the provider at some address and how its answers look, and it breaks
//! its calls over real sockets: see [`Rule`] for what is demanded. It needs
//! nothing but the public traits, so a provider in any crate can be examined, on any HTTP library.
//!
//! ```no_run
//! use onay_core::{Error, ErrorKind, OtpChallenge, OtpCode, PhoneNumber, SessionId};
//! use onay_core::{OtpSender, OtpVerifier};
//! use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};
//!
//! const KEY: &str = "test-canary-key";
//!
//! /// `acme` builds the provider: `|target| Acme::new(KEY, target.base_url(), target.timeout())`.
//! fn suite<P: OtpSender + OtpVerifier + 'static>(
//!     acme: fn(&Target) -> P,
//! ) -> Result<Conformance, Error> {
//!     let challenge = OtpChallenge::for_phone(
//!         SessionId::parse("canary-session")?,
//!         PhoneNumber::parse("0555 765 43 21")?,
//!     );
//!     let refused = Expected::new(ErrorKind::TooSoon).with_code("R-5");
//!     let wrong = Expected::new(ErrorKind::WrongCode).with_code("R-1");
//!     let unknown = Sample::json(r#"{"result":"NO","reason":"R-99"}"#);
//!     Ok(Conformance::of("acme")
//!         .secret(KEY)
//!         .operation(
//!             Operation::send_otp(acme, challenge.clone())
//!                 .accepted(Sample::json(r#"{"result":"SENT"}"#))
//!                 .refused(Sample::json(r#"{"result":"NO","reason":"R-5"}"#), refused)
//!                 .unknown_code(unknown.clone(), "R-99")
//!                 .neither(Sample::json(r#"{"result":"PENDING"}"#)),
//!         )
//!         .operation(
//!             Operation::verify_otp(acme, challenge, OtpCode::parse("canary-code")?)
//!                 .accepted(Sample::json(r#"{"result":"APPROVED"}"#))
//!                 .refused(Sample::json(r#"{"result":"NO","reason":"R-1"}"#), wrong)
//!                 .unknown_code(unknown, "R-99")
//!                 .neither(Sample::json(r#"{"result":"PENDING"}"#)),
//!         ))
//! }
//!
//! // In a #[test]: suite(acme)?.assert();
//! ```

mod answers;
mod breaks;
mod canary;
mod carried;
mod examiner;
mod fields;
mod hostile;
mod operation;
mod races;
mod report;
mod rule;
mod sample;
mod scene;
mod sharing;
mod situation;
mod statuses;
mod target;

use std::fmt;

use self::canary::{Canary, SHORTEST};
use self::examiner::Examiner;
pub use self::operation::Operation;
pub use self::report::{Breach, Report};
pub use self::rule::Rule;
pub use self::sample::{Expected, Sample};
pub use self::target::Target;
use crate::TraceCapture;

/// The suite: what it has to know of a provider. See [the module](self).
#[derive(Clone)]
#[must_use]
pub struct Conformance {
    provider: &'static str,
    canaries: Vec<Canary>,
    operations: Vec<Operation>,
    unsupported: Vec<Operation>,
    has_codes: bool,
    over_tls: bool,
    hints: Vec<(Rule, String)>,
}

impl Conformance {
    /// A suite for the provider that names itself like this in its errors.
    pub fn of(provider: &'static str) -> Self {
        Self {
            provider,
            canaries: Vec::new(),
            operations: Vec::new(),
            unsupported: Vec::new(),
            has_codes: true,
            over_tls: false,
            hints: Vec::new(),
        }
    }

    /// A key, or anything else that must show in no output.
    pub fn secret(mut self, value: &str) -> Self {
        self.canaries.push(Canary::new("a secret", value));
        self
    }

    /// A call to examine, with its sample answers.
    pub fn operation(mut self, mut operation: Operation) -> Self {
        operation.look_for_sample_texts();
        self.operations.push(operation);
        self
    }

    /// A call that the provider cannot serve: another kind of challenge or recipient than it takes.
    pub fn unsupported(mut self, operation: Operation) -> Self {
        self.unsupported.push(operation);
        self
    }

    /// For a provider that refuses without saying why: no sample of an unknown code is asked for.
    pub fn without_codes(mut self) -> Self {
        self.has_codes = false;
        self
    }

    /// Tries everything over TLS too, and the lies of TLS and HTTP/2: for a build function that has
    /// the provider trust [`Target::certificate_authority`].
    #[cfg(feature = "tls")]
    pub fn over_tls(mut self) -> Self {
        self.over_tls = true;
        self
    }

    /// What to do about it, where this rule is broken: the report says it beside the rule.
    pub fn hint(mut self, rule: Rule, text: &str) -> Self {
        self.hints.push((rule, text.to_owned()));
        self
    }

    /// Examines the provider. It takes a few seconds (minutes, where the
    /// environment variable `ONAY_SOAK` asks for 2,000 calls of each race), and runs on a thread of its own with a
    /// runtime of its own: call it from a plain `#[test]`, of the provider itself, without a guard or
    /// a cache around it.
    ///
    /// # Panics
    ///
    /// When the suite itself lacks something: an operation without a sample of a yes, a no, an
    /// unknown code or neither, a check without a wrong code, a value that is too short to look for.
    /// When the provider panics. When another global `tracing` subscriber is installed.
    pub fn check(&self) -> Report {
        self.complete();
        std::thread::scope(|scope| {
            let examination = scope.spawn(|| {
                let capture = TraceCapture::start();
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .on_thread_start(capture.follower())
                    .build()
                    .expect("a runtime")
                    .block_on(self.examine(&capture))
            });
            match examination.join() {
                Ok(report) => report,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// Examines the provider and panics with the whole report when a rule is broken.
    ///
    /// # Panics
    ///
    /// When a rule is broken, and as [`check`](Self::check).
    #[track_caller]
    pub fn assert(&self) {
        let report = self.check();
        assert!(report.passed(), "{report}");
    }

    async fn examine(&self, capture: &TraceCapture) -> Report {
        let mut examiner = Examiner::new(self, capture);
        for operation in &self.operations {
            examiner.gave_up = false;
            let says_yes = answers::check(&mut examiner, operation).await;
            statuses::check(&mut examiner, operation).await;
            breaks::check(&mut examiner, operation).await;
            // What is built on a yes would only say again that there is none.
            if says_yes {
                hostile::check(&mut examiner, operation).await;
                sharing::check(&mut examiner, operation).await;
                races::check(&mut examiner, operation).await;
            }
            // It needs no answer, so it is tried even where answers never came.
            examiner.gave_up = false;
            statuses::foreign(&mut examiner, operation).await;
            if operation.ignores_session {
                let name = &operation.name;
                examiner
                    .report
                    .notes
                    .push(format!("{name} ignores the session"));
            }
        }
        examiner.gave_up = false;
        for operation in &self.unsupported {
            statuses::unsupported(&mut examiner, operation).await;
        }
        examiner.settle(0).await;
        if let Some(operation) = self.operations.first() {
            examiner.listen(operation, "after all calls");
        }
        if !self.over_tls {
            examiner.report.notes.push("not tried over TLS".to_owned());
        }
        examiner.report
    }

    /// A suite that asks little would pass any provider.
    fn complete(&self) {
        let provider = self.provider;
        assert!(
            !self.operations.is_empty(),
            "{provider}: no operation to examine"
        );
        for operation in &self.operations {
            let is_wrong = |no: &(Sample, Expected)| no.1.kind == onay_core::ErrorKind::WrongCode;
            let has_wrong_code = operation.refused.iter().any(is_wrong);
            for (is_there, what) in [
                (!operation.accepted.is_empty(), "a yes"),
                (!operation.refused.is_empty(), "a no"),
                (
                    !operation.neither.is_empty(),
                    "an answer that is neither yes nor no",
                ),
                (
                    !self.has_codes || !operation.unknown_codes.is_empty(),
                    "an unknown code",
                ),
                (!operation.checks_a_code || has_wrong_code, "a wrong code"),
            ] {
                assert!(is_there, "{}: no sample of {what}", operation.name);
            }
        }
        let operations = self.operations.iter().chain(&self.unsupported);
        let canaries = operations.flat_map(|operation| &operation.canaries);
        for canary in canaries.chain(&self.canaries) {
            assert!(
                canary.value.len() >= SHORTEST,
                "{provider}: {} has less than {SHORTEST} characters and cannot be looked for",
                canary.role
            );
        }
    }
}

impl fmt::Debug for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conformance")
            .field("provider", &self.provider)
            .field("operations", &self.operations)
            .finish_non_exhaustive()
    }
}
