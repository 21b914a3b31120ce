//! The providers of payment OTPs, faked faithfully on your own machine, with an SMS inbox.
//!
//! Nothing is really sent. A client points its base URL at the sandbox and talks to it as it would
//! to the provider: a wrong key, a wrong field, a wrong, late or used code is refused in the
//! provider's own shapes, and a message that would have gone to a phone lands in the inbox instead.
//! Only the code in that message verifies, and the link in it can be paid.
//!
//! Paynet, Paywall's Masterpass and PayTR Link are faked. The credentials that a client brings are
//! its own tenant with its own inbox and clock, so tests that run side by side never meet: for
//! Paynet any `sck_test_…` key, for Paywall any two keys that are not empty. PayTR's keys sign and
//! are never sent, so its merchants are registered, but for one that is always there:
//!
//! | `merchant_id` | `merchant_key` | `merchant_salt` |
//! |---|---|---|
//! | `100001` | `sandbox-merchant-key` | `sandbox-merchant-salt` |
//!
//! It is good for nothing but the sandbox. Others come from
//! [`SandboxBuilder::paytr_merchant`], [`Sandbox::register_paytr_merchant`] or the test API, and
//! are never shown again.
//!
//! # In a test
//!
//! ```
//! use std::time::Duration;
//!
//! use onay_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! # let customer_asks_for_a_code = |base_url: String| async move {
//! #     reqwest::Client::new()
//! #         .post(format!("{base_url}/v1/card/send_otp"))
//! #         .header("authorization", "Basic sck_test_demo")
//! #         .json(&serde_json::json!({"user_gsm": "5550000042", "otp_session_id": "order-1"}))
//! #         .send()
//! #         .await
//! # };
//!
//! // Your own code, with the sandbox as Paynet's base URL.
//! customer_asks_for_a_code(sandbox.paynet_url()).await?;
//!
//! let message = sandbox.wait_for_message("0555 000 00 42", Duration::from_secs(5)).await?;
//! assert_eq!(message.to(), "+905550000042");
//! assert_eq!(message.otp().map(str::len), Some(4));
//!
//! // Three minutes later, without waiting for them: the code has run out.
//! sandbox.advance(Duration::from_secs(181));
//! assert!(message.expires_at() < Some(sandbox.now()));
//! # Ok(())
//! # }
//! ```
//!
//! A merchant's own test of a checkout (`#[tokio::test]`), whose code knows nothing of a sandbox but its
//! base URL:
//!
//! ```
//! use std::time::Duration;
//!
//! use onay_sandbox::{Fault, FaultRule, Sandbox};
//! # use serde_json::{Value, json};
//! #
//! # /// The shop's code, as it would be anywhere.
//! # struct Shop { paynet: String }
//! #
//! # impl Shop {
//! #     async fn call(&self, name: &str, body: Value) -> Result<bool, reqwest::Error> {
//! #         let call = reqwest::Client::new()
//! #             .post(format!("{}/v1/card/{name}", self.paynet))
//! #             .header("authorization", "Basic sck_test_shop")
//! #             .header("accept", "application/json")
//! #             .json(&body);
//! #         let answer: Value = call.send().await?.json().await?;
//! #         Ok(answer["code"] == 0)
//! #     }
//! #     async fn ask_for_code(&self, order: &str, gsm: &str) -> Result<bool, reqwest::Error> {
//! #         self.call("send_otp", json!({"user_gsm": gsm, "otp_session_id": order})).await
//! #     }
//! #     async fn confirm(&self, order: &str, gsm: &str, code: &str) -> Result<bool, reqwest::Error> {
//! #         let body = json!({"user_gsm": gsm, "otp_session_id": order, "otp_code": code});
//! #         self.call("check_otp", body).await
//! #     }
//! # }
//!
//! async fn a_customer_confirms_an_order() -> Result<(), Box<dyn std::error::Error>> {
//!     let sandbox = Sandbox::builder().seed(1).start().await?;
//!     let shop = Shop { paynet: sandbox.paynet_url() };
//!
//!     assert!(shop.ask_for_code("order-1", "5550000042").await?);
//!     let message = sandbox.wait_for_message("5550000042", Duration::from_secs(5)).await?;
//!     let code = message.otp().unwrap_or_default();
//!     assert!(!shop.confirm("order-1", "5550000042", "WRONG").await?);
//!     assert!(shop.confirm("order-1", "5550000042", code).await?);
//!
//!     // The answer is lost, the message is not: sending again sends a second one.
//!     sandbox.fault(FaultRule::new(Fault::AcceptThenCut).operation("send_otp").times(1))?;
//!     assert!(shop.ask_for_code("order-2", "5550000042").await.is_err());
//!     assert_eq!(sandbox.messages().len(), 2);
//!
//!     // Three minutes later, without waiting for them.
//!     sandbox.advance(Duration::from_secs(181));
//!     let late = sandbox.messages().first().and_then(|message| message.otp().map(str::to_owned));
//!     assert!(!shop.confirm("order-2", "5550000042", &late.unwrap_or_default()).await?);
//!     Ok(())
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! #     a_customer_confirms_an_order().await
//! # }
//! ```
//!
//! [`Sandbox::clock`] is a handle on the virtual clock that a guard or a shop's own timers can share, and
//! [`Sandbox::journal`] says which calls came, how they were answered and what was wrong with them.
//! [`Sandbox::reset`] begins a new world, in which no code, session or id from before is good.
//!
//! A Paywall session renews itself once it has run out. [`Sandbox::renew_session`] makes the next
//! call renew it at once, so that a test can see whether a client goes on with the new one.
//!
//! # Faults
//!
//! What happens to real providers happens here when it is asked for, and never by itself:
//! [`Sandbox::fault`], [`SandboxBuilder::fault`] or `POST /api/v1/faults` take rules that say which
//! [`Fault`] strikes which provider, operation and tenant, for the next so many calls or by a
//! chance that the seed decides. The journal names the fault of each call that was struck.
//!
//! A provider is known by its service's name or a crate's (`paywall`, `paywall-masterpass`). An
//! operation is known by its name on the wire, which is one call, or by the method of a trait, which is
//! every call that serves it: `send_otp` at Paywall is the account link and the resend. An unknown one
//! is answered with the list.
//!
//! ```json
//! {"provider": "paynet", "operation": "send_otp", "tenant": null, "times": 1,
//!  "fault": {"kind": "accept_then_cut"}}
//! ```
//!
#![doc = include_str!("fault/kinds.md")]
//!
//! Where a message goes out it does so although the client may hear nothing of it. `null`, or a
//! field left out, means any; a call whose credentials are refused has no tenant, so only rules for
//! any tenant strike it.
//!
//! # Magic numbers
//!
//! These numbers have a built-in fault. Masterpass sends by a token, so there the number counts
//! that its session was opened with; PayTR has no code to check.
//! [`SandboxBuilder::magic_numbers`] and `--no-magic-numbers` make ordinary numbers of them.
//!
#![doc = include_str!("magic.md")]
//!
//! # Paying by a link
//!
//! A PayTR link opens as a page with Pay and Decline, in Turkish and English; [`Sandbox::pay`] and
//! the test API do what Pay does. A payment posts the signed callback to the link's
//! `callback_link` and shows what came back, with what cannot be seen escaped, and why it was not
//! exactly `OK`: a byte order mark, a line break, quotes, a redirect, another page. Each time is a call
//! in the journal. Until the answer is `OK` the callback is repeated on the virtual clock, by a schedule
//! that is assumed; [`Sandbox::resend_callback`], the page and the test API post it again at once. The
//! messages of a link that was paid say so.
//!
//! The sandbox takes callback links on loopback, and on hosts that [`SandboxBuilder::callback_host`]
//! named, with any port, and posts to `http` there and nowhere else.
//!
//! A wrong token is explained by the doctor, and by [`paytr::explain`] without a sandbox.
//!
//! # Stories
//!
//! [`Sandbox::play`] plays a scripted sequence of calls, faults and jumps of the clock, for demos and
//! bug reports.
//!
//! [`Sandbox::export`] writes all that a sandbox remembers as JSON, and [`Sandbox::import`] goes on from
//! there, in this sandbox or another: a bug that needs twenty calls to show is one file.
//!
//! # A fake of your own
//!
//! A type that implements [`fake::Fake`] is faked like the providers of this crate, with inbox, faults,
//! magic numbers, journal, doctor, page and test API: see [`fake`] and [`SandboxBuilder::fake`].
//!
//! # As a server
//!
//! `onay sandbox serve` (crate `onay-cli`) serves the same thing until Ctrl-C: the fakes, an inbox
//! page at `/`, and a test API under `/api/v1` for tests in any language. [`SandboxBuilder::serve`]
//! is that program as a function, and [`listen_address`] reads where to listen.
//!
//! On 127.0.0.1 it listens on `[::1]` with the same port too, since `localhost` may be either. Behind a
//! proxy as it comes, events come as they happen.
//!
//! | call | answer |
//! |---|---|
//! | `GET /api/v1/messages?provider=&to=&tenant=&limit=` | `{"messages":[…]}`, newest first |
//! | `GET /api/v1/messages/{id}`, `DELETE /api/v1/messages/{id}` | one message; 204, 404 where there is none |
//! | `DELETE /api/v1/messages?tenant=` | 204 |
//! | `GET /api/v1/messages/wait?to=&provider=&tenant=&after=&timeout_ms=` | the first message that matches; 408 when none came |
//! | `GET /api/v1/tenants` | `{"tenants":[{"provider","name","label"}]}` |
//! | `PUT /api/v1/tenants/paytr/{merchant_id}` with `{"merchant_key","merchant_salt"}` | 204; registers a PayTR merchant |
//! | `POST /api/v1/links/{id}/pay` | `{"merchant_oid","callback_number","callback":{"status","body","accepted","shown","cause"}}`, `callback` null where the link names none; 404, or 409 where it cannot be paid |
//! | `GET /api/v1/callbacks?tenant=&limit=` | `{"callbacks":[…]}`, newest first, each with its attempts and when it is repeated |
//! | `POST /api/v1/callbacks/{id}/resend` | posts it again and tells what was answered; 404 where there is none |
//! | `GET /api/v1/faults`, `PUT /api/v1/faults` with `{"rules":[…]}` | `{"rules":[…]}` as they are kept, with their ids and what is left of them; an empty list clears them. A rule that is there already, by its `id` or because it is the same, goes on |
//! | `POST /api/v1/faults` with one rule | 201 and the rule with its `id`; it comes behind the others. 409 where there are 100 |
//! | `DELETE /api/v1/faults/{id}` | 204; 404 where it was used up or removed before |
//! | `GET /api/v1/magic-numbers` | `{"numbers":[…]}`: the table above |
//! | `GET /api/v1/clock?tenant=` | `{"now","tenant","offset_seconds"}`; without a tenant, `tenants` too: `{"name": offset_seconds}` of each whose own clock was moved |
//! | `POST /api/v1/clock/advance` with `{"seconds":181,"tenant":null}` | the first three, after the jump; 409 where it would be more than ten years ahead |
//! | `GET /api/v1/journal?provider=&tenant=&limit=` | `{"calls":[…]}`: masked provider calls, newest first, with the fault and the doctor's word |
//! | `DELETE /api/v1/journal?tenant=` | 204 |
//! | `GET /api/v1/events?after=` | server-sent events: `message`, `paid`, `removed`, `journal`, `clock`, `faults`, `cleared`, `journal_cleared`, `reset`, as they happen |
//! | `POST /api/v1/sessions/renew` with `{"session":"…"}` | 204; the next call of that Paywall session renews it. 404 where there is none |
//! | `POST /api/v1/reset` | 204; a new world, set up like the old one |
//! | `GET /api/v1/world` | all that the sandbox remembers, as [`Sandbox::export`] writes it |
//! | `PUT /api/v1/world` with that | 204; the sandbox goes on from there, as after [`Sandbox::import`]. 400 where something in it cannot be |
//! | `GET /api/v1/fidelity` | `{"rows":[…]}`: what is documented and what is assumed |
//! | `GET /api/v1/openapi.json` | all of this for machines, OpenAPI 3.1 |
//! | `GET /livez`, `GET /readyz` | `{"status":"ok"}` |
//!
//! Without `after`, `wait` answers at once with the newest message that matches; with `after=ID` it
//! answers with the oldest one newer than `ID`; `timeout_ms` is 120000 at most. `to` is a mobile
//! number in any usual spelling or an e-mail address, exactly. A callback that was not answered has
//! `status` and `body` null and says why in `error`. A refusal of this API is
//! `{"error":{"code":"…","message":"…"}}` with a status to match.
//!
//! A client that reconnects with `Last-Event-ID` or `after` gets the events since then. Where
//! they are not kept any more the first one is `resync`: read the lists again. A reader that does
//! not read fast enough loses the connection.
//!
//! The inbox page, the pages of links and `/api/v1` are for this machine: a `Host` other than
//! `localhost`, a loopback address or the address that the sandbox listens on is refused with 403,
//! and so is a request that a web page of another site sends. What changes something is taken from
//! the sandbox's own pages and from tools that are no browser, and from no other page on this
//! machine: an `Origin` has to be `http://` and the `Host` of the request, and a body has to be
//! `application/json`. A sandbox that listens on all addresses takes any address for its own, but no
//! other name, unless [`SandboxBuilder::allow_host`] or `--allow-host` allows it: the name of its
//! container, for example. The fakes and the health checks answer under every name; the fakes refuse
//! with 403 what a browser says that a web page from elsewhere sends.
//!
//! # The page
//!
//! The inbox page at `/` is live: messages, refused and failed calls appear as they come, each with
//! the masked call that caused it, the doctor's word and the fault that struck it. The clock is moved
//! and faults are set there too. It speaks Turkish and English (`?lang=tr`), shows one tenant
//! (`?tenant=`) or all, searches all that is kept (`?q=`), shows one item alone (`?item=m12`), and is
//! read without JavaScript as well. Its files come from this crate and
//! from nowhere else. `?` shows its keys.
//!
//! A browser test of your own finds things on it by `data-testid`:
//!
//! | where | `data-testid` |
//! |---|---|
//! | the page | `version`, `live` (`data-state` is `live` once new messages come by themselves), `language`, `show-keys`, `nothing-is-sent`, `without-script`, `problem`, `announcer` |
//! | finding | `finder`, `search`, `show-all`, `show-messages`, `show-refused`, `tenant-switch`, `clear`, `confirm`, `confirm-clear`, `cancel-clear`, `count`, `show-older`, `nothing-found`, `show-everything` |
//! | the stream | `stream`, in it `message`, and `call` for a call without one; `empty`, `first-command`, `copy-command`, `first-message`, `copy-curl` |
//! | in a `message` or `call` | `provider`, `channel`, `to`, `operation`, `outcome`, `fault`, `fault-kind`, `created`, `doctor-line`, `doctor`, `text`, `otp`, `copy`, `expiry`, `open-link`, `exchange`, `called`, `status`, `tenant`, `request`, `answer`, `paid`, `address`, `send-again`, `remove-message` |
//! | the tools | `tools`, `sandbox-time`, `offset`, `advance-60`, `advance-300`, `advance-600`, `clock-panel`, `fault-panel`, `fault-setter`, `fault-form`, `fault-scope`, `fault-provider`, `fault-operation`, `fault-choice`, `fault-detail-label`, `fault-detail`, `fault-often`, `fault-amount-label`, `fault-amount`, `set-fault`, `fault-problem`, `rules`, `rule`, `remove-rule`, `no-rules`, `clear-faults`, `fired`, `magic-panel`, `magic-numbers` |
//! | the keys | `keys`, `close-keys` |
//! | a link's page | `inbox`, `nothing-is-paid`, `link`, `name`, `price`, `pay`, `decline`, `declined`, `unknown`, `not-payable`, `outcome`, `verdict`, `merchant-oid`, `callback-status`, `callback-body`, `callback-cause`, `callback-error` |
//!
//! # How faithful
//!
//! Each behaviour is documented by the provider, observed, or assumed where no source says.
//!
//! Paynet:
//!
#![doc = include_str!("fakes/paynet/fidelity.md")]
//!
//! Paywall:
//!
#![doc = include_str!("fakes/paywall/fidelity.md")]
//!
//! PayTR:
//!
#![doc = include_str!("fakes/paytr/fidelity.md")]
//!
//! # Limits
//!
//! Everything is in memory and bounded; the oldest is dropped first. Kept are 500 messages of each tenant
//! and 20,000 in all, 2,000 OTPs, 2,000 sessions and 2,000 links of each tenant and 50,000 of them in
//! all, 2,000 registered merchants, 1,000 journal entries, 1,000 callbacks and 1,000 tenants, of which
//! the one unused for longest is dropped with all that is its own. There are 100 rules for faults at
//! most, 32 readers of events, 256 who wait for a message over HTTP, and 256 events for those who come
//! back.
//!
//! A body may have 64 KiB, as may the head; an imported world may have 64 MiB. Head and body of a request
//! may take ten seconds each to arrive, and a connection on which nothing is asked for that long is
//! closed, as is one whose client reads nothing of an answer for that long. At most 512 connections are
//! open at once; a new one then closes the one that was idle for longest, of the address that has the
//! most. One address has 480 of them at most: its next one closes its longest idle one, and is turned
//! away where all of them are busy.

mod addresses;
mod api;
mod body;
mod bounded;
mod builder;
mod callback_sender;
mod callbacks;
mod clock;
mod connections;
mod email;
mod error;
mod events;
mod export;
pub mod fake;
mod fakes;
mod fault;
mod faults;
mod fidelity;
mod form;
mod inbox;
#[doc(hidden)]
pub mod interrupt;
mod istanbul;
mod journal;
mod magic;
mod mask;
mod message;
mod number;
mod page;
mod pipeline;
mod provider;
mod random;
mod registry;
mod sandbox;
mod sandbox_clock;
mod server;
mod shared;
#[cfg(feature = "simulation")]
#[doc(hidden)]
pub mod simulation;
mod spoil;
mod states;
mod story;
mod table;
mod tenant;
mod whole;
mod world;

#[cfg(test)]
mod fuzz;

/// What is PayTR's own: the mistake behind a wrong token.
pub mod paytr {
    pub use crate::fakes::paytr::explain::{Finding, Mistake, Secrets, SignedCall, explain};
}

pub use crate::addresses::{Addresses, USUAL_ADDRESS, listen_address};
pub use crate::builder::SandboxBuilder;
pub use crate::callbacks::{CallbackCause, CallbackResponse};
pub use crate::error::SandboxError;
pub use crate::fakes::paytr::payment::Paid;
pub use crate::fault::{Fault, FaultRule};
pub use crate::journal::{Entry as JournalEntry, Outcome};
pub use crate::message::{Channel, Message, MessageFilter};
pub use crate::provider::Provider;
pub use crate::sandbox::Sandbox;
pub use crate::sandbox_clock::SandboxClock;
