//! `Story` is a scripted sequence for demos and bug reports: calls, faults, and jumps of the clock.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::SandboxError;
use crate::fault::rule::read;
use crate::pipeline;
use crate::registry::Registry;
use crate::sandbox::Sandbox;
use crate::shared::Shared;

/// The longest pause of a story.
const LONGEST_PAUSE_MS: u64 = 60_000;

/// Steps, in their order.
#[derive(Debug)]
pub(crate) struct Story(Vec<Step>);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Step {
    /// A call to a provider, as a client would make it.
    Call(StoryCall),
    /// A rule for faults, as the test API takes it.
    Fault(Value),
    /// The virtual clock of every tenant goes ahead by so many seconds.
    Advance(u64),
    /// So many milliseconds of real time go by, for who watches the page.
    PauseMs(u64),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoryCall {
    /// The provider and the path below its root: `/paynet/v1/card/send_otp`.
    path: String,
    #[serde(default)]
    headers: Map<String, Value>,
    /// JSON, or the text of a form.
    body: Value,
}

impl Story {
    /// Reads a story, or says which step of it cannot be.
    pub(crate) fn read(text: &str, registry: &Registry) -> Result<Self, SandboxError> {
        let invalid = |problem: String| SandboxError::InvalidStory { problem };
        let steps: Vec<Step> =
            serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
        for (place, step) in steps.iter().enumerate() {
            let checked = match step {
                Step::Fault(rule) => read(rule, registry).map(|_| ()),
                Step::Call(call) => call.check(registry),
                Step::PauseMs(pause) if *pause > LONGEST_PAUSE_MS => {
                    Err(format!("pause_ms is at most {LONGEST_PAUSE_MS}"))
                }
                Step::Advance(_) | Step::PauseMs(_) => Ok(()),
            };
            checked.map_err(|problem| invalid(format!("step {}: {problem}", place + 1)))?;
        }
        Ok(Self(steps))
    }

    /// Plays every step.
    pub(crate) async fn play(self, shared: &Arc<Shared>) -> Result<(), SandboxError> {
        for step in self.0 {
            match step {
                Step::Call(call) => call.make(shared).await,
                Step::Advance(seconds) => shared.advance(None, Duration::from_secs(seconds)),
                Step::PauseMs(pause) => tokio::time::sleep(Duration::from_millis(pause)).await,
                Step::Fault(rule) => {
                    let rule = read(&rule, shared.registry());
                    let (_, rule) =
                        rule.map_err(|problem| SandboxError::InvalidFault { problem })?;
                    shared.world().add_fault(rule)?;
                }
            }
        }
        Ok(())
    }
}

impl StoryCall {
    fn provider(&self) -> &str {
        let path = self.path.trim_start_matches('/');
        path.split('/').next().unwrap_or_default()
    }

    fn check(&self, registry: &Registry) -> Result<(), String> {
        let found = registry.find(self.provider()).is_some();
        let known = registry.names();
        found
            .then_some(())
            .ok_or_else(|| format!("path begins with {known}"))?;
        self.request().map(|_| ())
    }

    fn request(&self) -> Result<Request, String> {
        let (content_type, body) = match &self.body {
            Value::String(form) => ("application/x-www-form-urlencoded", form.clone()),
            body => ("application/json", body.to_string()),
        };
        let request = Request::post(&self.path).header(CONTENT_TYPE, content_type);
        let headers = self.headers.iter();
        let request = headers.fold(request, |request, (name, value)| {
            request.header(name, value.as_str().unwrap_or_default())
        });
        let request = request.body(Body::from(body));
        request.map_err(|error| error.to_string())
    }

    /// Makes the call. What is answered is in the journal.
    async fn make(&self, shared: &Shared) {
        let fake = shared.registry().find(self.provider()).cloned();
        if let (Some(fake), Ok(request)) = (fake, self.request()) {
            let call = pipeline::take(shared, fake.as_ref(), request);
            // A fault that cuts the connection never answers.
            let _ = tokio::time::timeout(Duration::from_secs(1), call).await;
        }
    }
}

impl Sandbox {
    /// Plays a story: a list of steps in JSON, each a call, a fault, a jump of the clock or a pause.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// let sandbox = onay_sandbox::Sandbox::start().await?;
    /// let story = r#"[
    ///     {"call": {
    ///         "path": "/paynet/v1/card/send_otp",
    ///         "headers": {"authorization": "Basic sck_test_demo", "accept": "application/json"},
    ///         "body": {"user_gsm": "5550000042", "otp_session_id": "order-1"}
    ///     }},
    ///     {"advance": 181},
    ///     {"fault": {"provider": "paynet", "operation": "send_otp", "fault": {"kind": "html"}}},
    ///     {"pause_ms": 10}
    /// ]"#;
    /// sandbox.play(story).await?;
    /// assert_eq!((sandbox.messages().len(), sandbox.faults().len()), (1, 1));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A body that is a text is a form. A call is made as a client would make it: what is answered is in
    /// the journal.
    ///
    /// # Errors
    ///
    /// [`SandboxError::InvalidStory`] naming the step that cannot be, before any is played;
    /// [`SandboxError::InvalidFault`] if there are as many rules as are kept.
    pub async fn play(&self, story: &str) -> Result<(), SandboxError> {
        let story = Story::read(story, self.shared().registry())?;
        story.play(self.shared()).await
    }
}
