//! `with_fakes` adds the fakes of this crate to a sandbox; each is a folder.

mod paynet;
pub(crate) mod paytr;
mod paywall;

use crate::builder::SandboxBuilder;
use crate::error::SandboxError;
use crate::sandbox::Sandbox;

/// Adds every fake: a further one is a line here.
fn with_fakes(builder: SandboxBuilder) -> SandboxBuilder {
    let builder = paynet::add(builder);
    let builder = paywall::add(builder);
    paytr::add(builder)
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1, with random codes. It is ready when this
    /// returns.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// let sandbox = onay_sandbox::Sandbox::start().await?;
    /// assert!(sandbox.inbox_url().starts_with("http://127.0.0.1:"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::Listen`] if no port can be listened on.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O enabled.
    pub async fn start() -> Result<Self, SandboxError> {
        Self::builder().start().await
    }

    /// Sets up a sandbox with every fake of this crate before it starts.
    pub fn builder() -> SandboxBuilder {
        with_fakes(SandboxBuilder::new())
    }
}

/// The fakes of a sandbox as it usually is.
#[cfg(test)]
pub(crate) fn registry() -> crate::registry::Registry {
    with_fakes(SandboxBuilder::new()).registry().expect("fakes")
}

#[cfg(test)]
mod tests {
    use crate::fidelity::{Grade, Row};
    use crate::provider::Provider;

    fn line(provider: Provider, row: &Row) -> String {
        let grade = match row.grade {
            Grade::Documented => "documented",
            Grade::Observed => "observed",
            Grade::Assumed => "assumed",
        };
        let operation = row.operation.map(|name| format!("`{name}`"));
        let operation = operation.unwrap_or_else(|| "every".to_owned());
        format!(
            "| {provider} | {operation} | {} | {grade} |\n",
            row.behaviour
        )
    }

    #[test]
    fn what_is_known_names_its_page_and_what_is_assumed_has_none() {
        for row in super::registry().services().flat_map(|it| it.fidelity) {
            let is_known = row.grade != Grade::Assumed;
            assert_eq!(row.page.is_some(), is_known, "{}", row.behaviour);
        }
    }

    #[test]
    fn the_table_in_the_docs_is_the_one_that_is_served() {
        let registry = super::registry();
        let lines = registry.services().flat_map(|service| {
            let rows = service.fidelity.iter();
            rows.map(|row| line(service.provider, row))
        });
        let head = "| provider | operation | behaviour | grade |\n|---|---|---|---|\n";
        let table = format!("{head}{}", lines.collect::<String>());
        let kept = include_str!("fidelity.md");
        if kept != table {
            let place = concat!(env!("CARGO_MANIFEST_DIR"), "/src/fidelity.md");
            std::fs::write(place, &table).expect("written");
        }
        assert!(kept == table, "src/fidelity.md was written anew");
    }
}
