//! The messages that a Turkish payment waits for: sent at most once, checked without surprises.
//!
//! Onay (Turkish: approval) sends a customer the one-time password of a card payment and checks
//! what they type. Each provider is a feature; none is on by default.
//!
//! | feature | brings |
//! |---|---|
//! | `paynet` | [Paynet](paynet) card OTP: send, check |
//! | `paywall-masterpass` | Masterpass OTP through [Paywall](paywall_masterpass): session, account link, send, verify |
//! | `paytr-link` | payment links through [PayTR](paytr_link): create, send, delete, callback |
//! | `paytr-link-axum` | the same, and its callbacks as extractors of axum |
//! | `guard` | [stops](guard) a second message to the same customer, in memory |
//! | `guard-redis` | the same on many machines, with the state in Redis |
//! | `guard-redis-rustls` | `rediss://` addresses, by the rustls crypto provider that your program installs |
//! | `full` | every provider, and `guard` |
//! | `rustls` (default), `rustls-ring`, `native-tls` | TLS for the providers that are on: the first of them that is on; see [`http`](http#features) |
//! | `bundled-roots` | certificates compiled in, for images without a store of them |
//! | `serde` | an [`OtpChallenge`] and an [`OtpSent`] that can be stored between two requests |
//!
//! The traits [`OtpSender`], [`OtpVerifier`] and [`LinkNotifier`], their types and the one
//! [`Error`] are at the root; each provider is a module of its own.
#![cfg_attr(
    feature = "full",
    doc = "\nThe [guides](guide) go from the first OTP in the sandbox to the live service."
)]
#![cfg_attr(
    feature = "paynet",
    doc = r#"
```
use onay::paynet::{Paynet, SecretKey};
use onay::{NextStep, OtpChallenge, OtpCode, OtpSender, OtpVerifier, PhoneNumber, SessionId};

# #[tokio::main(flavor = "current_thread")]
# async fn main() -> Result<(), Box<dyn std::error::Error>> {
# let sandbox = onay_sandbox::Sandbox::start().await?;
# let address = sandbox.paynet_url();
let paynet = Paynet::builder()
    .secret_key(SecretKey::parse("sck_test_demo")?)
    .base_url(address.parse()?) // or .environment(Environment::Test)
    .build()?;

let challenge = OtpChallenge::for_phone(
    SessionId::parse("order-1")?,
    PhoneNumber::parse("0555 000 00 42")?,
);
let sent = paynet.send_otp(&challenge).await?;

# let typed = sandbox.messages()[0].otp().ok_or("no code")?.to_owned();
match paynet.verify_otp(sent.challenge(), &OtpCode::parse(&typed)?).await {
    Ok(_) => println!("approved"),
    Err(error) if error.next_step() == NextStep::AskAgain => println!("please try again"),
    Err(error) => return Err(error.into()),
}
# Ok(())
# }
```
"#
)]
//!
//! # After a failure
//!
//! [`Error::next_step`] says what a checkout does now, so that no shop copies a table of kinds:
//! ask for the code [again](NextStep::AskAgain), [await](NextStep::AwaitCode) the one that is out,
//! [retry](NextStep::Retry), [start over](NextStep::StartOver), send the customer
//! [elsewhere](NextStep::Act), or bring it to a [developer](NextStep::Fix) or a
//! [person](NextStep::Escalate).
//!
//! [`Error::dispatch`] answers the question behind it: did a message go out?
//!
//! - [`NotSent`](Dispatch::NotSent): certainly not. Sending again is safe.
//! - [`MaybeSent`](Dispatch::MaybeSent): it cannot be known. Ask the customer for the code before
//!   you send another.
//! - [`Refused`](Dispatch::Refused): the provider read it and said no;
//!   [`Error::kind`] and [`Error::code`] say why.
//!
//! # Examples
//!
//! In the folder `examples`, each on a sandbox of its own: `checkout` is a shop that is paid by card
//! with an OTP or by a payment link, `swap_providers` one function that two providers serve, and
//! `blocking` calls from code that is not async. For the tests of a checkout, `onay-testkit` has
//! providers that answer what the test wrote down.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub use onay_core::{
    Bilingual, CodeRow, CodeTable, Dispatch, Effect, EmailAddress, Error, ErrorKind, Grade,
    Language, LinkAccepted, LinkId, LinkNotice, LinkNotifier, Meaning, NextStep, Operation,
    OtpChallenge, OtpCode, OtpProvider, OtpSender, OtpSent, OtpToken, OtpVerified, OtpVerifier,
    PhoneNumber, ProviderCode, ProviderText, Reason, Recipient, Reference, Secret, SessionId,
    Subject, TurkishMobile, Wait, WebAddress, async_trait,
};
#[cfg(feature = "guard")]
pub use onay_guard as guard;
#[cfg(any(
    feature = "paynet",
    feature = "paywall-masterpass",
    feature = "paytr-link"
))]
pub use onay_http as http;
#[cfg(feature = "paynet")]
pub use onay_paynet as paynet;
#[cfg(feature = "paytr-link")]
pub use onay_paytr_link as paytr_link;
#[cfg(feature = "paywall-masterpass")]
pub use onay_paywall_masterpass as paywall_masterpass;

// The guides link to every provider, so they are there where all of them are.
#[cfg(all(any(doc, doctest), feature = "full"))]
pub mod guide;

/// What the READMEs show compiles.
#[cfg(all(doctest, feature = "full"))]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../README.tr.md")]
struct Readmes;
