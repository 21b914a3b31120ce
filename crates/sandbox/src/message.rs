//! `Message` is what a customer would have received, and `MessageFilter` asks for one.

use std::fmt;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::email;
use crate::error::SandboxError;
use crate::number::MobileNumber;
use crate::provider::Provider;
use crate::tenant::TenantId;

/// How a message would have reached the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
}

impl Channel {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A message in the inbox: what a customer would have received.
///
/// Serialises as the test API writes it. Nothing in it is real, so nothing is masked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Message {
    /// A newer message has a greater one.
    id: u64,
    #[serde(flatten)]
    content: Content,
}

impl Message {
    pub(crate) fn new(id: u64, content: Content) -> Self {
        Self { id, content }
    }

    /// The message's number in this sandbox: a newer message has a greater one.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Who would have sent it.
    pub fn provider(&self) -> Provider {
        self.content.provider
    }

    /// The operation whose call sent it, by its name on the wire: `send_otp`, `otp/resend`.
    pub fn operation(&self) -> Option<&str> {
        self.content.operation
    }

    /// How it would have reached the customer.
    pub fn channel(&self) -> Channel {
        self.content.channel
    }

    /// The tenant whose credentials caused it: a fingerprint of the key, such as
    /// `paynet-d150c0e1c5d863db`, and for PayTR the `merchant_id`.
    pub fn tenant(&self) -> &str {
        self.content.tenant.name()
    }

    /// The recipient in full: `+905550000042`, or an e-mail address.
    pub fn to(&self) -> &str {
        &self.content.to
    }

    /// The text as the phone would show it.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// The code in the text, where the message carries one.
    pub fn otp(&self) -> Option<&str> {
        self.content.otp.as_deref()
    }

    /// The link in the text, where the message carries one.
    pub fn link(&self) -> Option<&str> {
        self.content.link.as_deref()
    }

    /// When it was made, on the tenant's virtual clock.
    pub fn created_at(&self) -> SystemTime {
        self.content.created_at.into()
    }

    /// When its code or link runs out, on the tenant's virtual clock.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.content.expires_at.map(SystemTime::from)
    }

    /// When the link in it was paid, on the tenant's virtual clock.
    pub fn paid_at(&self) -> Option<SystemTime> {
        self.content.paid_at.map(SystemTime::from)
    }

    pub(crate) fn pay(&mut self, at: Timestamp) {
        self.content.paid_at = Some(at);
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }
}

/// What a provider puts into a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Content {
    #[schema(value_type = String)]
    pub(crate) provider: Provider,
    /// The call that sent it, by its name on the wire.
    pub(crate) operation: Option<&'static str>,
    pub(crate) channel: Channel,
    #[schema(value_type = String)]
    pub(crate) tenant: TenantId,
    /// In full: +905550000042, or an e-mail address.
    pub(crate) to: String,
    pub(crate) text: String,
    pub(crate) otp: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    /// When the link in it was paid.
    pub(crate) paid_at: Option<Timestamp>,
}

/// Which messages are meant. An empty filter means every message.
///
/// ```
/// use onay_sandbox::{MessageFilter, Provider};
///
/// # fn main() -> Result<(), onay_sandbox::SandboxError> {
/// let filter = MessageFilter::new().provider(Provider::PAYNET).to("0555 000 00 42")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct MessageFilter {
    pub(crate) provider: Option<String>,
    to: Option<Recipient>,
    pub(crate) tenant: Option<String>,
    pub(crate) after: Option<u64>,
}

impl MessageFilter {
    /// A filter that every message passes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only messages of this provider, by its name or an alias: `paytr`, `paytr-link`.
    pub fn provider(mut self, provider: impl Into<String>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// Only messages to this mobile number, in any usual spelling: `5…`, `05…`, `905…`, `+90 5…`;
    /// or to this e-mail address, exactly.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotANumber`] if it is neither a Turkish mobile number nor an e-mail address,
    /// because no message could ever match.
    pub fn to(mut self, recipient: &str) -> Result<Self, SandboxError> {
        self.to = Some(Recipient::read(recipient).ok_or(SandboxError::NotANumber)?);
        Ok(self)
    }

    /// Only messages of this tenant, named as [`Message::tenant`] names it.
    pub fn tenant(mut self, name: impl Into<String>) -> Self {
        self.tenant = Some(name.into());
        self
    }

    /// Only messages newer than the one with this [`id`](Message::id).
    ///
    /// Waiting with it answers with the oldest such message, so that none is skipped.
    pub fn after(mut self, id: u64) -> Self {
        self.after = Some(id);
        self
    }

    pub(crate) fn matches(&self, message: &Message) -> bool {
        self.provider
            .as_deref()
            .is_none_or(|name| message.provider().is_called(name))
            && self.to.as_ref().is_none_or(|to| to.is(message.to()))
            && self
                .tenant
                .as_deref()
                .is_none_or(|tenant| tenant == message.tenant())
            && self.after.is_none_or(|id| id < message.id())
    }
}

/// Who a message is for.
#[derive(Clone, Debug)]
enum Recipient {
    Number(MobileNumber),
    Address(String),
}

impl Recipient {
    fn read(text: &str) -> Option<Self> {
        // A `+` may have become a blank on its way through a query string.
        let address = text.replace(' ', "+");
        if email::is_address(&address) {
            return Some(Self::Address(address));
        }
        MobileNumber::any_spelling(text).map(Self::Number)
    }

    fn is(&self, to: &str) -> bool {
        match self {
            Self::Number(number) => number.to_string() == to,
            Self::Address(address) => address == to,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn content(key: &str, to: &str) -> Content {
        Content {
            provider: Provider::new("paynet"),
            operation: Some("send_otp"),
            channel: Channel::Sms,
            tenant: TenantId::of(Provider::new("paynet"), key),
            to: to.to_owned(),
            text: "Onay kodunuz: ART2".to_owned(),
            otp: Some("ART2".to_owned()),
            link: None,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Some(Timestamp::UNIX_EPOCH),
            paid_at: None,
        }
    }

    #[test]
    fn a_filter_asks_for_everything_it_names() {
        let message = Message::new(7, content("sck_test_demo", "+905550000042"));
        let tenant = message.tenant().to_owned();
        let filter = MessageFilter::new()
            .provider("paynet")
            .to("0555 000 00 42")
            .expect("a number")
            .tenant(tenant)
            .after(6);

        assert!(MessageFilter::new().matches(&message));
        assert!(filter.matches(&message));
        assert!(!filter.clone().after(7).matches(&message));
        assert!(
            !filter
                .clone()
                .tenant("paynet-0000000000000000")
                .matches(&message)
        );
        assert!(
            !filter
                .to("0555 000 00 43")
                .expect("a number")
                .matches(&message)
        );
    }

    #[test]
    fn a_filter_refuses_what_no_message_could_match() {
        for invalid in ["0212 000 00 42", "musteri@", "ali@gmaıl.example"] {
            assert!(matches!(
                MessageFilter::new().to(invalid),
                Err(SandboxError::NotANumber)
            ));
        }
    }

    #[test]
    fn a_filter_takes_an_address_exactly() {
        let message = Message::new(7, content("sck_test_demo", "a+b@example.com"));
        for (to, matches) in [
            ("a+b@example.com", true),
            ("a b@example.com", true),
            ("A+b@example.com", false),
            ("b@example.com", false),
            ("0555 000 00 42", false),
        ] {
            let filter = MessageFilter::new().to(to).expect("somebody");
            assert_eq!(filter.matches(&message), matches, "{to}");
        }
    }
}
