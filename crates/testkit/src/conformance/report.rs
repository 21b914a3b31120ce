//! `Report` lists the rules that a provider broke, and in which situations.

use std::collections::BTreeMap;
use std::fmt;

use super::Rule;
use super::scene::Observed;
use super::situation::Situation;

/// One rule broken in one situation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The operation: `send_otp`.
    pub operation: String,
    /// What the server did: `closed after the request`.
    pub situation: String,
    /// What the provider did, and what it should have done.
    pub what: String,
}

/// What the suite found. Its `Display` is for people: the rules that were broken, each with the
/// situations in which it was.
#[derive(Clone, Debug)]
#[must_use]
pub struct Report {
    provider: String,
    pub(super) calls: usize,
    breaches: Vec<Breach>,
    hints: Vec<(Rule, String)>,
    /// What a reader should know of a provider that conforms.
    pub(super) notes: Vec<String>,
    rows: Vec<Row>,
}

/// What a call said in a situation, and what the server saw of it.
#[derive(Clone, Debug)]
struct Row {
    situation: String,
    said: String,
    requests: String,
}

impl Report {
    pub(super) fn new(provider: &str, hints: &[(Rule, String)]) -> Self {
        Self {
            provider: provider.to_owned(),
            calls: 0,
            breaches: Vec::new(),
            hints: hints.to_vec(),
            notes: Vec::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn add_row(&mut self, situation: &Situation, observed: &Observed) {
        let wanted = situation.wanted;
        let (mut said, mut requests) = (wanted.to_string(), "at most 1".to_owned());
        // What a race decides differs from run to run: what is demanded does not.
        if !wanted.is_open() {
            requests = observed.requests.len().to_string();
            said = match &observed.result {
                None => "nothing".to_owned(),
                Some(Ok(_)) => "`Ok`".to_owned(),
                Some(Err(error)) => format!("`{:?}`, `{:?}`", error.kind(), error.dispatch()),
            };
        }
        let situation = situation.name.clone();
        self.rows.push(Row {
            situation,
            said,
            requests,
        });
    }

    /// What the server did, what the calls said and how many requests arrived, as a Markdown table
    /// of the situations that are the same for every provider. Where a race decides, it says what is
    /// accepted; where operations differ, all that was said. It has no times, ports or samples in it,
    /// so a guide can keep it as a snapshot.
    pub fn table(&self) -> String {
        let head = "| the server | the call says | requests |\n|---|---|---|\n";
        let mut table = String::from(head);
        let mut seen = Vec::new();
        for row in &self.rows {
            let situation = &row.situation;
            let is_own = situation.contains('"') || situation.contains(" for ");
            if is_own || seen.contains(&situation) {
                continue;
            }
            seen.push(situation);
            let same = self
                .rows
                .iter()
                .filter(|other| &other.situation == situation);
            let mut said: Vec<&str> = same.map(|row| row.said.as_str()).collect();
            said.sort_unstable();
            said.dedup();
            let (said, requests) = (said.join("; "), &row.requests);
            table.push_str(&format!("| {situation} | {said} | {requests} |\n"));
        }
        table
    }

    pub(super) fn add(&mut self, breach: Breach) {
        self.breaches.push(breach);
    }

    /// Everything that was broken, in the order it was found.
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }

    /// Whether nothing was broken.
    pub fn passed(&self) -> bool {
        self.breaches.is_empty()
    }

    /// The rules that were broken, each once.
    pub fn broken_rules(&self) -> Vec<Rule> {
        self.by_rule().into_keys().collect()
    }

    /// How many calls were made to find out.
    pub fn calls(&self) -> usize {
        self.calls
    }

    fn by_rule(&self) -> BTreeMap<Rule, Vec<&Breach>> {
        let mut rules: BTreeMap<Rule, Vec<&Breach>> = BTreeMap::new();
        for breach in &self.breaches {
            rules.entry(breach.rule).or_default().push(breach);
        }
        rules
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            provider, calls, ..
        } = self;
        let rules = self.by_rule();
        if rules.is_empty() {
            write!(f, "{provider} conforms ({calls} calls)")?;
            return self.notes.iter().try_for_each(|note| write!(f, "; {note}"));
        }
        write!(
            f,
            "{provider} breaks {} of the rules ({calls} calls):",
            rules.len()
        )?;
        for (rule, breaches) in rules {
            write!(f, "\n\n{rule}")?;
            for (_, hint) in self.hints.iter().filter(|(of, _)| *of == rule) {
                write!(f, "\n  -> {hint}")?;
            }
            for (what, situations) in by_what(&breaches) {
                write!(f, "\n  {what}")?;
                for situation in situations.iter().take(SHOWN) {
                    write!(f, "\n    {situation}")?;
                }
                if let Some(more) = situations.len().checked_sub(SHOWN).filter(|n| *n > 0) {
                    write!(f, "\n    and {more} more")?;
                }
            }
        }
        self.notes
            .iter()
            .try_for_each(|note| write!(f, "\n\n{note}"))
    }
}

/// One mistake shows in many situations: the first few will do.
const SHOWN: usize = 3;

/// What was done, and in which situations, in the order it was found.
fn by_what<'b>(breaches: &[&'b Breach]) -> Vec<(&'b str, Vec<String>)> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for breach in breaches {
        let situation = format!("{}, {}", breach.operation, breach.situation);
        match groups.iter_mut().find(|(what, _)| *what == breach.what) {
            Some((_, situations)) => situations.push(situation),
            None => groups.push((&breach.what, vec![situation])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_groups_by_rule() {
        let mut report = Report::new(
            "acme",
            &[(Rule::OneRequest, "switch its retries off".to_owned())],
        );
        assert_eq!(report.to_string(), "acme conforms (0 calls)");
        for situation in ["closed", "reset", "cut", "stalled", "dripping"] {
            report.add(Breach {
                rule: Rule::OneRequest,
                operation: "send_otp".to_owned(),
                situation: situation.to_owned(),
                what: "2 requests arrived".to_owned(),
            });
        }
        assert_eq!(report.broken_rules(), [Rule::OneRequest]);
        assert_eq!(
            report.to_string(),
            "acme breaks 1 of the rules (0 calls):\n\n\
             one_request: a call that may have left is never repeated\n  \
             -> switch its retries off\n  \
             2 requests arrived\n    \
             send_otp, closed\n    \
             send_otp, reset\n    \
             send_otp, cut\n    \
             and 2 more"
        );
    }
}
