//! The careless provider: a client of Twilio Verify's dialect on a bare HTTP library.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onay_core::{
    Dispatch, Error, ErrorKind, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpToken, OtpVerified,
    OtpVerifier, PhoneNumber, ProviderCode, ProviderText, Secret, SessionId, async_trait,
};
use onay_testkit::certificate_authority;
use onay_testkit::conformance::Target;
use reqwest::redirect::Policy;
use reqwest::{Certificate, header};

use crate::dialect::{Answer, CODES};
use crate::mistake::Mistake;
use crate::suite::{ACCOUNT, KEY, PROVIDER};

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
        let authority = Certificate::from_pem(certificate_authority().as_bytes());
        let mut builder = reqwest::Client::builder()
            .tls_certs_only([authority.expect("a certificate")])
            .no_proxy();
        if mistake != Mistake::FollowsRedirects {
            builder = builder.redirect(Policy::none());
        }
        if mistake != Mistake::HasNoTimeout {
            builder = builder.timeout(target.timeout());
        }
        if mistake != Mistake::SpeaksHttp2 {
            builder = builder.http1_only().retry(reqwest::retry::never());
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
        let silent = self.has(Mistake::DoesNotSayItsName);
        Error::new(kind).with_provider(if silent { "acme" } else { PROVIDER })
    }

    /// The form's fields, or what cannot be served.
    fn form(&self, challenge: &OtpChallenge, code: Option<&OtpCode>) -> Result<String, Error> {
        let is_foreign = challenge.check_provider(PROVIDER).is_err();
        if is_foreign && !self.has(Mistake::TakesTheChallengeOfAnother) {
            return Err(self.error(ErrorKind::Unsupported));
        }
        let to = challenge.phone().map(PhoneNumber::e164);
        let serves = to.is_some() && (code.is_none() || challenge.token().is_some());
        if !serves && !self.has(Mistake::SendsWhatItCannotServe) {
            return Err(self.error(ErrorKind::Unsupported));
        }
        let to = if self.has(Mistake::WritesToOneNumber) {
            Some("+4915100000001")
        } else {
            to
        };
        let mut form = String::new();
        let mut add =
            |name: &str, value: &str| form.push_str(&format!("&{name}={}", encoded(value)));
        match code {
            None => {
                add("To", to.unwrap_or_default());
                add("Channel", "sms");
            }
            Some(code) => {
                add("Code", code.expose());
                match challenge.token() {
                    Some(sid) if !self.has(Mistake::ChecksByNumberAlone) => {
                        add("VerificationSid", sid.expose());
                    }
                    _ => add("To", to.unwrap_or_default()),
                }
            }
        }
        if self.has(Mistake::SendsTheCaller) {
            add("Tags", challenge.caller().map_or("", Secret::expose));
        }
        if self.has(Mistake::ForgetsToEncodeThePlus) {
            form = form.replace("%2B", "+");
        }
        Ok(form.trim_start_matches('&').to_owned())
    }

    async fn call(
        &self,
        path: &str,
        challenge: &OtpChallenge,
        code: Option<&OtpCode>,
    ) -> Result<OtpChallenge, Error> {
        let form = self.form(challenge, code)?;
        if self.has(Mistake::TracesTheNumber) {
            let spaced = challenge
                .phone()
                .map(|phone| phone.e164().replace("151", "151 "));
            tracing::debug!(?spaced, "calling");
        }
        if self.has(Mistake::TracesTheState) {
            tracing::debug!("with {:?}", challenge.state());
        }
        if self.has(Mistake::TracesTheKeyOnAnotherThread) {
            let traced = tokio::task::spawn_blocking(|| tracing::debug!("with {KEY}"));
            traced.await.expect("traced");
        }
        if self.has(Mistake::TakesAYesFromBefore) && self.said_yes.load(Ordering::SeqCst) {
            return Ok(self.next(challenge, None));
        }
        let _free = self.occupy()?;
        if self.has(Mistake::RemembersTheLastRequest) {
            form.clone_into(&mut self.last.lock().expect("not poisoned"));
        }
        let mut result = self.post(path, form.clone()).await;
        if self.has(Mistake::RetriesOnTimeout)
            && matches!(&result, Err(e) if e.kind() == ErrorKind::Interrupted)
        {
            result = self.post(path, form.clone()).await;
        }
        if self.has(Mistake::RetriesLater) && result.is_err() {
            let (again, path) = (self.clone(), path.to_owned());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(500)).await;
                let _ = again.post(&path, form).await;
            });
        } else if self.has(Mistake::RetriesOn408) && matches!(&result, Ok((408, _))) {
            result = self.post(path, form).await;
        }
        let (status, body) = result?;
        let sid = self.judge(status, &body, code.is_some())?;
        self.said_yes.store(true, Ordering::SeqCst);
        Ok(self.next(challenge, sid))
    }

    async fn post(&self, path: &str, form: String) -> Result<(u16, Vec<u8>), Error> {
        let request = self
            .client
            .post(format!("{}/Services/VAtest/{path}", self.base_url))
            .basic_auth(ACCOUNT, Some(KEY))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        let broken = |error: reqwest::Error| {
            if error.is_connect() {
                self.error(ErrorKind::Unreachable)
            } else if self.has(Mistake::SaysNotSentOfATimeout) {
                self.error(ErrorKind::Interrupted)
                    .with_dispatch(Dispatch::NotSent)
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

    /// The sid of a yes.
    fn judge(&self, status: u16, body: &[u8], is_check: bool) -> Result<Option<String>, Error> {
        let error = |kind| Err(self.error(kind).with_http_status(status));
        match status {
            408 | 500.. if self.has(Mistake::BlamesTheCustomerFor5xx) => {
                return error(ErrorKind::Refused);
            }
            408 | 500.. => return error(ErrorKind::Upstream),
            307 | 308 => return error(ErrorKind::Refused),
            300..=399 => return error(ErrorKind::Unreadable),
            401 if body.is_empty() => return error(ErrorKind::Credentials),
            403 if self.has(Mistake::BelievesAFirewall) => return error(ErrorKind::Credentials),
            200 if self.has(Mistake::TakesAnyAnswerOfStatus200) => return Ok(None),
            204 if self.has(Mistake::TakesAnEmpty204) => return Ok(None),
            _ => {}
        }
        let read = if self.has(Mistake::TakesTheLastOfTwo) {
            Answer::read_carelessly(body)
        } else {
            Answer::read(body)
        };
        let Some(answer) = read else {
            return error(ErrorKind::Unreadable);
        };
        if let Some(code) = answer.code {
            return Err(self.refusal(status, code, &answer));
        }
        if status >= 300 {
            return error(ErrorKind::Unreadable);
        }
        let sid = answer.sid.clone().filter(|sid| sid.starts_with("VE"));
        match (answer.status(), is_check) {
            (Some("pending"), false) if sid.is_some() => Ok(sid),
            (Some("approved"), true) if answer.valid == Some(true) => Ok(None),
            (Some("pending"), true) if self.has(Mistake::TakesAWrongCode) => Ok(None),
            (Some("pending"), true) if answer.valid == Some(false) => error(ErrorKind::WrongCode),
            (Some("expired" | "canceled" | "deleted"), true) => error(ErrorKind::Expired),
            (Some("max_attempts_reached"), true) => error(ErrorKind::LimitReached),
            (Some(_), _) if self.has(Mistake::TakesUnknownStatuses) => Ok(sid),
            _ => error(ErrorKind::Unreadable),
        }
    }

    fn refusal(&self, status: u16, code: u32, answer: &Answer) -> Error {
        let text = code.to_string();
        let row = CODES.find(&text);
        let kind = match row.map(|row| row.meaning(onay_core::Operation::SEND_OTP)) {
            Some(onay_core::Meaning::No(kind)) => kind,
            _ => ErrorKind::Refused,
        };
        let folded = row.is_none() && self.has(Mistake::FoldsUnknownCodes);
        let code = if folded {
            ProviderCode::Unknown(ProviderText::new("other"))
        } else {
            CODES.code(&text)
        };
        let message = answer.message.clone().unwrap_or_default();
        let error = self.error(kind).with_code(code).with_http_status(status);
        if self.has(Mistake::PrintsTheProvidersText) {
            return error.with_source(std::io::Error::other(message));
        }
        error.with_provider_text(ProviderText::new(&message))
    }

    fn next(&self, challenge: &OtpChallenge, sid: Option<String>) -> OtpChallenge {
        let mut next = challenge.clone();
        if self.has(Mistake::ForgetsTheSession) {
            next = OtpChallenge::new(SessionId::parse("session-1").expect("a session"));
        }
        if !self.has(Mistake::DoesNotNameTheProviderInTheChallenge) {
            next = next.with_provider(PROVIDER);
        }
        match sid.map(|sid| OtpToken::parse(&sid)) {
            Some(Ok(token)) => next.with_token(token),
            _ => next,
        }
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
        let next = self.call("Verifications", challenge, None).await?;
        Ok(OtpSent::new(next))
    }
}

#[async_trait]
impl OtpVerifier for Careless {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        let next = self
            .call("VerificationCheck", challenge, Some(code))
            .await?;
        Ok(OtpVerified::new(next))
    }
}

fn encoded(value: &str) -> String {
    let encode = |byte: u8| match byte {
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}
