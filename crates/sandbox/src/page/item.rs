//! `View` is one item of the stream as HTML, for the page and for its events.

use std::borrow::Cow;

use askama::Template;
use jiff::Timestamp;

use super::language::{Language, Understood, Words};
use super::stream::Item;
use crate::clock::Clock;
use crate::istanbul;
use crate::journal::Call;
use crate::message::{Content, Message};
use crate::provider::Provider;
use crate::registry::Registry;
use crate::tenant::TenantId;
use crate::world::World;

/// How items are shown: the language, the time and the names of providers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'world> {
    pub(super) language: Language,
    clock: &'world Clock,
    pub(super) registry: &'world Registry,
}

/// An item with everything that it has, which `Display` writes as HTML.
#[derive(Template)]
#[template(path = "item.html")]
pub(super) struct View<'world> {
    language: Language,
    words: &'static Words,
    key: String,
    message: Option<&'world Content>,
    call: Option<&'world Call>,
    provider: &'static str,
    label: &'static str,
    channel: &'static str,
    channel_shown: &'static str,
    state: &'static str,
    outcome: &'static str,
    outcome_shown: &'static str,
    operation: &'static str,
    fault: &'static str,
    is_paid: bool,
    status: String,
    callback: Option<u64>,
    tenant: &'world str,
    tenant_label: String,
    made: Timestamp,
    made_shown: String,
    expiry: Option<(Timestamp, String)>,
    link: Option<&'world str>,
    doctor: Option<Doctor<'world>>,
}

/// The doctor's word, and in which language it is.
struct Doctor<'world> {
    label: &'static str,
    language: &'static str,
    says: Cow<'world, str>,
    /// What the sandbox says of itself, where the rest is in another language.
    own: String,
}

impl<'world> Look<'world> {
    pub(super) fn of(language: Language, world: &'world World) -> Self {
        Self {
            language,
            clock: &world.clock,
            registry: world.registry(),
        }
    }

    pub(super) fn at(&self, item: &Item<'world>) -> View<'world> {
        let words = self.language.words();
        let message = item.message.map(Message::content);
        let call = item.call();
        let tenant = item.tenant();
        let made = message.map(|message| message.created_at);
        let made = made
            .or_else(|| call.map(|call| call.at))
            .unwrap_or_default();
        let channel = message.map_or("call", |message| message.channel.as_str());
        let expiry = message.and_then(|message| message.expires_at);
        let is_over = expiry.is_some_and(|end| end <= self.clock.now(tenant));
        let outcome = call.map_or("", |call| call.outcome.as_str());
        let operation = call.map(|call| call.operation.unwrap_or(words.unknown_path));
        let status = call.map(|call| match call.answer.status {
            Some(status) => format!("HTTP {status}"),
            None => words.no_answer.to_owned(),
        });
        let label = tenant.map(|tenant| self.registry.tenant_label(tenant));
        // A link leads to a page, and to nothing else that an address can mean.
        let is_web = |link: &&str| link.starts_with("http://") || link.starts_with("https://");
        View {
            language: self.language,
            words,
            key: item.key(),
            message,
            call,
            provider: item.provider().map_or("", Provider::as_str),
            label: item.provider().map_or("", |it| self.registry.label(it)),
            channel,
            channel_shown: words.word(channel).unwrap_or_default(),
            state: match message {
                Some(_) if is_over => "expired",
                Some(_) => "valid",
                None => "",
            },
            outcome,
            outcome_shown: words.word(outcome).unwrap_or_default(),
            operation: operation.unwrap_or_default(),
            fault: call.and_then(|call| call.fault).unwrap_or_default(),
            is_paid: message.is_some_and(|message| message.paid_at.is_some()),
            status: status.unwrap_or_default(),
            callback: call.and_then(|call| call.callback),
            tenant: tenant.map_or("", TenantId::name),
            tenant_label: label.unwrap_or_default(),
            made,
            made_shown: self.time(tenant, made),
            expiry: expiry.map(|end| (end, self.time(tenant, end))),
            link: message.and_then(|it| it.link.as_deref().filter(is_web)),
            doctor: call.and_then(|call| Some(self.doctor(call.doctor.as_deref()?))),
        }
    }

    /// A time as it is read, with its date where that is not today's.
    fn time(&self, tenant: Option<&TenantId>, time: Timestamp) -> String {
        let day = |time| istanbul::format(time, "%Y-%m-%d");
        let is_today = day(time) == day(self.clock.now(tenant));
        let form = if is_today {
            "%H:%M:%S"
        } else {
            "%Y-%m-%d %H:%M:%S"
        };
        istanbul::format(time, form)
    }

    fn doctor(&self, word: &'world str) -> Doctor<'world> {
        let words = self.language.words();
        let Understood { own, rest } = self.language.understood(word);
        if rest.is_empty() {
            return Doctor {
                label: words.why,
                language: self.language.tag(),
                says: own.into(),
                own: String::new(),
            };
        }
        Doctor {
            label: words.why_in_english,
            language: "en",
            says: rest.into(),
            own,
        }
    }
}
