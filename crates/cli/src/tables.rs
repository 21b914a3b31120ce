//! One view of the code tables of all provider crates.

use onay::{CodeRow, Dispatch, Effect, Error, ErrorKind, Grade, Meaning, Operation};
use serde::Serialize;

use crate::failure::exit_code;
use crate::language::Language;
use crate::provider::ProviderName;

pub(crate) const OPEN_SESSION: Operation = Operation::new("open_session", Effect::SendsNothing);
pub(crate) const LINK_ACCOUNT: Operation = Operation::new("link_account", Effect::SendsCode);
pub(crate) const CREATE: Operation = Operation::new("create", Effect::SendsNothing);
pub(crate) const SEND_SMS: Operation = Operation::new("send_sms", Effect::SendsLink);
pub(crate) const SEND_EMAIL: Operation = Operation::new("send_email", Effect::SendsLink);
pub(crate) const DELETE: Operation = Operation::new("delete", Effect::SendsNothing);

/// One row of a provider's table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) provider: ProviderName,
    pub(crate) code: &'static CodeRow,
}

/// What a code means when it answers one operation, or any.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Reading {
    pub(crate) operation: Option<&'static str>,
    /// Absent where it is a yes, as is the dispatch.
    pub(crate) kind: Option<&'static str>,
    dispatch: Option<&'static str>,
    pub(crate) exit_code: u8,
}

impl Reading {
    fn new(operation: Operation, meaning: Meaning) -> Self {
        let kind = match meaning {
            Meaning::No(kind) => Some(kind),
            _ => None,
        };
        let dispatch = kind.map(ErrorKind::usual_dispatch);
        Self {
            operation: Some(operation.name()),
            kind: kind.map(ErrorKind::as_str),
            dispatch: dispatch.map(Dispatch::as_str),
            exit_code: kind
                .zip(dispatch)
                .map_or(0, |(kind, dispatch)| exit_code(kind, dispatch)),
        }
    }
}

impl Row {
    /// What the code means: one reading where it is the same for every operation.
    pub(crate) fn readings(&self) -> Vec<Reading> {
        let operations = self.provider.operations().iter();
        let reading = |it: &Operation| Reading::new(*it, self.code.meaning(*it));
        let mut readings: Vec<Reading> = operations.map(reading).collect();
        if let [first, rest @ ..] = readings.as_mut_slice()
            && rest.iter().all(|other| other.kind == first.kind)
        {
            first.operation = None;
            readings.truncate(1);
        }
        readings
    }

    pub(crate) fn means(&self, kind: ErrorKind) -> bool {
        let mut readings = self.readings().into_iter();
        readings.any(|reading| reading.kind == Some(kind.as_str()))
    }

    /// Where the reading comes from.
    pub(crate) fn grade(&self) -> &'static str {
        match self.code.grade() {
            Grade::Documented => "documented",
            Grade::Official => "official",
            Grade::Community => "community",
            _ => "assumed",
        }
    }
}

impl ProviderName {
    pub(crate) fn rows(self) -> Vec<Row> {
        let rows = self.table().rows().iter();
        rows.map(|code| Row {
            provider: self,
            code,
        })
        .collect()
    }

    /// The row of a code; for PayTR, of a sentence too.
    pub(crate) fn find(self, code: &str) -> Option<Row> {
        let by_sentence = || match self {
            Self::Paytr => onay::paytr_link::find_reason(code),
            _ => None,
        };
        let code = self.table().find(code).or_else(by_sentence)?;
        Some(Row {
            provider: self,
            code,
        })
    }

    fn table(self) -> &'static onay::CodeTable {
        match self {
            Self::Paynet => &onay::paynet::CODES,
            Self::Paywall => &onay::paywall_masterpass::CODES,
            Self::Paytr => &onay::paytr_link::CODES,
        }
    }

    fn operations(self) -> &'static [Operation] {
        match self {
            Self::Paynet => &[Operation::SEND_OTP, Operation::VERIFY_OTP],
            Self::Paywall => &[
                OPEN_SESSION,
                LINK_ACCOUNT,
                Operation::SEND_OTP,
                Operation::VERIFY_OTP,
            ],
            Self::Paytr => &[CREATE, SEND_SMS, SEND_EMAIL, DELETE],
        }
    }
}

/// What an error's code means, and what to do: only where the table reads it as the error does. (A code may come with an
/// HTTP status that says more.)
///
/// Where operations read a code as different errors, its row speaks of all of them. Of one, the kind does.
pub(crate) fn explained(error: &Error, language: Language) -> Option<[String; 2]> {
    let row = error.code()?.row()?;
    let operation = error.operation().unwrap_or(Operation::SEND_OTP);
    if row.meaning(operation) != Meaning::No(error.kind()) {
        return None;
    }
    let is_of_one = ProviderName::named(error.provider()?)?
        .operations()
        .iter()
        .all(|other| match row.meaning(*other) {
            Meaning::No(kind) => kind == error.kind(),
            _ => true,
        });
    let (texts, kind) = (language.texts(), error.kind().as_str());
    Some(match error.kind() {
        _ if is_of_one => {
            [row.explanation(), row.advice()].map(|it| it.text(language.of_library()).to_owned())
        }
        ErrorKind::Refused => [texts.failed_refused(), texts.next_refused()],
        _ => [texts.kind_meaning(kind), texts.kind_advice(kind)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_finds_its_row_and_what_it_says_of_this_operation() {
        let said = |kind, code, operation| {
            let code = onay::paynet::CODES.code(code);
            let error = Error::new(kind).with_provider("paynet").with_code(code);
            explained(&error.with_operation(operation), Language::English)
        };
        let (send, verify) = (Operation::SEND_OTP, Operation::VERIFY_OTP);
        let [means, advice] = said(ErrorKind::Credentials, "7", send).expect("a row");
        assert_eq!(means, "Not authorised.");
        assert!(advice.contains("static IP"), "{advice}");
        assert_eq!(said(ErrorKind::Refused, "4711", send), None);
        // "Done. Nothing to do." is not what a server error says.
        assert_eq!(said(ErrorKind::Upstream, "0", send), None);
        for (kind, code, operation) in [
            (ErrorKind::WrongCode, "1", verify),
            (ErrorKind::TooSoon, "5", send),
            (ErrorKind::Expired, "12", verify),
        ] {
            let [means, advice] = said(kind, code, operation).expect("a row");
            let texts = Language::English.texts();
            assert_eq!(means, texts.kind_meaning(kind.as_str()), "{code}");
            assert_eq!(advice, texts.kind_advice(kind.as_str()), "{code}");
        }
        for (code, operation) in [("1", send), ("5", verify), ("12", send)] {
            let [_, advice] = said(ErrorKind::Refused, code, operation).expect("a row");
            assert!(
                advice.starts_with("Ask the provider why"),
                "{code}: {advice}"
            );
        }
    }
}
