//! One item of the stream as HTML. The page's script clones the same markup and fills it likewise.

use serde_json::{Map, Value};

use super::html::Markup;
use super::language::{Language, Understood, Words};
use super::stream::Item;
use crate::clock::Clock;
use crate::istanbul;
use crate::journal::{Call, Entry, Outcome};
use crate::message::{Channel, Content, Message};
use crate::provider::Provider;
use crate::registry::Registry;

const ITEM: &str = include_str!("item.html");

/// An item with everything that it has.
pub(super) fn render(
    language: Language,
    clock: &Clock,
    registry: &Registry,
    item: &Item<'_>,
) -> Markup {
    let words = language.words();
    let content = item.message.map(Message::content);
    let call = item.call();
    let message_id = item.message.map(Message::id);
    let call_id = item.entry.map(Entry::id);
    let provider = content.map(|content| content.provider);
    let provider = provider.or_else(|| call.map(|call| call.provider));
    let tenant = content.map(|content| &content.tenant);
    let tenant = tenant.or_else(|| call.and_then(|call| call.tenant.as_ref()));
    let made = content.map(|content| content.created_at);
    let made = made.or_else(|| call.map(|call| call.at));
    let mut values = vec![
        ("key", key(message_id, call_id)),
        ("hook", Markup::text(hook(message_id.is_some()))),
        (
            "provider_name",
            Markup::text(provider.map_or("", |it| registry.label(it))),
        ),
        (
            "provider_tag",
            Markup::text(provider.map_or("", Provider::as_str)),
        ),
        (
            "tenant_name",
            Markup::text(tenant.map_or("", |tenant| tenant.name())),
        ),
        (
            "made",
            Markup::text(&made.map(|made| made.to_string()).unwrap_or_default()),
        ),
        (
            "made_shown",
            Markup::text(
                &made
                    .map(|made| istanbul::format(made, "%H:%M:%S"))
                    .unwrap_or_default(),
            ),
        ),
    ];
    values.extend(of_message(words, clock, content));
    values.extend(of_call(language, call));
    filled(words, values)
}

/// What the page's script clones: an item with nothing in it.
pub(super) fn blank(words: &Words) -> Markup {
    filled(words, Vec::new())
}

fn filled(words: &Words, values: Vec<(&'static str, Markup)>) -> Markup {
    let mut values = values;
    let named = words.named().into_iter();
    values.extend(named.map(|(name, word)| (name, Markup::text(word))));
    Markup::filled(ITEM, &values)
}

fn key(message: Option<u64>, call: Option<u64>) -> Markup {
    let call = || call.map(|id| format!("c{id}"));
    let key = message.map(|id| format!("m{id}")).or_else(call);
    Markup::text(&key.unwrap_or_default())
}

fn hook(is_message: bool) -> &'static str {
    if is_message { "message" } else { "call" }
}

fn of_message(
    words: &Words,
    clock: &Clock,
    content: Option<&Content>,
) -> Vec<(&'static str, Markup)> {
    let Some(content) = content else {
        return vec![
            ("channel_tag", Markup::text("call")),
            ("channel_shown", Markup::text(words.call)),
            ("body_hidden", hidden(true)),
            ("to_hidden", hidden(true)),
        ];
    };
    let (tag, shown) = match content.channel {
        Channel::Sms => ("sms", words.sms),
        Channel::Email => ("email", words.email),
    };
    let now = clock.now(Some(&content.tenant));
    let is_over = content.expires_at.is_some_and(|end| end <= now);
    let end = content.expires_at.map(|end| end.to_string());
    let end_shown = content
        .expires_at
        .map(|end| istanbul::format(end, "%H:%M:%S"));
    vec![
        ("channel_tag", Markup::text(tag)),
        ("channel_shown", Markup::text(shown)),
        (
            "state",
            Markup::text(if is_over { "expired" } else { "valid" }),
        ),
        ("to", Markup::text(&content.to)),
        ("text", Markup::text(&content.text)),
        (
            "otp",
            Markup::text(content.otp.as_deref().unwrap_or_default()),
        ),
        ("otp_hidden", hidden(content.otp.is_none())),
        (
            "link",
            Markup::text(content.link.as_deref().unwrap_or_default()),
        ),
        ("link_hidden", hidden(content.link.is_none())),
        (
            "expiry",
            Markup::text(if is_over {
                words.expired
            } else {
                words.expires
            }),
        ),
        ("expires_at", Markup::text(&end.unwrap_or_default())),
        (
            "expires_shown",
            Markup::text(&end_shown.unwrap_or_default()),
        ),
        ("expiry_hidden", hidden(content.expires_at.is_none())),
    ]
}

fn of_call(language: Language, call: Option<&Call>) -> Vec<(&'static str, Markup)> {
    let words = language.words();
    let Some(call) = call else {
        return vec![
            ("outcome_hidden", hidden(true)),
            ("fault_hidden", hidden(true)),
            ("doctor_hidden", hidden(true)),
            ("exchange_hidden", hidden(true)),
        ];
    };
    let (outcome, shown) = match call.outcome {
        Outcome::Accepted => ("accepted", words.accepted),
        Outcome::Refused => ("refused", words.refused),
        Outcome::Unhandled => ("unhandled", words.unhandled),
    };
    let status = match call.answer.status {
        Some(status) => format!("HTTP {status}"),
        None => words.no_answer.to_owned(),
    };
    let mut values = doctor(language, call.doctor.as_deref().unwrap_or_default());
    values.extend([
        ("outcome", Markup::text(outcome)),
        ("outcome_shown", Markup::text(shown)),
        ("fault_kind", Markup::text(call.fault.unwrap_or_default())),
        ("fault_hidden", hidden(call.fault.is_none())),
        (
            "fault_says",
            Markup::text(
                call.fault
                    .and_then(|kind| words.kind(kind))
                    .unwrap_or_default(),
            ),
        ),
        ("doctor_hidden", hidden(call.doctor.is_none())),
        (
            "operation_name",
            Markup::text(call.operation.unwrap_or(words.unknown_path)),
        ),
        ("status", Markup::text(&status)),
        ("request_shown", pretty(words, &call.request)),
        ("answer_shown", pretty(words, &call.answer.body)),
    ]);
    values
}

/// The doctor's word, and in which language it is.
fn doctor(language: Language, word: &str) -> Vec<(&'static str, Markup)> {
    let words = language.words();
    let Understood { own, rest } = language.understood(word);
    let (label, tag, shown, aside) = if rest.is_empty() {
        (words.why, language.tag(), own.as_str(), "")
    } else {
        (words.why_in_english, "en", rest, own.as_str())
    };
    vec![
        ("doctor_label", Markup::text(label)),
        ("doctor_language", Markup::text(tag)),
        ("doctor", Markup::text(shown)),
        ("doctor_own", Markup::text(aside)),
    ]
}

fn pretty(words: &Words, fields: &Map<String, Value>) -> Markup {
    if fields.is_empty() {
        return Markup::text(words.no_body);
    }
    Markup::text(&serde_json::to_string_pretty(fields).unwrap_or_default())
}

fn hidden(is_hidden: bool) -> Markup {
    Markup::text(if is_hidden { "hidden" } else { "" })
}
