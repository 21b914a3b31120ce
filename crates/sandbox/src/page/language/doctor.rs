//! `understood` translates the doctor's sentences that are the sandbox's own.

use super::{Language, Words};
use crate::callback_sender::NOT_OK;
use crate::callbacks::CallbackCause;
use crate::magic::NUMBERS;

const FAULT: &str = "a fault was asked for: ";
const MAGIC: &str = "the number is magic, ";
const SENT: &str = "the message goes out, ";
const NOT_SENT: &str = "no message went out, ";

/// A word, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Understood<'word> {
    /// What the sandbox says of itself, in the page's language.
    pub(crate) own: String,
    /// What is left of it, in English.
    pub(crate) rest: &'word str,
}

impl Language {
    /// What of a word can be said in this language.
    pub(crate) fn understood(self, doctor: &str) -> Understood<'_> {
        let own = match self {
            Self::English => None,
            Self::Turkish => [FAULT, MAGIC, NOT_OK]
                .into_iter()
                .find_map(|phrase| self.translated(doctor, phrase)),
        };
        own.unwrap_or(Understood {
            own: String::new(),
            rest: doctor,
        })
    }

    /// The word where it ends with that phrase, at its beginning or behind a semicolon.
    fn translated<'word>(self, doctor: &'word str, phrase: &str) -> Option<Understood<'word>> {
        let (before, said) = doctor.rsplit_once(phrase)?;
        let rest = if before.is_empty() {
            before
        } else {
            before.strip_suffix("; ")?
        };
        let words = self.words();
        let own = if phrase == NOT_OK {
            format!("{}: {}", words.not_ok, CallbackCause::said(said)?.turkish())
        } else if phrase == FAULT {
            format!("{}: {}", words.fault_asked_for, words.kind(said)?)
        } else {
            let (pattern, told) = said.split_once(": ")?;
            let magic = NUMBERS.iter().find(|magic| magic.pattern() == pattern)?;
            let does = words.of_message(told, magic.turkish);
            format!("{} {pattern}: {does}", words.magic_number)
        };
        Some(Understood { own, rest })
    }
}

impl Words {
    /// What a magic number does, without the promise of a message where the call sent none.
    fn of_message(&self, told: &str, does: &str) -> String {
        match does.strip_prefix(self.message_goes) {
            Some(rest) if told.starts_with(NOT_SENT) => format!("{}{rest}", self.no_message_goes),
            Some(rest) if !told.starts_with(SENT) => rest.to_owned(),
            _ => does.to_owned(),
        }
    }

    /// What a kind of fault is called.
    pub(crate) fn kind(&self, kind: &str) -> Option<&'static str> {
        self.word(&format!("kind_{kind}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turkish(doctor: &str) -> (String, &str) {
        let understood = Language::Turkish.understood(doctor);
        (understood.own, understood.rest)
    }

    #[test]
    fn the_sandbox_speaks_of_itself_in_turkish() {
        let (own, rest) = turkish("the code is wrong; it was 12; a fault was asked for: html");
        assert_eq!(own, "Eklenen hata: Yanıt yerine web sayfası");
        assert_eq!(rest, "the code is wrong; it was 12");
        for magic in &NUMBERS {
            let (pattern, english) = (magic.pattern(), magic.english);
            let doctor = format!("the number is magic, {pattern}: {english}");
            let (own, rest) = turkish(&doctor);
            assert_eq!(own, format!("Sihirli numara {pattern}: {}", magic.turkish));
            assert_eq!(rest, "");
        }
    }

    #[test]
    fn no_message_is_promised_that_did_not_go() {
        let magic = |told: &str| turkish(&format!("the number is magic, 0555 000 97 xx: {told}")).0;
        let page = "a web page comes in place of the answer";
        for (told, says) in [
            ("the message goes out, and ", "mesaj gider, yanıt yerine"),
            ("no message went out, and ", "mesaj gitmez, yanıt yerine"),
            ("", "xx: yanıt yerine"),
        ] {
            let own = magic(&format!("{told}{page}"));
            assert!(own.contains(says), "{own}");
        }
    }

    #[test]
    fn a_merchants_answer_is_explained_in_turkish() {
        let (own, rest) = turkish("the merchant's answer is not exactly OK: the body is empty");
        assert_eq!(own, "Mağazanın yanıtı tam olarak OK değil: gövde boş");
        assert_eq!(rest, "");
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        for doctor in [
            "the code is wrong",
            "a fault was asked for: explosion",
            "not a fault was asked for: html",
            "the number is magic, 0555 000 11 xx: nothing",
        ] {
            assert_eq!(turkish(doctor), (String::new(), doctor));
            let english = Language::English.understood("a fault was asked for: html");
            assert_eq!(english.rest, "a fault was asked for: html");
        }
    }
}
