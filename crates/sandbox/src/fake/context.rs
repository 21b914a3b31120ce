//! `Context` is what a fake decides a call with: its memory of the tenant, the time, and where its
//! messages go.

use std::time::SystemTime;

use jiff::Timestamp;

use crate::message::Channel;

/// What the engine tells of a call: the tenant's time, what a fault asks, and the fake's own place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'world> {
    pub(crate) now: Timestamp,
    pub(crate) demand: Demand<'world>,
    pub(crate) url: &'world str,
    pub(crate) callback_hosts: &'world [String],
}

/// What a fake decides a call with.
#[derive(Debug)]
pub struct Context<'world, S> {
    pub(super) state: Option<&'world mut S>,
    pub(super) asked: Asked<'world>,
    pub(super) sent: Vec<Outgoing>,
}

impl<'world, S> Context<'world, S> {
    /// What is remembered of the tenant; absent where the credentials are refused.
    pub fn state(&mut self) -> Option<&mut S> {
        self.state.as_deref_mut()
    }

    /// The tenant's virtual time.
    pub fn now(&self) -> SystemTime {
        self.asked.now.into()
    }

    pub(crate) fn timestamp(&self) -> Timestamp {
        self.asked.now
    }

    /// What a fault asks of the fake itself.
    pub fn demand(&self) -> Demand<'world> {
        self.asked.demand
    }

    /// The fake's own base URL, for links in messages.
    pub fn url(&self) -> &str {
        self.asked.url
    }

    /// The hosts besides loopback that callbacks are posted to.
    pub fn callback_hosts(&self) -> &[String] {
        self.asked.callback_hosts
    }

    /// Puts a message into the tenant's inbox.
    pub fn send(&mut self, message: Outgoing) {
        self.sent.push(message);
    }
}

/// What a fault asks of the fake itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Demand<'fault> {
    /// Nothing: the call is decided as ever.
    None,
    /// The provider's own refusal with this code, and nothing else done.
    Refuse(&'fault str),
    /// To refuse and issue another token.
    RotateToken,
    /// To renew the session.
    RenewSession,
}

/// A message to a customer.
#[derive(Clone, Debug)]
#[must_use]
pub struct Outgoing {
    pub(crate) channel: Channel,
    pub(crate) to: String,
    pub(crate) text: String,
    pub(crate) otp: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) expires_at: Option<Timestamp>,
}

impl Outgoing {
    /// A text message to a number, in full: `+905550000042`.
    pub fn sms(to: impl Into<String>, text: impl Into<String>) -> Self {
        Self::by(Channel::Sms, to, text)
    }

    /// An e-mail.
    pub fn email(to: impl Into<String>, text: impl Into<String>) -> Self {
        Self::by(Channel::Email, to, text)
    }

    pub(crate) fn by(channel: Channel, to: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            channel,
            to: to.into(),
            text: text.into(),
            otp: None,
            link: None,
            expires_at: None,
        }
    }

    /// The code in the text.
    pub fn with_otp(mut self, code: impl Into<String>) -> Self {
        self.otp = Some(code.into());
        self
    }

    /// The link in the text.
    pub fn with_link(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }

    /// When code or link run out, on the tenant's virtual clock.
    pub fn expiring(mut self, at: SystemTime) -> Self {
        self.expires_at = Timestamp::try_from(at).ok();
        self
    }
}
