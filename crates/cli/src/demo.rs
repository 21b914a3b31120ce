//! `onay demo`: every provider's story, on a sandbox of its own; printed step by step for people, or as one JSON document
//! at its end.

mod masterpass;
mod paynet;
mod paytr;

use std::fmt::Display;

use onay::{Error, ErrorKind};
use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::{Output, bad, good, line, quiet, strong};

pub(crate) async fn run(output: &Output) -> Result<(), Failure> {
    let mut story = Story {
        output,
        texts: output.texts(),
        steps: Vec::new(),
        told: 0,
    };
    let sandbox = Sandbox::start().await?;
    story.note(story.texts.demo_sandbox())?;
    paynet::tell(&sandbox, &mut story).await?;
    sandbox.reset();
    paynet::tell_guard(&sandbox, &mut story).await?;
    sandbox.reset();
    masterpass::tell(&sandbox, &mut story).await?;
    sandbox.reset();
    paytr::tell(&sandbox, &mut story).await?;
    story.title(story.texts.demo_next())?;
    story.note(story.texts.demo_next_serve())?;
    story.note(story.texts.demo_next_source())?;
    sandbox.stop().await;
    story.end()
}

/// The story as it is told.
struct Story<'a> {
    output: &'a Output,
    texts: &'static Texts,
    steps: Vec<Value>,
    told: usize,
}

impl Story<'_> {
    fn title(&self, text: impl Display) -> Result<(), Failure> {
        self.say(&format!("\n{}", strong(text)))
    }

    fn note(&self, text: impl Display) -> Result<(), Failure> {
        self.say(&quiet(text))
    }

    fn step(&mut self, text: impl Display) -> Result<(), Failure> {
        self.told += 1;
        let number = strong(format_args!("{:>2}", self.told));
        self.say(&format!("\n{number}  {text}"))
    }

    fn phone(&self, text: &str) -> Result<(), Failure> {
        self.say(&format!("    {} {text}", quiet("│")))
    }

    fn yes(&mut self, operation: &str, text: impl Display) -> Result<(), Failure> {
        self.steps
            .push(json!({ "operation": operation, "outcome": "ok" }));
        self.say(&format!("    {} {text}", good("✓")))
    }

    /// A refusal that has to come, and of this kind; anything else ends the demo.
    fn no<T>(
        &mut self,
        operation: &str,
        result: Result<T, Error>,
        kind: ErrorKind,
        text: impl Display,
    ) -> Result<(), Failure> {
        let texts = self.texts;
        let error = match result {
            Ok(_) => {
                let words = Words::of(|texts| texts.demo_unexpected_yes(operation, kind.as_str()));
                return Err(Failure::Unexpected(words));
            }
            Err(error) if error.kind() == kind => error,
            Err(error) => return Err(error.into()),
        };
        self.steps
            .push(json!({ "operation": operation, "outcome": kind.as_str() }));
        // A callback is judged by the shop; no provider is asked.
        let mut outcome = if operation == "verify_callback" {
            texts.demo_shop_refused()
        } else {
            let language = self.output.language().of_library();
            error.dispatch().text(language).to_owned()
        };
        if let Some(wait) = error.wait() {
            let left = texts.wait(wait.remaining_now());
            outcome += &format!(", {}", texts.demo_wait(left));
        }
        let kind = strong(kind.as_str());
        self.say(&format!("    {} {kind} ({outcome}): {text}", bad("✗")))
    }

    fn end(self) -> Result<(), Failure> {
        if self.output.is_json() {
            let document = json!({ "operation": "demo", "steps": self.steps });
            return self.output.result("", &document);
        }
        if !self.output.is_quiet() {
            return Ok(());
        }
        let count = self.texts.demo_end(self.steps.len());
        line(&format!("{}: {count}", good(self.texts.done())))
    }

    fn say(&self, text: &str) -> Result<(), Failure> {
        if self.output.is_json() || self.output.is_quiet() {
            return Ok(());
        }
        line(text)
    }
}

/// The code in the newest message.
fn newest_code(sandbox: &Sandbox) -> Result<String, Failure> {
    let messages = sandbox.messages();
    let code = messages.first().and_then(|message| message.otp());
    code.map(str::to_owned)
        .ok_or_else(|| Failure::Unexpected(Words::of(Texts::demo_no_code)))
}
