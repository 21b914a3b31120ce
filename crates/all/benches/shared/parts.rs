//! What a call does besides HTTP, each part alone.

use std::hint::black_box;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use onay::guard::{Guarded, MemoryStore};
use onay::http::Object;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink, Signed, verify_callback};
use onay::paywall_masterpass::{Keys, PaywallMasterpass};
use onay::{OtpChallenge, OtpSender, PhoneNumber, SessionId};
use onay_testkit::NullSender;
use serde::Deserialize;

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

/// A long list in an answer, of which the items are read or not.
#[derive(Deserialize)]
struct Long {
    status: String,
}

#[derive(Deserialize)]
struct LongList {
    status: String,
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    id: String,
}

/// What the parts need, made once.
pub(crate) struct Parts {
    credentials: Credentials,
    paynet: Paynet,
    masterpass: PaywallMasterpass,
    paytr: PaytrLink,
    /// 100 kB, one of them as a text of an unread field, one as a list of objects.
    long_text: String,
    long_list: String,
    guard: Guarded<NullSender, MemoryStore>,
    challenges: Vec<OtpChallenge>,
    next: AtomicUsize,
}

/// A part: its name, and the part itself, which says whether its result is right.
pub(crate) type Part = (&'static str, fn(&Parts) -> bool);

pub(crate) const PARTS: [Part; 14] = [
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
    ("another Paynet merchant on the same pool", |parts| {
        let key = SecretKey::parse("sck_test_another");
        key.and_then(|key| parts.paynet.with_credentials(&key))
            .map(leak)
            .is_ok()
    }),
    ("another Masterpass merchant on the same pool", |parts| {
        let keys = Keys::parse("test-key-another", "test-client-another");
        keys.and_then(|keys| parts.masterpass.with_credentials(&keys))
            .map(leak)
            .is_ok()
    }),
    ("another PayTR merchant on the same pool", |parts| {
        let credentials = Credentials::parse("100002", "test-key-another", "test-salt-another");
        credentials
            .and_then(|credentials| parts.paytr.with_credentials(&credentials))
            .map(leak)
            .is_ok()
    }),
    ("100 kB with a long text beside what is read", |parts| {
        let object = Object::parse(black_box(&parts.long_text));
        object.is_some_and(|object| object.text("status").value().as_deref() == Some("success"))
    }),
    ("the same by hand: `#[derive(Deserialize)]`", |parts| {
        let bytes = black_box(parts.long_text.as_bytes());
        serde_json::from_slice::<Long>(bytes).is_ok_and(|long| long.status == "success")
    }),
    ("100 kB with a long list beside what is read", |parts| {
        let object = Object::parse(black_box(&parts.long_list));
        object.is_some_and(|object| object.text("status").value().as_deref() == Some("success"))
    }),
    ("the same by hand: `#[derive(Deserialize)]`", |parts| {
        let bytes = black_box(parts.long_list.as_bytes());
        serde_json::from_slice::<Long>(bytes).is_ok_and(|long| long.status == "success")
    }),
    ("100 kB, its list read item by item", |parts| {
        let object = Object::parse(black_box(&parts.long_list));
        let links = object.and_then(|object| object.list("links").value());
        let ids = links.into_iter().flatten().map(|link| {
            let link = link.object().value()?;
            link.text("id").value().map(std::borrow::Cow::into_owned)
        });
        let ids: Option<Vec<String>> = ids.collect();
        ids.is_some_and(|ids| ids.len() == LINKS)
    }),
    ("the same by hand: `#[derive(Deserialize)]`", |parts| {
        let bytes = black_box(parts.long_list.as_bytes());
        serde_json::from_slice::<LongList>(bytes).is_ok_and(|long| {
            let ids: Vec<String> = long.links.into_iter().map(|link| link.id).collect();
            long.status == "success" && ids.len() == LINKS
        })
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

/// As many as one list may have.
const LINKS: usize = 1_000;

/// Kept, as a shop keeps a client for each of its merchants.
fn leak<T>(client: T) {
    let _ = black_box(Box::leak(Box::new(client)));
}

impl Parts {
    pub(crate) fn new() -> Result<Self, Failure> {
        let base = "http://127.0.0.1:9";
        let item = |id: usize| format!(r#"{{"id":"NB2Zlz3{id:04}","name":"{}"}}"#, "b".repeat(68));
        let items: Vec<String> = (0..LINKS).map(item).collect();
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
            paynet: Paynet::builder()
                .secret_key(SecretKey::parse("sck_test_demo")?)
                .base_url(base.parse()?)
                .build()?,
            masterpass: PaywallMasterpass::builder()
                .keys(Keys::parse("test-private-key", "test-private-client")?)
                .base_url(base.parse()?)
                .build()?,
            paytr: PaytrLink::builder()
                .credentials(credentials()?)
                .base_url(base.parse()?)
                .build()?,
            long_text: format!(r#"{{"note":"{}","status":"success"}}"#, "b".repeat(100_000)),
            long_list: format!(r#"{{"links":[{}],"status":"success"}}"#, items.join(",")),
            guard: guard.build()?,
            challenges: challenges?,
            next: AtomicUsize::new(0),
        })
    }
}
