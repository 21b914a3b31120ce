//! The trait of a payment link: send it to a customer.

use std::fmt::Debug;

use async_trait::async_trait;

use crate::{EmailAddress, Error, Gsm, LinkAccepted, LinkId};

/// Who gets a payment link, and how.
///
/// ```
/// use onay_core::{EmailAddress, LinkRecipient};
///
/// let recipient = LinkRecipient::Email(EmailAddress::parse("musteri@example.com")?);
/// assert!(format!("{recipient:?}").contains("m***@example.com"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkRecipient {
    /// By SMS.
    Sms(Gsm),
    /// By e-mail.
    Email(EmailAddress),
}

impl From<Gsm> for LinkRecipient {
    fn from(gsm: Gsm) -> Self {
        Self::Sms(gsm)
    }
}

impl From<EmailAddress> for LinkRecipient {
    fn from(address: EmailAddress) -> Self {
        Self::Email(address)
    }
}

/// Sends a payment link to a customer.
///
/// # Contract
///
/// - One call sends at most one message. An implementation repeats nothing that may have left.
/// - A recipient that the provider cannot serve is refused as
///   [`Unsupported`](crate::ErrorKind::Unsupported) before a byte leaves.
/// - Dropping the future after its first poll is the caller's own
///   [`MaybeSent`](crate::Delivery::MaybeSent): the request may have left.
///
/// ```
/// use onay_core::{Error, Gsm, LinkId, LinkNotifier, LinkRecipient};
///
/// async fn remind(notifier: &dyn LinkNotifier) -> Result<(), Error> {
///     let recipient = LinkRecipient::Sms(Gsm::parse("0555 000 00 42")?);
///     notifier.notify(&LinkId::parse("NB2Zlz3")?, &recipient).await?;
///     Ok(())
/// }
/// ```
#[async_trait]
pub trait LinkNotifier: Send + Sync + Debug {
    /// Has the provider send the link.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `WrongCode`; ask
    /// [`Error::delivery`](crate::Error::delivery) whether a message went out.
    async fn notify(&self, link: &LinkId, recipient: &LinkRecipient)
    -> Result<LinkAccepted, Error>;
}
