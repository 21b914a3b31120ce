//! Paywall's requests and responses, field by field.

use std::borrow::Cow;

use onay_core::{Effect, Operation, OtpToken, ProviderCode, ProviderText, Reference, SessionId};
use onay_http::{Field, Object};
use serde::Serialize;

use crate::code::CODES;

pub(crate) const SESSION: &str = "/api/paywall/masterpass/session";
pub(crate) const LINK: &str = "/api/paywall/masterpass/merchant/link";
pub(crate) const RESEND: &str = "/api/paywall/masterpass/otp/resend";
pub(crate) const VERIFY: &str = "/api/paywall/masterpass/otp/verify";

/// `POST /session`.
pub(crate) const OPEN_SESSION: Operation = Operation::new("open_session", Effect::SendsNothing);
/// `POST /merchant/link`, which sends the first code.
pub(crate) const LINK_ACCOUNT: Operation = Operation::new("link_account", Effect::SendsCode);

/// `POST /session`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct OpenRequest<'a> {
    pub(crate) reference_code: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) user_phone: &'a str,
    #[serde(rename = "Force3D", skip_serializing_if = "Option::is_none")]
    pub(crate) force_3d: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone_verified_by_merchant: Option<bool>,
}

/// `POST /merchant/link`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct LinkRequest<'a> {
    pub(crate) session_id: &'a str,
}

/// `POST /otp/resend`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ResendRequest<'a> {
    pub(crate) otp_token: &'a str,
    pub(crate) session_id: &'a str,
}

/// `POST /otp/verify`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct VerifyRequest<'a> {
    pub(crate) otp_token: &'a str,
    pub(crate) otp_code: &'a str,
    pub(crate) for_link_to_merchant: bool,
    pub(crate) session_id: &'a str,
}

/// The outer verdict, which can say yes although the inner ones say no. Its parts are found once.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    outer: Object<'a>,
    pub(crate) body: Field<Body<'a>>,
    /// Masterpass's own response, as Paywall forwards it.
    pub(crate) masterpass: Field<Masterpass<'a>>,
}

impl<'a> Envelope<'a> {
    pub(crate) fn new(outer: Object<'a>) -> Self {
        let body = outer.object("Body").map(Body);
        let masterpass = body.as_ref().and_then(|body| body.0.object("Masterpass"));
        Self {
            masterpass: masterpass.map(Masterpass::new),
            body,
            outer,
        }
    }

    pub(crate) fn result(&self) -> Field<bool> {
        self.outer.flag("Result")
    }

    pub(crate) fn error_code(&self) -> Field<Cow<'a, str>> {
        self.outer.text("ErrorCode")
    }

    /// What came of the call, where Masterpass says so.
    pub(crate) fn outcome(&self) -> Option<&Outcome<'a>> {
        self.masterpass.as_ref().value()?.result.as_ref().value()
    }

    /// The innermost text that says something.
    pub(crate) fn message(&self) -> Option<ProviderText> {
        let masterpass = self.masterpass.as_ref().value();
        let exception = masterpass.and_then(|inner| inner.exception.as_ref().value());
        exception
            .and_then(|exception| exception.0.text("Message").value())
            .or_else(|| self.outcome()?.fields.text("Description").value())
            .or_else(|| self.outer.text("Message").value())
            .or_else(|| self.outer.text("ErrorMessage").value())
            .map(|text| ProviderText::new(&text))
    }
}

/// The body: nested for all calls but `/session`, which is flat.
#[derive(Debug)]
pub(crate) struct Body<'a>(Object<'a>);

impl<'a> Body<'a> {
    /// The session that replaces the caller's, where the response says that it was renewed.
    pub(crate) fn renewed_session(&self) -> Option<SessionId> {
        let session = self.0.object("Session").value()?;
        let is_renewed = session.flag("SessionRenewed") == Field::Value(true);
        let id = session.text("SessionId").value()?;
        is_renewed.then(|| SessionId::parse(id.trim()).ok())?
    }

    pub(crate) fn session_id(&self) -> Option<SessionId> {
        SessionId::parse(&self.0.text("SessionId").value()?).ok()
    }

    pub(crate) fn session_expiry_date(&self) -> Option<Cow<'a, str>> {
        self.0.text("SessionExpiryDate").value()
    }
}

/// Masterpass's own response.
#[derive(Debug)]
pub(crate) struct Masterpass<'a> {
    inner: Object<'a>,
    pub(crate) result: Field<Outcome<'a>>,
    pub(crate) exception: Field<Exception<'a>>,
}

impl<'a> Masterpass<'a> {
    fn new(inner: Object<'a>) -> Self {
        Self {
            result: inner.object("Result").map(Outcome::new),
            exception: inner.object("Exception").map(Exception),
            inner,
        }
    }

    pub(crate) fn status_code(&self) -> Field<Cow<'a, str>> {
        self.inner.text("StatusCode")
    }
}

/// What came of the call.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    fields: Object<'a>,
    /// Looked up once: every decision asks for it.
    response_code: Field<ProviderCode>,
}

impl<'a> Outcome<'a> {
    fn new(fields: Object<'a>) -> Self {
        Self {
            response_code: fields.code("ResponseCode", &CODES),
            fields,
        }
    }

    pub(crate) fn response_code(&self) -> Field<ProviderCode> {
        self.response_code.clone()
    }

    pub(crate) fn status_code(&self) -> Field<Cow<'a, str>> {
        self.fields.text("StatusCode")
    }

    pub(crate) fn is_verified(&self) -> Field<bool> {
        self.fields.flag("IsVerified")
    }

    pub(crate) fn token(&self) -> Field<OtpToken> {
        let token = self.fields.text("Token");
        token.and_then(|token| match OtpToken::parse(token.trim()) {
            Ok(token) => Field::Value(token),
            Err(_) => Field::Malformed,
        })
    }

    pub(crate) fn reference(&self) -> Option<Reference> {
        Reference::parse(&self.fields.text("RetrievalReferenceNumber").value()?)
    }

    pub(crate) fn url_3d(&self) -> Option<Cow<'a, str>> {
        self.fields.text("Url3d").value()
    }

    pub(crate) fn card_unique_number(&self) -> Option<ProviderText> {
        self.provider_text("CardUniqueNumber")
    }

    pub(crate) fn card_issuer_name(&self) -> Option<ProviderText> {
        self.provider_text("CardIssuerName")
    }

    pub(crate) fn masked_pan(&self) -> Option<ProviderText> {
        self.provider_text("MaskedPan")
    }

    fn provider_text(&self, name: &str) -> Option<ProviderText> {
        let text = self.fields.text(name).value()?;
        Some(ProviderText::new(&text))
    }
}

/// Why not. Only the code may be branched on.
#[derive(Debug)]
pub(crate) struct Exception<'a>(Object<'a>);

impl Exception<'_> {
    pub(crate) fn code(&self) -> Field<ProviderCode> {
        self.0.code("Code", &CODES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_read() {
        for text in [
            r#"{"Result":true,"Body":{"Masterpass":{"StatusCode":200,"Result":{"Token":"t"}}}}"#,
            r#"{"result":true,"body":{"masterpass":{"statusCode":"200","result":{"token":"t"}}}}"#,
        ] {
            let envelope = Envelope::new(Object::parse(text).expect(text));
            assert_eq!(envelope.result(), Field::Value(true));
            let masterpass = envelope.masterpass.as_ref().value().expect("inner");
            assert_eq!(masterpass.status_code().as_deref(), Field::Value("200"));
            let outcome = envelope.outcome().expect("an outcome");
            let token = OtpToken::parse("t").expect("a token");
            assert!(outcome.token() == Field::Value(token));
        }
    }
}
