//! `Service` describes a provider to the engine.

use crate::mask::Mask;
use crate::provider::Provider;

/// A provider as the engine knows it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Service {
    /// Its name, which is the first part of its paths.
    pub provider: Provider,
    /// What people call it: `PayTR`.
    pub label: &'static str,
    /// What can be asked of it.
    pub operations: &'static [Operation],
    /// How bodies are written.
    pub bodies: Bodies,
    /// Whether the names of fields may have any case; known are those that the journal shows.
    pub any_case: bool,
    /// What the journal keeps of a request's body, and how much of it.
    pub journal: &'static [(&'static str, Mask)],
    /// How well each behaviour is known: a Markdown table of operation (or `every`), behaviour, grade
    /// (`documented`, `observed`, `assumed`) and the page that says so.
    pub fidelity: &'static str,
    /// The codes of success, with which nothing is refused.
    pub success_codes: &'static [&'static str],
    /// The code with which a magic number has sending refused.
    pub refused_code: &'static str,
    /// The code with which a magic number has a code expired.
    pub expired_code: &'static str,
    /// A code that is in no table of the provider.
    pub unknown_code: &'static str,
    /// What makes a first message come, shown where there is none: a command of `onay`, and the same by
    /// `curl`. In both, `{url}` stands for the base URL.
    pub first_call: Option<[&'static str; 2]>,
}

impl Service {
    /// A service that takes JSON, of which the journal keeps no field.
    pub const fn new(
        provider: Provider,
        label: &'static str,
        operations: &'static [Operation],
    ) -> Self {
        Self {
            provider,
            label,
            operations,
            bodies: Bodies::Json,
            any_case: false,
            journal: &[],
            fidelity: "",
            success_codes: &["0"],
            refused_code: "1",
            expired_code: "1",
            unknown_code: "9999",
            first_call: None,
        }
    }

    /// What bodies it reads.
    #[must_use]
    pub const fn with_bodies(self, bodies: Bodies) -> Self {
        Self { bodies, ..self }
    }

    /// What the journal keeps of a request.
    #[must_use]
    pub const fn with_journal(self, journal: &'static [(&'static str, Mask)]) -> Self {
        Self { journal, ..self }
    }

    /// How faithful it is: a Markdown table, as [`fidelity`](Self::fidelity) says.
    #[must_use]
    pub const fn with_fidelity(self, fidelity: &'static str) -> Self {
        Self { fidelity, ..self }
    }

    /// Every name of an operation: those of the wire, then those of the traits that they serve.
    pub(crate) fn operation_names(&self) -> Vec<&'static str> {
        let names = self.operations.iter().map(|it| it.name);
        names.chain(self.trait_names()).collect()
    }

    /// The methods of the traits that the operations serve, where no operation has that name.
    pub(crate) fn trait_names(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for name in self.operations.iter().flat_map(|it| it.serves) {
            let is_known = self.operations.iter().any(|it| it.name == *name);
            if !is_known && !names.contains(name) {
                names.push(*name);
            }
        }
        names
    }

    /// The operation of a path below the root, and the segments that stand for `{}` in it.
    pub(crate) fn at(&self, path: &str) -> Option<(&'static Operation, Vec<String>)> {
        let mut operations = self.operations.iter();
        operations.find_map(|operation| Some((operation, operation.parameters(path)?)))
    }
}

/// One call of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Its name on the wire, by which journal, messages and rules know it: `otp/resend`.
    pub name: &'static str,
    /// Its path below the provider's root; `{}` stands for any segment.
    pub path: &'static str,
    /// The methods of the traits that it serves, by which rules know it too: `send_otp`.
    pub serves: &'static [&'static str],
    /// At which magic numbers it is struck.
    pub role: Role,
    /// The kinds of faults that it knows beside those of every operation: `rotate_token`.
    pub own_faults: &'static [&'static str],
}

impl Operation {
    /// An operation that serves no trait.
    pub const fn new(name: &'static str, path: &'static str, role: Role) -> Self {
        Self {
            name,
            path,
            serves: &[],
            role,
            own_faults: &[],
        }
    }

    /// The methods of traits that it serves.
    #[must_use]
    pub const fn serving(self, serves: &'static [&'static str]) -> Self {
        Self { serves, ..self }
    }

    /// The kinds of faults that only it knows.
    #[must_use]
    pub const fn with_faults(self, own_faults: &'static [&'static str]) -> Self {
        Self { own_faults, ..self }
    }

    /// Whether a rule means it by this name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.serves.contains(&name)
    }

    fn parameters(&self, path: &str) -> Option<Vec<String>> {
        let mut parameters = Vec::new();
        let (mut wanted, mut called) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), called.next()) {
                (None, None) => return Some(parameters),
                (Some("{}"), Some(segment)) if !segment.is_empty() => {
                    parameters.push(segment.to_owned());
                }
                (Some(wanted), Some(called)) if wanted == called => {}
                _ => return None,
            }
        }
    }
}

/// What an operation does to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// It sends a message.
    Sends,
    /// It checks a code.
    Checks,
    /// Neither.
    Other,
}

/// How a provider's requests are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bodies {
    /// `application/json`.
    Json,
    /// Forms, in either usual encoding.
    Forms,
    /// JSON or a form, by the content type.
    JsonOrForms,
}
