//! `Row` is one behaviour of a fake, with how well it is known: a row of a Markdown table.

use serde::Serialize;
use utoipa::ToSchema;

use crate::table;

/// How well a behaviour is known: the provider's documentation says so, its own software behaves so,
/// or no source says and the sandbox had to decide.
const GRADES: [&str; 3] = ["documented", "observed", "assumed"];

/// One behaviour of a fake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Row {
    /// Absent where every operation behaves so.
    operation: Option<&'static str>,
    behaviour: &'static str,
    grade: &'static str,
    /// Where the provider says or shows so, if it does.
    page: Option<&'static str>,
}

/// The rows of a table of fidelity.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    table::rows(table).filter_map(|[operation, behaviour, grade, page]| {
        GRADES.contains(&grade).then_some(Row {
            operation: Some(operation).filter(|name| *name != "every"),
            behaviour,
            grade,
            page: Some(page).filter(|page| !page.is_empty()),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_a_row_and_only_what_is_known_names_its_page() {
        for service in crate::fakes::registry().services() {
            let all: Vec<_> = rows(service.fidelity).collect();
            assert_eq!(all.len() + 2, service.fidelity.lines().count());
            for row in all {
                assert_eq!(row.page.is_some(), row.grade != "assumed", "{row:?}");
                let known = service.operation_names();
                let is_known = |name| name == "callback" || known.contains(&name);
                assert!(row.operation.is_none_or(is_known), "{row:?}");
            }
        }
    }
}
