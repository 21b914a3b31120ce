//! What a call does besides HTTP, each part alone.

use std::hint::black_box;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use onay::guard::{Guarded, MemoryStore};
use onay::paytr_link::{Credentials, Signed, verify_callback};
use onay::{OtpChallenge, OtpSender, PhoneNumber, SessionId};
use onay_testkit::NullSender;

use super::Failure;
use super::by_hand::{token, token_key};
use super::clients::credentials;
use super::wire::{LINK, LINK_PHONE};

const TOKEN: &str = "i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT/AVfcfL94=";
/// As PayTR sends it; the hash is right for the merchant of the calls.
const CALLBACK: &[u8] = b"callback_id=ORDER0001&merchant_oid=PT123456789&status=success\
    &total_amount=3456&payment_amount=3456&payment_type=card&currency=TL&merchant_id=123456\
    &test_mode=1&hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D";
/// When a recipient's turn comes again, its wait is long over.
const RECIPIENTS: usize = 10_000;

/// What the parts need, made once.
pub(crate) struct Parts {
    credentials: Credentials,
    guard: Guarded<NullSender, MemoryStore>,
    challenges: Vec<OtpChallenge>,
    next: AtomicUsize,
}

/// A part: its name, and the part itself, which says whether its result is right.
pub(crate) type Part = (&'static str, fn(&Parts) -> bool);

pub(crate) const PARTS: [Part; 5] = [
    ("`PhoneNumber::parse(\"0 (555) 000 00 42\")`", |_| {
        PhoneNumber::parse(black_box("0 (555) 000 00 42"))
            .is_ok_and(|n| n.msisdn() == "905550000042")
    }),
    ("PayTR token by `Signed::token`", |parts| {
        let (id, cell_phone) = (black_box(LINK), LINK_PHONE);
        Signed::SendSms { id, cell_phone }.token(&parts.credentials) == TOKEN
    }),
    ("PayTR token by hand: HMAC with a new key, base64", |_| {
        token_key().is_ok_and(|key| token(key) == TOKEN)
    }),
    ("`verify_callback`, 10 fields", |parts| {
        let payment = verify_callback(black_box(CALLBACK), &parts.credentials);
        payment.is_ok_and(|payment| payment.total_amount() == 3456)
    }),
    ("guard with `MemoryStore`, around `NullSender`", |parts| {
        let next = parts.next.fetch_add(1, Ordering::Relaxed) % RECIPIENTS;
        parts.challenges.get(next).is_some_and(|challenge| {
            let sent = pin!(parts.guard.send_otp(challenge));
            // Nothing in it waits: the first poll is the last.
            let polled = sent.poll(&mut Context::from_waker(Waker::noop()));
            matches!(polled, Poll::Ready(Ok(_)))
        })
    }),
];

impl Parts {
    pub(crate) fn new() -> Result<Self, Failure> {
        let session = SessionId::parse("s-1")?;
        let challenge = |number| {
            let phone = PhoneNumber::parse(&format!("0555000{number:04}"))?;
            Ok(OtpChallenge::for_phone(session.clone(), phone))
        };
        let guard = Guarded::builder(NullSender, MemoryStore::new())
            .scope("bench")
            .secret(b"a-secret-for-tests")
            .minimum_wait(Duration::from_millis(1));
        let challenges: Result<_, Failure> = (0..RECIPIENTS).map(challenge).collect();
        Ok(Self {
            credentials: credentials()?,
            guard: guard.build()?,
            challenges: challenges?,
            next: AtomicUsize::new(0),
        })
    }
}
