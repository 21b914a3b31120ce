//! The operation that an error came from, and what it does to the customer.

/// What an operation does, as far as it decides what follows when it is not known whether it took
/// effect.
///
/// ```
/// use onay_core::{Effect, Operation};
///
/// assert_eq!(Operation::SEND_OTP.effect(), Effect::SendsCode);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It sends the customer a code.
    SendsCode,
    /// It checks a code, which uses up a try.
    ChecksCode,
    /// It sends a payment link.
    SendsLink,
    /// It sends nothing, and nothing is lost when it is begun anew: opening a session, making or
    /// deleting a link that no customer has.
    SendsNothing,
}

/// The name of an operation of a provider.
///
/// ```
/// use onay_core::{Effect, Operation};
///
/// const LINK_ACCOUNT: Operation = Operation::new("link_account", Effect::SendsCode);
/// assert_eq!(LINK_ACCOUNT.name(), "link_account");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operation {
    name: &'static str,
    effect: Effect,
}

impl Operation {
    /// [`OtpSender::send_otp`](crate::OtpSender::send_otp).
    pub const SEND_OTP: Self = Self::new("send_otp", Effect::SendsCode);
    /// [`OtpVerifier::verify_otp`](crate::OtpVerifier::verify_otp).
    pub const VERIFY_OTP: Self = Self::new("verify_otp", Effect::ChecksCode);
    /// [`LinkNotifier::notify`](crate::LinkNotifier::notify).
    pub const NOTIFY: Self = Self::new("notify", Effect::SendsLink);
    /// Makes a payment link and has the provider send it.
    pub const SEND_LINK: Self = Self::new("send_link", Effect::SendsLink);

    /// An operation of a provider's own; its name is in `snake_case`, as JSON and traces show it.
    pub const fn new(name: &'static str, effect: Effect) -> Self {
        Self { name, effect }
    }

    /// The name in `snake_case`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it does to the customer.
    pub const fn effect(&self) -> Effect {
        self.effect
    }
}
