//! Every command that the READMEs and the guides show is run, or is known to be run elsewhere.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::support::{Served, run_json, words};

const DOCUMENTS: [&str; 7] = [
    "README.md",
    "crates/cli/README.md",
    "crates/all/README.md",
    "crates/all/README.tr.md",
    "crates/all/src/guide/getting_started.md",
    "crates/all/src/guide/card_otp.md",
    "crates/all/src/guide/faults.md",
];

/// Commands of `onay` that other tests run, each with the one that does.
const ELSEWHERE: [(&str, &str); 2] = [
    ("onay --help", "usage.rs"),
    ("onay sandbox serve", "story.rs, on a free port"),
];

/// What Cargo does, and the facade's examples, which its own tests run.
fn is_cargos(line: &str) -> bool {
    line.starts_with("cargo ") || line.ends_with(" cargo run")
}

fn read(document: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(document)).expect(document)
}

/// The lines of all blocks of shell, without what follows a `#`.
fn shell_lines(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    let lines = blocks.flat_map(str::lines);
    let lines = lines.filter_map(|line| line.split(" #").next());
    lines.map(|line| line.trim().to_owned()).collect()
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
        let quoted = words.iter().map(|word| format!("'{}'", known(word)));
        let line = quoted.collect::<Vec<_>>().join(" ");
        let mut environment = self.exported.clone();
        for (name, provider) in [
            ("PAYNET", "paynet"),
            ("PAYWALL", "paywall"),
            ("PAYTR", "paytr"),
        ] {
            if self.exported.contains_key(&format!("{name}_ENV")) {
                let address = self.served.address(provider).to_owned();
                environment.insert(format!("{name}_BASE_URL"), address);
            }
        }
        // The reader's sandbox is at its usual address, this one is not.
        let listening = self.served.address("listen").to_owned();
        environment.insert("ONAY_SANDBOX_URL".to_owned(), listening);
        let environment: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = run_json(&line, &environment);
        assert_eq!(answer.code, 0, "{words:?}: {answer:?}");
        self.learn(&answer.document());
        let latest = run_json("sandbox messages", &environment).document();
        if let Some(code) = latest["messages"][0]["otp"].as_str() {
            self.seen.insert("CODE", code.to_owned());
            self.seen.insert("KOD", code.to_owned());
        }
    }

    /// What the documents write in capitals is in the answer to an earlier command.
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
        for line in shell_lines(&read(document)) {
            let line = line.replace("cargo run -p onay-cli -- ", "onay ");
            if is_cargos(&line) || ELSEWHERE.iter().any(|(known, _)| *known == line) {
                continue;
            }
            match words(&line).split_first() {
                Some((first, rest)) if first == "export" => terminal.export(rest),
                Some((first, rest)) if first == "onay" => terminal.onay(rest),
                _ => panic!("{document} shows a command that nothing runs: {line}"),
            }
            commands += 1;
        }
    }
    assert!(commands > 15, "{commands} commands were found");
}
