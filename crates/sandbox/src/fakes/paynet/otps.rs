//! `Otps` are the OTPs that one tenant has under way.

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::code::draw_otp;
use super::fidelity::{LIFETIME, WRONG_CODES_ALLOWED};
use crate::fake::{Bounded, State};
use crate::number::MobileNumber;
use crate::random::{draw_other_than, source};

/// The OTPs of one tenant.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Otps {
    #[serde(with = "source")]
    random: Rng,
    by_key: Bounded<Key, Otp>,
}

impl State for Otps {
    fn kept(&self) -> usize {
        self.by_key.len()
    }

    fn oldest(&self) -> Option<u64> {
        self.by_key.oldest()
    }

    fn drop_oldest(&mut self) {
        self.by_key.drop_oldest();
    }

    fn export(&self) -> Option<serde_json::Value> {
        serde_json::to_value(self).ok()
    }
}

impl Otps {
    pub(super) fn new(random: Rng) -> Self {
        Self {
            random,
            by_key: Bounded::default(),
        }
    }

    /// Sends a new code, unless one is running.
    pub(super) fn send(&mut self, key: Key, now: Timestamp) -> Sent {
        let earlier = self.by_key.get(&key);
        if let Some(running) = earlier.filter(|earlier| now < earlier.expires_at) {
            return Sent::StillRunning {
                expires_at: running.expires_at,
            };
        }
        let earlier_code = earlier.map(|earlier| earlier.code.clone());
        let code = draw_other_than(earlier_code.as_deref(), || draw_otp(&mut self.random));
        let lifetime = SignedDuration::try_from(LIFETIME).unwrap_or_default();
        let expires_at = now.checked_add(lifetime).unwrap_or(Timestamp::MAX);
        let otp = Otp {
            code: code.clone(),
            expires_at,
            wrong_codes: 0,
            used: false,
        };
        self.by_key.put(key, otp);
        Sent::New { code, expires_at }
    }

    /// Compares a code with the one that was sent. The right one is right once.
    pub(super) fn check(&mut self, key: &Key, code: &str, now: Timestamp) -> Checked {
        let Some(otp) = self.by_key.get_mut(key) else {
            return Checked::NeverSent;
        };
        if otp.expires_at <= now {
            Checked::Expired
        } else if otp.used {
            Checked::Used
        } else if otp.wrong_codes >= WRONG_CODES_ALLOWED {
            Checked::TooManyWrong
        } else if otp.code == code {
            otp.used = true;
            Checked::Right
        } else {
            otp.wrong_codes += 1;
            Checked::Wrong {
                in_case_alone: otp.code.eq_ignore_ascii_case(code),
            }
        }
    }
}

/// Which OTP is meant. A session may be as long as a body, so its digest stands for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Key {
    session: [u8; 32],
    number: MobileNumber,
}

impl Key {
    pub(super) fn new(session: &str, number: MobileNumber) -> Self {
        Self {
            session: Sha256::digest(session.as_bytes()).into(),
            number,
        }
    }
}

/// What came of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    New { code: String, expires_at: Timestamp },
    StillRunning { expires_at: Timestamp },
}

/// What came of checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    Right,
    Wrong { in_case_alone: bool },
    TooManyWrong,
    Used,
    Expired,
    NeverSent,
}

#[derive(Debug, Serialize, Deserialize)]
struct Otp {
    code: String,
    expires_at: Timestamp,
    wrong_codes: u8,
    used: bool,
}
