//! What a section found: a table to read, and the promises that it saw broken.

/// A table in Markdown, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Report {
    text: String,
    breaches: Vec<String>,
}

impl Report {
    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    /// Adds a table; every row has as many cells as the head.
    pub(crate) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let cells: Vec<&str> = cells.collect();
            format!("| {} |\n", cells.join(" | "))
        };
        self.text.push_str(&line(&mut head.iter().copied()));
        self.text.push_str(&line(&mut head.iter().map(|_| "---")));
        for row in rows {
            self.text
                .push_str(&line(&mut row.iter().map(String::as_str)));
        }
        self.text.push('\n');
    }

    /// Notes a broken promise: the run fails.
    pub(crate) fn breach(&mut self, what: String) {
        self.breaches.push(what);
    }

    /// What a reader sees.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The promises that were broken.
    pub(crate) fn breaches(&self) -> &[String] {
        &self.breaches
    }
}
