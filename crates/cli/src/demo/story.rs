//! How a story is told: line by line for people, or as one JSON document at its end.

use onay::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::kinds::{self, said};
use crate::language::{Language, Words};
use crate::output::{BAD, GOOD, Output, QUIET, STRONG, line};

/// Tells the story as it goes, or keeps it for one JSON document at its end.
pub(crate) struct Story<'a> {
    output: &'a Output,
    steps: Vec<Value>,
    told: usize,
}

impl<'a> Story<'a> {
    pub(crate) fn new(output: &'a Output) -> Self {
        Self {
            output,
            steps: Vec::new(),
            told: 0,
        }
    }

    pub(crate) fn language(&self) -> Language {
        self.output.language()
    }

    pub(crate) fn title(&self, turkish: &str, english: &str) -> Result<(), Failure> {
        let text = self.language().of(turkish, english);
        self.say(&format!("\n{STRONG}{text}{STRONG:#}"))
    }

    pub(crate) fn note(&self, turkish: &str, english: &str) -> Result<(), Failure> {
        let text = self.language().of(turkish, english);
        self.say(&format!("{QUIET}{text}{QUIET:#}"))
    }

    pub(crate) fn step(&mut self, turkish: &str, english: &str) -> Result<(), Failure> {
        let text = self.language().of(turkish, english);
        self.told += 1;
        self.say(&format!("\n{STRONG}{:>2}{STRONG:#}  {text}", self.told))
    }

    pub(crate) fn phone(&self, text: &str) -> Result<(), Failure> {
        self.say(&format!("    {QUIET}│{QUIET:#} {text}"))
    }

    pub(crate) fn yes(
        &mut self,
        operation: &str,
        turkish: &str,
        english: &str,
    ) -> Result<(), Failure> {
        let text = self.language().of(turkish, english);
        self.steps
            .push(json!({ "operation": operation, "outcome": "ok" }));
        self.say(&format!("    {GOOD}✓{GOOD:#} {text}"))
    }

    /// A refusal that has to come, and of this kind; anything else ends the demo.
    pub(crate) fn no<T>(
        &mut self,
        operation: &str,
        result: Result<T, Error>,
        kind: ErrorKind,
        turkish: &str,
        english: &str,
    ) -> Result<(), Failure> {
        let language = self.language();
        let text = language.of(turkish, english);
        let error = match result {
            Ok(_) => {
                let due = kind.as_str();
                return Err(Failure::Unexpected(Words::new(
                    format!("{operation} evet dedi, oysa beklenen: {due}"),
                    format!("{operation} said yes where {due} was due"),
                )));
            }
            Err(error) if error.kind() == kind => error,
            Err(error) => return Err(error.into()),
        };
        self.steps
            .push(json!({ "operation": operation, "outcome": kind.as_str() }));
        let after = match error.retry_after().map(|after| language.wait(after)) {
            Some(after) => language.of(format!(", {after} bekleyin"), format!(", wait {after}")),
            None => String::new(),
        };
        // A callback is judged by the shop; no provider is asked.
        let who = match operation {
            "verify_callback" => language.of("mağaza kabul etmedi", "the shop refused it"),
            _ => said(kinds::delivery(error.delivery()), language),
        };
        self.say(&format!(
            "    {BAD}✗{BAD:#} {STRONG}{}{STRONG:#} ({who}{after}): {text}",
            kind.as_str(),
        ))
    }

    pub(crate) fn end(self) -> Result<(), Failure> {
        if self.output.is_json() {
            let document = json!({ "operation": "demo", "steps": self.steps });
            return self.output.result("", &document);
        }
        if !self.output.is_quiet() {
            return Ok(());
        }
        let count = self.steps.len();
        line(&self.language().of(
            format!("{GOOD}tamam{GOOD:#}: {count} yanıtın hepsi beklendiği gibi"),
            format!("{GOOD}done{GOOD:#}: {count} answers, each as it should be"),
        ))
    }

    fn say(&self, text: &str) -> Result<(), Failure> {
        if self.output.is_json() || self.output.is_quiet() {
            return Ok(());
        }
        line(text)
    }
}
