//! What a checkout does after an error.

use crate::{Dispatch, Effect, ErrorKind, Operation, Wait};

/// What a checkout does now. [`Error::next_step`](crate::Error::next_step) decides it, so that no
/// shop copies a table of kinds.
///
/// ```
/// use onay_core::{Error, ErrorKind, NextStep};
///
/// let error = Error::new(ErrorKind::WrongCode);
/// assert_eq!(error.next_step(), NextStep::AskAgain);
/// ```
///
/// # The whole table
///
/// By kind and dispatch, and by what the operation does. An error that names no operation counts as one
/// that sends a code.
///
#[doc = include_str!("next_step/table.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextStep {
    /// Ask the customer for the code again: it was wrong, or the check may not have been made.
    AskAgain,
    /// Show the field for the code: a code is out, or may be. Another can be asked for after the
    /// wait, where it is known.
    AwaitCode(Option<Wait>),
    /// Nothing was sent and nothing is out: try the same call again, after the wait where it is
    /// known.
    Retry(Option<Wait>),
    /// The session is over: begin a new one.
    StartOver,
    /// The customer has to do something else first; see [`Error::action`](crate::Error::action).
    Act,
    /// The call or the configuration is wrong: a developer has to mend it.
    Fix,
    /// Nothing that the customer or a retry can mend. It goes to a person who can settle it.
    Escalate,
}

impl NextStep {
    /// The name in `snake_case`, as it is in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::AskAgain => "ask_again",
            Self::AwaitCode(_) => "await_code",
            Self::Retry(_) => "retry",
            Self::StartOver => "start_over",
            Self::Act => "act",
            Self::Fix => "fix",
            Self::Escalate => "escalate",
        }
    }

    pub(crate) fn after(
        kind: ErrorKind,
        dispatch: Dispatch,
        operation: Option<Operation>,
        wait: Option<Wait>,
    ) -> Self {
        // No operation known counts as a send: the cautious reading.
        let effect = operation.map_or(Effect::SendsCode, |operation| operation.effect());
        // What may have taken effect comes first: nothing below may lead to a second message.
        if dispatch == Dispatch::MaybeSent {
            return match effect {
                Effect::SendsCode => Self::AwaitCode(wait),
                Effect::ChecksCode => Self::AskAgain,
                Effect::SendsLink => Self::Escalate,
                Effect::SendsNothing => Self::StartOver,
            };
        }
        let is_refused = dispatch == Dispatch::Refused;
        match kind {
            ErrorKind::WrongCode => Self::AskAgain,
            // Without a code to type there is only the wait.
            ErrorKind::TooSoon if is_refused && effect == Effect::SendsCode => {
                Self::AwaitCode(wait)
            }
            ErrorKind::TooSoon | ErrorKind::Unreachable => Self::Retry(wait),
            ErrorKind::LimitReached if !is_refused => Self::Retry(wait),
            ErrorKind::Expired | ErrorKind::LimitReached => Self::StartOver,
            ErrorKind::ActionRequired => Self::Act,
            ErrorKind::InvalidInput | ErrorKind::Config | ErrorKind::Unsupported => Self::Fix,
            // A connection that certainly carried nothing.
            ErrorKind::Interrupted | ErrorKind::Unreadable | ErrorKind::Upstream if !is_refused => {
                Self::Retry(wait)
            }
            ErrorKind::Credentials
            | ErrorKind::Refused
            | ErrorKind::Interrupted
            | ErrorKind::Unreadable
            | ErrorKind::Upstream => Self::Escalate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    const OPEN_SESSION: Operation = Operation::new("open_session", Effect::SendsNothing);

    /// Every kind, dispatch and operation; the guide shows this table.
    #[test]
    fn every_error_names_the_next_step() {
        let mut table = String::from(
            "| kind | dispatch | sends a code | checks a code | sends a link | sends nothing |\n\
             |---|---|---|---|---|---|\n",
        );
        for kind in ErrorKind::ALL {
            for dispatch in [Dispatch::NotSent, Dispatch::MaybeSent, Dispatch::Refused] {
                let step = |operation| {
                    let error = Error::new(*kind).with_dispatch(dispatch);
                    error.with_operation(operation).next_step().as_str()
                };
                let row = [
                    kind.as_str(),
                    dispatch.as_str(),
                    step(Operation::SEND_OTP),
                    step(Operation::VERIFY_OTP),
                    step(Operation::NOTIFY),
                    step(OPEN_SESSION),
                ];
                table.push_str(&format!("| {} |\n", row.join(" | ")));
                let unknown = Error::new(*kind).with_dispatch(dispatch).next_step();
                assert_eq!(unknown.as_str(), step(Operation::SEND_OTP));
            }
        }
        expect_test::expect_file!["next_step/table.md"].assert_eq(&table);
    }
}
