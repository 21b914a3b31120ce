//! How faithful the fakes are: one row for each behaviour.

use serde::Serialize;

use crate::fakes::{paynet, paytr, paywall};
use crate::provider::Provider;

/// How well a behaviour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grade {
    /// The provider's own documentation says so.
    Documented,
    /// No documentation says so, but the provider's own software behaves so.
    Observed,
    /// Nobody says; the sandbox had to decide.
    Assumed,
}

/// One behaviour of a fake.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) provider: Provider,
    /// Absent where every operation behaves so.
    pub(crate) operation: Option<&'static str>,
    pub(crate) behaviour: &'static str,
    pub(crate) grade: Grade,
    /// Where the provider says or shows so, if it does.
    pub(crate) page: Option<&'static str>,
}

impl Row {
    pub(crate) const fn documented(
        provider: Provider,
        operation: Option<&'static str>,
        behaviour: &'static str,
        page: &'static str,
    ) -> Self {
        Self {
            grade: Grade::Documented,
            page: Some(page),
            ..Self::assumed(provider, operation, behaviour)
        }
    }

    pub(crate) const fn observed(
        provider: Provider,
        operation: Option<&'static str>,
        behaviour: &'static str,
        page: &'static str,
    ) -> Self {
        Self {
            grade: Grade::Observed,
            ..Self::documented(provider, operation, behaviour, page)
        }
    }

    pub(crate) const fn assumed(
        provider: Provider,
        operation: Option<&'static str>,
        behaviour: &'static str,
    ) -> Self {
        Self {
            provider,
            operation,
            behaviour,
            grade: Grade::Assumed,
            page: None,
        }
    }
}

/// Every behaviour of every fake.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    paynet::FIDELITY
        .iter()
        .chain(paywall::FIDELITY)
        .chain(paytr::FIDELITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: &Row) -> String {
        let grade = match row.grade {
            Grade::Documented => "documented",
            Grade::Observed => "observed",
            Grade::Assumed => "assumed",
        };
        let operation = row
            .operation
            .map_or("every".to_owned(), |name| format!("`{name}`"));
        format!(
            "| {} | {operation} | {} | {grade} |\n",
            row.provider, row.behaviour
        )
    }

    #[test]
    fn what_is_known_names_its_page_and_what_is_assumed_has_none() {
        for row in rows() {
            assert_eq!(
                row.page.is_some(),
                row.grade != Grade::Assumed,
                "{}",
                row.behaviour
            );
        }
    }

    #[test]
    fn the_table_in_the_docs_is_the_one_that_is_served() {
        let lines: Vec<String> = rows().map(line).collect();
        let head = "| provider | operation | behaviour | grade |\n|---|---|---|---|\n";
        let table = format!("{head}{}", lines.concat());
        assert!(
            include_str!("fidelity.md") == table,
            "src/fidelity.md should be:\n{table}"
        );
    }
}
