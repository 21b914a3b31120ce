//! Paywall's documented answers, and how tokens and codes come and go.

use std::time::Duration;

use jiff::Timestamp;
use onay_sandbox::{Message, Provider, Sandbox};
use serde_json::{Value, json};

use crate::support::{
    PaywallCaller, Response, exception_of, linked, newest_code, paywall, session_fields, text_of,
    token_of,
};

const RESEND_REQUEST: &str = include_str!("../fixtures/paywall/otp_resend.request.json");
const RESEND_SUCCESS: &str = include_str!("../fixtures/paywall/otp_resend.success.json");
const RESEND_FAILURE: &str =
    include_str!("../fixtures/paywall/otp_resend.failure_token_not_valid.json");

const SENT_TEXT: &str =
    "Telefonunuza gelen tek kullanımlık şifreyi girerek kart doğrulama işlemini tamamlayınız";

/// A sample as it goes over the wire, with other values in place of its own.
fn sample(fixture: &str, values: &[(&str, &str)]) -> String {
    let compact: String = fixture.lines().map(str::trim).collect();
    let compact = compact.replace("\": ", "\":");
    values.iter().fold(compact, |text, (sample, value)| {
        assert!(text.contains(sample), "{sample} in {text}");
        text.replace(sample, value)
    })
}

fn result_of(answer: &Response) -> Value {
    answer.json()["Body"]["Masterpass"]["Result"].clone()
}

fn correlation_of(answer: &Response) -> String {
    text_of(&answer.json()["Body"]["Masterpass"]["CorrelationId"])
}

#[tokio::test]
async fn a_session_is_flat() {
    let (sandbox, caller) = paywall().await;
    let mut fields = session_fields();
    fields["Force3D"] = json!(false);
    fields["PhoneVerifiedByMerchant"] = json!(true);
    fields["Unknown"] = json!([]);
    let opened = caller.call("session", &fields).await;
    assert_eq!(opened.status, 200);
    let body = opened.json()["Body"].clone();
    let (id, expiry) = (
        text_of(&body["SessionId"]),
        text_of(&body["SessionExpiryDate"]),
    );
    assert_eq!(
        opened.text,
        format!(
            r#"{{"ErrorCodeType":1,"ErrorMessage":null,"ErrorCode":0,"Result":true,"Message":"","Body":{{"SessionId":"{id}","SessionExpiryDate":"{expiry}"}}}}"#
        )
    );
    assert_eq!(id.len(), "6489433e-f36b-1410-825e-001264113a90".len());
    let expiry: Timestamp = format!("{expiry}+03:00").parse().expect("a time");
    let left = expiry.duration_since(Timestamp::now()).as_secs();
    assert!((1_790..=1_800).contains(&left), "{left} s");
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn a_link_sends_an_otp() {
    let (sandbox, caller) = paywall().await;
    let session = caller.session().await;
    let linked = caller
        .call("merchant/link", &json!({"SessionId": session}))
        .await;
    let (result, correlation) = (result_of(&linked), correlation_of(&linked));
    let reference = text_of(&result["RetrievalReferenceNumber"]);
    let token = text_of(&result["Token"]);
    assert_eq!(linked.status, 200);
    assert_eq!(
        linked.text,
        format!(
            r#"{{"ErrorCodeType":1,"ErrorMessage":null,"ErrorCode":0,"Result":true,"Message":"","Body":{{"Session":{{"SessionRenewed":false,"SessionId":"{session}"}},"Masterpass":{{"Result":{{"RetrievalReferenceNumber":"{reference}","ResponseCode":"5001","Description":"{SENT_TEXT}","Token":"{token}","CardIssuerName":"TEST","MaskedPan":"000000******0042"}},"BuildId":"78","CorrelationId":"{correlation}","Exception":null,"Message":"Accepted","RequestId":null,"StatusCode":202,"Version":null}}}}}}"#
        )
    );

    let messages = sandbox.messages();
    let [message] = messages.as_slice() else {
        panic!("one message, not {messages:?}");
    };
    let code = message.otp().expect("a code");
    assert_eq!(code.len(), 6);
    assert_eq!(
        message.text(),
        format!(
            "Masterpass hesabınızı bağlamak için onay kodunuz: {code}. \
             Kod 3 dakika geçerlidir, kimseyle paylaşmayınız."
        )
    );
    assert_eq!(message.to(), "+905550000042");
    assert_eq!(message.provider(), Provider::PAYWALL);
    assert_eq!(message.channel().to_string(), "sms");
    assert_eq!(message.tenant().len(), "paywall-".len() + 16);
    let lifetime = message
        .expires_at()
        .expect("an expiry")
        .duration_since(message.created_at());
    assert_eq!(lifetime.expect("later"), Duration::from_secs(180));
}

#[tokio::test]
async fn a_resend_answers_as_the_samples_do() {
    let (sandbox, caller, session, token) = linked().await;
    sandbox.advance(Duration::from_secs(30));
    let request = sample(
        RESEND_REQUEST,
        &[
            ("67a40b720d564a878dd46579b3d2eff3", &token),
            ("6489433e-f36b-1410-825e-001264113a90", &session),
        ],
    );
    let resent = Response::of(caller.request("otp/resend").body(request)).await;
    let result = result_of(&resent);
    assert_eq!(resent.status, 200);
    assert_eq!(
        resent.text,
        sample(
            RESEND_SUCCESS,
            &[
                ("a527433e-f36b-1410-80e5-004205aa382d", &session),
                (
                    "b1b9baa4018d4f17b1fd85592344b09a",
                    &text_of(&result["Token"])
                ),
                (
                    "100005844114",
                    &text_of(&result["RetrievalReferenceNumber"])
                ),
                (
                    "a38a5866-1688-4ae8-99b5-d3956d2e2e4c",
                    &correlation_of(&resent)
                ),
            ]
        )
    );
    assert_ne!(token_of(&resent), token);
    assert!(sandbox.messages()[0].text().contains("yeni onay kodunuz"));

    let unknown = caller
        .resend(&session, "67a40b720d564a878dd46579b3d2eff3")
        .await;
    assert_eq!(unknown.status, 200);
    assert_eq!(
        unknown.text,
        sample(
            RESEND_FAILURE,
            &[("a527433e-f36b-1410-80e5-004205aa382d", &session)]
        )
    );
    assert_eq!(sandbox.messages().len(), 2);
}

#[tokio::test]
async fn the_right_code_verifies_once() {
    let (sandbox, caller, session, token) = linked().await;
    let code = newest_code(&sandbox);
    let verified = caller.verify(&session, &token, &code).await;
    let (result, correlation) = (result_of(&verified), correlation_of(&verified));
    let reference = text_of(&result["RetrievalReferenceNumber"]);
    let (card, next) = (
        text_of(&result["CardUniqueNumber"]),
        text_of(&result["Token"]),
    );
    assert_eq!(verified.status, 200);
    assert_eq!(
        verified.text,
        format!(
            r#"{{"ErrorCodeType":1,"ErrorMessage":null,"ErrorCode":0,"Result":true,"Message":"","Body":{{"Session":{{"SessionRenewed":false,"SessionId":"{session}"}},"Masterpass":{{"Result":{{"RetrievalReferenceNumber":"{reference}","IsVerified":true,"Url3d":null,"Url3dSuccess":null,"Url3dFail":null,"CardUniqueNumber":"{card}","Token":"{next}","ResponseCode":"0000","Description":"İşlem başarılı."}},"BuildId":"78","CorrelationId":"{correlation}","Exception":null,"Message":"OK","RequestId":null,"StatusCode":200,"Version":null}}}}}}"#
        )
    );

    let used = caller.verify(&session, &token, &code).await;
    assert_eq!(used.status, 200);
    assert_eq!(
        used.text,
        format!(
            r#"{{"ErrorCodeType":1,"ErrorMessage":null,"ErrorCode":1,"Result":false,"Message":"","Body":{{"Session":{{"SessionRenewed":false,"SessionId":"{session}"}},"Masterpass":{{"Result":null,"BuildId":"78","CorrelationId":null,"Exception":{{"Level":"Unauthorized","Code":"TOKEN_ALREADY_USED","Message":"Token daha önce kullanıldı."}},"Message":"Unauthorized","RequestId":null,"StatusCode":401,"Version":null}}}}}}"#
        )
    );
    let resent = caller.resend(&session, &token).await;
    assert_eq!(exception_of(&resent), "TOKEN_ALREADY_USED");
}

#[tokio::test]
async fn a_resend_kills_the_old_token() {
    let (sandbox, caller, session, old) = linked().await;
    let old_code = newest_code(&sandbox);
    sandbox.advance(Duration::from_secs(30));
    let new = token_of(&caller.resend(&session, &old).await);
    let new_code = newest_code(&sandbox);
    assert_ne!(old_code, new_code);

    for code in [&old_code, &new_code] {
        let refused = caller.verify(&session, &old, code).await;
        assert_eq!(exception_of(&refused), "TOKEN_ALREADY_USED");
    }
    let refused = caller.resend(&session, &old).await;
    assert_eq!(exception_of(&refused), "TOKEN_ALREADY_USED");
    let old_code = caller.verify(&session, &new, &old_code).await;
    assert_eq!(exception_of(&old_code), "OTP_IS_NOT_VALID");
    let right = caller.verify(&session, &new, &new_code).await;
    assert_eq!(exception_of(&right), Value::Null);
    assert_eq!(sandbox.messages().len(), 2);
}

#[tokio::test]
async fn a_resend_waits_thirty_seconds_and_comes_three_times() {
    let (sandbox, caller, session, mut token) = linked().await;
    for _ in 0..3 {
        let early = caller.resend(&session, &token).await;
        assert_eq!(
            exception_of(&early),
            "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED"
        );
        assert_eq!(early.json()["Result"], true, "the outer verdict lies");
        assert_eq!(early.json()["ErrorCode"], 0);
        let word = caller.plain.doctor().await;
        let word = word.as_str().expect("a text");
        let (_, rest) = word.split_once("wait ").expect("a wait");
        let seconds: u64 = rest
            .split(' ')
            .next()
            .expect("a word")
            .parse()
            .expect("seconds");
        assert!((25..=30).contains(&seconds), "{word}");
        sandbox.advance(Duration::from_secs(30));
        token = token_of(&caller.resend(&session, &token).await);
    }
    sandbox.advance(Duration::from_secs(30));
    let limit = caller.resend(&session, &token).await;
    assert_eq!(
        exception_of(&limit),
        "ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME"
    );
    assert_eq!(sandbox.messages().len(), 4);
    let right = caller
        .verify(&session, &token, &newest_code(&sandbox))
        .await;
    assert_eq!(exception_of(&right), Value::Null, "the last code is good");
}

#[tokio::test]
async fn three_wrong_codes_kill_the_token() {
    let (sandbox, caller, session, token) = linked().await;
    let code = newest_code(&sandbox);
    for _ in 0..3 {
        let wrong = caller.verify(&session, &token, "wrong").await;
        assert_eq!(exception_of(&wrong), "OTP_IS_NOT_VALID");
        assert_eq!(wrong.json()["Body"]["Masterpass"]["StatusCode"], 401);
    }
    let dead = caller.verify(&session, &token, &code).await;
    assert_eq!(exception_of(&dead), "TOKEN_HAS_EXPIRED");
    let again = caller.link(&session).await;
    let right = caller
        .verify(&session, &again, &newest_code(&sandbox))
        .await;
    assert_eq!(exception_of(&right), Value::Null);
}

#[tokio::test]
async fn an_otp_runs_out_after_three_minutes() {
    let (sandbox, caller, session, token) = linked().await;
    let code = newest_code(&sandbox);
    sandbox.advance(Duration::from_secs(180));
    let late = caller.verify(&session, &token, &code).await;
    assert_eq!(exception_of(&late), "TOKEN_HAS_EXPIRED");
    let late = caller.resend(&session, &token).await;
    assert_eq!(exception_of(&late), "TOKEN_HAS_EXPIRED");
    assert_eq!(
        caller.plain.doctor().await,
        "the OTP of this token has run out, by the virtual clock"
    );
}

#[tokio::test]
async fn a_seed_repeats_the_codes() {
    let mut runs = Vec::new();
    for draws_more in [false, true] {
        let sandbox = Sandbox::builder().seed(7).start().await.expect("a sandbox");
        let caller = PaywallCaller::new(&sandbox);
        let mut session = caller.session().await;
        caller.link(&session).await;
        if draws_more {
            session = caller.session().await;
        }
        caller.link(&session).await;
        runs.push(sandbox.messages().iter().map(code).collect::<Vec<_>>());
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0][0], runs[0][1]);
}

fn code(message: &Message) -> String {
    message.otp().expect("a code").to_owned()
}

#[tokio::test]
async fn a_resend_at_once_from_many_is_one_message() {
    let (sandbox, caller, session, token) = linked().await;
    sandbox.advance(Duration::from_secs(30));
    let mut resending = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let (caller, session, token) = (caller.clone(), session.clone(), token.clone());
        resending.spawn(async move { exception_of(&caller.resend(&session, &token).await) });
    }
    let outcomes = resending.join_all().await;
    assert_eq!(outcomes.iter().filter(|code| code.is_null()).count(), 1);
    let used = outcomes
        .iter()
        .filter(|code| **code == "TOKEN_ALREADY_USED");
    assert_eq!(used.count(), 31);
    assert_eq!(sandbox.messages().len(), 2);
}
