//! The codes of one order: which number gets one, and when another may be asked for.

use std::time::{Duration, Instant};

use onay::{Delivery, Error, ErrorKind, Gsm, OtpChallenge, OtpSent, OtpVerified, SessionId};

use crate::notice::Notice;
use crate::shop::log;

/// How long a message that may be on its way gets before another is offered.
const PATIENCE: Duration = Duration::from_secs(60);

/// The OTP conversations of one order, at most one for each number.
#[derive(Default)]
pub(crate) struct Conversations {
    /// The last one is the one that the page is about.
    all: Vec<Conversation>,
    /// How many there ever were. Each has a session of its own.
    opened: u32,
    /// Whether the provider is being asked for something, and has not answered.
    is_busy: bool,
}

/// One OTP conversation. It stays in the shop; the page shows the masked number.
pub(crate) struct Conversation {
    challenge: OtpChallenge,
    pub(crate) gsm: Gsm,
    /// Whether a code is with the customer, or may be.
    pub(crate) is_asked: bool,
    /// Whether its codes are used up. The next code belongs to a new conversation.
    pub(crate) is_over: bool,
    resend_at: Option<Instant>,
}

impl Conversations {
    pub(crate) fn current(&self) -> Option<&Conversation> {
        self.all.last()
    }

    /// While this holds nobody else may ask or check: a double click finds it and makes no call.
    pub(crate) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Begins to ask for a code to this number; [`was_asked`](Self::was_asked) has to follow.
    pub(crate) fn ask(&mut self, order: &str, gsm: Gsm) -> Result<OtpChallenge, Notice> {
        // Where guesses are used up no other number helps: or three guesses would cost one message.
        let over = self.all.iter().filter(|card| card.is_over);
        if let Some(wait) = over.filter_map(Conversation::wait).max() {
            return Err(Notice::TooSoon(Some(wait)));
        }
        // A number that was left and comes back goes on where it was. A session per request would be
        // a message per request.
        let running = |card: &Conversation| card.gsm == gsm && !card.is_over;
        let card = match self.all.iter().position(running) {
            Some(at) => self.all.remove(at),
            None => self.open(order, gsm)?,
        };
        let (challenge, wait) = (card.challenge.clone(), card.wait());
        self.all.retain(|other| other.gsm != gsm);
        self.all.push(card);
        if wait.is_some() {
            return Err(Notice::TooSoon(wait));
        }
        self.is_busy = true;
        Ok(challenge)
    }

    /// The provider's answer to a request for a code.
    pub(crate) fn was_asked(&mut self, answer: Result<OtpSent, Error>) -> Option<Notice> {
        self.is_busy = false;
        let card = self.all.last_mut()?;
        match answer {
            Ok(sent) => {
                let notice = card.is_asked.then_some(Notice::SentAgain);
                card.is_asked = true;
                card.wait_for(sent.resend_in());
                card.challenge = sent.into_challenge();
                notice
            }
            Err(error) => {
                log(&error);
                // Too soon, or nobody can tell: the customer has a code, or may have one. Ask for it.
                // Not where the guard said so, which knows the number alone: the code that it speaks
                // of may belong to another conversation.
                if error.kind() == ErrorKind::TooSoon {
                    card.is_asked |= error.delivery() == Delivery::Refused;
                    card.wait_for(error.retry_after().or(card.wait()));
                } else if error.delivery() == Delivery::MaybeSent {
                    card.is_asked = true;
                    card.wait_for(Some(PATIENCE));
                }
                card.renew(&error);
                Some(Notice::of_sending(&error))
            }
        }
    }

    /// Begins to check a code; [`was_checked`](Self::was_checked) has to follow. `None` where there
    /// is no code to check.
    pub(crate) fn check(&mut self) -> Option<OtpChallenge> {
        let card = self
            .all
            .last()
            .filter(|card| card.is_asked && !card.is_over)?;
        self.is_busy = true;
        Some(card.challenge.clone())
    }

    /// The provider's answer to a code.
    pub(crate) fn was_checked(&mut self, answer: Result<OtpVerified, Error>) -> Result<(), Notice> {
        self.is_busy = false;
        let Err(error) = answer else { return Ok(()) };
        log(&error);
        if let Some(card) = self.all.last_mut() {
            match error.kind() {
                ErrorKind::Expired => {
                    card.is_over = true;
                    card.resend_at = None;
                }
                // Its time has to pass first: see `ask`.
                ErrorKind::LimitReached => card.is_over = true,
                _ => card.renew(&error),
            }
        }
        Err(Notice::of_checking(&error))
    }

    /// A session names the order and is never used for two numbers, nor for two conversations: a
    /// provider may take the session alone for the conversation.
    fn open(&mut self, order: &str, gsm: Gsm) -> Result<Conversation, Notice> {
        let session = SessionId::parse(&format!("{order}-{}", self.opened));
        let session = session.map_err(|_| Notice::NotSent)?;
        self.opened += 1;
        Ok(Conversation {
            challenge: OtpChallenge::for_gsm(session, gsm),
            gsm,
            is_asked: false,
            is_over: false,
            resend_at: None,
        })
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
