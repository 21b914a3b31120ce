//! How much a change is, and which version follows from it.

use std::fmt;

use semver::Version;

/// From the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Fix,
    Addition,
    NewRust,
    Breaking,
}

impl Level {
    /// Those that somebody can ask for.
    pub(super) fn parse(word: &str) -> Option<Self> {
        [Self::Fix, Self::Addition, Self::Breaking]
            .into_iter()
            .find(|level| level.to_string() == word)
    }

    /// How much lies between two versions, at least.
    pub(super) fn between(from: &Version, to: &Version) -> Self {
        if is_incompatible(from, to) {
            Self::Breaking
        } else if from.minor == to.minor {
            Self::Fix
        } else {
            Self::Addition
        }
    }

    /// The version after this one.
    pub(super) fn bump(self, from: &Version) -> Version {
        let Version {
            major,
            minor,
            patch,
            ..
        } = *from;
        match (major, self) {
            (0, Self::Fix | Self::Addition) | (_, Self::Fix) => {
                Version::new(major, minor, patch + 1)
            }
            (0, Self::NewRust | Self::Breaking) | (_, Self::Addition | Self::NewRust) => {
                Version::new(major, minor + 1, 0)
            }
            (_, Self::Breaking) => Version::new(major + 1, 0, 0),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Fix => "fix",
            Self::Addition => "addition",
            Self::NewRust => "new Rust",
            Self::Breaking => "breaking",
        })
    }
}

/// Whether Cargo takes the one for the other: their first number that is not zero differs.
pub(super) fn is_incompatible(from: &Version, to: &Version) -> bool {
    let significant = |version: &Version| match (version.major, version.minor) {
        (0, 0) => (0, 0, version.patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    };
    significant(from) != significant(to)
}

#[cfg(test)]
mod tests {
    use super::{Level, Version, is_incompatible};

    #[test]
    fn a_level_decides_the_next_version() {
        for (level, before_one, from_one) in [
            (Level::Fix, "0.3.5", "1.3.5"),
            (Level::Addition, "0.3.5", "1.4.0"),
            (Level::NewRust, "0.4.0", "1.4.0"),
            (Level::Breaking, "0.4.0", "2.0.0"),
        ] {
            let next = |from| level.bump(&from).to_string();
            assert_eq!(next(Version::new(0, 3, 4)), before_one, "{level}");
            assert_eq!(next(Version::new(1, 3, 4)), from_one, "{level}");
        }
    }

    #[test]
    fn what_cargo_takes_for_the_other_is_compatible() {
        let version = |text| Version::parse(text).expect("a version");
        for (from, to, incompatible) in [
            ("0.1.0", "0.1.9", false),
            ("0.1.9", "0.2.0", true),
            ("0.0.1", "0.0.2", true),
            ("1.2.3", "1.9.0", false),
            ("1.2.3", "2.0.0", true),
        ] {
            assert_eq!(is_incompatible(&version(from), &version(to)), incompatible);
        }
    }
}
