//! What is on the wire, and nothing else.

use onay_http::{Object, Said, loose};
use serde::{Deserialize, Deserializer, Serialize};

pub(crate) const SESSION: &str = "/api/paywall/masterpass/session";
pub(crate) const LINK: &str = "/api/paywall/masterpass/merchant/link";
pub(crate) const RESEND: &str = "/api/paywall/masterpass/otp/resend";
pub(crate) const VERIFY: &str = "/api/paywall/masterpass/otp/verify";

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

/// Declares a part of the answer: every field in `PascalCase` or `camelCase`, of whatever type, there
/// or not. Nothing in it can fail the rest: a renewed session must not be lost over a number. What decides
/// is a [`Said`], which tells what is missing from what is nonsense.
macro_rules! part {
    ($(#[$docs:meta])* $name:ident { $($field:ident: $type:ty = $reader:literal, $pascal:literal | $camel:literal;)+ }) => {
        $(#[$docs])*
        #[derive(Default, Deserialize)]
        pub(crate) struct $name {
            $(
                #[serde(default, rename = $pascal, alias = $camel, deserialize_with = $reader)]
                pub(crate) $field: $type,
            )+
        }
    };
}

part! {
    /// The outer verdict, which can say yes although the inner ones say no.
    Envelope {
        error_code: Said<String> = "Said::deserialize", "ErrorCode" | "errorCode";
        error_message: Option<String> = "loose::text", "ErrorMessage" | "errorMessage";
        result: Said<bool> = "Said::deserialize", "Result" | "result";
        message: Option<String> = "loose::text", "Message" | "message";
        body: Said<Body> = "whole", "Body" | "body";
    }
}

part! {
    /// The body: nested for all calls but `/session`, which is flat.
    Body {
        session: Option<Session> = "loose::object", "Session" | "session";
        masterpass: Said<Masterpass> = "whole", "Masterpass" | "masterpass";
        session_id: Option<String> = "loose::text", "SessionId" | "sessionId";
        session_expiry_date: Option<String> = "loose::text", "SessionExpiryDate" | "sessionExpiryDate";
    }
}

part! {
    /// The session, renewed or not.
    Session {
        renewed: Option<bool> = "loose::flag", "SessionRenewed" | "sessionRenewed";
        id: Option<String> = "loose::text", "SessionId" | "sessionId";
    }
}

part! {
    /// Masterpass's own answer, as Paywall hands it on.
    Masterpass {
        result: Option<Outcome> = "loose::object", "Result" | "result";
        exception: Option<Exception> = "loose::object_or_default", "Exception" | "exception";
        status_code: Said<String> = "Said::deserialize", "StatusCode" | "statusCode";
    }
}

part! {
    /// What came of the call.
    Outcome {
        response_code: Said<String> = "Said::deserialize", "ResponseCode" | "responseCode";
        token: Option<String> = "loose::text", "Token" | "token";
        reference: Option<String> = "loose::text", "RetrievalReferenceNumber" | "retrievalReferenceNumber";
        description: Option<String> = "loose::text", "Description" | "description";
        is_verified: Said<bool> = "Said::deserialize", "IsVerified" | "isVerified";
        status_code: Said<String> = "Said::deserialize", "StatusCode" | "statusCode";
        url_3d: Option<String> = "loose::text", "Url3d" | "url3d";
        card_unique_number: Option<String> = "loose::text", "CardUniqueNumber" | "cardUniqueNumber";
        card_issuer_name: Option<String> = "loose::text", "CardIssuerName" | "cardIssuerName";
        masked_pan: Option<String> = "loose::text", "MaskedPan" | "maskedPan";
    }
}

part! {
    /// Why not. Only the code may be branched on.
    Exception {
        code: Said<String> = "Said::deserialize", "Code" | "code";
        message: Option<String> = "loose::text", "Message" | "message";
    }
}

/// Reads an object. A list or a text in its place may hold a verdict that nobody reads, so it is nonsense;
/// null and an empty text are nothing.
fn whole<'de, D, T>(deserializer: D) -> Result<Said<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let read: Option<Whole<T>> = loose::object_or_default(deserializer)?;
    Ok(match read {
        None => Said::Nothing,
        Some(Whole(None)) => Said::Nonsense,
        Some(Whole(Some(object))) => Said::This(object),
    })
}

/// An object, or none where something else stands in its place.
struct Whole<T>(Option<T>);

impl<T> Default for Whole<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|object| Self(Some(object)))
    }
}

impl Envelope {
    /// The body, where it is an object.
    pub(crate) fn body(&self) -> Option<&Body> {
        match &self.body {
            Said::This(body) => Some(body),
            Said::Nothing | Said::Nonsense => None,
        }
    }

    /// Masterpass's own answer, where there is one.
    pub(crate) fn masterpass(&self) -> Option<&Masterpass> {
        match &self.body()?.masterpass {
            Said::This(masterpass) => Some(masterpass),
            Said::Nothing | Said::Nonsense => None,
        }
    }

    /// What came of the call, where Masterpass says so.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.masterpass()?.result.as_ref()
    }

    /// What rotates, out of an answer that is malformed in places. The rest is left out: such an
    /// answer says neither yes nor no.
    pub(crate) fn salvaged(answer: &Object) -> Self {
        let body = answer.object(&["Body", "body"]);
        let inside = |names: &[&str]| body.as_ref().and_then(|body| body.object(names));
        let session = inside(&["Session", "session"]).map(|session| Session {
            renewed: session.flag(&["SessionRenewed", "sessionRenewed"]),
            id: session.text(&["SessionId", "sessionId"]),
        });
        let outcome = inside(&["Masterpass", "masterpass"])
            .and_then(|masterpass| masterpass.object(&["Result", "result"]))
            .map(|result| Outcome {
                token: result.text(&["Token", "token"]),
                response_code: result
                    .text(&["ResponseCode", "responseCode"])
                    .map_or(Said::Nothing, Said::This),
                ..Outcome::default()
            });
        let masterpass = Masterpass {
            result: outcome,
            ..Masterpass::default()
        };
        Self {
            body: Said::This(Body {
                session,
                masterpass: Said::This(masterpass),
                ..Body::default()
            }),
            ..Self::default()
        }
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
            let envelope: Envelope = serde_json::from_str(text).expect(text);
            assert_eq!(envelope.result, Said::This(true));
            let masterpass = envelope.masterpass().expect("inner");
            assert_eq!(masterpass.status_code.text(), Some("200"));
            let outcome = envelope.outcome().expect("an outcome");
            assert_eq!(outcome.token.as_deref(), Some("t"));
        }
    }
}
