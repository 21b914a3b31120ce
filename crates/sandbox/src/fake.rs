//! `Fake` is what a provider implements to be faked: its operations, tenants and decisions.
//!
//! The engine does the rest for every fake alike: connections, tenants, clock, faults, inbox,
//! journal, events, page and test API. A crate of your own can bring a fake to a sandbox with
//! [`SandboxBuilder::fake`](crate::SandboxBuilder::fake).

mod call;
mod context;
mod decision;
mod erased;
mod service;

use std::fmt;

pub use self::call::Call;
pub(crate) use self::context::Asked;
pub use self::context::{Context, Demand, Outgoing};
pub use self::decision::{Decision, Response};
pub(crate) use self::erased::{AnyFake, AnyState};
pub use self::service::{Bodies, Operation, Role, Service};
pub use crate::body::BodyProblem;
pub use crate::bounded::Bounded;
pub use crate::mask::Mask;
pub use crate::number::MobileNumber;
pub use crate::random::Random;
pub use crate::tenant::Tenant;

/// A provider, faked.
///
/// ```
/// use onay_sandbox::fake::{Bodies, Call, Context, Decision, Fake, Operation, Outgoing, Random};
/// use onay_sandbox::fake::{Response, Role, Service, State, Tenant};
/// use onay_sandbox::{Provider, Sandbox};
/// use serde_json::json;
///
/// /// Sends a code for every call with a key.
/// #[derive(Debug)]
/// struct Acme;
///
/// #[derive(Debug)]
/// struct Codes(Random);
///
/// impl State for Codes {}
///
/// impl Fake for Acme {
///     type State = Codes;
///
///     fn service(&self) -> &'static Service {
///         const OPERATIONS: &[Operation] = &[Operation::new("send_otp", "/send", Role::Sends)];
///         const ACME: Service = Service::new(Provider::new("acme"), "Acme", OPERATIONS);
///         &ACME
///     }
///
///     fn tenant(&self, call: &Call) -> Option<Tenant> {
///         Some(Tenant::of_credentials(&call.header("x-key")?))
///     }
///
///     fn state(&self, random: Random) -> Codes {
///         Codes(random)
///     }
///
///     fn decide(&self, call: &Call, context: &mut Context<'_, Codes>) -> Decision {
///         let Some(codes) = context.state() else {
///             return Decision::refused(Response::json(401, &json!({"error": "key"})));
///         };
///         let code = codes.0.digits(6);
///         let to = call.fields().ok().and_then(|fields| fields.get("to")?.as_str());
///         let message = Outgoing::sms(to.unwrap_or_default(), format!("Kod: {code}"));
///         context.send(message.with_otp(code));
///         Decision::accepted(Response::json(200, &json!({"sent": true})))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::builder().fake(Acme).start().await?;
/// let url = sandbox.base_url("acme").unwrap_or_default();
/// reqwest::Client::new()
///     .post(format!("{url}/send"))
///     .header("x-key", "test-key")
///     .json(&json!({"to": "+905550000042"}))
///     .send()
///     .await?;
/// assert_eq!(sandbox.messages().len(), 1);
/// # Ok(())
/// # }
/// ```
pub trait Fake: fmt::Debug + Send + Sync + 'static {
    /// What the fake remembers of one tenant. It never sees another's.
    type State: State;

    /// What the engine has to know: names, operations, how faithful each behaviour is.
    fn service(&self) -> &'static Service;

    /// The tenant whose credentials a call brings; absent where they are refused.
    fn tenant(&self, call: &Call) -> Option<Tenant>;

    /// What is remembered of a tenant of which nothing is.
    fn state(&self, random: Random) -> Self::State;

    /// The number that a well-formed call is about, which may be a magic one. Absent by default.
    fn number(&self, call: &Call, state: Option<&Self::State>) -> Option<MobileNumber> {
        let _ = (call, state);
        None
    }

    /// What is remembered of a tenant, as [`State::export`] wrote it. Absent where it cannot be read,
    /// which is so by default.
    fn import(&self, state: serde_json::Value) -> Option<Self::State> {
        let _ = state;
        None
    }

    /// Answers a call, one whose path or credentials are wrong too.
    ///
    /// A fake that panics answers HTTP 500, is named in the journal, and loses what it remembered
    /// of that tenant.
    fn decide(&self, call: &Call, context: &mut Context<'_, Self::State>) -> Decision;

    /// Registers a tenant whose secrets sign and are never sent, or says what is wrong with them.
    /// Absent where tenants are known by what they call with, which is so by default.
    fn register(
        &self,
        name: &str,
        secrets: &serde_json::Map<String, serde_json::Value>,
    ) -> Option<Result<Tenant, String>> {
        let _ = (name, secrets);
        None
    }

    /// Forgets what is kept in the fake itself, outside of any tenant's state.
    fn reset(&self) {}
}

/// What a fake remembers of one tenant. All of it together is bounded by the engine, which has the
/// oldest entry dropped where there are too many.
pub trait State: fmt::Debug + Send + 'static {
    /// How many OTPs, sessions, links or the like it holds.
    fn kept(&self) -> usize {
        0
    }

    /// When the oldest of them began, by [`Bounded`]'s count.
    fn oldest(&self) -> Option<u64> {
        None
    }

    /// Forgets the oldest of them.
    fn drop_oldest(&mut self) {}

    /// All of it as JSON, for [`Sandbox::export`](crate::Sandbox::export). Absent by default: then an
    /// exported world has none of it.
    fn export(&self) -> Option<serde_json::Value> {
        None
    }
}
