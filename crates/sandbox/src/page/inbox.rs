//! The inbox as HTML.

use std::net::SocketAddr;

use jiff::Timestamp;

use super::html::Markup;
use super::language::{Language, Words};
use crate::clock::Clock;
use crate::istanbul;
use crate::message::{Channel, Content, Message};
use crate::provider::Provider;

const PAGE: &str = include_str!("inbox.html");
const MESSAGE: &str = include_str!("message.html");
const CODE: &str = include_str!("code.html");
const OPEN: &str = include_str!("open.html");
const EXPIRY: &str = include_str!("expiry.html");
const EMPTY: &str = include_str!("empty.html");

/// The whole page with these messages, in their order.
pub(super) fn render(
    language: Language,
    address: SocketAddr,
    clock: &Clock,
    messages: &[&Message],
) -> String {
    let words = language.words();
    let content = if messages.is_empty() {
        empty(words, address)
    } else {
        messages
            .iter()
            .map(|message| entry(words, clock, message.content()))
            .collect()
    };
    let now = clock.now(None);
    Markup::filled(
        PAGE,
        &[
            ("language", Markup::text(language.tag())),
            ("inbox", Markup::text(words.inbox)),
            ("nothing_is_sent", Markup::text(words.nothing_is_sent)),
            ("other_language", Markup::text(words.other_language)),
            ("other_language_tag", Markup::text(words.other_language_tag)),
            ("content", content),
            ("sandbox_time", Markup::text(words.sandbox_time)),
            ("now", Markup::text(&now.to_string())),
            (
                "now_shown",
                Markup::text(&istanbul::format(now, "%Y-%m-%d %H:%M:%S")),
            ),
        ],
    )
    .into_string()
}

fn empty(words: &Words, address: SocketAddr) -> Markup {
    Markup::filled(
        EMPTY,
        &[
            ("no_messages", Markup::text(words.no_messages)),
            ("send_the_first", Markup::text(words.send_the_first)),
            ("address", Markup::text(&address.to_string())),
            ("then_reload", Markup::text(words.then_reload)),
        ],
    )
}

fn entry(words: &Words, clock: &Clock, content: &Content) -> Markup {
    let now = clock.now(Some(&content.tenant));
    let expired = content
        .expires_at
        .is_some_and(|expires_at| expires_at <= now);
    let state = if expired { "expired" } else { "valid" };
    Markup::filled(
        MESSAGE,
        &[
            ("state", Markup::text(state)),
            ("provider", Markup::text(provider(content.provider))),
            ("channel", Markup::text(channel(content.channel))),
            ("tenant", Markup::text(content.tenant.name())),
            ("to", Markup::text(&content.to)),
            ("text", Markup::text(&content.text)),
            ("created", Markup::text(&content.created_at.to_string())),
            (
                "created_shown",
                Markup::text(&istanbul::format(content.created_at, "%H:%M:%S")),
            ),
            ("code", code(words, content.otp.as_deref())),
            ("link", open(words, content.link.as_deref())),
            ("expiry", expiry(words, expired, content.expires_at)),
        ],
    )
}

fn code(words: &Words, otp: Option<&str>) -> Markup {
    let Some(otp) = otp else {
        return Markup::default();
    };
    Markup::filled(
        CODE,
        &[
            ("label", Markup::text(words.code)),
            ("otp", Markup::text(otp)),
        ],
    )
}

fn open(words: &Words, link: Option<&str>) -> Markup {
    let Some(link) = link else {
        return Markup::default();
    };
    Markup::filled(
        OPEN,
        &[
            ("link", Markup::text(link)),
            ("label", Markup::text(words.open_link)),
        ],
    )
}

fn expiry(words: &Words, expired: bool, expires_at: Option<Timestamp>) -> Markup {
    let Some(expires_at) = expires_at else {
        return Markup::default();
    };
    let label = if expired {
        words.expired
    } else {
        words.expires
    };
    Markup::filled(
        EXPIRY,
        &[
            ("label", Markup::text(label)),
            ("expires", Markup::text(&expires_at.to_string())),
            (
                "expires_shown",
                Markup::text(&istanbul::format(expires_at, "%H:%M:%S")),
            ),
        ],
    )
}

fn provider(provider: Provider) -> &'static str {
    match provider {
        Provider::Paynet => "Paynet",
        Provider::Paywall => "Paywall",
        Provider::Paytr => "PayTR",
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "SMS",
        Channel::Email => "E-mail",
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::message::tests::content;

    fn page(messages: &[Message]) -> String {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8027));
        let messages: Vec<_> = messages.iter().collect();
        render(Language::English, address, &Clock::default(), &messages)
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut hostile = content("sck_test_demo", "+905550000042");
        let script = "<script>alert(1)</script>\"'{{now}}\u{202e}";
        hostile.text = script.repeat(500);
        hostile.otp = Some(script.to_owned());
        hostile.to = script.to_owned();
        let page = page(&[Message::new(1, hostile)]);
        assert!(!page.contains("<script"));
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;{{now}}"));
    }

    #[test]
    fn every_place_of_the_templates_is_filled() {
        let without_code = Content {
            otp: None,
            link: Some("http://127.0.0.1:8027/paytr/link/NB2Zlz3".to_owned()),
            expires_at: None,
            ..content("sck_test_demo", "+905550000042")
        };
        let full = Message::new(1, content("sck_test_demo", "+905550000042"));
        for page in [page(&[]), page(&[full, Message::new(2, without_code)])] {
            assert!(!page.contains("{{") && !page.contains("}}"));
        }
    }

    #[test]
    fn an_old_code_is_shown_as_expired() {
        let page = page(&[Message::new(1, content("sck_test_demo", "+905550000042"))]);
        assert!(page.contains("expired at"));
        assert!(page.contains("03:00:00"));
    }
}
