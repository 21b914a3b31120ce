//! `Search` makes the token of every usual mistake, in order, until one is the token that came.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::super::signature::{digest, token};
use super::{Case, Mistake, SignedCall};
use crate::form::percent_encoded;
use crate::number::{MobileNumber, masked_within};
use crate::tenant::hex_start;

/// How many parts are tried in every order; of more, one is moved at a time.
const MOST_PERMUTED: usize = 5;

/// What programs write for a value that is not there.
const NOTHING: [&str; 4] = ["undefined", "null", "None", "NULL"];

/// HTML's signs as PHP and JavaScript's libraries write them; the sign that escapes comes first.
const HTML: [(&str, &str); 7] = [
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ("\"", "&quot;"),
    ("'", "&#039;"),
    ("'", "&#39;"),
    ("'", "&#x27;"),
];

/// The mistake that makes the token, if a usual one does.
pub(super) fn find(case: &Case<'_>) -> Option<Mistake> {
    let mut search = Search { case, found: None };
    search.encodings();
    search.secrets();
    search.fields();
    for field in case.call.fields() {
        search.forms(field, case.text(field));
    }
    search.phone();
    search.orders();
    search.found
}

struct Search<'case> {
    case: &'case Case<'case>,
    found: Option<Mistake>,
}

impl Search<'_> {
    /// Notes the first mistake one of whose tokens is the one that came.
    fn check(&mut self, id: &'static str, about: &[&str], made: impl IntoIterator<Item = String>) {
        if self.found.is_none() && made.into_iter().any(|made| made == self.case.token) {
            self.found = Some(Mistake::new(id, about));
        }
    }

    /// The token over these texts by the right key, without a salt of its own.
    fn over(&self, texts: &[&str]) -> String {
        token(self.case.secrets.key, texts)
    }

    /// The token over these texts with the right salt where it belongs.
    fn salted(&self, texts: &[&str]) -> String {
        self.over(&self.case.call.salted(texts, self.case.secrets.salt))
    }

    /// The right token once a field is signed as this text.
    fn with(&self, field: &str, text: &str) -> String {
        let names = self.case.call.fields().iter();
        let texts = names.map(|name| match *name {
            name if name == field => text,
            name => self.case.text(name),
        });
        self.salted(&texts.collect::<Vec<_>>())
    }

    /// The right bytes written in another way, or another digest.
    fn encodings(&mut self) {
        let (key, came) = (self.case.secrets.key, self.case.token);
        let parts = self.case.parts();
        let (digest, text) = (digest(key, &parts), parts.concat());
        let (hex, right) = (hex_start(&digest, digest.len()), STANDARD.encode(&digest));
        let plain = |parts: [&str; 2]| STANDARD.encode(Sha256::digest(parts.concat()));
        // Where what came becomes right once this is undone, it is what the mistake makes.
        let undone = |is_right: bool| is_right.then(|| came.to_owned());
        let decoded = [("%2B", "+"), ("%2F", "/"), ("%3D", "=")].iter().fold(
            came.to_owned(),
            |token, (code, sign)| {
                token
                    .replace(code, sign)
                    .replace(&code.to_lowercase(), sign)
            },
        );
        self.check("hex", &[], undone(came.eq_ignore_ascii_case(&hex)));
        self.check("base64_of_hex", &[], [STANDARD.encode(&hex)]);
        self.check("padding", &[], [STANDARD_NO_PAD.encode(&digest)]);
        let url_safe = [URL_SAFE.encode(&digest), URL_SAFE_NO_PAD.encode(&digest)];
        self.check("url_safe", &[], url_safe);
        self.check("plus", &[], undone(came.replace(' ', "+") == right));
        self.check("encoded_twice", &[], undone(decoded == right));
        self.check("blanks_around", &[], undone(came.trim() == right));
        self.check("python_bytes", &[], [format!("b'{right}'")]);
        let unquoted = came.trim_matches(['"', '\'']);
        self.check("quotes_around_token", &[], undone(unquoted == right));
        self.check("hmac_arguments", &[], [token(&text, &[key])]);
        let plain = [plain([&text, ""]), plain([key, &text]), plain([&text, key])];
        self.check("no_hmac", &[], plain);
    }

    /// Key and salt, wrongly used, or with something around them that does not belong to them.
    fn secrets(&mut self) {
        let case = self.case;
        let (key, salt, texts) = (case.secrets.key, case.secrets.salt, case.texts());
        let made = |key: &str, salt: &str| [token(key, &case.call.salted(&texts, salt))];
        self.check("salt_left_out", &[], [self.over(&texts)]);
        self.check("salt_twice", &[], made(key, &salt.repeat(2)));
        self.check("secrets_swapped", &[], made(salt, key));
        self.check("key_for_salt", &[], made(key, key));
        self.check("salt_for_key", &[], made(salt, salt));
        let all = texts.concat();
        self.check("salt_first", &[], [self.over(&[salt, &all])]);
        if case.call == SignedCall::Callback {
            self.check("salt_last", &[], [self.over(&[&all, salt])]);
        }
        for (id, wraps) in [
            (
                "quotes_around_secret",
                &[("", ""), ("\"", "\""), ("'", "'")][..],
            ),
            (
                "secret_ends_blank",
                &[("", ""), ("", "\n"), ("", "\r\n"), ("", "\r"), ("", " ")],
            ),
        ] {
            for around_key in wraps {
                for around_salt in wraps {
                    let wrapped = |text: &str, (before, after)| [before, text, after].concat();
                    let about = match (around_key, around_salt) {
                        (_, ("", "")) => "merchant_key",
                        (("", ""), _) => "merchant_salt",
                        _ => "merchant_key, merchant_salt",
                    };
                    let (key, salt) = (wrapped(key, *around_key), wrapped(salt, *around_salt));
                    self.check(id, &[about], made(&key, &salt));
                }
            }
        }
    }

    /// A text too many, too few or for another.
    fn fields(&mut self) {
        let case = self.case;
        let (salt, texts, names) = (case.secrets.salt, case.texts(), case.call.fields());
        let merchant = case.text("merchant_id");
        if let (SignedCall::Callback, [_, oid, rest @ ..]) = (case.call, texts.as_slice()) {
            // The salt follows the order's number, even if a text before it is left out.
            let made = self.over(&[&[*oid, salt], rest].concat());
            self.check("iframe_formula", &[], [made]);
        }
        if !names.contains(&"merchant_id") && !merchant.is_empty() {
            let made = self.salted(&[&[merchant], texts.as_slice()].concat());
            self.check("merchant_id_signed", &[], [made]);
        }
        let kinds = match case.call {
            SignedCall::CreateProduct => Some(["email", "min_count", "product"]),
            SignedCall::CreateCollection => Some(["min_count", "email", "collection"]),
            _ => None,
        };
        if let (Some(about), Some((own, common))) = (kinds, texts.split_last()) {
            let other = case.text(about[0]);
            if !other.is_empty() {
                let with = |end: &[&str]| self.salted(&[common, end].concat());
                let both = [with(&[own, other]), with(&[other, own])];
                let other = with(&[other]);
                self.check("other_link_type", &about, [other]);
                self.check("both_link_types", &[], both);
            }
        }
        let salt_place = case.call.salt_place(names.len());
        for (place, name) in names.iter().enumerate() {
            let mut without = texts.clone();
            without.remove(place);
            let mut parts = case.parts();
            parts.remove(place + usize::from(place >= salt_place));
            let made = [self.salted(&without), self.over(&parts)];
            self.check("field_left_out", &[name], made);
        }
        if let [id, merchant, rest @ ..] = texts.as_slice()
            && names.starts_with(&["id", "merchant_id"])
        {
            let first = self.salted(&[&[*merchant, *id], rest].concat());
            let last = self.salted(&[rest, &[*id, *merchant]].concat());
            self.check("merchant_id_first", &[], [first]);
            self.check("recipient_first", &[], [last]);
        }
    }

    /// A field signed in another form than it was posted.
    fn forms(&mut self, field: &str, text: &str) {
        let mut forms = vec![
            ("blanks_dropped", vec![text.trim().to_owned()]),
            ("blanks_added", with_blanks(text)),
            ("other_case", in_other_case(text)),
            ("html_escaped", html_escaped(text)),
            ("html_unescaped", vec![html_unescaped(text)]),
            ("percent_encoded", percent_encodings(text)),
        ];
        let listed = |forms: [&str; 3]| forms.map(str::to_owned).to_vec();
        match field {
            "price" | "total_amount" => forms.push(("price_in_lira", major_units(text))),
            "currency" => forms.push(("other_currency", listed(["TRY", "TL", "₺"]))),
            "lang" => forms.push(("other_lang", listed(["tr", "en", "tr-TR"]))),
            _ => {}
        }
        for (id, forms) in forms {
            let made: Vec<_> = forms.iter().map(|form| self.with(field, form)).collect();
            self.check(id, &[field], made);
        }
        let hint = match field {
            "callback_id" => "; the field is callback_id, not callback.id",
            _ => "",
        };
        for word in NOTHING {
            let made = self.with(field, word);
            self.check("signed_as_nothing", &[field, word, hint], [made]);
        }
    }

    fn phone(&mut self) {
        let posted = self.case.text("cell_phone");
        let number = MobileNumber::any_spelling(posted);
        for spelling in number.map(MobileNumber::spellings).unwrap_or_default() {
            let shown = [masked_within(&spelling), masked_within(posted)];
            let made = self.with("cell_phone", &spelling);
            let about = ["cell_phone", &shown[0], &shown[1]];
            self.check("phone_spelling", &about, [made]);
        }
    }

    /// The right parts in another order.
    fn orders(&mut self) {
        let parts = self.case.parts();
        let orders = if parts.len() <= MOST_PERMUTED {
            permutations(&parts)
        } else {
            one_moved(&parts)
        };
        let made: Vec<_> = orders.iter().map(|order| self.over(order)).collect();
        self.check("order", &[], made);
    }
}

fn with_blanks(text: &str) -> Vec<String> {
    let blanks = [" ", "\n", "\r\n"].into_iter();
    let added = blanks.flat_map(|blank| [[text, blank].concat(), [blank, text].concat()]);
    added.collect()
}

fn in_other_case(text: &str) -> Vec<String> {
    let mut signs = text.chars();
    let first = signs.next().map(char::to_uppercase);
    let capitalised = first.into_iter().flatten().chain(signs).collect();
    vec![text.to_lowercase(), text.to_uppercase(), capitalised]
}

/// With and without quotes, and with each way to write the single one.
fn html_escaped(text: &str) -> Vec<String> {
    let escaped = |signs: &[(&str, &str)]| {
        let signs = signs.iter();
        signs.fold(text.to_owned(), |text, (sign, code)| {
            text.replace(sign, code)
        })
    };
    let double = escaped(&HTML[..4]);
    let single = HTML[4..]
        .iter()
        .map(|(sign, code)| double.replace(sign, code));
    [escaped(&HTML[..3]), double.clone()]
        .into_iter()
        .chain(single)
        .collect()
}

fn html_unescaped(text: &str) -> String {
    let signs = HTML.iter().rev();
    signs.fold(text.to_owned(), |text, (sign, code)| {
        text.replace(code, sign)
    })
}

fn percent_encodings(text: &str) -> Vec<String> {
    let form = percent_encoded(text);
    let uri = form.replace('+', "%20");
    vec![form, uri]
}

fn major_units(text: &str) -> Vec<String> {
    let Ok(minor) = text.parse::<u64>() else {
        return Vec::new();
    };
    let (major, rest) = (minor / 100, minor % 100);
    let full = format!("{major}.{rest:02}");
    let short = full.trim_end_matches('0').trim_end_matches('.').to_owned();
    let (comma, long) = (full.replace('.', ","), format!("{full}00"));
    vec![full, comma, long, short, major.to_string()]
}

fn one_moved<'part>(parts: &[&'part str]) -> Vec<Vec<&'part str>> {
    let mut orders = Vec::new();
    for from in 0..parts.len() {
        for to in 0..parts.len() {
            let (mut moved, mut swapped) = (parts.to_vec(), parts.to_vec());
            let part = moved.remove(from);
            moved.insert(to, part);
            swapped.swap(from, to);
            orders.extend([moved, swapped]);
        }
    }
    orders
}

fn permutations<'part>(parts: &[&'part str]) -> Vec<Vec<&'part str>> {
    let Some((first, rest)) = parts.split_first() else {
        return vec![Vec::new()];
    };
    let mut orders = Vec::new();
    for rest in permutations(rest) {
        for place in 0..=rest.len() {
            let mut order = rest.clone();
            order.insert(place, *first);
            orders.push(order);
        }
    }
    orders
}
