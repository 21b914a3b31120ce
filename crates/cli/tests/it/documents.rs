//! Every command that the READMEs and the guides show is run, or known to be run elsewhere.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::support::{Served, run};

const DOCUMENTS: [&str; 7] = [
    "README.md",
    "crates/cli/README.md",
    "crates/all/README.md",
    "crates/all/README.tr.md",
    "crates/all/src/guide/getting_started.md",
    "crates/all/src/guide/card_otp.md",
    "crates/all/src/guide/faults.md",
];

/// Commands that other tests run, each with the one that does.
const ELSEWHERE: [(&str, &str); 9] = [
    ("onay --help", "usage.rs"),
    ("cargo run -p onay-cli -- demo", "demo.rs"),
    (
        "cargo run -p onay-cli -- sandbox serve",
        "story.rs, on a free port",
    ),
    ("onay sandbox serve", "story.rs, on a free port"),
    ("cargo xtask test", "whoever runs this test"),
    ("cargo new shop", "the tests of Cargo"),
    (
        "PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo cargo run",
        "the facade's documents.rs",
    ),
    (
        "cargo doc -p onay --features full,guard-redis --open",
        "cargo xtask lint docs, without opening them",
    ),
    ("cargo install --path crates/cli", "the release check"),
];

/// The facade's tests run its examples.
const EXAMPLE: &str = "cargo run -p onay --features full --example ";

fn runs_elsewhere(command: &str) -> bool {
    let example = command.strip_prefix(EXAMPLE).map(|rest| {
        let name = rest.split(' ').next().unwrap_or_default();
        read("crates/all/Cargo.toml").contains(&format!("name = \"{name}\""))
    });
    example.unwrap_or_else(|| ELSEWHERE.iter().any(|(known, _)| *known == command))
}

fn read(document: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(document)).expect(document)
}

/// The lines of each block of shell, without what follows a `#`.
fn shell_blocks(text: &str) -> Vec<Vec<String>> {
    let blocks = text.split("```sh\n").skip(1);
    blocks
        .map(|block| {
            let block = block.split("```").next().unwrap_or_default();
            let lines = block
                .lines()
                .map(|line| line.split(" #").next().unwrap_or_default());
            lines.map(|line| line.trim().to_owned()).collect()
        })
        .collect()
}

/// Blanks separate words but within quotes.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(place, part)| match place % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// A reader's terminal: what was exported, and what the last answers said.
struct Terminal<'a> {
    served: &'a Served,
    exported: HashMap<String, String>,
    seen: HashMap<&'static str, String>,
}

impl Terminal<'_> {
    fn export(&mut self, assignments: &[String]) {
        for assignment in assignments {
            let (name, value) = assignment.split_once('=').expect("an assignment");
            self.exported.insert(name.to_owned(), value.to_owned());
        }
    }

    fn onay(&mut self, words: &[String]) {
        let known = |word: &String| self.seen.get(word.as_str()).unwrap_or(word).clone();
        let mut arguments: Vec<String> = words.iter().map(known).collect();
        arguments.push("--json".to_owned());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut environment = self.exported.clone();
        for (name, provider) in [
            ("PAYNET", "paynet"),
            ("PAYWALL", "paywall"),
            ("PAYTR", "paytr"),
        ] {
            let address = self.served.addresses[provider]
                .as_str()
                .expect("an address");
            if self.exported.contains_key(&format!("{name}_ENV")) {
                environment.insert(format!("{name}_BASE_URL"), address.to_owned());
            }
        }
        // The reader's sandbox is at its usual address, this one is not.
        let listening = self.served.addresses["listen"].as_str();
        let listening = listening.expect("an address").to_owned();
        environment.insert("ONAY_SANDBOX_URL".to_owned(), listening);
        let environment: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = run(&arguments, &environment);
        assert_eq!(answer.code, 0, "{words:?}: {answer:?}");
        self.learn(&answer.document());
        let latest = run(&["sandbox", "messages", "--json"], &environment).document();
        if let Some(code) = latest["messages"][0]["otp"].as_str() {
            self.seen.insert("CODE", code.to_owned());
            self.seen.insert("KOD", code.to_owned());
        }
    }

    /// What the documents write in capitals stands in the answer to an earlier command.
    fn learn(&mut self, answer: &Value) {
        for (name, value) in [
            ("SESSION", &answer["challenge"]["session"]),
            ("TOKEN", &answer["challenge"]["token"]),
            ("ID", &answer["id"]),
        ] {
            if let Some(value) = value.as_str() {
                self.seen.insert(name, value.to_owned());
            }
        }
    }
}

#[test]
fn every_command_does_what_the_document_says() {
    let mut commands = 0;
    for document in DOCUMENTS {
        let served = Served::start();
        let mut terminal = Terminal {
            served: &served,
            exported: HashMap::new(),
            seen: HashMap::new(),
        };
        for line in shell_blocks(&read(document)).into_iter().flatten() {
            let words = words(&line);
            if runs_elsewhere(&line) {
                continue;
            }
            match words.split_first() {
                Some((first, rest)) if first == "export" => terminal.export(rest),
                Some((first, rest)) if first == "onay" => terminal.onay(rest),
                _ => panic!("{document} shows a command that nothing runs: {line}"),
            }
            commands += 1;
        }
    }
    assert!(commands > 15, "{commands} commands were found");
}

/// Commands in running text are not run here, so they have to be known.
#[test]
fn every_command_in_running_text_is_known() {
    for document in DOCUMENTS {
        let text = read(document);
        let commands = text.split('`').filter(|part| part.starts_with("cargo "));
        for command in commands {
            let is_xtask = command == "cargo xtask" || command.starts_with("cargo xtask ");
            let is_prefix = command.ends_with("--");
            let known = runs_elsewhere(command) || is_xtask || is_prefix;
            assert!(known, "{document}: {command}");
        }
    }
}
