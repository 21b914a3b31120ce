//! So many messages through the guard with its store in memory, for counting what each costs.
//!
//! Run it twice under `valgrind --tool=callgrind` (instructions) or `--tool=memcheck` (allocations),
//! with 1000 and with 2000 messages; the difference is what 1000 cost. The first argument is
//! `plain`, `sent` (other customers) or `held` (the same one again and again).

use std::time::Duration;

use onay_core::{Error, Gsm, OtpChallenge, OtpSender, SessionId};
use onay_guard::{Guarded, MemoryStore};
use onay_testkit::NullSender;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "sent".to_owned());
    let count = arguments.next().and_then(|text| text.parse().ok());
    let day = Duration::from_secs(24 * 60 * 60);
    let guarded = Guarded::builder(NullSender, MemoryStore::new())
        .scope("cost")
        .secret(b"nothing here is secret")
        .limit(5, day)
        .caller_limit(10_000, day)
        .build()?;
    let session = SessionId::parse("order-1")?;
    for number in 0..count.unwrap_or(1000_u32) {
        let number = if what == "held" { 0 } else { number };
        let gsm = Gsm::parse(&format!("0555{number:07}"))?;
        let challenge = OtpChallenge::for_gsm(session.clone(), gsm);
        if what == "plain" {
            NullSender.send_otp(&challenge).await?;
            continue;
        }
        // Of those that are held each but the first is an error.
        let caller = guarded.for_caller("203.0.113.7");
        let _ = caller.send_otp(&challenge).await;
    }
    Ok(())
}
