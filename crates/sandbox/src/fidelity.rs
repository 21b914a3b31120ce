//! How faithful the fakes are: one row for each behaviour.

use serde::Serialize;

use crate::paynet;
use crate::provider::Provider;

/// How well a behaviour is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grade {
    /// The provider's own documentation says so.
    Documented,
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
    /// The page of the provider's documentation, where one says so.
    pub(crate) page: Option<&'static str>,
}

/// Every behaviour of every fake.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    paynet::FIDELITY.iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: &Row) -> String {
        let grade = match row.grade {
            Grade::Documented => "documented",
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
    fn what_is_documented_names_its_page_and_what_is_assumed_has_none() {
        for row in rows() {
            assert_eq!(
                row.page.is_some(),
                row.grade == Grade::Documented,
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
