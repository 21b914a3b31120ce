//! What a call does besides HTTP, alone: so many times in a row.

use std::hint::black_box;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use onay::Gsm;
use onay::paytr_link::{Credentials, Signed, verify_callback};
use sha2::Sha256;

use crate::calls::{self, Failure};
use crate::clients::by_hand;
use crate::drive::{Measured, cpu_time, nanoseconds};

/// As PayTR sends it; the hash is right for the merchant of the calls.
const CALLBACK: &[u8] = b"callback_id=ORDER0001&merchant_oid=PT123456789&status=success\
    &total_amount=3456&payment_amount=3456&payment_type=card&currency=TL&merchant_id=123456\
    &test_mode=1&hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D";

/// A small thing that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Micro {
    /// `Gsm::parse` of a number as people write it.
    GsmParse,
    /// `Signed::token`: takes the key anew, as whoever has no client does.
    Token,
    /// The same bytes signed with a new key, as the samples do.
    TokenByHand,
    /// The least: the same bytes, in one piece, with a key that was prepared.
    TokenBare,
    /// `verify_callback`.
    Callback,
}

impl Micro {
    pub(crate) const ALL: [Self; 5] = [
        Self::GsmParse,
        Self::Token,
        Self::TokenByHand,
        Self::TokenBare,
        Self::Callback,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GsmParse => "gsm_parse",
            Self::Token => "token",
            Self::TokenByHand => "token_by_hand",
            Self::TokenBare => "token_bare",
            Self::Callback => "callback",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::GsmParse => "`Gsm::parse(\"0 (555) 000 00 42\")`",
            Self::Token => "PayTR token by `Signed::token`, key taken anew",
            Self::TokenByHand => "the same by hand: text joined, HMAC with a new key, base64",
            Self::TokenBare => "the least: prepared HMAC over the same bytes, base64",
            Self::Callback => "`verify_callback`, 10 fields",
        }
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|micro| micro.name() == name)
    }

    /// Does it so many times.
    pub(crate) fn run(self, times: u64) -> Result<Measured, Failure> {
        let credentials = Credentials::parse(
            calls::MERCHANT_ID,
            calls::MERCHANT_KEY,
            calls::MERCHANT_SALT,
        )?;
        match self {
            Self::GsmParse => repeat(times, || {
                let gsm = Gsm::parse(black_box("0 (555) 000 00 42"))?;
                Ok(gsm.national() == "5550000042")
            }),
            Self::Token => repeat(times, || {
                let signed = Signed::SendSms {
                    id: black_box(calls::LINK),
                    cell_phone: calls::LINK_PHONE,
                };
                Ok(signed.token(&credentials) == calls::NOTIFY_TOKEN)
            }),
            Self::TokenByHand => repeat(times, || {
                let token = by_hand::token(black_box(calls::LINK), calls::LINK_PHONE)?;
                Ok(token == calls::NOTIFY_TOKEN)
            }),
            Self::TokenBare => {
                let key = Hmac::<Sha256>::new_from_slice(calls::MERCHANT_KEY.as_bytes())?;
                repeat(times, || {
                    let mut hmac = black_box(&key).clone();
                    hmac.update(black_box(calls::NOTIFY_SIGNED.as_bytes()));
                    let token = STANDARD.encode(hmac.finalize().into_bytes());
                    Ok(token == calls::NOTIFY_TOKEN)
                })
            }
            Self::Callback => repeat(times, || {
                let payment = verify_callback(black_box(CALLBACK), &credentials)?;
                Ok(payment.total_amount() == 3456)
            }),
        }
    }
}

fn repeat(times: u64, mut act: impl FnMut() -> Result<bool, Failure>) -> Result<Measured, Failure> {
    let (began, cpu) = (Instant::now(), cpu_time());
    for _ in 0..times {
        if !black_box(act()?) {
            return Err("it does not come to what it has to".into());
        }
    }
    let (wall, cpu) = (began.elapsed(), cpu_time().saturating_sub(cpu));
    let mean = nanoseconds(wall) / times.max(1);
    Ok(Measured {
        calls: times,
        wall_ns: nanoseconds(wall),
        cpu_ns: nanoseconds(cpu),
        p50_ns: mean,
        p99_ns: mean,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_does_what_it_says() {
        for micro in Micro::ALL {
            assert_eq!(Micro::find(micro.name()), Some(micro));
            let measured = micro.run(3).expect("done");
            assert_eq!(measured.calls, 3, "{micro:?}");
        }
    }
}
