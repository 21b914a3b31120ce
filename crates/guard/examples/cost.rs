//! Sends messages through a guard with its store in memory, for counting what each of them costs.
//!
//! Run it twice under `valgrind --tool=callgrind` (instructions) or `--tool=memcheck` (allocations),
//! with 1000 and with 2000 messages; the difference is what 1000 cost. The first argument is
//! `plain`, `sent` (other customers) or `held` (the same one again and again).

use std::time::Duration;

use onay_core::{Error, OtpChallenge, OtpSender, OtpSent, PhoneNumber, SessionId, async_trait};
use onay_guard::{Guarded, MemoryStore};

#[derive(Debug)]
struct Yes;

#[async_trait]
impl OtpSender for Yes {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        Ok(OtpSent::new(challenge.clone()))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "sent".to_owned());
    let count = arguments.next().and_then(|text| text.parse().ok());
    let day = Duration::from_secs(24 * 60 * 60);
    let guarded = Guarded::builder(Yes, MemoryStore::new())
        .scope("cost")
        .secret(b"nothing here is secret")
        .limit(5, day)
        .caller_limit(10_000, day)
        .build()?;
    let session = SessionId::parse("order-1")?;
    for number in 0..count.unwrap_or(1000_u32) {
        let number = if what == "held" { 0 } else { number };
        let phone = PhoneNumber::parse(&format!("0555{number:07}"))?;
        let challenge = OtpChallenge::for_phone(session.clone(), phone).for_caller("203.0.113.7");
        // Of those that are held each but the first is an error.
        let _ = match what.as_str() {
            "plain" => Yes.send_otp(&challenge).await,
            _ => guarded.send_otp(&challenge).await,
        };
    }
    Ok(())
}
