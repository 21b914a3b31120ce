//! Turkish or English: what `onay` itself says to people. JSON is the same in both.

use std::time::Duration;
use std::{env, fmt};

use clap::ValueEnum;

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
    /// The language of the locale: Turkish where it is, else English.
    pub(crate) fn of_locale(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let mut locales = variables.into_iter().filter_map(lookup);
        match locales.find(|locale| !locale.is_empty()) {
            Some(locale) if locale.starts_with("tr") => Self::Turkish,
            _ => Self::English,
        }
    }

    /// The language that a command line asks for which clap could not read.
    pub(crate) fn typed(words: &[String]) -> Self {
        let apart = words.windows(2).find_map(|pair| match pair {
            [flag, value] if flag == "--lang" => Some(value.as_str()),
            _ => None,
        });
        let together = words.iter().find_map(|word| word.strip_prefix("--lang="));
        match apart.or(together) {
            Some("tr") => Self::Turkish,
            Some("en") => Self::English,
            _ => Self::of_locale(|name| env::var(name).ok()),
        }
    }

    /// The one of two that is in this language.
    pub(crate) fn of<T>(self, turkish: T, english: T) -> T {
        match self {
            Self::Turkish => turkish,
            Self::English => english,
        }
    }

    /// A wait as people say it, rounded up: whoever waits that long has waited long enough.
    pub(crate) fn wait(self, wait: Duration) -> String {
        let (minute, second) = self.of(("dk", "sn"), ("min", "s"));
        let seconds = wait.as_millis().div_ceil(1000);
        match (seconds / 60, seconds % 60) {
            (0 | 1, _) => format!("{seconds} {second}"),
            (minutes, 0) => format!("{minutes} {minute}"),
            (minutes, rest) => format!("{minutes} {minute} {rest} {second}"),
        }
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    turkish: String,
    english: String,
}

impl Words {
    pub(crate) fn new(turkish: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            turkish: turkish.into(),
            english: english.into(),
        }
    }

    /// What somebody else says, who speaks no Turkish.
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
        language.of(&self.turkish, &self.english)
    }
}

/// English, as it stands in JSON.
impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_read_as_the_system_reads_it() {
        let locale = |pairs: &[(&str, &str)]| {
            Language::of_locale(|name| {
                let found = pairs.iter().find(|(given, _)| *given == name)?;
                Some(found.1.to_owned())
            })
        };
        assert_eq!(locale(&[]), Language::English);
        assert_eq!(locale(&[("LANG", "tr_TR.UTF-8")]), Language::Turkish);
        assert_eq!(locale(&[("LANG", "en_US.UTF-8")]), Language::English);
        let over = [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "C")];
        assert_eq!(locale(&over), Language::English);
        let empty = [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "")];
        assert_eq!(locale(&empty), Language::Turkish);
        let messages = [("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "tr_CY")];
        assert_eq!(locale(&messages), Language::Turkish);
    }

    #[test]
    fn waits_are_rounded_up() {
        let english = |wait| Language::English.wait(wait);
        assert_eq!(english(Duration::ZERO), "0 s");
        assert_eq!(english(Duration::from_millis(1)), "1 s");
        assert_eq!(english(Duration::from_secs(119)), "119 s");
        assert_eq!(english(Duration::from_millis(179_500)), "3 min");
        assert_eq!(english(Duration::from_secs(181)), "3 min 1 s");
        assert_eq!(
            Language::Turkish.wait(Duration::from_secs(181)),
            "3 dk 1 sn"
        );
    }
}
