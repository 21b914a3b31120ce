//! One answer in the light of the challenge it belongs to: nothing that it renews is lost.

use onay_core::{Error, ErrorKind, OtpChallenge, OtpRecipient, OtpToken, SessionId};
use onay_http::Answer;

use crate::code;
use crate::verdict::Verdict;
use crate::wire::{Envelope, Masterpass, Outcome};

/// An answer, and how the conversation goes on after it, whether it says yes or no.
pub(crate) struct Conversation<'a> {
    answer: &'a Answer,
    envelope: Envelope,
    before: Option<&'a OtpChallenge>,
    next: Option<OtpChallenge>,
    hidden: Vec<&'a str>,
}

impl<'a> Conversation<'a> {
    /// Reads an answer to a call about `before`. The values in `hidden` went out with the request
    /// and must not come back in an error.
    pub(crate) fn read(
        answer: &'a Answer,
        before: Option<&'a OtpChallenge>,
        mut hidden: Vec<&'a str>,
    ) -> Result<Self, Error> {
        let envelope = match answer.json() {
            // A bad HTTP status says enough by itself.
            Err(_) if !answer.is_success() => Envelope::default(),
            result => result?,
        };
        if let Some(before) = before {
            hidden.push(before.session().reveal());
            hidden.extend(before.token().map(OtpToken::reveal));
        }
        let next = before.map(|before| renewed(before, &envelope));
        Ok(Self {
            answer,
            envelope,
            before,
            next,
            hidden,
        })
    }

    pub(crate) fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The challenge to use from now on.
    pub(crate) fn next(&self) -> Option<&OtpChallenge> {
        self.next.as_ref()
    }

    /// The accepted response code, or the error with all that the answer says.
    pub(crate) fn judge(&self, decide: fn(&Envelope) -> Verdict<'_>) -> Result<&str, Error> {
        let verdict = decide(&self.envelope);
        let error = match (self.answer.status_error(), verdict) {
            // Whatever the status says, this code means that a message may have gone out.
            (_, Verdict::No(ErrorKind::Upstream, _)) => self.answer.error(ErrorKind::Upstream),
            (Some(error), _) => error,
            (None, Verdict::Yes(code)) if self.answer.is_success() => return Ok(code),
            (None, Verdict::Yes(_)) => {
                let why = "the inner verdict says yes, HTTP says no";
                return Err(self.unclear(why));
            }
            (None, Verdict::No(kind, _)) => self.answer.error(kind),
            (None, Verdict::Unclear(why)) if self.answer.is_success() => {
                return Err(self.unclear(why));
            }
            (None, Verdict::Unclear(_)) => self.answer.error(ErrorKind::Refused),
        };
        let code = match verdict {
            Verdict::No(_, code) => code,
            Verdict::Yes(_) | Verdict::Unclear(_) => None,
        };
        Err(self.handing_on(self.said(error, code)))
    }

    /// What came of the call, for a yes.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.masterpass()?.result.as_ref()
    }

    /// An answer that says neither yes nor no. What it renews is handed on all the same.
    pub(crate) fn unclear(&self, why: &'static str) -> Error {
        self.handing_on(self.answer.unreadable(why))
    }

    /// Adds what the provider says to an error.
    fn said(&self, mut error: Error, code: Option<&str>) -> Error {
        let outer = self.envelope.error_code.as_deref();
        if let Some(code) = code.or(outer.filter(|code| *code != "0")) {
            error = error.with_code_hiding(code, &self.hidden);
        }
        match self.message() {
            Some(message) if error.message().is_none() => {
                error = error.with_message_hiding(message, &self.hidden);
            }
            _ => {}
        }
        if code == Some(code::WANTS_3D) {
            error = error.with_reason("3-D Secure is wanted instead of a code");
            let url = self
                .outcome()
                .and_then(|outcome| filled(outcome.url_3d.as_ref()));
            error = match url {
                Some(url) => error.with_action_url(url),
                None => error,
            };
        }
        error
    }

    fn handing_on(&self, error: Error) -> Error {
        let goes_on = matches!(
            error.kind(),
            ErrorKind::WrongCode | ErrorKind::ActionRequired
        );
        match &self.next {
            Some(next) if goes_on || self.before != Some(next) => {
                error.with_challenge(next.clone())
            }
            _ => error,
        }
    }

    /// The innermost text that says something.
    fn message(&self) -> Option<&str> {
        let masterpass = self.masterpass();
        let exception = masterpass.and_then(|inner| inner.exception.as_ref());
        exception
            .and_then(|exception| filled(exception.message.as_ref()))
            .or_else(|| filled(self.outcome()?.description.as_ref()))
            .or_else(|| filled(self.envelope.message.as_ref()))
            .or_else(|| filled(self.envelope.error_message.as_ref()))
    }

    fn masterpass(&self) -> Option<&Masterpass> {
        self.envelope.body.as_ref()?.masterpass.as_ref()
    }
}

/// The challenge after an answer: a renewed session replaces the caller's, a new token the old one.
/// What is empty, or cannot be one, changes nothing.
fn renewed(before: &OtpChallenge, envelope: &Envelope) -> OtpChallenge {
    let body = envelope.body.as_ref();
    let session = body
        .and_then(|body| body.session.as_ref())
        .filter(|session| session.renewed == Some(true))
        .and_then(|session| SessionId::parse(session.id.as_deref()?).ok());
    let token = body
        .and_then(|body| body.masterpass.as_ref()?.result.as_ref())
        .and_then(|outcome| OtpToken::parse(outcome.token.as_deref()?).ok());
    let next = OtpChallenge::new(
        session.unwrap_or_else(|| before.session().clone()),
        token.map_or_else(|| before.recipient().clone(), OtpRecipient::Token),
    );
    match before.note() {
        Some(note) => next.with_note(note),
        None => next,
    }
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}
