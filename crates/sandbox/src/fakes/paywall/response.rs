//! `Response` is the envelope of Paywall's responses, as the documented samples show it.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::exception;
use super::fidelity::RESEND;
use super::session::{Entered, Opened};
use crate::fake::{self, Decision};
use crate::istanbul;
use crate::mask::Mask;

/// The build that every sample names.
const BUILD_ID: &str = "78";

/// What the journal must not show in full.
const SECRETS: [&str; 3] = ["Token", "SessionId", "CardUniqueNumber"];

/// An answer with its HTTP status.
#[derive(Clone, Debug)]
pub(super) struct Response {
    status: StatusCode,
    envelope: Envelope,
}

impl Response {
    /// A session was opened: the one answer whose body is flat.
    pub(super) fn opened(opened: Opened) -> Self {
        Self::accepted(Body::Opened {
            session_expiry_date: session_time(opened.expires_at),
            session_id: opened.id,
        })
    }

    /// A step within a session succeeded.
    pub(super) fn stepped(entered: &Entered, step: Step, correlation_id: String) -> Self {
        let (status_code, message) = match step {
            Step::Linked { .. } => (StatusCode::ACCEPTED, "Accepted"),
            Step::Resent { .. } | Step::Verified { .. } => (StatusCode::OK, "OK"),
        };
        Self::accepted(Body::Stepped {
            session: Some(Session::of(entered)),
            masterpass: Box::new(Masterpass {
                result: Some(step),
                build_id: BUILD_ID,
                correlation_id: Some(correlation_id),
                exception: None,
                message,
                request_id: (),
                status_code: status_code.as_u16(),
                version: (),
            }),
        })
    }

    /// Masterpass refuses with this code, of the table or not. A resend says `Result: true` all the
    /// same, as its documented failure does.
    pub(super) fn refused(operation: &str, entered: Option<&Entered>, code: &str) -> Self {
        let (status_code, level) = exception::status(code, operation);
        let body = Body::Stepped {
            session: entered.map(Session::of),
            masterpass: Box::new(Masterpass {
                result: None,
                build_id: BUILD_ID,
                correlation_id: None,
                exception: Some(Details {
                    level,
                    code: code.to_owned(),
                    message: exception::message(code),
                }),
                message: level,
                request_id: (),
                status_code: status_code.as_u16(),
                version: (),
            }),
        };
        Self::of(StatusCode::OK, operation == RESEND, Some(body))
    }

    /// Paywall refuses before it asks Masterpass.
    pub(super) fn turned_away(status: StatusCode) -> Self {
        Self::of(status, false, None)
    }

    /// The response on the wire, what the journal shows of it, and the doctor's word on it.
    pub(super) fn decision(&self, doctor: Option<String>) -> Decision {
        let status = self.status.as_u16();
        // Never fails: an envelope is made of texts and numbers.
        let text = serde_json::to_string(&self.envelope).unwrap_or_default();
        let response = fake::Response::text(status, "application/json", text);
        let shown = match serde_json::to_value(&self.envelope) {
            Ok(Value::Object(mut fields)) => {
                mask(&mut fields);
                fields
            }
            // Never so: an envelope is always an object.
            _ => Map::new(),
        };
        Decision::of(self.is_yes(), response, shown, doctor)
    }

    fn is_yes(&self) -> bool {
        match &self.envelope.body {
            None => false,
            Some(Body::Opened { .. }) => true,
            Some(Body::Stepped { masterpass, .. }) => match &masterpass.result {
                None => false,
                Some(Step::Verified { is_verified, .. }) => *is_verified,
                Some(Step::Linked { .. }) => true,
                Some(Step::Resent { response_code, .. }) => *response_code == "5001",
            },
        }
    }

    fn accepted(body: Body) -> Self {
        Self::of(StatusCode::OK, true, Some(body))
    }

    fn of(status: StatusCode, result: bool, body: Option<Body>) -> Self {
        Self {
            status,
            envelope: Envelope {
                error_code_type: 1,
                error_message: (),
                error_code: u8::from(!result),
                result,
                message: "",
                body,
            },
        }
    }
}

/// What came of a step that succeeded.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged, rename_all_fields = "PascalCase")]
pub(super) enum Step {
    Linked {
        retrieval_reference_number: String,
        response_code: &'static str,
        description: &'static str,
        token: String,
        card_issuer_name: &'static str,
        masked_pan: &'static str,
    },
    Resent {
        token: String,
        retrieval_reference_number: String,
        response_code: &'static str,
        description: &'static str,
    },
    Verified {
        retrieval_reference_number: String,
        is_verified: bool,
        url3d: (),
        url3d_success: (),
        url3d_fail: (),
        card_unique_number: Option<String>,
        token: String,
        response_code: &'static str,
        description: &'static str,
    },
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    error_code_type: u8,
    error_message: (),
    error_code: u8,
    result: bool,
    message: &'static str,
    body: Option<Body>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged, rename_all_fields = "PascalCase")]
enum Body {
    Opened {
        session_id: String,
        session_expiry_date: String,
    },
    Stepped {
        session: Option<Session>,
        masterpass: Box<Masterpass>,
    },
}

#[derive(Clone, Debug, Serialize)]
struct Session {
    #[serde(rename = "SessionRenewed")]
    renewed: bool,
    #[serde(rename = "SessionId")]
    id: String,
    #[serde(rename = "SessionExpiryDate", skip_serializing_if = "Option::is_none")]
    expiry_date: Option<String>,
}

impl Session {
    fn of(entered: &Entered) -> Self {
        Self {
            renewed: entered.renewed_until.is_some(),
            id: entered.id.clone(),
            expiry_date: entered.renewed_until.map(session_time),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Masterpass {
    result: Option<Step>,
    build_id: &'static str,
    correlation_id: Option<String>,
    exception: Option<Details>,
    message: &'static str,
    request_id: (),
    status_code: u16,
    version: (),
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    level: &'static str,
    code: String,
    message: &'static str,
}

/// Without offset, as sessions usually have it.
fn session_time(time: Timestamp) -> String {
    istanbul::format(time, "%Y-%m-%dT%H:%M:%S")
}

fn mask(fields: &mut Map<String, Value>) {
    for (name, value) in fields {
        match value {
            Value::Object(inner) => mask(inner),
            Value::String(_) if SECRETS.contains(&name.as_str()) => {
                *value = Mask::Fingerprint.apply(value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_session_is_istanbuls_without_saying_so() {
        assert_eq!(session_time(Timestamp::UNIX_EPOCH), "1970-01-01T03:00:00");
    }
}
