//! What may be shown as an address to open.

/// Whether a text is an address of the web that cannot deceive whoever reads it: it begins with
/// `https://` or `http://`, and all of it is printable ASCII without whitespace.
///
/// What a provider names as an address for the customer to open is handed on only where it is one.
///
/// ```
/// assert!(onay_core::is_web_address("https://example.com/pay?id=1"));
/// assert!(!onay_core::is_web_address("javascript:alert(1)"));
/// ```
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let begins = |scheme: &str| {
        let start = text.get(..scheme.len());
        text.len() > scheme.len() && start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (begins("https://") || begins("http://")) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shows_all_that_it_is() {
        for text in [
            "https://example.com/3d?token=1&b=%C3%A7#x",
            "HTTP://127.0.0.1:8080",
            "http://[::1]/",
        ] {
            assert!(is_web_address(text), "{text}");
        }
        for text in [
            "",
            "https://",
            "example.com",
            " https://example.com",
            "javascript:alert(1)",
            "ftp://example.com",
            "file:///etc/hosts",
            "https:/example.com",
            "https://x/\u{1b}]0;pwned\u{7}",
            "https://x/\n",
            "https://x/\u{7f}",
            "https://x/\u{9b}2J",
            "https://x/a b",
            "https://x/\u{202e}moc",
            "https://x/\u{200b}",
            "https://örnek.example",
            "http\u{17f}://x",
            "httpsé//x",
        ] {
            assert!(!is_web_address(text), "{text:?}");
        }
    }
}
