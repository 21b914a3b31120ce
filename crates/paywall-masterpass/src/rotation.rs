//! Keeps what a response renews: the challenge to go on with after a yes or a no.

use onay_core::{Error, ErrorKind, OtpChallenge, ProviderCode, Reason, WebAddress};
use onay_http::{Field, Response, Verdict};

use crate::PROVIDER;
use crate::code;
use crate::verdict::Ruling;
use crate::wire::{Body, Envelope, Outcome};

const WANTS_3D: Reason = Reason::new(
    "masterpass_wants_3d",
    "3-D Secure is wanted instead of a code",
    "kod yerine 3-D Secure isteniyor",
);

/// A response, and the challenge that follows from it.
pub(crate) struct Rotation<'r> {
    response: &'r Response,
    envelope: Envelope<'r>,
    next: Option<Next>,
}

/// The challenge to use from now on.
struct Next {
    challenge: OtpChallenge,
    /// Whether its session or its token is another than before.
    is_renewed: bool,
    /// Whether the response gives a token that cannot be one.
    has_malformed_token: bool,
}

impl<'r> Rotation<'r> {
    /// Reads the response to a request about `before`.
    pub(crate) fn read(
        response: &'r Response,
        before: Option<&OtpChallenge>,
    ) -> Result<Self, Error> {
        let envelope = Envelope::new(response.object()?);
        let next = before.map(|before| Next::of(before, &envelope));
        Ok(Self {
            response,
            envelope,
            next,
        })
    }

    pub(crate) fn envelope(&self) -> &Envelope<'r> {
        &self.envelope
    }

    /// What came of the call, where Masterpass says so.
    pub(crate) fn outcome(&self) -> Option<&Outcome<'r>> {
        self.envelope.outcome()
    }

    /// The challenge to use from now on.
    pub(crate) fn next(&self) -> Option<&OtpChallenge> {
        self.next.as_ref().map(|next| &next.challenge)
    }

    /// Whether it gives a token that cannot be one.
    pub(crate) fn has_malformed_token(&self) -> bool {
        self.next
            .as_ref()
            .is_some_and(|next| next.has_malformed_token)
    }

    /// The challenge to use from now on, `before` where there is none.
    pub(crate) fn into_next(self, before: &OtpChallenge) -> OtpChallenge {
        match self.next {
            Some(next) => next.challenge,
            None => before.clone().with_provider(PROVIDER),
        }
    }

    /// The accepted response code, or the error with all that the response says.
    pub(crate) fn judge(
        &self,
        decide: fn(&Envelope<'_>) -> Ruling,
    ) -> Result<Option<ProviderCode>, Error> {
        let (verdict, code) = match decide(&self.envelope) {
            Ruling::Yes(code) => (Verdict::Yes, code),
            Ruling::No(kind, Some(code)) if is_certain(&code) => {
                (Verdict::Certain(kind), Some(code))
            }
            Ruling::No(kind, code) => (Verdict::No(kind), code),
            Ruling::Unclear(reason) => (Verdict::Unclear(reason), None),
            Ruling::Contradictory(reason) => (Verdict::Contradictory(reason), None),
        };
        let said = || {
            let code = code.clone().or_else(|| self.outer_code());
            (code, self.envelope.message())
        };
        match self.response.judge(verdict, said) {
            Ok(()) => Ok(code),
            Err(error) => Err(self.handing_on(self.naming_3d(error))),
        }
    }

    /// A response that says neither yes nor no. What it renews is handed on all the same.
    pub(crate) fn unclear(&self, reason: Reason) -> Error {
        self.handing_on(self.response.unreadable(reason))
    }

    fn outer_code(&self) -> Option<ProviderCode> {
        let code = self.envelope.error_code().value()?;
        (code != "0").then(|| code::CODES.code(&code))
    }

    /// Says where 3-D Secure goes on, where it is wanted.
    fn naming_3d(&self, error: Error) -> Error {
        if !error.code().is_some_and(|code| code.is(code::WANTS_3D)) {
            return error;
        }
        let error = error.with_reason(WANTS_3D);
        let address = self.outcome().and_then(Outcome::url_3d);
        match address.and_then(|address| WebAddress::parse(&address).ok()) {
            Some(address) => error.with_action(address),
            None => error,
        }
    }

    fn handing_on(&self, error: Error) -> Error {
        let goes_on = matches!(
            error.kind(),
            ErrorKind::WrongCode | ErrorKind::ActionRequired
        );
        match &self.next {
            Some(next) if goes_on || next.is_renewed => {
                error.with_challenge(next.challenge.clone())
            }
            _ => error,
        }
    }
}

/// Whether a code is known and says no to every operation.
fn is_certain(code: &ProviderCode) -> bool {
    code.row().is_some_and(onay_core::CodeRow::is_certain)
}

impl Next {
    /// A renewed session replaces the caller's, a new token the old one. What is empty, or cannot be
    /// one, changes nothing.
    fn of(before: &OtpChallenge, envelope: &Envelope<'_>) -> Self {
        let body = envelope.body.as_ref().value();
        let session = body.and_then(Body::renewed_session);
        let session = session.filter(|session| session != before.session());
        let outcome = envelope.outcome().filter(|outcome| gives_token(outcome));
        let token = outcome.map_or(Field::Absent, Outcome::token);
        let has_malformed_token = token.is_malformed();
        let token = token.value().filter(|token| Some(token) != before.token());
        let is_renewed = session.is_some() || token.is_some();
        let session = session.unwrap_or_else(|| before.session().clone());
        let mut challenge = OtpChallenge::new(session).with_provider(PROVIDER);
        if let Some(recipient) = before.recipient() {
            challenge = challenge.with_recipient(recipient.clone());
        }
        if let Some(token) = token.or_else(|| before.token().cloned()) {
            challenge = challenge.with_token(token);
        }
        if let Some(state) = before.state() {
            challenge = challenge.with_state(state);
        }
        if let Some(caller) = before.caller() {
            challenge = challenge.for_caller(caller.expose());
        }
        Self {
            challenge,
            is_renewed,
            has_malformed_token,
        }
    }
}

/// Only a response that asks for another code, or for 3-D Secure, replaces the token.
fn gives_token(outcome: &Outcome<'_>) -> bool {
    let code = outcome.response_code().value();
    code.is_some_and(|code| {
        [code::SENT_BY_BANK, code::SENT_BY_MASTERPASS, code::WANTS_3D]
            .iter()
            .any(|giving| code.is(giving))
    })
}
