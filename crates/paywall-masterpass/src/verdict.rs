//! The order of decisions: three verdicts stand in an answer, and the outer one lies.
//!
//! 1. `TOKEN_ALREADY_USED`, as exception or as response code: refused.
//! 2. An exception with a code, or `StatusCode` neither 200 nor 202: refused, with the exception's
//!    code.
//! 3. To a call that sends: `5001` or `5008`, sent; `0000`, done without another code.
//!    To a call that checks: `0000` with `IsVerified` not false, approved; `5001` or `5008`, another
//!    code is wanted; `5010`, 3-D Secure is wanted.
//! 4. Anything else: refused with that code.
//!
//! The order is that of the vendor's own code. Two things come before it:
//!
//! - An answer that says nothing is unclear: the HTTP status decides.
//! - An answer that says yes and says no, or is damaged where it decides, is contradictory: never a yes
//!   and, whatever HTTP says, never a certain no. Such are an accepted response code under a bad
//!   status, beside an exception, or within an outer verdict with `Result` other than true or
//!   `ErrorCode` other than 0; an exception under a good status that names no code, or one that means
//!   yes; a code with a blank at its end or of another type; a good `StatusCode` outside and a bad one
//!   in `Result`, or the other way round, without an exception that is known; `IsVerified` true beside
//!   a refusal of the code; a `Body` or a `Masterpass` that is neither an object nor empty.

use onay_core::ErrorKind;
use onay_http::Said::{self, Nonsense, Nothing, This};

use crate::code::{self, ResponseCode};
use crate::wire::{Body, Envelope, Masterpass, Outcome};

/// An object that decides is no object.
const MALFORMED: &str = "the answer is malformed in places";

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling<'a> {
    /// With this accepted response code.
    Yes(&'a str),
    /// With the code that says why, where there is one.
    No(ErrorKind, Option<&'a str>),
    /// Neither, and why not.
    Unclear(&'static str),
    /// Both, or damaged, and how.
    Contradictory(&'static str),
}

/// What comes of a call that has a code sent: link, resend.
pub(crate) fn of_sending(envelope: &Envelope) -> Ruling<'_> {
    let accepted = [code::SENT_BY_BANK, code::SENT_BY_MASTERPASS, code::DONE];
    decide(envelope, &accepted, |code, _| Ruling::Yes(code))
}

/// What comes of a call that has a code checked. Only `0000` approves.
pub(crate) fn of_checking(envelope: &Envelope) -> Ruling<'_> {
    let ruling = decide(envelope, &[code::DONE], |code, outcome| {
        match outcome.is_verified {
            Nothing | This(true) => Ruling::Yes(code),
            This(false) => Ruling::No(ErrorKind::Refused, Some(code)),
            Nonsense => Ruling::Contradictory("IsVerified is neither true nor false"),
        }
    });
    let is_verified = envelope
        .outcome()
        .is_some_and(|outcome| outcome.is_verified == This(true));
    match ruling {
        // A code can be right and another one, or 3-D Secure, be wanted on top.
        Ruling::No(ErrorKind::Upstream | ErrorKind::ActionRequired, _) => ruling,
        Ruling::No(..) | Ruling::Unclear(_) if is_verified => {
            Ruling::Contradictory("the inner verdict contradicts itself")
        }
        ruling => ruling,
    }
}

/// What the outer envelope says by itself: all that `/session` has.
pub(crate) fn of_envelope(envelope: &Envelope) -> Ruling<'_> {
    match envelope.result {
        _ if matches!(envelope.body, Nonsense) => Ruling::Contradictory(MALFORMED),
        This(true) if names_no_error(envelope) => Ruling::Yes(code::DONE),
        This(false) => {
            let code = envelope.error_code.text().filter(|code| *code != "0");
            Ruling::No(ErrorKind::Refused, code)
        }
        This(true) => Ruling::Contradictory("the outer verdict contradicts itself"),
        Nonsense => Ruling::Contradictory("the outer verdict is neither true nor false"),
        Nothing => Ruling::Unclear("the answer has no verdict"),
    }
}

fn names_no_error(envelope: &Envelope) -> bool {
    matches!(envelope.error_code.as_deref(), Nothing | This("0"))
}

/// How the outer verdict takes an inner yes back, where it does.
fn taken_back(envelope: &Envelope) -> Option<&'static str> {
    match envelope.result {
        This(false) => Some("the inner verdict says yes, the outer one says no"),
        Nonsense => Some("the outer verdict is neither true nor false"),
        Nothing | This(true) if names_no_error(envelope) => None,
        Nothing | This(true) => Some("the inner verdict says yes, the outer error code says no"),
    }
}

fn decide<'a>(
    envelope: &'a Envelope,
    accepted: &[&str],
    accept: impl FnOnce(&'a str, &'a Outcome) -> Ruling<'a>,
) -> Ruling<'a> {
    let masterpass = match &envelope.body {
        This(Body {
            masterpass: This(masterpass),
            ..
        }) => masterpass,
        This(Body {
            masterpass: Nonsense,
            ..
        }) => return Ruling::Contradictory(MALFORMED),
        This(_) | Nothing | Nonsense => {
            return match of_envelope(envelope) {
                Ruling::Yes(_) => Ruling::Contradictory("the answer has no inner verdict"),
                no => no,
            };
        }
    };
    if let Some(ruling) = before_response_code(masterpass, accepted) {
        return ruling;
    }
    let Some(outcome) = &masterpass.result else {
        return Ruling::Contradictory("the inner verdict has no result");
    };
    match whole(&outcome.response_code) {
        Nothing => Ruling::Contradictory("the inner verdict has no response code"),
        Nonsense => Ruling::Contradictory("the response code is damaged"),
        This(code) if !accepted.contains(&code) => {
            Ruling::No(ResponseCode::refusal(code), Some(code))
        }
        This(code) => match (accept(code, outcome), taken_back(envelope)) {
            (Ruling::Yes(_), Some(why)) => Ruling::Contradictory(why),
            (ruling, _) => ruling,
        },
    }
}

/// The first two decisions. None where the inner status is good and no exception stands beside it.
fn before_response_code<'a>(masterpass: &'a Masterpass, accepted: &[&str]) -> Option<Ruling<'a>> {
    let outcome = masterpass.result.as_ref();
    let response = outcome.map_or(Nothing, |outcome| whole(&outcome.response_code));
    let may_be_yes = match response {
        Nothing => false,
        This(code) => accepted.contains(&code),
        Nonsense => true,
    };
    let status = status(masterpass);
    let exception = masterpass.exception.as_ref();
    let exception_code = exception.map_or(Nothing, |exception| whole(&exception.code));
    match exception_code {
        This(code) => return Some(of_exception(code, response, may_be_yes, status)),
        Nonsense => return Some(Ruling::Contradictory("the exception's code is damaged")),
        Nothing if response == This(code::TOKEN_USED) => {
            return Some(Ruling::No(ErrorKind::Expired, Some(code::TOKEN_USED)));
        }
        Nothing => {}
    }
    let response_code = match response {
        This(code) => Some(code),
        Nothing | Nonsense => None,
    };
    let why = "the inner verdict has no status code";
    Some(match status {
        Err(why) => Ruling::Contradictory(why),
        Ok(None) if may_be_yes => Ruling::Contradictory(why),
        Ok(None) => Ruling::Unclear(why),
        Ok(Some(status)) if is_good(status) && exception.is_some() => {
            Ruling::Contradictory("the inner verdict contradicts itself")
        }
        Ok(Some(status)) if is_good(status) => return None,
        Ok(Some(status)) if is_upstream(status) => Ruling::No(ErrorKind::Upstream, response_code),
        Ok(_) if response == Nonsense => Ruling::Contradictory("the response code is damaged"),
        Ok(_) if may_be_yes => {
            Ruling::Contradictory("the response code says yes, the inner status says no")
        }
        Ok(_) => {
            let kind = response_code.map_or(ErrorKind::Refused, ResponseCode::refusal);
            Ruling::No(kind, response_code)
        }
    })
}

/// What an exception with this code comes to. It is a no, unless the answer says yes too.
fn of_exception<'a>(
    code: &'a str,
    response: Said<&str>,
    may_be_yes: bool,
    status: Status<'_>,
) -> Ruling<'a> {
    let is_used = [This(code), response].contains(&This(code::TOKEN_USED));
    // A code that nobody knows, under a status of trouble, is trouble upstream.
    let kind = match (ResponseCode::find(code), status) {
        (None, Ok(Some(status))) if is_upstream(status) => ErrorKind::Upstream,
        (None, Err(why)) => return Ruling::Contradictory(why),
        _ => ResponseCode::refusal(code),
    };
    if may_be_yes && kind != ErrorKind::Upstream {
        Ruling::Contradictory("the response code says yes, the exception says no")
    } else if ResponseCode::is_yes(code) {
        Ruling::Contradictory("the inner verdict contradicts itself")
    } else if is_used {
        Ruling::No(ErrorKind::Expired, Some(code::TOKEN_USED))
    } else {
        Ruling::No(kind, Some(code))
    }
}

/// The inner status code, where there is one, or why nobody can tell what it is.
type Status<'a> = Result<Option<&'a str>, &'static str>;

/// The page says that the inner status code stands in `Result`, every sample has it outside.
fn status(masterpass: &Masterpass) -> Status<'_> {
    let outcome = masterpass.result.as_ref();
    let inside = outcome.map_or(Ok(None), |outcome| number(&outcome.status_code))?;
    Ok(match (number(&masterpass.status_code)?, inside) {
        (Some(outside), Some(inside)) if is_good(outside) != is_good(inside) => {
            return Err("the inner verdict contradicts itself");
        }
        (Some(_), Some(inside)) if is_upstream(inside) => Some(inside),
        (outside, inside) => outside.or(inside),
    })
}

fn number(status: &Said<String>) -> Status<'_> {
    match whole(status) {
        Nothing => Ok(None),
        This(status) if status.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(status)),
        This(_) | Nonsense => Err("the inner status code is damaged"),
    }
}

fn is_good(status: &str) -> bool {
    matches!(status, "200" | "202")
}

/// A timeout or a server error: a message may have gone out.
fn is_upstream(status: &str) -> bool {
    status == "408" || (status.len() == 3 && status.starts_with('5'))
}

/// A code with a blank at an end, or with a byte that was no text, is no unknown code: it may have been
/// any other.
fn whole(code: &Said<String>) -> Said<&str> {
    match code.as_deref() {
        This(code) if code.trim() != code || code.contains(char::REPLACEMENT_CHARACTER) => Nonsense,
        code => code,
    }
}

#[cfg(test)]
mod tests;
