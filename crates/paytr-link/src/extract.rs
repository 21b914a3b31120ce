//! Callbacks as extractors of axum: extracting verifies, and a wrong one is answered.

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use onay_core::{Error, ErrorKind, Reason};
use onay_http::reqwest::StatusCode;

use crate::{
    CALLBACK_REPLY, Credentials, IframePayment, Payment, refuse, verify_callback,
    verify_iframe_callback,
};

const NOT_READ: Reason = Reason::new(
    "paytr_body_not_read",
    "did not come whole, or is longer than the server takes",
    "eksik geldi ya da sunucunun kabul ettiğinden uzun",
);

/// The reply to a callback that was heard: [`CALLBACK_REPLY`] in plain text, with the status 200.
///
/// ```
/// use axum::{Router, routing::post};
/// use onay_paytr_link::{Credentials, Payment, PaytrOk};
///
/// async fn paid(payment: Payment) -> PaytrOk {
///     // Write `payment.idempotency_key()` and what it causes in one transaction.
///     PaytrOk
/// }
///
/// let credentials = Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001")?;
/// // Any state does of which the credentials are a part (`FromRef`).
/// let app: Router = Router::new().route("/paid", post(paid)).with_state(credentials);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaytrOk;

impl IntoResponse for PaytrOk {
    fn into_response(self) -> Response {
        CALLBACK_REPLY.into_response()
    }
}

/// A callback that is no payment, and how it is answered.
///
/// One that PayTR has signed and that is no success gets [`PaytrOk`]: there is nothing to do, and
/// PayTR would tell it again. Any other gets the status 400. To see why, take
/// `Result<Payment, CallbackRejection>` in the handler.
#[derive(Debug)]
pub struct CallbackRejection(Error);

impl CallbackRejection {
    /// Why it is none: an error of [`verify_callback`].
    pub fn error(&self) -> &Error {
        &self.0
    }
}

impl IntoResponse for CallbackRejection {
    fn into_response(self) -> Response {
        match self.0.kind() {
            ErrorKind::Refused => PaytrOk.into_response(),
            _ => (StatusCode::BAD_REQUEST, "no").into_response(),
        }
    }
}

macro_rules! extracted {
    ($payment:ty, $verify:path) => {
        /// Verifies the callback with the [`Credentials`] of the router's state.
        impl<S> FromRequest<S> for $payment
        where
            Credentials: FromRef<S>,
            S: Send + Sync,
        {
            type Rejection = CallbackRejection;

            async fn from_request(request: Request, state: &S) -> Result<Self, CallbackRejection> {
                let body = Bytes::from_request(request, state).await;
                body.map_err(|_| refuse("body", NOT_READ))
                    .and_then(|body| $verify(&body, &Credentials::from_ref(state)))
                    .map_err(CallbackRejection)
            }
        }
    };
}

extracted!(Payment, verify_callback);
extracted!(IframePayment, verify_iframe_callback);

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};

    use super::*;
    use crate::Signed;

    const SIGNED: &str = "callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=3456&hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D";

    /// A shop's state, of which the credentials are a part.
    struct Shop(Credentials);

    impl FromRef<Shop> for Credentials {
        fn from_ref(shop: &Shop) -> Self {
            shop.0.clone()
        }
    }

    fn credentials() -> Credentials {
        Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001").expect("credentials")
    }

    async fn reply<P>(body: &str) -> (u16, String)
    where
        P: FromRequest<Shop, Rejection = CallbackRejection>,
    {
        let request = Request::new(Body::from(body.to_owned()));
        let response = match P::from_request(request, &Shop(credentials())).await {
            Ok(_) => PaytrOk.into_response(),
            Err(rejection) => rejection.into_response(),
        };
        assert_eq!(
            response.headers()["content-type"],
            "text/plain; charset=utf-8"
        );
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 100).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }

    fn form(signed: &Signed<'_>, fields: &str) -> String {
        let mut form = form_urlencoded::Serializer::new(fields.to_owned());
        form.append_pair("hash", &signed.token(&credentials()))
            .finish()
    }

    #[tokio::test]
    async fn extracting_verifies_and_what_is_no_payment_is_answered() {
        let (merchant_oid, total_amount) = ("PT1", "3456");
        let failed = Signed::Callback {
            callback_id: "ORDER0001",
            merchant_oid,
            status: "failed",
            total_amount,
        };
        let fields = "callback_id=ORDER0001&merchant_oid=PT1&status=failed&total_amount=3456";
        let failed = form(&failed, fields);
        let iframe = Signed::IframeCallback {
            merchant_oid,
            status: "success",
            total_amount,
        };
        let iframe = form(&iframe, "merchant_oid=PT1&status=success&total_amount=3456");
        let (ok, no) = ((200, "OK".to_owned()), (400, "no".to_owned()));
        for body in [SIGNED, &failed] {
            assert_eq!(reply::<Payment>(body).await, ok, "{body}");
        }
        assert_eq!(reply::<IframePayment>(&iframe).await, ok);
        let (changed, long) = (SIGNED.replace("3456", "1"), "a".repeat(3_000_000));
        for body in [&changed, &iframe, "", &long] {
            assert_eq!(reply::<Payment>(body).await, no, "{body:.80}");
        }
        assert_eq!(reply::<IframePayment>(SIGNED).await, no);
    }
}
