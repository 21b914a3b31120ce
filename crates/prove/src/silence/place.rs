//! A place where something could show: what stood there, and what may.

use super::canary::{Canary, Kind, Text};
use crate::report::Report;

/// A row of the table.
pub(super) struct Place {
    name: String,
    text: String,
    /// What stands here in clear by design, and why.
    open: Vec<(Kind, &'static str)>,
    /// What else is secret here.
    more: Vec<Canary>,
}

impl Place {
    pub(super) fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            open: Vec::new(),
            more: Vec::new(),
        }
    }

    /// Says that values of this kind stand here in clear. They have to, then: so it is seen that
    /// this place is looked at.
    pub(super) fn open(mut self, kind: Kind, why: &'static str) -> Self {
        self.open.push((kind, why));
        self
    }

    /// Looks for these too.
    pub(super) fn also(mut self, canaries: &[Canary]) -> Self {
        self.more.extend_from_slice(canaries);
        self
    }

    /// The row, and what is wrong in it.
    pub(super) fn row(&self, canaries: &[Canary], report: &mut Report) -> Vec<String> {
        let text = Text::new(&self.text);
        let mut row = vec![self.name.clone()];
        for kind in Kind::ALL {
            let all = canaries.iter().chain(&self.more);
            let of_kind = all.filter(|canary| canary.kind == kind);
            let found: Vec<&Canary> = of_kind.filter(|canary| text.holds(canary)).collect();
            let why = self.open.iter().find(|(open, _)| *open == kind);
            row.push(match (found.first(), why) {
                (None, None) if text.shows_mask(kind) => "masked".to_owned(),
                (None, None) => "not found".to_owned(),
                (Some(_), Some((_, why))) => format!("in clear: {why}"),
                (None, Some(_)) => {
                    report.breach(format!(
                        "{}: {} should be there in clear",
                        self.name,
                        kind.head()
                    ));
                    "**not found**".to_owned()
                }
                (Some(canary), None) => {
                    report.breach(format!("{}: {}", self.name, self.context(canary)));
                    "**found**".to_owned()
                }
            });
        }
        row
    }

    /// Where it stands: the values are made up, so that they can be shown to whoever mends it.
    fn context(&self, canary: &Canary) -> String {
        let line = self.text.lines().find(|line| Text::new(line).holds(canary));
        let line: String = line.unwrap_or(&self.text).chars().take(600).collect();
        format!("{:?} {} in {line}", canary.kind, canary.value)
    }
}
