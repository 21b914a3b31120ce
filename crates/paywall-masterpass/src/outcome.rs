//! What a resend and a check come to, with what only this provider says.

use std::fmt;

use onay_core::{OtpChallenge, OtpSent, OtpVerified};

use crate::session::CodeSender;

/// The answer to [`resend`](crate::PaywallMasterpass::resend).
#[derive(Clone, Debug)]
pub struct Resent {
    pub(crate) sent: OtpSent,
    pub(crate) sender: Option<CodeSender>,
}

impl Resent {
    /// The challenge to use from now on; the token before it is dead.
    pub fn challenge(&self) -> &OtpChallenge {
        self.sent.challenge()
    }

    /// Who sends the code. `None` when Masterpass said `0000`: done, and no new code was named.
    pub fn sender(&self) -> Option<CodeSender> {
        self.sender
    }

    /// The provider's reference (`RetrievalReferenceNumber`).
    pub fn reference(&self) -> Option<&str> {
        self.sent.reference()
    }

    /// The part that every provider has.
    pub fn into_sent(self) -> OtpSent {
        self.sent
    }
}

/// The answer to [`verify`](crate::PaywallMasterpass::verify): approved.
#[derive(Clone)]
pub struct Verified {
    pub(crate) verified: OtpVerified,
    pub(crate) card_unique_number: Option<String>,
}

impl Verified {
    /// The challenge to use from now on.
    pub fn challenge(&self) -> &OtpChallenge {
        self.verified.challenge()
    }

    /// The provider's reference (`RetrievalReferenceNumber`).
    pub fn reference(&self) -> Option<&str> {
        self.verified.reference()
    }

    /// Masterpass's name for the card (`CardUniqueNumber`), where it gives one.
    pub fn card_unique_number(&self) -> Option<&str> {
        self.card_unique_number.as_deref()
    }

    /// The part that every provider has.
    pub fn into_verified(self) -> OtpVerified {
        self.verified
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("verified", &self.verified)
            .finish_non_exhaustive()
    }
}
