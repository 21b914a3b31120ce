//! The trait of a payment link: send one that exists to a customer.

use std::fmt::Debug;

use async_trait::async_trait;

use crate::{Error, LinkAccepted, LinkId, Recipient, Secret};

/// A payment link, and who gets it.
///
/// ```
/// use onay_core::{EmailAddress, LinkId, LinkNotice};
///
/// let notice = LinkNotice::new(
///     LinkId::parse("NB2Zlz3")?,
///     EmailAddress::parse("musteri@example.com")?,
/// )
/// .for_caller("customer-17");
/// assert_eq!(notice.link().as_str(), "NB2Zlz3");
/// assert!(!format!("{notice:?}").contains("customer-17"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct LinkNotice {
    link: LinkId,
    recipient: Recipient,
    caller: Option<Secret>,
}

impl LinkNotice {
    /// Sends this link to this recipient.
    pub fn new(link: LinkId, recipient: impl Into<Recipient>) -> Self {
        Self {
            link,
            recipient: recipient.into(),
            caller: None,
        }
    }

    /// Says who asks: an IP address, a customer id. A guard counts by it; it is never sent.
    #[must_use]
    pub fn for_caller(mut self, caller: &str) -> Self {
        self.caller = Some(Secret::new(caller));
        self
    }

    /// The link.
    pub fn link(&self) -> &LinkId {
        &self.link
    }

    /// Who gets it.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// Who asks, where the merchant said so.
    pub fn caller(&self) -> Option<&Secret> {
        self.caller.as_ref()
    }
}

/// Sends a payment link that exists to a customer.
///
/// # Contract
///
/// - One call sends at most one message. An implementation repeats nothing that may have left.
/// - A recipient that the provider cannot serve is refused as
///   [`Unsupported`](crate::ErrorKind::Unsupported) or
///   [`InvalidInput`](crate::ErrorKind::InvalidInput) before a byte leaves.
/// - Dropping the future after its first poll is the caller's own
///   [`MaybeSent`](crate::Dispatch::MaybeSent): the request may have left.
///
/// ```
/// use onay_core::{Error, LinkId, LinkNotice, LinkNotifier, PhoneNumber};
///
/// async fn remind(notifier: &dyn LinkNotifier) -> Result<(), Error> {
///     let phone = PhoneNumber::parse("0555 000 00 42")?;
///     let notice = LinkNotice::new(LinkId::parse("NB2Zlz3")?, phone);
///     notifier.notify(&notice).await?;
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
    /// [`Error::dispatch`](crate::Error::dispatch) whether a message went out.
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error>;
}
