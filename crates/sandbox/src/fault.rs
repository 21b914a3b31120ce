//! `Fault` is what goes wrong with a call on purpose, and `FaultRule` says with which calls.

pub(crate) mod kind;
pub(crate) mod rule;

use std::time::Duration;

use axum::http::StatusCode;

/// What goes wrong with a call to a provider, on purpose.
///
/// [`Status`](Self::Status), [`Refuse`](Self::Refuse), [`UnknownCode`](Self::UnknownCode) and
/// [`CutBeforeRead`](Self::CutBeforeRead) come in place of what the call would have done: nothing is
/// sent, nothing is remembered. With every other one the call does what it always does, the message
/// included, and only its answer suffers; Masterpass' own two are said below.
///
/// ```
/// use std::time::Duration;
///
/// use onay_sandbox::Fault;
///
/// assert_eq!(Fault::AcceptThenCut.kind(), "accept_then_cut");
/// assert_eq!(Fault::Delay(Duration::from_secs(3)).kind(), "delay");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The answer comes late, by real time, not virtual. 1 ms to 2 minutes.
    Delay(Duration),
    /// This HTTP status, 300 to 599, without a body.
    Status(u16),
    /// The provider's own refusal with this code: a return code of Paynet, an exception of
    /// Masterpass, an `err_no` of PayTR. 1 to 64 letters, digits, `_`, `-` and `.`; codes that mean
    /// success are none.
    Refuse(String),
    /// The call is done, the message included, and the connection ends without an answer.
    AcceptThenCut,
    /// The connection is reset without an answer, and the call is not even looked at.
    CutBeforeRead,
    /// The answer breaks off after so many bytes of its body, 65,536 at most, although its
    /// `Content-Length` is the true one. One byte at least is missing.
    Truncate(u32),
    /// A web page with this HTTP status, 200 to 599, in place of the response, as a firewall sends it.
    Html(u16),
    /// HTTP 200 without a body in place of the answer.
    Empty,
    /// The body comes byte by byte, with this much real time before each. 1 ms to 10 seconds.
    Drip(Duration),
    /// The provider's own refusal with a code that stands in no table.
    UnknownCode,
    /// Masterpass refuses and issues another token, after which the old one is invalid. A
    /// verification is answered with another OTP (5001), which is sent; a resend with 3-D Secure
    /// (5010), and the code that is on its way belongs to the new token.
    RotateToken,
    /// Masterpass renews the session with this call, as if it had run out.
    RenewSession,
}

impl Fault {
    /// The status of an answer that comes in place of the provider's own.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Empty => Some(StatusCode::OK),
            Self::Html(code) | Self::Status(code) => StatusCode::from_u16(*code).ok(),
            _ => None,
        }
    }

    /// Its name in the test API and in the journal, such as `accept_then_cut`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Delay(_) => "delay",
            Self::Status(_) => "status",
            Self::Refuse(_) => "refuse",
            Self::AcceptThenCut => "accept_then_cut",
            Self::CutBeforeRead => "cut_before_read",
            Self::Truncate(_) => "truncate",
            Self::Html(_) => "html",
            Self::Empty => "empty",
            Self::Drip(_) => "drip",
            Self::UnknownCode => "unknown_code",
            Self::RotateToken => "rotate_token",
            Self::RenewSession => "renew_session",
        }
    }
}

/// A fault, and the calls that it strikes: every one, unless the rule says which and how often.
///
/// Rules are looked at in their order, and the first that strikes is the only one. A rule that was
/// used up is gone. A call to a path that names no operation is never struck.
///
/// ```
/// use onay_sandbox::{Fault, FaultRule, Provider};
///
/// let once = FaultRule::new(Fault::AcceptThenCut)
///     .provider(Provider::PAYNET)
///     .operation("send_otp")
///     .times(1);
/// let now_and_then = FaultRule::new(Fault::Status(503)).chance(0.1);
/// # let _ = (once, now_and_then);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct FaultRule {
    pub(crate) provider: Option<String>,
    pub(crate) operation: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) times: Option<u32>,
    pub(crate) chance: Option<f64>,
    pub(crate) fault: Fault,
}

impl FaultRule {
    /// A rule that strikes every call until it is cleared.
    pub fn new(fault: Fault) -> Self {
        Self {
            provider: None,
            operation: None,
            tenant: None,
            times: None,
            chance: None,
            fault,
        }
    }

    /// Only calls to this provider, by its name or an alias: `paytr`, `paytr-link`.
    pub fn provider(mut self, provider: impl Into<String>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// Only calls of this operation: by its name on the wire, as the journal has it (`otp/resend`,
    /// `send-sms`), or by the method of a trait, which means every call that serves it (`send_otp` at
    /// Paywall: account link and resend).
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.operation = Some(name.into());
        self
    }

    /// Only calls of this tenant, named as [`Message::tenant`](crate::Message::tenant) names it. A
    /// call whose credentials are refused has no tenant.
    pub fn tenant(mut self, name: impl Into<String>) -> Self {
        self.tenant = Some(name.into());
        self
    }

    /// Only for the next so many calls, 1 to 1,000,000.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only by this chance, above 0 and at most 1. The sandbox's seed and the tenant decide, so
    /// that a run with a seed repeats.
    pub fn chance(mut self, chance: f64) -> Self {
        self.chance = Some(chance);
        self
    }

    /// What goes wrong.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// For how many more calls it is good; absent where it stays until it is cleared.
    pub fn times_left(&self) -> Option<u32> {
        self.times
    }
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self::new(fault)
    }
}
