//! `NullSender` accepts every message and sends none.

use onay_core::{
    Error, LinkAccepted, LinkNotice, LinkNotifier, OtpChallenge, OtpSender, OtpSent, async_trait,
};

/// Accepts every message and sends none: for a development set-up, or a benchmark of the code
/// around it.
///
/// It is no [`OtpVerifier`](onay_core::OtpVerifier), on purpose. A verifier that approves everything
/// is how wrong codes get through: one forgotten setting, and any four letters pay. A test that
/// wants an approval says so with [`Scripted`](crate::Scripted).
///
/// ```
/// use onay_core::{LinkId, LinkNotice, LinkNotifier, OtpChallenge, OtpSender, PhoneNumber, SessionId};
/// use onay_testkit::NullSender;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_core::Error> {
/// let phone = PhoneNumber::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
/// let sent = NullSender.send_otp(&challenge).await?;
/// assert_eq!(sent.challenge(), &challenge);
/// NullSender.notify(&LinkNotice::new(LinkId::parse("NB2Zlz3")?, phone)).await?;
/// # Ok(())
/// # }
/// ```
///
/// ```compile_fail,E0277
/// let verifier: &dyn onay_core::OtpVerifier = &onay_testkit::NullSender;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NullSender;

#[async_trait]
impl OtpSender for NullSender {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        Ok(OtpSent::new(challenge.clone()))
    }
}

#[async_trait]
impl LinkNotifier for NullSender {
    async fn notify(&self, _: &LinkNotice) -> Result<LinkAccepted, Error> {
        Ok(LinkAccepted::new())
    }
}
