//! `render` shows one item of the stream as HTML, for the page and for its events.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::html::Markup;
use super::language::{Language, Understood, Words};
use super::stream::Item;
use crate::clock::Clock;
use crate::istanbul;
use crate::journal::{Call, Outcome};
use crate::message::{Channel, Content, Message};
use crate::provider::Provider;
use crate::registry::Registry;
use crate::tenant::TenantId;
use crate::world::World;

const ITEM: &str = include_str!("item.html");

/// How items are shown: the language, the time and the names of providers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'world> {
    pub(super) language: Language,
    clock: &'world Clock,
    pub(super) registry: &'world Registry,
}

impl<'world> Look<'world> {
    pub(super) fn of(language: Language, world: &'world World) -> Self {
        Self {
            language,
            clock: &world.clock,
            registry: world.registry(),
        }
    }
}

/// An item with everything that it has.
pub(super) fn render(look: &Look<'_>, item: &Item<'_>) -> Markup {
    let words = look.language.words();
    let content = item.message.map(Message::content);
    let call = item.call();
    let tenant = item.tenant();
    let made = content.map(|content| content.created_at);
    let made = made
        .or_else(|| call.map(|call| call.at))
        .unwrap_or_default();
    let hook = if content.is_some() { "message" } else { "call" };
    let label = tenant.map(|tenant| look.registry.tenant_label(tenant));
    let provider = item.provider();
    let mut values = vec![
        ("key", Markup::text(&item.key())),
        ("hook", Markup::text(hook)),
        (
            "provider_name",
            Markup::text(provider.map_or("", |it| look.registry.label(it))),
        ),
        (
            "provider_tag",
            Markup::text(provider.map_or("", Provider::as_str)),
        ),
        (
            "tenant_name",
            Markup::text(tenant.map_or("", |tenant| tenant.name())),
        ),
        ("tenant_label", Markup::text(&label.unwrap_or_default())),
        ("made", Markup::text(&made.to_string())),
        ("made_shown", Markup::text(&shown(look, tenant, made))),
        ("language", Markup::text(look.language.tag())),
    ];
    values.extend(of_message(words, look.clock, content));
    values.extend(of_call(look.language, call));
    let named = words.named().into_iter();
    values.extend(named.map(|(name, word)| (name, Markup::text(word))));
    Markup::filled(ITEM, &values)
}

/// A time as it is read, with its date where that is not today's.
fn shown(look: &Look<'_>, tenant: Option<&TenantId>, time: Timestamp) -> String {
    let day = |time| istanbul::format(time, "%Y-%m-%d");
    let is_today = day(time) == day(look.clock.now(tenant));
    let form = if is_today {
        "%H:%M:%S"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    istanbul::format(time, form)
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
            ("paid_hidden", hidden(true)),
            ("remove_hidden", hidden(true)),
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
    // A link leads to a page, and to nothing else that an address can mean.
    let is_web = |link: &&str| link.starts_with("http://") || link.starts_with("https://");
    let link = content.link.as_deref().filter(is_web);
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
        ("link", Markup::text(link.unwrap_or_default())),
        ("link_hidden", hidden(link.is_none())),
        ("paid_hidden", hidden(content.paid_at.is_none())),
        ("remove_hidden", hidden(false)),
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
            ("again_hidden", hidden(true)),
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
        (
            "callback_number",
            Markup::text(&call.callback.map(|id| id.to_string()).unwrap_or_default()),
        ),
        ("again_hidden", hidden(call.callback.is_none())),
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
