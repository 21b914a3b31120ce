//! What the shop knows of one customer: the order, the conversation about it, the payment link.

use std::time::{Duration, Instant};

use onay::paytr_link::CreatedLink;
use onay::{
    Delivery, Error, ErrorKind, Gsm, LinkId, OtpChallenge, OtpSent, OtpVerified, SessionId,
};

use crate::notice::Notice;
use crate::shop::log;

/// How long a message that may be on its way gets before another is offered.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the order was paid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PaidBy {
    Card,
    Link,
}

/// One customer, one order.
pub(crate) struct Visit {
    pub(crate) order: String,
    pub(crate) paid: Option<PaidBy>,
    pub(crate) card: Option<Conversation>,
    pub(crate) link: Option<PayLink>,
    pub(crate) notice: Option<Notice>,
    /// How many conversations came to their end.
    ended: u32,
}

/// One OTP conversation. It stays in the shop; the page shows the masked number.
pub(crate) struct Conversation {
    pub(crate) challenge: OtpChallenge,
    pub(crate) gsm: Gsm,
    /// Whether a code is with the customer, or may be.
    pub(crate) is_asked: bool,
    /// Whether its codes are used up. The next code belongs to a new conversation.
    pub(crate) is_over: bool,
    resend_at: Option<Instant>,
}

/// A payment link that is being made, or was.
pub(crate) struct PayLink {
    pub(crate) gsm: Gsm,
    pub(crate) created: Option<CreatedLink>,
    /// Shown for as long as the page waits.
    pub(crate) notice: Option<Notice>,
}

impl Visit {
    pub(crate) fn new(order: String) -> Self {
        Self {
            order,
            paid: None,
            card: None,
            link: None,
            notice: None,
            ended: 0,
        }
    }

    /// Whether the customer has only looked so far.
    pub(crate) fn is_untouched(&self) -> bool {
        self.paid.is_none() && self.card.is_none() && self.link.is_none()
    }

    /// The order is paid. A real shop ships now, and gives money back that came twice.
    pub(crate) fn pay(&mut self, by: PaidBy) {
        if self.paid.replace(by).is_some() {
            log(format_args!("order {} was paid twice", self.order));
        }
    }

    /// The challenge for a code to this number.
    ///
    /// It is kept before anybody is called, and the session is the order's own. So a double click, or
    /// a customer who goes back and forth, asks again within the same session, and the provider
    /// refuses that as too soon. A session per request would be a message per request.
    pub(crate) fn challenge_to(&mut self, gsm: Gsm) -> Result<OtpChallenge, Notice> {
        if let Some(card) = &self.card {
            if card.is_over && card.wait().is_some() {
                return Err(Notice::TooSoon(card.wait()));
            }
            if card.gsm == gsm && !card.is_over {
                return Ok(card.challenge.clone());
            }
        }
        let session = SessionId::parse(&format!("{}-{}", self.order, self.ended));
        let challenge = OtpChallenge::for_gsm(session.map_err(|_| Notice::NotSent)?, gsm);
        self.card = Some(Conversation {
            challenge: challenge.clone(),
            gsm,
            is_asked: false,
            is_over: false,
            resend_at: None,
        });
        Ok(challenge)
    }

    /// The provider's answer to a request for a code.
    pub(crate) fn code_was_asked_for(
        &mut self,
        asked: &OtpChallenge,
        answer: Result<OtpSent, Error>,
    ) {
        // The customer may have chosen another number meanwhile.
        let card = self.card.as_mut().filter(|card| card.challenge == *asked);
        let Some(card) = card else { return };
        match answer {
            Ok(sent) => {
                self.notice = card.is_asked.then_some(Notice::SentAgain);
                card.is_asked = true;
                card.wait_for(sent.resend_in());
                card.challenge = sent.into_challenge();
            }
            Err(error) => {
                log(&error);
                self.notice = Some(Notice::of_sending(&error));
                // Too soon, or nobody can tell: the customer has a code, or may have one. Ask for it.
                if error.kind() == ErrorKind::TooSoon {
                    card.is_asked = true;
                    card.wait_for(error.retry_after().or(card.wait()));
                } else if error.delivery() == Delivery::MaybeSent {
                    card.is_asked = true;
                    card.wait_for(Some(PATIENCE));
                }
                card.renew(&error);
            }
        }
    }

    /// The provider's answer to a code. Gives the link that has to go, because the order is paid.
    pub(crate) fn code_was_checked(
        &mut self,
        asked: &OtpChallenge,
        answer: Result<OtpVerified, Error>,
    ) -> Option<LinkId> {
        match answer {
            // Approved. A real shop charges the card now, and the order is paid when that is done.
            Ok(_) => {
                self.pay(PaidBy::Card);
                let link = self.link.as_ref()?.created.as_ref()?;
                Some(link.id().clone())
            }
            Err(error) => {
                log(&error);
                let card = self.card.as_mut().filter(|card| card.challenge == *asked)?;
                self.notice = Some(Notice::of_checking(&error));
                match error.kind() {
                    ErrorKind::Expired => card.resend_at = None,
                    // Its time has to pass first: or every three guesses would cost one message.
                    ErrorKind::LimitReached => {}
                    _ => {
                        card.renew(&error);
                        return None;
                    }
                }
                card.is_over = true;
                self.ended += 1;
                None
            }
        }
    }
}

impl Conversation {
    /// How long until another code may be asked for, if that is still ahead.
    pub(crate) fn wait(&self) -> Option<Duration> {
        let wait = self.resend_at?.saturating_duration_since(Instant::now());
        (!wait.is_zero()).then_some(wait)
    }

    fn wait_for(&mut self, wait: Option<Duration>) {
        self.resend_at = wait.and_then(|wait| Instant::now().checked_add(wait));
    }

    /// Some providers renew the challenge with a refusal.
    fn renew(&mut self, error: &Error) {
        if let Some(next) = error.challenge() {
            self.challenge = next.clone();
        }
    }
}
