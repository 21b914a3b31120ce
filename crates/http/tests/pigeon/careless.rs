//! A careless copy of Pigeon on a bare HTTP client: one mistake at a time, each a real one.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onay_core::{
    Delivery, Error, ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified,
    OtpVerifier, SessionId, async_trait,
};
use onay_testkit::conformance::Target;
use reqwest::redirect::Policy;
use serde_json::Value;

use crate::conformance::KEY;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    None,
    RetriesOnTimeout,
    RetriesWhenNobodyLooks,
    RetriesOn408,
    SaysNotSentOfATimeout,
    TakesAWrongCode,
    TakesAnyAnswerOfStatus200,
    TakesWhateverIsNoNo,
    TakesAnEmpty204,
    TakesAYesFromBefore,
    WritesToOneNumber,
    BlamesTheCustomerFor5xx,
    FoldsUnknownCodes,
    ForgetsTheSession,
    SendsWhatItCannotServe,
    FollowsRedirects,
    HasNoTimeout,
    ReadsWithoutEnd,
    PrintsTheKey,
    RemembersTheLastRequest,
    TracesTheNumber,
    TracesTheKeyOnAnotherThread,
    StaysBusyWhenDropped,
    ServesOneAtATime,
    DoesNotSayItsName,
}

#[derive(Clone)]
pub(crate) struct Careless {
    client: reqwest::Client,
    base_url: String,
    mistake: Mistake,
    busy: Arc<AtomicBool>,
    said_yes: Arc<AtomicBool>,
    last: Arc<Mutex<String>>,
}

impl Careless {
    pub(crate) fn new(target: &Target, mistake: Mistake) -> Self {
        let mut builder = reqwest::Client::builder();
        if mistake != Mistake::FollowsRedirects {
            builder = builder.redirect(Policy::none());
        }
        if mistake != Mistake::HasNoTimeout {
            builder = builder.timeout(target.timeout());
        }
        Self {
            client: builder.build().expect("a client"),
            base_url: target.base_url().to_owned(),
            mistake,
            busy: Arc::default(),
            said_yes: Arc::default(),
            last: Arc::default(),
        }
    }

    fn has(&self, mistake: Mistake) -> bool {
        self.mistake == mistake
    }

    fn error(&self, kind: ErrorKind) -> Error {
        let name = if self.has(Mistake::DoesNotSayItsName) {
            "acme"
        } else {
            "pigeon"
        };
        Error::new(kind).with_provider(name)
    }

    async fn call(
        &self,
        path: &str,
        challenge: &OtpChallenge,
        code: Option<&OtpCode>,
    ) -> Result<(), Error> {
        let to = challenge.gsm().map(Gsm::national);
        if to.is_none() && !self.has(Mistake::SendsWhatItCannotServe) {
            return Err(self.error(ErrorKind::Unsupported));
        }
        if self.has(Mistake::TracesTheNumber) {
            let spaced = challenge
                .gsm()
                .map(|gsm| gsm.national().replace("555", "555 "));
            tracing::debug!(?spaced, "calling");
        }
        if self.has(Mistake::TracesTheKeyOnAnotherThread) {
            let traced = tokio::task::spawn_blocking(|| tracing::debug!("with {KEY}"));
            traced.await.expect("traced");
        }
        if self.has(Mistake::TakesAYesFromBefore) && self.said_yes.load(Ordering::SeqCst) {
            return Ok(());
        }
        let to = to.map(|to| {
            if self.has(Mistake::WritesToOneNumber) {
                "5550000001"
            } else {
                to
            }
        });
        let body = serde_json::json!({
            "to": to,
            "conversation": challenge.session().reveal(),
            "code": code.map(OtpCode::reveal),
        });
        let _free = self.occupy()?;
        if self.has(Mistake::RemembersTheLastRequest) {
            *self.last.lock().expect("not poisoned") = body.to_string();
        }
        let mut result = self.post(path, body.to_string()).await;
        if self.has(Mistake::RetriesOnTimeout)
            && matches!(&result, Err(e) if e.kind() == ErrorKind::Interrupted)
        {
            result = self.post(path, body.to_string()).await;
        }
        if self.has(Mistake::RetriesWhenNobodyLooks) && result.is_err() {
            let (again, path) = (self.clone(), path.to_owned());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(500)).await;
                let _ = again.post(&path, body.to_string()).await;
            });
        } else if self.has(Mistake::RetriesOn408) && matches!(&result, Ok((408, _))) {
            result = self.post(path, body.to_string()).await;
        }
        let (status, body) = result?;
        let judged = self.judge(status, &body);
        self.said_yes.fetch_or(judged.is_ok(), Ordering::SeqCst);
        judged
    }

    async fn post(&self, path: &str, body: String) -> Result<(u16, Vec<u8>), Error> {
        let request = self
            .client
            .post(format!("{}{path}", self.base_url))
            .header("x-pigeon-key", KEY)
            .body(body);
        let broken = |error: reqwest::Error| {
            if error.is_connect() {
                self.error(ErrorKind::Unreachable)
            } else if self.has(Mistake::SaysNotSentOfATimeout) {
                self.error(ErrorKind::Interrupted)
                    .with_delivery(Delivery::NotSent)
            } else {
                self.error(ErrorKind::Interrupted)
            }
        };
        let mut response = request.send().await.map_err(broken)?;
        let status = response.status().as_u16();
        let mut whole = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            whole.extend_from_slice(&chunk);
            if whole.len() > 64 * 1024 && !self.has(Mistake::ReadsWithoutEnd) {
                return Err(self.error(ErrorKind::Unreadable));
            }
        }
        Ok((status, whole))
    }

    fn judge(&self, status: u16, body: &[u8]) -> Result<(), Error> {
        let kind = match status {
            401 | 403 => Some(ErrorKind::Credentials),
            500.. if self.has(Mistake::BlamesTheCustomerFor5xx) => Some(ErrorKind::Refused),
            500.. => Some(ErrorKind::Upstream),
            300.. => Some(ErrorKind::Refused),
            _ => None,
        };
        if let Some(kind) = kind {
            return Err(self.error(kind).with_http_status(status));
        }
        let takes = self.has(Mistake::TakesAnyAnswerOfStatus200)
            || (self.has(Mistake::TakesAnEmpty204) && status == 204);
        if takes {
            return Ok(());
        }
        let Ok(answer) = serde_json::from_slice::<Value>(body) else {
            return Err(self.error(ErrorKind::Unreadable));
        };
        let text = |name: &str| answer.get(name).and_then(Value::as_str);
        let kind = match (text("result"), text("reason")) {
            (Some("yes"), _) => return Ok(()),
            (Some("no"), Some("R-1")) => ErrorKind::Credentials,
            (Some("no"), Some("R-2")) => ErrorKind::TooSoon,
            (Some("no"), Some("R-3")) if self.has(Mistake::TakesAWrongCode) => return Ok(()),
            (Some("no"), Some("R-3")) => ErrorKind::WrongCode,
            (Some("no"), Some("R-4")) => ErrorKind::Expired,
            (Some("no"), Some("R-5")) => ErrorKind::Upstream,
            (Some("no"), Some(_)) => ErrorKind::Refused,
            (Some(_), _) if self.has(Mistake::TakesWhateverIsNoNo) => return Ok(()),
            _ => return Err(self.error(ErrorKind::Unreadable)),
        };
        let folded = self.has(Mistake::FoldsUnknownCodes) && kind == ErrorKind::Refused;
        let code = if folded {
            "other"
        } else {
            text("reason").unwrap_or_default()
        };
        let error = self.error(kind).with_code(code);
        Err(match answer.get("wait").and_then(Value::as_u64) {
            Some(wait) => error.with_retry_after(Duration::from_secs(wait)),
            None => error,
        })
    }

    /// Two ways to guard a client with a flag, both wrong.
    fn occupy(&self) -> Result<Option<Occupied>, Error> {
        let forgets = self.has(Mistake::StaysBusyWhenDropped);
        if !forgets && !self.has(Mistake::ServesOneAtATime) {
            return Ok(None);
        }
        if self.busy.swap(true, Ordering::SeqCst) {
            return Err(self.error(ErrorKind::LimitReached));
        }
        Ok(Some(Occupied {
            busy: Arc::clone(&self.busy),
            forgets,
        }))
    }
}

/// Frees the client when it is dropped; or, if it forgets, never.
struct Occupied {
    busy: Arc<AtomicBool>,
    forgets: bool,
}

impl Drop for Occupied {
    fn drop(&mut self) {
        if !self.forgets {
            self.busy.store(false, Ordering::SeqCst);
        }
    }
}

impl fmt::Debug for Careless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = if self.has(Mistake::PrintsTheKey) {
            KEY
        } else {
            "***"
        };
        f.debug_struct("Careless")
            .field("key", &key)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl OtpSender for Careless {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        self.call("/codes", challenge, None).await?;
        Ok(OtpSent::new(self.next(challenge)))
    }
}

#[async_trait]
impl OtpVerifier for Careless {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        self.call("/codes/check", challenge, Some(code)).await?;
        Ok(OtpVerified::new(self.next(challenge)))
    }
}

impl Careless {
    fn next(&self, challenge: &OtpChallenge) -> OtpChallenge {
        if self.has(Mistake::ForgetsTheSession) {
            let session = SessionId::parse("session-1").expect("a session");
            return OtpChallenge::new(session, challenge.recipient().clone());
        }
        challenge.clone()
    }
}
