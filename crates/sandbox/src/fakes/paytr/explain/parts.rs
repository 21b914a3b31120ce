//! Mistakes in what is strung together: key and salt wrongly used, a text too many, too few or elsewhere.

use super::candidate::Case;
use super::{Mistake, SignedCall};

/// How many parts are tried in every order; of more, one is moved at a time.
const MOST_PERMUTED: usize = 5;

/// The mistake in the parts, if it is one.
pub(super) fn find(case: &Case<'_>) -> Option<Mistake> {
    in_secrets(case)
        .or_else(|| in_ends(case))
        .or_else(|| in_fields(case))
}

/// Key and salt, wrongly used.
fn in_secrets(case: &Case<'_>) -> Option<Mistake> {
    let (key, salt) = (case.secrets.key, case.secrets.salt);
    let texts = case.texts();
    let end = |last: &[&str]| {
        texts
            .iter()
            .chain(last)
            .copied()
            .collect::<Vec<_>>()
            .concat()
    };
    let start = [salt, &end(&[])].concat();
    let of = |id, english: &str, turkish: &str| Some(Mistake::new(id, english, turkish));
    if case.is_over(&texts) {
        return of(
            "salt_left_out",
            "merchant_salt left out",
            "merchant_salt unutulmuş",
        );
    }
    let twice = [salt, salt].concat();
    if case.is_over(&case.salted(&texts, &twice)) {
        return of(
            "salt_twice",
            "merchant_salt appended twice",
            "merchant_salt iki kez eklenmiş",
        );
    }
    if case.is(salt, &case.salted(&texts, key)) {
        return of(
            "secrets_swapped",
            "merchant_key and merchant_salt swapped",
            "merchant_key ile merchant_salt yer değiştirmiş",
        );
    }
    if case.is(key, &case.salted(&texts, key)) {
        return of(
            "key_for_salt",
            "merchant_key appended in place of merchant_salt",
            "merchant_salt yerine merchant_key eklenmiş",
        );
    }
    if case.is(salt, &case.parts()) {
        return of(
            "salt_for_key",
            "merchant_salt used in place of merchant_key",
            "merchant_key yerine merchant_salt kullanılmış",
        );
    }
    if case.is_over(&[&start]) {
        return of(
            "salt_first",
            "merchant_salt before the other texts",
            "merchant_salt öteki metinlerin önünde",
        );
    }
    if case.call == SignedCall::Callback && case.is_over(&[&end(&[salt])]) {
        return of(
            "salt_last",
            "merchant_salt at the end; in a callback's hash it is between merchant_oid and status",
            "merchant_salt sonda; bildirimin hash değerinde merchant_oid ile status arasındadır",
        );
    }
    None
}

/// Key or salt with something around it that does not belong to it.
fn in_ends(case: &Case<'_>) -> Option<Mistake> {
    let (key, salt) = (case.secrets.key, case.secrets.salt);
    let texts = case.texts();
    let is = |key: &str, salt: &str| case.is(key, &case.salted(&texts, salt));
    for quote in ["\"", "'"] {
        let quoted = |text: &str| [quote, text, quote].concat();
        for (in_key, in_salt, where_in) in [
            (quoted(key), salt.to_owned(), "merchant_key"),
            (key.to_owned(), quoted(salt), "merchant_salt"),
            (quoted(key), quoted(salt), "merchant_key, merchant_salt"),
        ] {
            if is(&in_key, &in_salt) {
                return Some(Mistake::new(
                    "quotes_around_secret",
                    format!("quotes around {where_in}, which do not belong to it"),
                    format!(
                        "{where_in} tırnak içinde kullanılmış; tırnaklar değere dahil değildir"
                    ),
                ));
            }
        }
    }
    let ends = ["", "\n", "\r\n", "\r", " "];
    for in_key in ends {
        for in_salt in ends {
            if is(&[key, in_key].concat(), &[salt, in_salt].concat()) {
                let (english, turkish) = match (in_key, in_salt) {
                    (_, "") => ("merchant_key", "merchant_key"),
                    ("", _) => ("merchant_salt", "merchant_salt"),
                    _ => (
                        "merchant_key and merchant_salt",
                        "merchant_key ve merchant_salt",
                    ),
                };
                return Some(Mistake::new(
                    "secret_ends_blank",
                    format!("a line break or blank at the end of {english}"),
                    format!("{turkish} sonunda satır sonu ya da boşluk"),
                ));
            }
        }
    }
    None
}

/// A text too many, too few or for another.
fn in_fields(case: &Case<'_>) -> Option<Mistake> {
    let texts = case.texts();
    let salt = case.secrets.salt;
    let names = case.call.fields();
    let is_over = |texts: &[&str]| case.is_over(&case.salted(texts, salt));
    // The salt of a callback follows the order's number, even if a text before it is left out.
    let of_iframe = [
        case.text("merchant_oid"),
        salt,
        case.text("status"),
        case.text("total_amount"),
    ];
    if case.call == SignedCall::Callback && case.is_over(&of_iframe) {
        return Some(Mistake::new(
            "iframe_formula",
            "callback_id left out: this is the formula of iFrame and Direct callbacks, which have none",
            "callback_id unutulmuş: bu, callback_id taşımayan iFrame ve Direkt bildirimlerin formülü",
        ));
    }
    let merchant = case.text("merchant_id");
    if !names.contains(&"merchant_id")
        && !merchant.is_empty()
        && is_over(&[&[merchant], texts.as_slice()].concat())
    {
        return Some(Mistake::new(
            "merchant_id_signed",
            "merchant_id signed, which is not part of this token",
            "merchant_id de imzalanmış; bu token içinde yer almaz",
        ));
    }
    if let Some(mistake) = in_link_type(case, &texts, &is_over) {
        return Some(mistake);
    }
    for (place, name) in names.iter().enumerate() {
        let mut without = texts.clone();
        if without.get(place).is_none_or(|text| text.is_empty()) {
            continue;
        }
        without.remove(place);
        let mut parts = case.parts();
        parts.remove(place + usize::from(place >= case.call.salt_place(names.len())));
        if is_over(&without) || case.is_over(&parts) {
            return Some(Mistake::new(
                "field_left_out",
                format!("{name} left out"),
                format!("{name} imzaya katılmamış"),
            ));
        }
    }
    if let ["id", "merchant_id", rest @ ..] = names {
        let (id, merchant) = (case.text("id"), merchant);
        let rest: Vec<_> = rest.iter().map(|name| case.text(name)).collect();
        if is_over(&[&[merchant, id], rest.as_slice()].concat()) {
            return Some(Mistake::new(
                "merchant_id_first",
                "merchant_id before id",
                "merchant_id, id alanının önünde",
            ));
        }
        if is_over(&[rest.as_slice(), &[id, merchant]].concat()) {
            return Some(Mistake::new(
                "recipient_first",
                "the recipient before id and merchant_id",
                "alıcı, id ve merchant_id alanlarının önünde",
            ));
        }
    }
    None
}

/// The last text of a create, which depends on what kind of link it is.
fn in_link_type(
    case: &Case<'_>,
    texts: &[&str],
    is_over: &dyn Fn(&[&str]) -> bool,
) -> Option<Mistake> {
    let (own, other, kind, turkish_kind) = match case.call {
        SignedCall::CreateProduct => ("min_count", "email", "a product", "product"),
        SignedCall::CreateCollection => ("email", "min_count", "a collection", "collection"),
        _ => return None,
    };
    let (_, common) = texts.split_last()?;
    let with = |end: &[&str]| is_over(&[common, end].concat());
    let signed = case.text(other);
    if !signed.is_empty() && with(&[signed]) {
        return Some(Mistake::new(
            "other_link_type",
            format!("{other} signed, where {kind} signs {own}"),
            format!("{other} imzalanmış; {turkish_kind} türünde {own} imzalanır"),
        ));
    }
    let both = [case.text("min_count"), case.text("email")];
    let reversed = [both[1], both[0]];
    (!signed.is_empty() && (with(&both) || with(&reversed))).then(|| {
        Mistake::new(
            "both_link_types",
            "both min_count and email signed; only one of them is",
            "min_count ve email birlikte imzalanmış; yalnızca biri imzalanır",
        )
    })
}

/// The right parts in another order.
pub(super) fn find_order(case: &Case<'_>) -> Option<Mistake> {
    let mut parts = case.parts();
    let is_it = if parts.len() <= MOST_PERMUTED {
        permuted(&mut parts, 0, &|parts| case.is_over(parts))
    } else {
        one_moved(&parts, &|parts| case.is_over(parts))
    };
    is_it.then(|| {
        Mistake::new(
            "order",
            "the right texts in another order",
            "doğru metinler başka bir sırayla imzalanmış",
        )
    })
}

fn one_moved(parts: &[&str], is_it: &dyn Fn(&[&str]) -> bool) -> bool {
    let places = 0..parts.len();
    places.clone().any(|from| {
        places.clone().any(|to| {
            let mut moved = parts.to_vec();
            let part = moved.remove(from);
            moved.insert(to, part);
            let mut swapped = parts.to_vec();
            swapped.swap(from, to);
            is_it(&moved) || is_it(&swapped)
        })
    })
}

fn permuted(parts: &mut [&str], from: usize, is_it: &dyn Fn(&[&str]) -> bool) -> bool {
    if from + 1 >= parts.len() {
        return is_it(parts);
    }
    (from..parts.len()).any(|other| {
        parts.swap(from, other);
        let found = permuted(parts, from + 1, is_it);
        parts.swap(from, other);
        found
    })
}
