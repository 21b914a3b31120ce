//! What only this provider has: sessions, and accounts that are linked in them.

use std::fmt;
use std::time::{Duration, SystemTime};

use onay_core::{Error, Gsm, OtpChallenge, OtpToken, SessionId};

use crate::client::PROVIDER;

/// Challenges of account links carry this note.
const ACCOUNT_LINK: &str = "account-link";

/// What an OTP is for. Masterpass wants to be told when it belongs to an account link.
///
/// ```
/// use onay_core::{OtpToken, SessionId};
/// use onay_paywall_masterpass::OtpPurpose;
///
/// let challenge = OtpPurpose::AccountLink.challenge(
///     SessionId::parse("6489433e-f36b-1410-825e-001264113a90")?,
///     OtpToken::parse("67a40b720d564a878dd46579b3d2eff3")?,
/// );
/// assert_eq!(OtpPurpose::of(&challenge)?, OtpPurpose::AccountLink);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtpPurpose {
    /// A card is added or a payment is made.
    Transaction,
    /// A Masterpass account is linked to the merchant.
    AccountLink,
}

impl OtpPurpose {
    /// A challenge for an OTP of this purpose, from a token that another Paywall call gave.
    /// [`link_account`](crate::PaywallMasterpass::link_account) makes its own.
    pub fn challenge(self, session: SessionId, token: OtpToken) -> OtpChallenge {
        self.noted(OtpChallenge::for_token(session, token))
    }

    /// A challenge whose session is open and whose token is still to come.
    pub(crate) fn opened(self, session: SessionId) -> OtpChallenge {
        self.noted(OtpChallenge::for_session(session))
    }

    fn noted(self, challenge: OtpChallenge) -> OtpChallenge {
        match self {
            Self::Transaction => challenge,
            Self::AccountLink => challenge.with_note(ACCOUNT_LINK),
        }
    }

    /// The purpose that a challenge carries.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](onay_core::ErrorKind::Unsupported): the challenge carries the note of
    /// another provider.
    pub fn of(challenge: &OtpChallenge) -> Result<Self, Error> {
        match challenge.note() {
            None => Ok(Self::Transaction),
            Some(ACCOUNT_LINK) => Ok(Self::AccountLink),
            Some(_) => Err(
                Error::unsupported("challenge", "carries a note of another provider")
                    .with_provider(PROVIDER),
            ),
        }
    }
}

/// Who sends the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeSender {
    /// The card's bank (`5001`).
    Bank,
    /// Masterpass (`5008`).
    Masterpass,
}

/// Asks for a session: page 1 of the Masterpass integration.
///
/// ```
/// use onay_core::Gsm;
/// use onay_paywall_masterpass::OpenSession;
///
/// let request = OpenSession::new("order-1", "user-1", Gsm::parse("0555 000 00 42")?)
///     .phone_verified_by_merchant(true);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct OpenSession {
    pub(crate) reference: String,
    pub(crate) user: String,
    pub(crate) gsm: Gsm,
    pub(crate) force_3d: Option<bool>,
    pub(crate) phone_verified_by_merchant: Option<bool>,
}

impl OpenSession {
    /// A session for one customer: the merchant's reference for it, the merchant's name for the
    /// customer, and the customer's number.
    pub fn new(reference: impl Into<String>, user: impl Into<String>, gsm: Gsm) -> Self {
        Self {
            reference: reference.into(),
            user: user.into(),
            gsm,
            force_3d: None,
            phone_verified_by_merchant: None,
        }
    }

    /// Says whether 3-D Secure is wanted in any case (`Force3D`). Left out unless told.
    pub fn force_3d(mut self, force: bool) -> Self {
        self.force_3d = Some(force);
        self
    }

    /// Says whether the merchant has verified the number (`PhoneVerifiedByMerchant`). Left out
    /// unless told.
    pub fn phone_verified_by_merchant(mut self, verified: bool) -> Self {
        self.phone_verified_by_merchant = Some(verified);
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        for (field, text) in [("reference", &self.reference), ("user", &self.user)] {
            if text.trim().is_empty() {
                return Err(Error::invalid_input(field, "is empty").with_provider(PROVIDER));
            }
            if text.chars().any(char::is_control) {
                let why = "holds a control character";
                return Err(Error::invalid_input(field, why).with_provider(PROVIDER));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for OpenSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Merchants use numbers and addresses as names for their customers.
        f.debug_struct("OpenSession")
            .field("gsm", &self.gsm)
            .field("force_3d", &self.force_3d)
            .field(
                "phone_verified_by_merchant",
                &self.phone_verified_by_merchant,
            )
            .finish_non_exhaustive()
    }
}

/// A session was opened.
#[derive(Clone, Debug)]
pub struct SessionOpened {
    pub(crate) session: SessionId,
    pub(crate) expiry: Option<(SystemTime, Duration)>,
}

impl SessionOpened {
    /// The session, for [`link_account`](crate::PaywallMasterpass::link_account).
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// When it expires, by the provider's clock, where the provider says so readably. A time
    /// without an offset is taken for Istanbul's.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expiry.map(|(at, _)| at)
    }

    /// How long until it expires, counted from the provider's answer.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expiry.map(|(_, remaining)| remaining)
    }
}

/// An account is about to be linked: a code is on its way to the customer.
#[derive(Clone)]
pub struct AccountLink {
    pub(crate) challenge: OtpChallenge,
    pub(crate) sender: CodeSender,
    pub(crate) reference: Option<String>,
    pub(crate) card_issuer: Option<String>,
    pub(crate) masked_pan: Option<String>,
}

impl AccountLink {
    /// The challenge to verify, or to resend.
    pub fn challenge(&self) -> &OtpChallenge {
        &self.challenge
    }

    /// Who sends the code.
    pub fn sender(&self) -> CodeSender {
        self.sender
    }

    /// The provider's reference (`RetrievalReferenceNumber`).
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// The bank of the card that the code belongs to.
    pub fn card_issuer(&self) -> Option<&str> {
        self.card_issuer.as_deref()
    }

    /// The card's number as the provider masked it.
    pub fn masked_pan(&self) -> Option<&str> {
        self.masked_pan.as_deref()
    }
}

impl fmt::Debug for AccountLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountLink")
            .field("challenge", &self.challenge)
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}
