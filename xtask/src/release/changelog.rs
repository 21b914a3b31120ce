//! The changelog: what stands under Unreleased becomes a release's section.

use semver::Version;

use super::Result;

const UNRELEASED: &str = "## [Unreleased]";
const RELEASED: &str = "Released: ";

/// The text with a section for these crates, and with nothing under Unreleased.
pub(super) fn release(
    text: &str,
    title: &str,
    released: &[(String, Version)],
    date: &str,
) -> Result<String> {
    let (before, notes, after) = parts(text)?;
    if is_empty(notes) {
        return Err(
            "nothing is under Unreleased in CHANGELOG.md: users are told what changes".into(),
        );
    }
    let names: Vec<String> = released
        .iter()
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    let (names, notes) = (names.join(", "), notes.trim());
    let section =
        format!("{UNRELEASED}\n\n## [{title}] - {date}\n\n{RELEASED}{names}.\n\n{notes}\n");
    let gap = if after.is_empty() { "" } else { "\n" };
    Ok(format!("{before}{section}{gap}{after}"))
}

/// Whether a release of this crate in this version is written down.
pub(super) fn names(text: &str, name: &str, version: &Version) -> bool {
    let wanted = format!("{name} {version}");
    text.lines()
        .filter_map(|line| line.strip_prefix(RELEASED)?.strip_suffix('.'))
        .any(|names| names.split(", ").any(|name| name == wanted))
}

/// Whether something waits for a release.
pub(super) fn has_unreleased(text: &str) -> Result<bool> {
    Ok(!is_empty(parts(text)?.1))
}

/// What is before Unreleased, what is under it, and the releases after it.
fn parts(text: &str) -> Result<(&str, &str, &str)> {
    let (before, rest) = text
        .split_once(UNRELEASED)
        .ok_or("CHANGELOG.md has no Unreleased section")?;
    let end = rest.find("\n## [").map_or(rest.len(), |at| at + 1);
    let (notes, after) = rest.split_at(end);
    Ok((before, notes, after))
}

fn is_empty(notes: &str) -> bool {
    notes
        .lines()
        .all(|line| line.trim().is_empty() || line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- One.\n\n## [onay 0.1.0] - 2026-01-02\n\nReleased: onay 0.1.0.\n\n- All.\n";

    fn released(names: &[&str]) -> Vec<(String, Version)> {
        let version = Version::new(0, 1, 1);
        names
            .iter()
            .map(|name| ((*name).to_owned(), version.clone()))
            .collect()
    }

    #[test]
    fn what_is_unreleased_moves_into_a_section() {
        let released = released(&["onay-paynet", "onay"]);
        let after = release(BEFORE, "onay 0.1.1", &released, "2026-03-04").expect("has notes");
        assert_eq!(
            after,
            "# Changelog\n\n## [Unreleased]\n\n## [onay 0.1.1] - 2026-03-04\n\nReleased: onay-paynet 0.1.1, onay 0.1.1.\n\n### Fixed\n\n- One.\n\n## [onay 0.1.0] - 2026-01-02\n\nReleased: onay 0.1.0.\n\n- All.\n"
        );
        let version = Version::new(0, 1, 1);
        assert!(names(&after, "onay", &version) && names(&after, "onay-paynet", &version));
        assert!(!names(&after, "paynet", &version) && !names(BEFORE, "onay", &version));
        assert!(has_unreleased(BEFORE).expect("has the section"));
        assert!(!has_unreleased(&after).expect("has the section"));
    }

    #[test]
    fn headings_alone_tell_nothing() {
        let text = "## [Unreleased]\n\n### Added\n\n";
        assert!(release(text, "onay 0.1.1", &released(&["onay"]), "2026-03-04").is_err());
    }

    #[test]
    fn the_first_section_ends_the_file() {
        let text = "## [Unreleased]\n\n- One.\n";
        let after = release(text, "onay 0.1.1", &released(&["onay"]), "2026-03-04");
        assert_eq!(
            after.expect("has notes"),
            "## [Unreleased]\n\n## [onay 0.1.1] - 2026-03-04\n\nReleased: onay 0.1.1.\n\n- One.\n"
        );
    }
}
