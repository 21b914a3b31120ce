//! The providers' code tables, seen alike. The tables themselves are the provider crates'.

use onay::paynet::ReturnCode;
use onay::paytr_link::Reason;
use onay::paywall_masterpass::ResponseCode;
use onay::{Error, ErrorKind, Explanation};

use crate::arguments::CodeTable;
use crate::language::{Texts, Words};

/// One row of a provider's table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) provider: CodeTable,
    pub(crate) code: &'static str,
    pub(crate) name: Option<&'static str>,
    pub(crate) readings: Vec<Reading>,
    /// Whether the reading is assumed, where the table says so.
    pub(crate) assumed: Option<bool>,
    pub(crate) meaning: Words,
    pub(crate) advice: Words,
}

/// What a code means when it answers one operation, or any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) operation: Option<&'static str>,
    /// Absent where it is a yes.
    pub(crate) kind: Option<ErrorKind>,
}

impl Row {
    fn new(provider: CodeTable, code: &'static str, explanation: &Explanation) -> Self {
        Self {
            provider,
            code,
            name: None,
            readings: Vec::new(),
            assumed: None,
            meaning: explanation.meaning().into(),
            advice: explanation.advice().into(),
        }
    }

    pub(crate) fn means(&self, kind: ErrorKind) -> bool {
        self.readings
            .iter()
            .any(|reading| reading.kind == Some(kind))
    }
}

impl CodeTable {
    pub(crate) fn rows(self) -> Vec<Row> {
        match self {
            Self::Paynet => ReturnCode::ALL.iter().map(paynet).collect(),
            Self::PaywallMasterpass => ResponseCode::ALL.iter().map(masterpass).collect(),
            Self::PaytrLink => Reason::ALL.iter().map(paytr).collect(),
        }
    }

    /// The row of a code; for PayTR, of a sentence.
    pub(crate) fn find(self, code: &str) -> Option<Row> {
        match self {
            Self::Paynet => ReturnCode::find(code).map(paynet),
            Self::PaywallMasterpass => ResponseCode::find(code).map(masterpass),
            Self::PaytrLink => Reason::find(code).map(paytr),
        }
    }

    fn of_provider(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == name)
    }
}

/// The row of an error's code, or of its sentence: only where the table reads it as the error does. (A code may come with an HTTP status that says more.)
pub(crate) fn row_of(error: &Error) -> Option<Row> {
    let table = CodeTable::of_provider(error.provider()?)?;
    let text = match table {
        CodeTable::PaytrLink => error.message(),
        _ => error.code(),
    };
    table.find(text?).filter(|row| row.means(error.kind()))
}

fn paynet(row: &ReturnCode) -> Row {
    let reading = |operation, kind| Reading {
        operation: Some(operation),
        kind,
    };
    let readings = vec![
        reading("send_otp", row.send_otp()),
        reading("check_otp", row.check_otp()),
    ];
    Row {
        name: Some(row.name()),
        readings,
        assumed: Some(row.is_assumed()),
        ..Row::new(CodeTable::Paynet, row.code(), row.explanation())
    }
}

fn masterpass(row: &ResponseCode) -> Row {
    Row {
        readings: vec![Reading {
            operation: None,
            kind: row.kind(),
        }],
        ..Row::new(CodeTable::PaywallMasterpass, row.code(), row.explanation())
    }
}

fn paytr(row: &Reason) -> Row {
    let known = Row::new(CodeTable::PaytrLink, row.mark(), row.explanation());
    // The library's advice names a function of its own; here a command does the same.
    let advice = match row.explanation().advice().english() {
        english if english.contains("explain_token") => Words::of(Texts::table_token_advice),
        _ => known.advice.clone(),
    };
    Row {
        readings: vec![Reading {
            operation: None,
            kind: Some(row.kind()),
        }],
        assumed: Some(row.is_assumed()),
        advice,
        ..known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_finds_its_row_and_no_other() {
        let error = |kind, code| Error::new(kind).with_provider("paynet").with_code(code);
        let row = row_of(&error(ErrorKind::TooSoon, "5")).expect("a row");
        assert_eq!((row.code, row.name), ("5", Some("duplicate_data")));
        assert!(row_of(&error(ErrorKind::Refused, "4711")).is_none());
        // "Done. Nothing to do." is not what a server error says.
        assert!(row_of(&error(ErrorKind::Upstream, "0")).is_none());
        let paytr = Error::new(ErrorKind::Refused)
            .with_provider("paytr-link")
            .with_message("Geçersiz id.");
        assert_eq!(row_of(&paytr).map(|row| row.code), Some("Geçersiz id"));
    }

    #[test]
    fn every_row_is_found_by_its_code() {
        for table in CodeTable::ALL {
            for row in table.rows() {
                let found = table.find(row.code).expect(row.code);
                assert_eq!(found.meaning, row.meaning);
            }
        }
    }
}
