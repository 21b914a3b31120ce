//! The two traits of a one-time password: send it, check it.

use std::fmt::Debug;

use async_trait::async_trait;

use crate::{Error, OtpChallenge, OtpCode, OtpSent, OtpVerified};

/// Sends a one-time password.
///
/// # Contract
///
/// - One call sends at most one message. An implementation repeats nothing that may have left.
/// - A challenge that the provider cannot serve is refused as
///   [`Unsupported`](crate::ErrorKind::Unsupported) before a byte leaves.
/// - The answer carries the challenge to use from now on; so does the error, where the provider
///   renewed it with its refusal.
/// - Dropping the future after its first poll is the caller's own
///   [`MaybeSent`](crate::Delivery::MaybeSent): the request may have left.
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
    /// Has the provider send a code to whoever the challenge names.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `WrongCode`; ask
    /// [`Error::delivery`](crate::Error::delivery) whether a message went out.
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error>;
}

/// Checks the code that a customer typed.
///
/// # Contract
///
/// - **`Ok` means approved.** A wrong code, an expired one, another code wanted, 3-D Secure wanted:
///   all of them are `Err`, told apart by [`Error::kind`](crate::Error::kind). `?` is safe.
/// - One call asks the provider at most once, because tries are counted.
/// - A challenge that the provider cannot serve is refused as
///   [`Unsupported`](crate::ErrorKind::Unsupported) before a byte leaves.
/// - Dropping the future after its first poll is the caller's own
///   [`MaybeSent`](crate::Delivery::MaybeSent): the code may have been checked, and used up.
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
    /// Whatever is not an approval. [`WrongCode`](crate::ErrorKind::WrongCode) lets the customer
    /// try again, [`Expired`](crate::ErrorKind::Expired) and
    /// [`LimitReached`](crate::ErrorKind::LimitReached) end the conversation,
    /// [`ActionRequired`](crate::ErrorKind::ActionRequired) asks for another step.
    /// [`MaybeSent`](crate::Delivery::MaybeSent) means here that the code may have been checked,
    /// and used up.
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error>;
}
