//! The two traits of a one-time password: send it, check it.

use std::fmt::Debug;

use async_trait::async_trait;

use crate::{Error, OtpChallenge, OtpCode, OtpSent, OtpVerified};

/// Sends a one-time password: the first of a challenge, or another.
///
/// # Contract
///
/// - One call sends at most one message. An implementation repeats nothing that may have left.
/// - A challenge that the provider cannot serve, another provider's among them, is refused as
///   [`Unsupported`](crate::ErrorKind::Unsupported) before a byte leaves.
/// - The challenge of the result names the provider. It is the one to use from now on; the
///   error carries one too, where the provider renewed it with its refusal.
/// - Dropping the future after its first poll is the caller's own
///   [`MaybeSent`](crate::Dispatch::MaybeSent): the request may have left.
///
/// ```
/// use onay_core::{async_trait, Error, OtpChallenge, OtpSender, OtpSent};
///
/// /// Says yes and sends nothing.
/// #[derive(Debug)]
/// struct Null;
///
/// #[async_trait]
/// impl OtpSender for Null {
///     async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
///         Ok(OtpSent::new(challenge.clone()))
///     }
/// }
///
/// let sender: Box<dyn OtpSender> = Box::new(Null);
/// ```
#[async_trait]
pub trait OtpSender: Send + Sync + Debug {
    /// Sends a code for this challenge: the first, or another.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `WrongCode`; ask
    /// [`Error::dispatch`](crate::Error::dispatch) whether a message went out.
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error>;
}

/// Checks the code that a customer typed.
///
/// # Contract
///
/// - **`Ok` means approved.** A wrong code, an expired one, another code wanted, 3-D Secure wanted:
///   all of them are `Err`, told apart by [`Error::kind`](crate::Error::kind). `?` is safe.
/// - One call asks the provider at most once, because tries are counted.
/// - A challenge that the provider cannot serve, another provider's among them, is refused as
///   [`Unsupported`](crate::ErrorKind::Unsupported) before a byte leaves.
/// - The approval is bound to the session, the token or the id: one of them is in the request. A
///   provider that ignores the session says so.
/// - Dropping the future after its first poll is the caller's own
///   [`MaybeSent`](crate::Dispatch::MaybeSent): the code may have been checked, and used up.
///
/// ```
/// use onay_core::{Error, ErrorKind, OtpChallenge, OtpCode, OtpVerifier};
///
/// async fn approve(
///     verifier: &dyn OtpVerifier,
///     challenge: &OtpChallenge,
///     typed: &str,
/// ) -> Result<&'static str, Error> {
///     match verifier.verify_otp(challenge, &OtpCode::parse(typed)?).await {
///         Ok(_) => Ok("thank you"),
///         Err(error) if error.kind() == ErrorKind::WrongCode => Ok("please try again"),
///         Err(error) => Err(error),
///     }
/// }
/// ```
#[async_trait]
pub trait OtpVerifier: Send + Sync + Debug {
    /// Has the provider check a code.
    ///
    /// # Errors
    ///
    /// Everything that is not an approval. [`WrongCode`](crate::ErrorKind::WrongCode) lets the customer
    /// try again, [`Expired`](crate::ErrorKind::Expired) and
    /// [`LimitReached`](crate::ErrorKind::LimitReached) end the session,
    /// [`ActionRequired`](crate::ErrorKind::ActionRequired) asks for another step.
    /// [`MaybeSent`](crate::Dispatch::MaybeSent) means here that the code may have been checked,
    /// and used up.
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error>;
}

/// Sends a one-time password and checks it: all that a checkout needs.
///
/// Implemented by everything that is both an [`OtpSender`] and an [`OtpVerifier`].
///
/// ```
/// use std::sync::Arc;
/// use onay_core::{Error, OtpChallenge, OtpCode, OtpProvider};
///
/// struct Checkout {
///     otp: Arc<dyn OtpProvider>,
/// }
///
/// impl Checkout {
///     async fn begin(&self, challenge: &OtpChallenge) -> Result<OtpChallenge, Error> {
///         Ok(self.otp.send_otp(challenge).await?.into_challenge())
///     }
///
///     async fn finish(&self, challenge: &OtpChallenge, typed: &str) -> Result<(), Error> {
///         self.otp.verify_otp(challenge, &OtpCode::parse(typed)?).await?;
///         Ok(())
///     }
/// }
/// ```
pub trait OtpProvider: OtpSender + OtpVerifier {}

impl<T: OtpSender + OtpVerifier + ?Sized> OtpProvider for T {}
