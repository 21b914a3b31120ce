//! What is printed: the result on stdout, the rest on stderr; for people, or as one JSON document.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::time::SystemTime;

use anstyle::{AnsiColor, Style};
use onay::{OtpChallenge, ProviderText, Wait};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::language::{Language, Texts, Words};
use crate::terminal::{plain, word};
use crate::usage::UsageError;

mod failed;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// What went well.
pub(crate) fn good(text: impl Display) -> String {
    format!("{GOOD}{text}{GOOD:#}")
}

/// What went wrong.
pub(crate) fn bad(text: impl Display) -> String {
    format!("{BAD}{text}{BAD:#}")
}

/// What matters less.
pub(crate) fn quiet(text: impl Display) -> String {
    format!("{QUIET}{text}{QUIET:#}")
}

/// What is looked for first.
pub(crate) fn strong(text: impl Display) -> String {
    format!("{STRONG}{text}{STRONG:#}")
}

/// Where results and failures go.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    provider_text: bool,
    language: Language,
}

impl Output {
    pub(crate) fn new(json: bool, quiet: bool, language: Language) -> Self {
        Self {
            json,
            quiet,
            provider_text: false,
            language,
        }
    }

    /// Shows a provider's texts outside a terminal too.
    pub(crate) fn with_provider_text(mut self, shown: bool) -> Self {
        self.provider_text = shown;
        self
    }

    /// A provider's text for a JSON document, where it was asked for.
    pub(crate) fn provider_text<'a>(&self, text: Option<&'a ProviderText>) -> Option<&'a str> {
        let text = text.filter(|_| self.provider_text)?;
        Some(exposed(text))
    }

    /// A provider's text for the person at the terminal who made the call, escaped.
    fn text_for_people(&self, text: &ProviderText) -> Option<String> {
        let is_shown = self.provider_text || io::stderr().is_terminal();
        is_shown.then(|| plain(exposed(text)).into_owned())
    }

    /// Whether hints and progress are unwanted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn texts(&self) -> &'static Texts {
        self.language.texts()
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints a result: `human` for people, `document` as JSON.
    pub(crate) fn result(
        &self,
        human: impl Display,
        document: &impl Serialize,
    ) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string(document).map_err(|error| Failure::NotPrinted {
                cause: error.to_string(),
                is_reader_gone: false,
            })?
        } else {
            human.to_string()
        };
        line(&text)
    }

    /// Prints what is wrong with the command line, on stderr.
    pub(crate) fn usage(&self, error: UsageError) {
        let UsageError { words, usage, help } = error;
        if self.json {
            return self.failure(&Failure::Usage(words));
        }
        let texts = self.texts();
        let label = bad(texts.label_error());
        let usage = usage.map(|usage| format!("\n{} {usage}\n\n", texts.help_usage()));
        // Where the terminal is gone, the exit code has to do.
        let _ = writeln!(
            anstream::stderr().lock(),
            "{label}: {}\n{}{}: {help}",
            plain(words.in_language(self.language)),
            usage.unwrap_or_default(),
            strong(texts.label_next()),
        );
    }

    /// Prints why a command failed, on stderr. Stdout stays empty.
    pub(crate) fn failure(&self, failure: &Failure) {
        if matches!(failure, Failure::Reported(_)) {
            return;
        }
        let mut stderr = anstream::stderr().lock();
        // Where the terminal is gone, the exit code has to do.
        let _ = if self.json {
            writeln!(stderr, "{}", failed::document(failure, self))
        } else {
            failed::write(&mut stderr, failure, self)
        };
    }
}

/// Prints a line on stdout.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    match written {
        Err(error) => Err(Failure::NotPrinted {
            is_reader_gone: error.kind() == io::ErrorKind::BrokenPipe,
            cause: error.to_string(),
        }),
        Ok(()) => Ok(()),
    }
}

/// A challenge as JSON: what a caller needs to go on, the number masked.
pub(crate) fn challenge_document(challenge: &OtpChallenge) -> Value {
    let mut document = Map::new();
    document.insert("session".to_owned(), json!(challenge.session().expose()));
    if let Some(recipient) = challenge.recipient() {
        let masked = json!(recipient.masked().to_string());
        document.insert("recipient".to_owned(), masked);
    }
    if let Some(token) = challenge.token() {
        document.insert("token".to_owned(), json!(token.expose()));
    }
    document.into()
}

/// A challenge for people: arguments to copy into a shell.
pub(crate) fn challenge_words(challenge: &OtpChallenge) -> String {
    let session = word(challenge.session().expose());
    match challenge.token() {
        Some(token) => format!("--session {session} --token {}", word(token.expose())),
        None => format!("--session {session}"),
    }
}

/// When a wait ends, as JSON writes it: the provider's own time, where it named one.
pub(crate) fn time(wait: Option<&Wait>) -> Option<String> {
    let wait = wait?;
    let end = wait
        .at()
        .or_else(|| SystemTime::now().checked_add(wait.remaining_now()));
    let end = jiff::Timestamp::try_from(end?).ok()?;
    Some(end.to_string())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the command line shows it: on request, or to the person at the terminal"
)]
fn exposed(text: &ProviderText) -> &str {
    text.expose()
}

pub(crate) fn unexpected(error: &dyn Display) -> Failure {
    Failure::Unexpected(Words::foreign(&error.to_string()))
}
