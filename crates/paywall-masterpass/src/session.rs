//! What only Masterpass has: sessions, account links, and what its responses say beyond the traits.

use onay_core::{
    Error, OtpChallenge, OtpSent, OtpToken, OtpVerified, PhoneNumber, ProviderCode, ProviderText,
    Reason, Reference, Secret, SessionId, Wait,
};

use crate::PROVIDER;
use crate::code;

/// Challenges of account links carry this state.
const ACCOUNT_LINK: &str = "account-link";

const FOREIGN_STATE: Reason = Reason::new(
    "masterpass_foreign_state",
    "has the state of another provider",
    "başka bir sağlayıcının durumunu taşıyor",
);
const EMPTY: Reason = Reason::new("empty", "is empty", "boş");
const CONTROL: Reason = Reason::new(
    "control_character",
    "contains a control character",
    "kontrol karakteri içeriyor",
);

/// What an OTP is for. Masterpass wants to know when it belongs to an account link.
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
    /// A challenge for an OTP of this purpose, from a token that another Paywall call gave. Add the
    /// customer's number with [`OtpChallenge::with_recipient`] where it is known: a guard counts by
    /// it.
    pub fn challenge(self, session: SessionId, token: OtpToken) -> OtpChallenge {
        self.opened(session).with_token(token)
    }

    /// A challenge whose session is open and whose token is still to come.
    pub(crate) fn opened(self, session: SessionId) -> OtpChallenge {
        let challenge = OtpChallenge::new(session).with_provider(PROVIDER);
        match self {
            Self::Transaction => challenge,
            Self::AccountLink => challenge.with_state(ACCOUNT_LINK),
        }
    }

    /// The purpose that a challenge carries.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](onay_core::ErrorKind::Unsupported): the challenge belongs to another provider
    /// or has its state.
    pub fn of(challenge: &OtpChallenge) -> Result<Self, Error> {
        challenge.check_provider(PROVIDER)?;
        match challenge.state() {
            None => Ok(Self::Transaction),
            Some(ACCOUNT_LINK) => Ok(Self::AccountLink),
            Some(_) => Err(Error::unsupported("challenge", FOREIGN_STATE).with_provider(PROVIDER)),
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

impl CodeSender {
    /// Who sends, by the response code that says so.
    pub(crate) fn of(code: &ProviderCode) -> Option<Self> {
        if code.is(code::SENT_BY_BANK) {
            Some(Self::Bank)
        } else if code.is(code::SENT_BY_MASTERPASS) {
            Some(Self::Masterpass)
        } else {
            None
        }
    }
}

/// The merchant's reference for a session (`ReferenceCode`).
///
/// ```
/// use onay_paywall_masterpass::ReferenceCode;
///
/// assert!(ReferenceCode::parse("order-1").is_ok());
/// assert!(ReferenceCode::parse("").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct ReferenceCode(Secret);

impl ReferenceCode {
    /// Takes a reference.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: blank, or with a control
    /// character.
    pub fn parse(text: &str) -> Result<Self, Error> {
        printable("reference", text).map(Self)
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.expose()
    }
}

/// The merchant's own id of a customer (`UserId`). `Debug` does not show it: merchants use phone
/// numbers and e-mail addresses for it.
///
/// ```
/// use onay_paywall_masterpass::UserId;
///
/// assert!(UserId::parse("user-1").is_ok());
/// assert!(UserId::parse("user\n1").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct UserId(Secret);

impl UserId {
    /// Takes an id.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: blank, or with a control
    /// character.
    pub fn parse(text: &str) -> Result<Self, Error> {
        printable("user", text).map(Self)
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.expose()
    }
}

fn printable(argument: &'static str, text: &str) -> Result<Secret, Error> {
    let reason = if text.trim().is_empty() {
        EMPTY
    } else if text.chars().any(char::is_control) {
        CONTROL
    } else {
        return Ok(Secret::new(text));
    };
    Err(Error::invalid_input(argument, reason).with_provider(PROVIDER))
}

/// Asks for a session: page 1 of the Masterpass integration.
///
/// ```
/// use onay_core::PhoneNumber;
/// use onay_paywall_masterpass::{OpenSession, ReferenceCode, UserId};
///
/// let request = OpenSession::new(
///     ReferenceCode::parse("order-1")?,
///     UserId::parse("user-1")?,
///     PhoneNumber::parse("0555 000 00 42")?,
/// )
/// .phone_verified_by_merchant(true);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct OpenSession {
    pub(crate) reference: ReferenceCode,
    pub(crate) user: UserId,
    pub(crate) phone: PhoneNumber,
    pub(crate) force_3d: Option<bool>,
    pub(crate) phone_verified_by_merchant: Option<bool>,
}

impl OpenSession {
    /// A session for one customer.
    pub fn new(reference: ReferenceCode, user: UserId, phone: PhoneNumber) -> Self {
        Self {
            reference,
            user,
            phone,
            force_3d: None,
            phone_verified_by_merchant: None,
        }
    }

    /// Says whether 3-D Secure is wanted in any case (`Force3D`). Left out unless set.
    pub fn force_3d(mut self, force: bool) -> Self {
        self.force_3d = Some(force);
        self
    }

    /// Says whether the merchant has verified the number (`PhoneVerifiedByMerchant`). Left out
    /// unless set.
    pub fn phone_verified_by_merchant(mut self, verified: bool) -> Self {
        self.phone_verified_by_merchant = Some(verified);
        self
    }
}

/// A session was opened.
#[derive(Clone, Debug)]
pub struct SessionOpened {
    pub(crate) session: SessionId,
    pub(crate) phone: PhoneNumber,
    pub(crate) expiry: Option<Wait>,
}

impl SessionOpened {
    /// The session.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// The challenge of an account link: without a token yet, with the number that the session was
    /// opened for. [`send_otp`](onay_core::OtpSender::send_otp) on it sends the first code.
    pub fn account_link(&self) -> OtpChallenge {
        let challenge = OtpPurpose::AccountLink.opened(self.session.clone());
        challenge.with_recipient(self.phone)
    }

    /// When the session expires, where the provider says so readably. A time without an offset is
    /// taken for Istanbul's.
    pub fn expiry(&self) -> Option<&Wait> {
        self.expiry.as_ref()
    }
}

/// An account is about to be linked: a code is on its way to the customer.
#[derive(Clone, Debug)]
pub struct AccountLink {
    pub(crate) sent: OtpSent,
    pub(crate) sender: CodeSender,
    pub(crate) card_issuer: Option<ProviderText>,
    pub(crate) masked_pan: Option<ProviderText>,
}

impl AccountLink {
    /// The challenge to verify, or to resend.
    pub fn challenge(&self) -> &OtpChallenge {
        self.sent.challenge()
    }

    /// Who sends the code.
    pub fn sender(&self) -> CodeSender {
        self.sender
    }

    /// The provider's reference (`RetrievalReferenceNumber`).
    pub fn reference(&self) -> Option<&Reference> {
        self.sent.reference()
    }

    /// The bank of the card that the code belongs to.
    pub fn card_issuer(&self) -> Option<&ProviderText> {
        self.card_issuer.as_ref()
    }

    /// The card's number as the provider masked it.
    pub fn masked_pan(&self) -> Option<&ProviderText> {
        self.masked_pan.as_ref()
    }

    /// The part that every provider has.
    pub fn into_sent(self) -> OtpSent {
        self.sent
    }
}

/// The response to [`resend`](crate::PaywallMasterpass::resend).
#[derive(Clone, Debug)]
pub struct Resent {
    pub(crate) sent: OtpSent,
    pub(crate) sender: Option<CodeSender>,
}

impl Resent {
    /// The challenge to use from now on. Where it has a new token, the one before it is dead.
    pub fn challenge(&self) -> &OtpChallenge {
        self.sent.challenge()
    }

    /// Who sends the code. `None` when Masterpass said `0000`: done, and no new code was named.
    pub fn sender(&self) -> Option<CodeSender> {
        self.sender
    }

    /// The provider's reference (`RetrievalReferenceNumber`).
    pub fn reference(&self) -> Option<&Reference> {
        self.sent.reference()
    }

    /// The part that every provider has.
    pub fn into_sent(self) -> OtpSent {
        self.sent
    }
}

/// The response to [`verify`](crate::PaywallMasterpass::verify): approved.
#[derive(Clone, Debug)]
pub struct Verified {
    pub(crate) verified: OtpVerified,
    pub(crate) card_unique_number: Option<ProviderText>,
}

impl Verified {
    /// The challenge to use from now on.
    pub fn challenge(&self) -> &OtpChallenge {
        self.verified.challenge()
    }

    /// The provider's reference (`RetrievalReferenceNumber`).
    pub fn reference(&self) -> Option<&Reference> {
        self.verified.reference()
    }

    /// Masterpass's name for the card (`CardUniqueNumber`), where it gives one.
    pub fn card_unique_number(&self) -> Option<&ProviderText> {
        self.card_unique_number.as_ref()
    }

    /// The part that every provider has.
    pub fn into_verified(self) -> OtpVerified {
        self.verified
    }
}
