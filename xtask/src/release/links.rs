//! The links in every Markdown file: those to files lead somewhere, those to other places are well spelt.

use std::collections::BTreeSet;
use std::path::Path;

use xshell::{Shell, cmd};

use crate::Outcome;

pub(super) fn run(shell: &Shell) -> Outcome {
    let files = cmd!(shell, "git ls-files -- *.md").quiet().read()?;
    let mut faults = Vec::new();
    let mut elsewhere = BTreeSet::new();
    for file in files.lines() {
        let text = shell.read_file(file)?;
        let folder = shell.current_dir().join(file);
        let folder = folder.parent().unwrap_or(&folder);
        for link in links(&text) {
            match kind(link, file) {
                Kind::Elsewhere if is_sane(link) => {
                    elsewhere.insert(link.to_owned());
                }
                Kind::Elsewhere => faults.push(format!("{file}: {link} is no address")),
                Kind::File(path) if leads_somewhere(folder, path) => {}
                Kind::File(path) => faults.push(format!("{file}: {path} is not there")),
                Kind::Rustdoc => {}
            }
        }
    }
    eprintln!(
        "  not fetched, as nothing here is: {} links elsewhere",
        elsewhere.len()
    );
    for link in elsewhere {
        eprintln!("    {link}");
    }
    super::report(&faults)
}

#[derive(Debug, PartialEq, Eq)]
enum Kind<'l> {
    Elsewhere,
    File(&'l str),
    /// To an item or a module: rustdoc says whether it is there.
    Rustdoc,
}

fn kind<'l>(link: &'l str, file: &str) -> Kind<'l> {
    if link.contains("://") || link.starts_with("mailto:") {
        return Kind::Elsewhere;
    }
    let path = link.split('#').next().unwrap_or_default();
    let is_documentation = file.contains("/src/");
    if is_documentation && (path.contains("::") || !path.contains(['.', '/'])) {
        return Kind::Rustdoc;
    }
    Kind::File(path)
}

/// An empty path is the file itself.
fn leads_somewhere(folder: &Path, path: &str) -> bool {
    folder.join(path).exists()
}

/// A scheme that browsers know, a host, and nothing that would end the link early.
fn is_sane(link: &str) -> bool {
    if let Some(address) = link.strip_prefix("mailto:") {
        return address.contains('@');
    }
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '#', '?']).next());
    let host = host.unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let is_name = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let is_known = name == "localhost" || name.trim_matches('.').contains('.');
    is_name && is_known && !link.contains(|c: char| c.is_whitespace() || "<>\"`{}".contains(c))
}

/// Where the text's links lead: `[…](…)`, `[…]: …`, `<https://…>` and the attributes of HTML. Code has none.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            links_in_line(line, &mut links);
        }
    }
    links
}

fn links_in_line<'t>(line: &'t str, links: &mut Vec<&'t str>) {
    if line.starts_with('[') {
        let target = line.split_once("]: ").map(|(_, target)| target);
        links.extend(target.and_then(|target| target.split(' ').next()));
    }
    // Every second part is between backticks.
    for words in line.split('`').step_by(2) {
        for (start, end) in [("](", ')'), ("href=\"", '"'), ("src=\"", '"')] {
            for rest in words.split(start).skip(1) {
                let target = rest.split_once(end).map(|(target, _)| target);
                links.extend(target.and_then(|target| target.split(' ').next()));
            }
        }
        for rest in words.split('<').skip(1) {
            let target = rest.split_once('>').map(|(target, _)| target);
            links.extend(target.filter(|target| target.contains("://") && !target.contains(' ')));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_every_spelling() {
        let text = "A [b](c.md) and [`d`](e \"title\"), <https://f.example>.\n\
                    <a href=\"g\"><img src=\"h.svg\"></a>\n[i]: j#k and `[not](me)`\n```\n[not](me)\n```\n";
        assert_eq!(
            links(text),
            ["c.md", "e", "https://f.example", "g", "h.svg", "j#k"]
        );
    }

    #[test]
    fn a_link_leads_to_a_file_to_an_item_or_elsewhere() {
        let guide = "crates/all/src/guide/errors.md";
        for (link, file, expected) in [
            ("https://example.com", "README.md", Kind::Elsewhere),
            ("crates/a.md#part", "README.md", Kind::File("crates/a.md")),
            ("#part", "README.md", Kind::File("")),
            ("crate::Error::kind", guide, Kind::Rustdoc),
            ("testing", guide, Kind::Rustdoc),
            ("crates.svg", guide, Kind::File("crates.svg")),
            ("LICENSE", "README.md", Kind::File("LICENSE")),
        ] {
            assert_eq!(kind(link, file), expected, "{link}");
        }
    }

    #[test]
    fn an_address_has_a_host() {
        for (link, expected) in [
            ("https://example.com/a?b#c", true),
            ("http://127.0.0.1:8080/", true),
            ("http://localhost:8080", true),
            ("mailto:a@example.com", true),
            ("https://example", false),
            ("https:///a", false),
            ("htp://example.com", false),
            ("https://exa mple.com", false),
            ("https://example.com/{a}", false),
        ] {
            assert_eq!(is_sane(link), expected, "{link}");
        }
    }
}
