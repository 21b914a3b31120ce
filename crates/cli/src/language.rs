//! Turkish or English: what `onay` says to people, from the two files in `locales/`. JSON is the same in both.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{env, fmt};

use clap::ValueEnum;
use onay::{Bilingual, Reason};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use self::generated::L10n;
/// The texts of one language, a method for each.
pub(crate) use self::generated::L10nLanguage as Texts;

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    missing_docs,
    unreachable_pub,
    reason = "build.rs makes it of the locale files"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// Uses what the generated file has beside the texts, so that what is unused in it is a text.
#[allow(dead_code, reason = "for the compiler alone")]
fn use_generated() {
    let _ = (L10n::load_all(), Texts::new_external("", &[]));
}

static TURKISH: LazyLock<Texts> = LazyLock::new(|| L10n::Tr.load());
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| L10n::En.load());

/// clap's derive asks for the help texts without an argument, so the choice has to be global.
static IS_HELP_TURKISH: AtomicBool = AtomicBool::new(false);

/// The language in which `onay` speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Turkish
    #[value(name = "tr")]
    Turkish,
    /// English
    #[value(name = "en")]
    English,
}

impl Language {
    /// The locale's language: Turkish or else English.
    pub(crate) fn of_locale(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let mut locales = variables.into_iter().filter_map(lookup);
        match locales.find(|locale| !locale.is_empty()) {
            Some(locale) if locale.starts_with("tr") => Self::Turkish,
            _ => Self::English,
        }
    }

    /// The language that a command line asks for, before clap reads it, or the locale's.
    pub(crate) fn typed(words: &[String]) -> Self {
        let apart = words.windows(2).find_map(|pair| match pair {
            [flag, value] if flag == "--lang" => Some(value.as_str()),
            _ => None,
        });
        let together = words.iter().find_map(|word| word.strip_prefix("--lang="));
        let named = apart.or(together);
        named
            .and_then(|name| Self::from_str(name, true).ok())
            .unwrap_or_else(|| Self::of_locale(|name| env::var(name).ok()))
    }

    /// What is said in this language.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::Turkish => &TURKISH,
            Self::English => &ENGLISH,
        }
    }

    /// The same language, as the library calls it.
    pub(crate) fn of_library(self) -> onay::Language {
        match self {
            Self::Turkish => onay::Language::Turkish,
            Self::English => onay::Language::English,
        }
    }

    /// Makes this the language of the help texts.
    pub(crate) fn explain_commands(self) {
        IS_HELP_TURKISH.store(self == Self::Turkish, Ordering::Relaxed);
    }
}

/// The help texts.
pub(crate) fn help() -> &'static Texts {
    if IS_HELP_TURKISH.load(Ordering::Relaxed) {
        &TURKISH
    } else {
        &ENGLISH
    }
}

impl Texts {
    /// A wait as people say it, rounded up: after that time it is over.
    pub(crate) fn wait(&self, wait: Duration) -> String {
        let seconds = u64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u64::MAX);
        match (seconds / 60, seconds % 60) {
            (0 | 1, _) => self.wait_seconds(seconds),
            (minutes, 0) => self.wait_minutes(minutes),
            (minutes, seconds) => self.wait_minutes_seconds(minutes, seconds),
        }
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    turkish: String,
    english: String,
}

impl Words {
    /// A text of the locale files.
    pub(crate) fn of(say: impl Fn(&Texts) -> String) -> Self {
        Self::new(say(&TURKISH), say(&ENGLISH))
    }

    /// A text of the locale files around words that are in both languages themselves.
    pub(crate) fn each(say: impl Fn(&Texts, Language) -> String) -> Self {
        let in_language = |language: Language| say(language.texts(), language);
        Self::new(
            in_language(Language::Turkish),
            in_language(Language::English),
        )
    }

    pub(crate) fn new(turkish: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            turkish: turkish.into(),
            english: english.into(),
        }
    }

    /// What another program says, which speaks no Turkish.
    pub(crate) fn foreign(text: &str) -> Self {
        Self::new(text, text)
    }

    /// The same between what is alike in both languages.
    pub(crate) fn around(&self, before: &str, after: &str) -> Self {
        Self::new(
            format!("{before}{}{after}", self.turkish),
            format!("{before}{}{after}", self.english),
        )
    }

    pub(crate) fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Turkish => &self.turkish,
            Language::English => &self.english,
        }
    }

    /// Both, where JSON has both.
    pub(crate) fn document(&self) -> Value {
        json!({ "tr": self.turkish, "en": self.english })
    }
}

impl From<Bilingual> for Words {
    fn from(words: Bilingual) -> Self {
        Self::new(words.turkish(), words.english())
    }
}

impl From<Reason> for Words {
    fn from(reason: Reason) -> Self {
        Self::new(reason.turkish(), reason.english())
    }
}

/// As an error says it.
impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

/// English, as it is in JSON.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

/// So that a parser of values can return it through clap.
impl std::error::Error for Words {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_left_in_english() {
        let texts = |file: &'static str| {
            let lines = file.lines();
            let lines = lines.filter(|line| !line.ends_with("->") && !line.contains("{ -"));
            lines.filter(|line| line.contains(" = ") || line.contains("] "))
        };
        let english = texts(include_str!("../locales/en/onay.ftl"));
        for text in texts(include_str!("../locales/tr/onay.ftl")) {
            assert!(english.clone().all(|english| english != text), "{text}");
        }
    }

    #[test]
    fn waits_are_rounded_up() {
        for (wait, english) in [
            (Duration::ZERO, "0 s"),
            (Duration::from_millis(1), "1 s"),
            (Duration::from_secs(119), "119 s"),
            (Duration::from_millis(179_500), "3 min"),
            (Duration::from_secs(181), "3 min 1 s"),
        ] {
            assert_eq!(ENGLISH.wait(wait), english);
        }
        assert_eq!(TURKISH.wait(Duration::from_secs(181)), "3 dk 1 sn");
    }
}
