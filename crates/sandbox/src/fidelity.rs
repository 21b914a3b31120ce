//! `Row` says of one behaviour of a fake how well it is known.

use serde::Serialize;

/// How well a behaviour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The provider's own documentation says so.
    Documented,
    /// No documentation says so, but the provider's own software behaves so.
    Observed,
    /// No source says; the sandbox had to decide.
    Assumed,
}

/// One behaviour of a fake.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Row {
    /// Absent where every operation behaves so.
    pub(crate) operation: Option<&'static str>,
    pub(crate) behaviour: &'static str,
    pub(crate) grade: Grade,
    /// Where the provider says or shows so, if it does.
    pub(crate) page: Option<&'static str>,
}

impl Row {
    /// A behaviour that a page of the provider's documentation says.
    pub const fn documented(
        operation: Option<&'static str>,
        behaviour: &'static str,
        page: &'static str,
    ) -> Self {
        Self {
            grade: Grade::Documented,
            page: Some(page),
            ..Self::assumed(operation, behaviour)
        }
    }

    /// A behaviour that the provider's own software shows.
    pub const fn observed(
        operation: Option<&'static str>,
        behaviour: &'static str,
        page: &'static str,
    ) -> Self {
        Self {
            grade: Grade::Observed,
            ..Self::documented(operation, behaviour, page)
        }
    }

    /// A behaviour of which nothing is known.
    pub const fn assumed(operation: Option<&'static str>, behaviour: &'static str) -> Self {
        Self {
            operation,
            behaviour,
            grade: Grade::Assumed,
            page: None,
        }
    }
}
