//! `Wanted` says which items are looked for: by words, tenant and kind, over all that is kept.

use super::stream::Item;
use crate::journal::{Call, Outcome};
use crate::message::Message;
use crate::provider::Provider;
use crate::tenant::TenantId;

/// Which items are looked for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) tenant: Option<String>,
    pub(super) show: Show,
    words: Vec<String>,
}

/// What kind of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    #[default]
    All,
    Messages,
    /// Refused, or not handled, or struck by a fault, be it that the answer only came late.
    Problems,
}

impl Wanted {
    pub(super) fn new(tenant: Option<&str>, show: Option<&str>, find: Option<&str>) -> Self {
        Self {
            tenant: tenant.filter(|name| !name.is_empty()).map(str::to_owned),
            show: match show {
                Some("messages") => Show::Messages,
                Some("refused") => Show::Problems,
                _ => Show::All,
            },
            words: words_of(find.unwrap_or_default()),
        }
    }

    /// Whether more than a tenant is asked for.
    pub(super) fn is_narrow(&self) -> bool {
        !self.words.is_empty() || self.show != Show::All
    }

    pub(super) fn is_of_tenant(&self, item: &Item<'_>) -> bool {
        let name = item.tenant().map(TenantId::name);
        self.tenant.is_none() || self.tenant.as_deref() == name
    }

    pub(super) fn matches(&self, item: &Item<'_>) -> bool {
        let is_kind = match self.show {
            Show::All => true,
            Show::Messages => item.message.is_some(),
            Show::Problems => item.call().is_some_and(is_problem),
        };
        is_kind && self.is_of_tenant(item) && self.words.iter().all(|word| meets(item, word))
    }
}

/// Whether a call was not accepted, or a fault struck it.
pub(super) fn is_problem(call: &Call) -> bool {
    call.outcome != Outcome::Accepted || call.fault.is_some()
}

/// What is looked for, word by word; the digits that follow `to:` are one number.
fn words_of(find: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in fold(find).split_whitespace() {
        let last = words.last_mut().filter(|last| {
            let number = last.strip_prefix("to:");
            number.is_some_and(|number| number.chars().all(is_of_number))
        });
        match last {
            Some(last) if word.chars().all(is_of_number) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn is_of_number(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '(' | ')' | '+' | '-')
}

fn meets(item: &Item<'_>, word: &str) -> bool {
    let call = item.call();
    let operation = call.and_then(|call| call.operation);
    let serves = call.map_or(&[][..], |call| call.serves);
    let (name, value) = word.split_once(':').unwrap_or_default();
    let within = |text: Option<&str>| fold(text.unwrap_or_default()).contains(value);
    match name {
        "to" => is_to(item.message.map_or("", Message::to), value),
        "provider" => within(item.provider().map(Provider::as_str)),
        "fault" => within(call.and_then(|call| call.fault)),
        "operation" => within(operation) || serves.iter().any(|name| within(Some(name))),
        _ => haystack(item).contains(word),
    }
}

/// `0555…`, `90555…` and `+90 555…` are the same number.
fn is_to(to: &str, wanted: &str) -> bool {
    if !wanted.chars().all(is_of_number) {
        return fold(to).contains(wanted);
    }
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    let starts = ["0090", "90", "0"];
    let national = starts.iter().find_map(|start| digits.strip_prefix(start));
    to.contains(national.unwrap_or(&digits))
}

fn haystack(item: &Item<'_>) -> String {
    let mut texts = Vec::new();
    texts.extend(item.provider().map(|it| it.as_str().to_owned()));
    if let Some(tenant) = item.tenant() {
        texts.extend([tenant.name().to_owned(), tenant.shown().to_owned()]);
    }
    if let Some(message) = item.message {
        texts.extend([message.text().to_owned(), message.to().to_owned()]);
        texts.extend(message.otp().map(str::to_owned));
        texts.extend(message.link().map(str::to_owned));
    }
    if let Some(call) = item.call() {
        let texts_of = [call.operation, Some(call.outcome.as_str()), call.fault];
        texts.extend(texts_of.into_iter().flatten().map(str::to_owned));
        texts.extend(call.doctor.clone());
        for fields in [&call.request, &call.answer.body] {
            texts.extend(serde_json::to_string(fields));
        }
    }
    fold(&texts.join("\n"))
}

/// Small letters, and one for `I`, `İ`, `ı` and `i`: in English and in Turkish alike.
fn fold(text: &str) -> String {
    let one_i = |sign| {
        if matches!(sign, 'I' | 'İ' | 'ı') {
            'i'
        } else {
            sign
        }
    };
    text.chars()
        .map(one_i)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::content;

    fn finds(find: &str) -> bool {
        let message = Message::new(1, content("sck_test_demo", "+905550000042"));
        let item = Item {
            message: Some(&message),
            entry: None,
        };
        Wanted::new(None, None, Some(find)).matches(&item)
    }

    #[test]
    fn numbers_and_letters_are_found_in_any_spelling() {
        for find in [
            "",
            "to:0555 000 00 42",
            "to:+90 (555) 000",
            "to: 0090555",
            "KODUNUZ art2",
            "PROVIDER:payNET",
            "…demo",
        ] {
            assert!(finds(find), "{find}");
        }
        for find in [
            "to:0555 000 00 43",
            "nothing",
            "fault:html",
            "provider:paytr",
        ] {
            assert!(!finds(find), "{find}");
        }
        assert_eq!(fold("BİSİKLET IŞIK ı"), "bisiklet işik i");
    }
}
