//! One answer in the light of the challenge it belongs to: nothing that it renews is lost.

use onay_core::{Error, ErrorKind, OtpChallenge, OtpRecipient, OtpToken, SessionId};
use onay_http::{Answer, Judgement, Verdict};

use crate::code::{self, ResponseCode};
use crate::verdict::Ruling;
use crate::wire::{Envelope, Outcome};

/// An answer, and how the conversation goes on after it, whether it says yes or no.
pub(crate) struct Conversation<'a> {
    answer: &'a Answer,
    envelope: Envelope,
    malformed: bool,
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
        let (envelope, malformed) = match answer.json() {
            Ok(envelope) => (envelope, false),
            Err(error) => match answer.salvage() {
                Some(object) => (Envelope::salvaged(&object), true),
                None => return Err(error),
            },
        };
        if let Some(before) = before {
            hidden.push(before.session().reveal());
            hidden.extend(before.token().map(OtpToken::reveal));
        }
        let next = before.map(|before| renewed(before, &envelope));
        Ok(Self {
            answer,
            envelope,
            malformed,
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

    /// The challenge to use from now on, `before` where there is none.
    pub(crate) fn into_next(self, before: &OtpChallenge) -> OtpChallenge {
        self.next.unwrap_or_else(|| before.clone())
    }

    /// The accepted response code, or the error with all that the answer says.
    pub(crate) fn judge(&self, decide: fn(&Envelope) -> Ruling<'_>) -> Result<&str, Error> {
        let ruling = if self.malformed {
            Ruling::Contradictory("the answer is malformed in places")
        } else {
            decide(&self.envelope)
        };
        let (verdict, code) = match ruling {
            Ruling::Yes(code) => (Verdict::Yes, Some(code)),
            Ruling::No(kind, Some(code)) if ResponseCode::is_clear_no(code) => {
                (Verdict::ClearNo(kind), Some(code))
            }
            Ruling::No(kind, code) => (Verdict::No(kind), code),
            Ruling::Unclear(why) => (Verdict::Unclear(why), None),
            Ruling::Contradictory(why) => (Verdict::Contradictory(why), None),
        };
        let outer = self.envelope.error_code.text();
        let outer = outer.filter(|code| *code != "0");
        let mut hidden = self.hidden.clone();
        hidden.extend(brought(&self.envelope));
        let mut judgement = Judgement::new(verdict).hiding(&hidden);
        judgement = match (code, outer) {
            (Some(code), _) if ResponseCode::find(code).is_some() => {
                judgement.with_known_code(code)
            }
            (Some(code), _) | (None, Some(code)) => judgement.with_code(code),
            (None, None) => judgement,
        };
        if let Some(message) = self.message() {
            judgement = judgement.with_message(message);
        }
        match self.answer.judge(&judgement) {
            Ok(()) => Ok(code.unwrap_or_default()),
            Err(error) => Err(self.handing_on(self.naming_3d(error))),
        }
    }

    /// What came of the call, for a yes.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.envelope.outcome()
    }

    /// An answer that says neither yes nor no. What it renews is handed on all the same.
    pub(crate) fn unclear(&self, why: &'static str) -> Error {
        self.handing_on(self.answer.unreadable(why))
    }

    /// Says where 3-D Secure goes on, where it is wanted.
    fn naming_3d(&self, error: Error) -> Error {
        if error.code() != Some(code::WANTS_3D) {
            return error;
        }
        let error = error.with_reason("3-D Secure is wanted instead of a code");
        match self
            .outcome()
            .and_then(|outcome| filled(outcome.url_3d.as_ref()))
        {
            Some(url) => error.with_action_url(url),
            None => error,
        }
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
        let masterpass = self.envelope.masterpass();
        let exception = masterpass.and_then(|inner| inner.exception.as_ref());
        exception
            .and_then(|exception| filled(exception.message.as_ref()))
            .or_else(|| filled(self.outcome()?.description.as_ref()))
            .or_else(|| filled(self.envelope.message.as_ref()))
            .or_else(|| filled(self.envelope.error_message.as_ref()))
    }
}

/// The challenge after an answer: a renewed session replaces the caller's, a new token the old one.
/// What is empty, or cannot be one, changes nothing.
fn renewed(before: &OtpChallenge, envelope: &Envelope) -> OtpChallenge {
    let body = envelope.body();
    let session = body
        .and_then(|body| body.session.as_ref())
        .filter(|session| session.renewed == Some(true))
        .and_then(|session| SessionId::parse(session.id.as_deref()?.trim()).ok());
    let outcome = envelope.outcome();
    let token = outcome
        .filter(|outcome| gives_token(outcome))
        .and_then(|outcome| OtpToken::parse(outcome.token.as_deref()?.trim()).ok());
    let next = OtpChallenge::new(
        session.unwrap_or_else(|| before.session().clone()),
        token.map_or_else(|| before.recipient().clone(), OtpRecipient::Token),
    );
    match before.note() {
        Some(note) => next.with_note(note),
        None => next,
    }
}

/// What the answer itself brings and must not stand in an error's texts either: sessions and tokens,
/// adopted or not, and the name of the card.
fn brought(envelope: &Envelope) -> impl Iterator<Item = &str> {
    let body = envelope.body();
    let session = body.and_then(|body| body.session.as_ref()?.id.as_ref());
    let opened = body.and_then(|body| body.session_id.as_ref());
    let outcome = envelope.outcome();
    let token = outcome.and_then(|outcome| outcome.token.as_ref());
    let card = outcome.and_then(|outcome| outcome.card_unique_number.as_ref());
    [session, opened, token, card]
        .into_iter()
        .filter_map(filled)
}

/// Only an answer that asks for another code, or for 3-D Secure, replaces the token.
fn gives_token(outcome: &Outcome) -> bool {
    matches!(
        outcome.response_code.text(),
        Some(code::SENT_BY_BANK | code::SENT_BY_MASTERPASS | code::WANTS_3D)
    )
}
/// An empty text is none.
pub(crate) fn filled(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}
