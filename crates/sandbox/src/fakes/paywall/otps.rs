//! `Otps` are the sessions of one tenant, and the tokens of its OTPs under way.

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::fidelity::{LIFETIME, RESEND_WAIT, RESENDS_ALLOWED, WRONG_CODES_ALLOWED};
use super::identifier::{otp, token};
use super::session::{Customer, Sessions};
use crate::fake::{Bounded, State};
use crate::random::{draw_other_than, source};

/// The OTPs of one tenant.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Otps {
    /// Of their own, so that the codes do not depend on how many ids are drawn in between.
    #[serde(with = "source")]
    codes: Rng,
    #[serde(with = "source")]
    pub(super) identifiers: Rng,
    pub(super) sessions: Sessions,
    by_token: Bounded<String, Otp>,
}

impl State for Otps {
    fn kept(&self) -> usize {
        self.sessions.kept() + self.by_token.len()
    }

    fn oldest(&self) -> Option<u64> {
        let oldest = [self.sessions.oldest(), self.by_token.oldest()];
        oldest.into_iter().flatten().min()
    }

    fn drop_oldest(&mut self) {
        let oldest = self.oldest();
        if self.by_token.oldest() == oldest {
            self.by_token.drop_oldest();
        } else {
            self.sessions.drop_oldest();
        }
    }

    fn export(&self) -> Option<serde_json::Value> {
        serde_json::to_value(self).ok()
    }
}

impl Otps {
    pub(super) fn new(mut random: Rng) -> Self {
        Self {
            identifiers: random.fork(),
            codes: random,
            sessions: Sessions::default(),
            by_token: Bounded::default(),
        }
    }

    /// Makes the next call of a session renew it. False where no call could.
    pub(super) fn renew_session(&mut self, id: &str) -> bool {
        self.sessions.renew(id)
    }

    /// Sends a first code.
    pub(super) fn start(&mut self, customer: Customer, now: Timestamp) -> Sent {
        let code = otp(&mut self.codes);
        self.send(customer, code, 0, now)
    }

    /// Goes on with a new code under a new token, after which the old one is invalid.
    pub(super) fn resend(
        &mut self,
        customer: Customer,
        old_token: &str,
        now: Timestamp,
    ) -> Result<Sent, TokenProblem> {
        let old = running(&mut self.by_token, customer, old_token, now)?;
        if old.resends >= RESENDS_ALLOWED {
            return Err(TokenProblem::LimitReached);
        }
        let waited = now.duration_since(old.sent_at);
        let wait = SignedDuration::try_from(RESEND_WAIT).unwrap_or_default();
        if waited < wait {
            // A fraction of a second has to be waited for too.
            let seconds = (wait - waited + SignedDuration::from_nanos(999_999_999)).as_secs();
            return Err(TokenProblem::TooEarly { seconds });
        }
        self.replace(customer, old_token, 1, now)
    }

    /// Gives the OTP another token, after which the old one is invalid. The code stays.
    pub(super) fn rotate(
        &mut self,
        customer: Customer,
        old_token: &str,
        now: Timestamp,
    ) -> Result<String, TokenProblem> {
        let old = running(&mut self.by_token, customer, old_token, now)?;
        let rotated = old.clone();
        old.state = Stage::Replaced;
        let token = token(&mut self.identifiers);
        self.by_token.put(token.clone(), rotated);
        Ok(token)
    }

    /// Sends another code under another token, however soon and often, after which the old one is
    /// dead.
    pub(super) fn send_another(
        &mut self,
        customer: Customer,
        old_token: &str,
        now: Timestamp,
    ) -> Result<Sent, TokenProblem> {
        self.replace(customer, old_token, 0, now)
    }

    /// Sends another code under another token, counted as so many resends more.
    fn replace(
        &mut self,
        customer: Customer,
        old_token: &str,
        more: u8,
        now: Timestamp,
    ) -> Result<Sent, TokenProblem> {
        let old = running(&mut self.by_token, customer, old_token, now)?;
        old.state = Stage::Replaced;
        let resends = old.resends + more;
        let code = draw_other_than(Some(&old.code), || otp(&mut self.codes));
        Ok(self.send(customer, code, resends, now))
    }

    /// Compares a code with the one that was sent. The right one is right once.
    pub(super) fn verify(
        &mut self,
        customer: Customer,
        token: &str,
        code: &str,
        for_link: bool,
        now: Timestamp,
    ) -> Result<(), TokenProblem> {
        let otp = running(&mut self.by_token, customer, token, now)?;
        if !for_link {
            Err(TokenProblem::NotForLink)
        } else if otp.code == code {
            otp.state = Stage::Used;
            Ok(())
        } else {
            otp.wrong_codes += 1;
            Err(TokenProblem::WrongCode)
        }
    }

    fn send(&mut self, customer: Customer, code: String, resends: u8, now: Timestamp) -> Sent {
        let lifetime = SignedDuration::try_from(LIFETIME).unwrap_or_default();
        let sent = Sent {
            token: token(&mut self.identifiers),
            code,
            expires_at: now.checked_add(lifetime).unwrap_or(Timestamp::MAX),
        };
        let otp = Otp {
            customer,
            code: sent.code.clone(),
            sent_at: now,
            expires_at: sent.expires_at,
            resends,
            wrong_codes: 0,
            state: Stage::Running,
        };
        self.by_token.put(sent.token.clone(), otp);
        sent
    }
}

/// The OTP of a token, unless the token is dead or another customer's.
fn running<'otps>(
    by_token: &'otps mut Bounded<String, Otp>,
    customer: Customer,
    token: &str,
    now: Timestamp,
) -> Result<&'otps mut Otp, TokenProblem> {
    let otp = by_token.get_mut(token).ok_or(TokenProblem::Unknown)?;
    if otp.customer != customer {
        return Err(TokenProblem::OfOtherSession);
    }
    match otp.state {
        Stage::Replaced => Err(TokenProblem::Replaced),
        Stage::Used => Err(TokenProblem::Used),
        Stage::Running if otp.expires_at <= now => Err(TokenProblem::Expired),
        Stage::Running if otp.wrong_codes >= WRONG_CODES_ALLOWED => Err(TokenProblem::TooManyWrong),
        Stage::Running => Ok(otp),
    }
}

/// A code that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) token: String,
    pub(super) code: String,
    pub(super) expires_at: Timestamp,
}

/// Why a token or the code that came with it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenProblem {
    Unknown,
    OfOtherSession,
    Replaced,
    Used,
    Expired,
    TooManyWrong,
    TooEarly { seconds: i64 },
    LimitReached,
    NotForLink,
    WrongCode,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Otp {
    customer: Customer,
    code: String,
    sent_at: Timestamp,
    expires_at: Timestamp,
    resends: u8,
    wrong_codes: u8,
    state: Stage,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Stage {
    Running,
    Replaced,
    Used,
}
