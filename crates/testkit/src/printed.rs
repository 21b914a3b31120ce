//! Everything that an error would print, so that a test can look for what must not be there.

use std::error::Error;

/// `Display` and `Debug` of an error and of all its causes, a line each.
///
/// ```
/// use onay_testkit::printed;
///
/// let error = std::io::Error::other("disk full");
/// assert!(printed(&error).starts_with("disk full"));
/// ```
pub fn printed(error: &dyn Error) -> String {
    let mut lines = vec![format!("{error} {error:?}")];
    let mut cause = error.source();
    while let Some(error) = cause {
        lines.push(format!("{error} {error:?}"));
        cause = error.source();
    }
    lines.join("\n")
}
