//! Makes foreign text harmless: for a terminal that obeys escapes, and for a shell that a printed
//! command is pasted into.

use std::borrow::Cow;

/// The text with everything visible that a terminal would obey or hide: control characters (an
/// end of line too), changes of direction, characters without width.
///
/// JSON needs none of this where a program reads it, and is printed as it is.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            plain.extend(character.escape_unicode());
        } else {
            plain.push(character);
        }
    }
    Cow::Owned(plain)
}

/// A compact JSON document with such characters as JSON's own escapes: the same document, and harmless where
/// a person prints it.
pub(crate) fn json(document: &str) -> String {
    let mut plain = String::with_capacity(document.len());
    for character in document.chars() {
        if is_hidden(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                plain += &format!("\\u{unit:04x}");
            }
        } else {
            plain.push(character);
        }
    }
    plain
}

/// The text as one word of a POSIX shell, to be copied and pasted.
pub(crate) fn word(text: &str) -> String {
    let text = plain(text);
    // zsh puts a program's path in the place of `=program`.
    let is_bare = !text.is_empty() && !text.starts_with('=') && text.bytes().all(is_bare);
    if is_bare {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._:/=@%+-".contains(&byte)
}

fn is_hidden(character: char) -> bool {
    let is_format = matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    is_format || character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_becomes_visible() {
        assert_eq!(plain("Çiçek → 14,45 ₺ 🌷"), "Çiçek → 14,45 ₺ 🌷");
        for (foreign, shown) in [
            ("a\u{1b}[2Jb", r"a\u{1b}[2Jb"),
            ("\u{9b}31m", r"\u{9b}31m"),
            ("a\r\nb\t\u{7f}\u{0}", r"a\u{d}\u{a}b\u{9}\u{7f}\u{0}"),
            ("\u{202e}moc\u{2066}", r"\u{202e}moc\u{2066}"),
            ("pay\u{200b}tr\u{feff}", r"pay\u{200b}tr\u{feff}"),
        ] {
            assert_eq!(plain(foreign), shown);
        }
    }

    #[test]
    fn a_document_stays_the_same_and_hides_nothing() {
        let value = serde_json::json!({"text": "a\u{9b}31m\u{202e}\u{e0001}Çiçek"});
        let document = json(&value.to_string());
        assert!(!document.contains(is_hidden), "{document:?}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&document).ok(),
            Some(value)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_reads_the_word_as_it_was() {
        for bare in ["order-1", "dG9rZW4=", "http://127.0.0.1:8027"] {
            assert_eq!(word(bare), bare);
        }
        // zsh alone would read it otherwise.
        assert_eq!(word("=ls"), "'=ls'");
        for foreign in [
            "",
            "ş",
            "s2;touch /x",
            "t2;$(id)",
            "it's `here` \"now\" \\ !1",
            "* ? ~ #",
        ] {
            let script = format!("printf %s {}", word(foreign));
            let shell = std::process::Command::new("sh")
                .args(["-c", &script])
                .output();
            let shell = shell.expect("sh");
            assert_eq!(String::from_utf8_lossy(&shell.stdout), foreign);
        }
    }
}
