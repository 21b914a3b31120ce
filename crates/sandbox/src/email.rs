//! `is_ordinary` checks e-mail addresses, and `masked` hides most of one.

/// The longest address, in characters.
const LONGEST: usize = 100;

/// Whether it is an address of the ordinary form: one `@`, a domain with a dot, no blanks, no
/// letters beyond ASCII and at most 100 characters.
pub(crate) fn is_ordinary(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let local_signs = |sign: char| {
        sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '%' | '+' | '-' | '\'')
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
    };
    text.len() <= LONGEST
        && !local.is_empty()
        && local.chars().all(local_signs)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// Whether it is an address of the ordinary form whose local part may have letters and digits beyond
/// ASCII.
pub(crate) fn is_address(text: &str) -> bool {
    let is_odd = |sign: char| !sign.is_ascii() && sign.is_alphanumeric();
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = local.replace(is_odd, "a");
    text.chars().count() <= LONGEST && is_ordinary(&format!("{plain}@{domain}"))
}

/// Enough to recognise one's own address, and no more: `m***@example.com`.
pub(crate) fn masked(address: &str) -> String {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    let first = local.chars().next().map(String::from).unwrap_or_default();
    format!("{first}***@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ordinary_form_is_asked_for() {
        for good in [
            "musteri@example.com",
            "a+b@example.com",
            "a.b-c_d@x.example",
        ] {
            assert!(is_ordinary(good), "{good}");
        }
        let long = format!("{}@example.com", "a".repeat(89));
        for bad in [
            "",
            "@",
            "a@",
            "@example.com",
            "a@example",
            "a@b@example.com",
            "a b@example.com",
            "müşteri@example.com",
            "a@example..com",
            "a@example.com\n",
            &long,
        ] {
            assert!(!is_ordinary(bad), "{bad}");
        }
    }

    #[test]
    fn a_mask_keeps_the_first_sign_and_the_domain() {
        assert_eq!(masked("musteri@example.com"), "m***@example.com");
        assert_eq!(masked("m"), "m***@");
    }
}
