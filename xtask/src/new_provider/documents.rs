//! The provider's lines in the facade's source and in the documents: each next to a line that has to be there.

use std::path::PathBuf;

use xshell::Shell;

use super::{Name, Result};

const CHANGELOG: &str = "CHANGELOG.md";

/// A line, and the text before which it goes. The anchor has to stand there once.
struct Line {
    file: &'static str,
    before: &'static str,
    text: String,
}

/// Every document with the provider's lines in it.
pub(super) fn edited(shell: &Shell, name: &Name) -> Result<Vec<(PathBuf, String)>> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for line in lines(name) {
        let path = PathBuf::from(line.file);
        let known = files.iter_mut().find(|(file, _)| *file == path);
        if let Some((_, text)) = known {
            *text = insert(text, &line)?;
        } else {
            let text = shell.read_file(&path)?;
            files.push((path, insert(&text, &line)?));
        }
    }
    let news = format!(
        "- `{}`: {} OTP, send and check (not written yet).\n",
        name.package(),
        name.title()
    );
    files.push((
        CHANGELOG.into(),
        announced(&shell.read_file(CHANGELOG)?, &news)?,
    ));
    Ok(files)
}

/// With this line among what the next release adds.
fn announced(text: &str, news: &str) -> Result<String> {
    const NEXT: &str = "## [Unreleased]\n";
    const ADDED: &str = "### Added\n\n";
    let Some((before, after)) = text.split_once(NEXT) else {
        return Err(format!(
            "{CHANGELOG} has no line {:?}; nothing was written",
            NEXT.trim()
        )
        .into());
    };
    // Of the next release alone: those that are out do not change.
    let section = after
        .find("\n## ")
        .map_or(after, |end| after.split_at(end).0);
    let Some(at) = section.find(ADDED) else {
        return Ok(format!("{before}{NEXT}\n{ADDED}{news}{after}"));
    };
    let (heading, lines) = after.split_at(at + ADDED.len());
    Ok(format!("{before}{NEXT}{heading}{news}{lines}"))
}

fn lines(name: &Name) -> Vec<Line> {
    let (feature, module) = (name.as_str(), name.module());
    let (package, title) = (name.package(), name.title());
    let english = format!("{title} OTP: send, check (not written yet)");
    let turkish = format!("{title} OTP: gönderme, kontrol (henüz yazılmadı)");
    let row = format!("| `{feature}` | {english} |\n");
    let line = |file, before, text: String| Line { file, before, text };
    let facade = "crates/all/src/lib.rs";
    let folder = "| `crates/guard` | `onay-guard` |";
    let crates = format!("| `crates/{feature}` | `{package}` |");
    vec![
        line(
            facade,
            "//! | `guard` |",
            format!(
                "//! | `{feature}` | [{title}]({module}) OTP: send, check (not written yet) |\n"
            ),
        ),
        line(
            facade,
            "\n))]\npub use onay_http as http;",
            format!(",\n    feature = \"{feature}\""),
        ),
        line(
            facade,
            "#[cfg(feature = \"paynet\")]\npub use onay_paynet as paynet;",
            format!(
                "#[cfg(feature = \"{feature}\")]\npub use {} as {module};\n",
                package.replace('-', "_")
            ),
        ),
        line("README.md", "| `guard` |", row.clone()),
        line("README.md", folder, format!("{crates} {english} |\n")),
        line("crates/all/README.md", "| `guard` |", row),
        line(
            "crates/all/README.tr.md",
            "| `guard` |",
            format!("| `{feature}` | {turkish} |\n"),
        ),
        line(
            "crates/all/README.tr.md",
            folder,
            format!("{crates} {turkish} |\n"),
        ),
        line(
            "crates/all/src/guide/architecture.md",
            "` | `onay-paynet`, … | a provider each |",
            format!("`, `crates/{feature}"),
        ),
    ]
}

fn insert(text: &str, line: &Line) -> Result<String> {
    let mut places = text.match_indices(line.before);
    match (places.next(), places.next()) {
        (Some((at, _)), None) => {
            let (before, after) = text.split_at(at);
            Ok(format!("{before}{}{after}", line.text))
        }
        (found, _) => {
            let how_often = if found.is_none() {
                "is not there"
            } else {
                "is there more than once"
            };
            Err(format!(
                "{}: the text {:?} {how_often}, and a line of the new provider goes before it. Nothing was written; \
                 correct xtask/src/new_provider/documents.rs",
                line.file, line.before
            )
            .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Line {
        Line {
            file: "README.md",
            before: "| `guard` |",
            text: "| `acme` |\n".to_owned(),
        }
    }

    #[test]
    fn a_line_goes_before_its_anchor() {
        let text = insert("| `paynet` |\n| `guard` |\n", &row()).expect("inserted");
        assert_eq!(text, "| `paynet` |\n| `acme` |\n| `guard` |\n");
    }

    #[test]
    fn the_news_belong_to_the_next_release() {
        let released = "\n## [0.1.0]\n\n### Added\n\n- that\n";
        for (before, after) in [
            ("\n### Added\n\n- this\n", "\n### Added\n\n- acme\n- this\n"),
            (
                "\n### Fixed\n\n- this\n",
                "\n### Added\n\n- acme\n\n### Fixed\n\n- this\n",
            ),
            ("", "\n### Added\n\n- acme\n"),
        ] {
            let all =
                |section: &str| format!("# Changelog\n\n## [Unreleased]\n{section}{released}");
            assert_eq!(
                announced(&all(before), "- acme\n").expect(before),
                all(after)
            );
        }
        announced("# Changelog\n", "- acme\n").expect_err("no place for it");
    }

    #[test]
    fn an_anchor_that_is_gone_or_not_alone_is_named() {
        for (text, how_often) in [
            ("# Onay\n", "is not there"),
            ("| `guard` |\n| `guard` |\n", "is there more than once"),
        ] {
            let refusal = insert(text, &row()).expect_err(text).to_string();
            assert!(refusal.contains("README.md"), "{refusal}");
            assert!(refusal.contains("| `guard` |"), "{refusal}");
            assert!(refusal.contains(how_often), "{refusal}");
        }
    }
}
