//! For any JSON value in any field: no panic, no yes without an accepted code, no session lost.

use onay_core::{OtpChallenge, OtpSender, OtpVerifier};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{SUCCESS, answering, challenge, code};

/// Every place in the documented answer where a value can stand.
const PLACES: [&str; 19] = [
    "/ErrorCodeType",
    "/ErrorMessage",
    "/ErrorCode",
    "/Result",
    "/Message",
    "/Body",
    "/Body/Session",
    "/Body/Session/SessionRenewed",
    "/Body/Session/SessionId",
    "/Body/Masterpass",
    "/Body/Masterpass/Result",
    "/Body/Masterpass/Result/Token",
    "/Body/Masterpass/Result/RetrievalReferenceNumber",
    "/Body/Masterpass/Result/ResponseCode",
    "/Body/Masterpass/Result/Description",
    "/Body/Masterpass/Result/IsVerified",
    "/Body/Masterpass/Exception",
    "/Body/Masterpass/Message",
    "/Body/Masterpass/StatusCode",
];

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just(0), Just(200), Just(202), Just(404), Just(500)].prop_map(Value::from),
        prop_oneof![
            Just("0000"),
            Just("5001"),
            Just("5010"),
            Just("TOKEN_ALREADY_USED"),
            Just("")
        ]
        .prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                "Code|Message|ResponseCode|StatusCode|Result|x",
                inner,
                0..4
            )
            .prop_map(|fields| json!(fields)),
        ]
    })
}

/// The documented answer, with a renewed session and some values replaced.
fn answer(response_code: &str, replaced: &[(usize, Value)]) -> Value {
    let mut answer: Value = serde_json::from_str(SUCCESS).expect("JSON");
    answer["Body"]["Session"] = json!({"SessionRenewed": true, "SessionId": "renewed"});
    answer["Body"]["Masterpass"]["Result"]["ResponseCode"] = json!(response_code);
    answer["Body"]["Masterpass"]["Result"]["IsVerified"] = json!(true);
    for (place, value) in replaced {
        if let Some(field) = answer.pointer_mut(PLACES[*place]) {
            *field = value.clone();
        }
    }
    answer
}

/// The session that the answer renews, if what is left of it still does.
fn renews(answer: &Value) -> bool {
    let session = &answer["Body"]["Session"];
    let renewed = match &session["SessionRenewed"] {
        Value::String(text) => text.eq_ignore_ascii_case("true") || text == "1",
        Value::Number(number) => number.to_string() == "1",
        value => *value == json!(true),
    };
    renewed && session["SessionId"] == json!("renewed")
}

/// The accepted code that a yes must have.
fn response_code(answer: &Value) -> String {
    match &answer["Body"]["Masterpass"]["Result"]["ResponseCode"] {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// A moment's worth; with `ONAY_SOAK` set, half a minute's.
fn cases() -> u32 {
    if std::env::var_os("ONAY_SOAK").is_some() {
        1_500
    } else {
        100
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn nothing_is_let_through_and_nothing_is_lost(
        code_before in prop_oneof![Just("0000"), Just("5001"), Just("5010"), Just("4711")],
        replaced in prop::collection::vec((0..PLACES.len(), any_value()), 0..4),
    ) {
        let answer = answer(code_before, &replaced);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (sent, checked) = runtime.block_on(async {
            let (paywall, _server) = answering(&answer.to_string()).await;
            let sent = paywall.send_otp(&challenge()).await;
            (sent, paywall.verify_otp(&challenge(), &code("123456")).await)
        });
        let accepted = response_code(&answer);
        let is_renewed = |next: Option<&OtpChallenge>| {
            next.is_some_and(|next| next.session().expose() == "renewed")
        };
        if sent.is_ok() {
            prop_assert!(["0000", "5001", "5008"].contains(&accepted.as_str()), "{}", answer);
        }
        if checked.is_ok() {
            prop_assert_eq!(accepted, "0000", "{}", answer);
        }
        if renews(&answer) {
            let next = sent.as_ref().map_or_else(|e| e.challenge(), |s| Some(s.challenge()));
            prop_assert!(is_renewed(next), "lost on send: {}", answer);
            let next = checked.as_ref().map_or_else(|e| e.challenge(), |v| Some(v.challenge()));
            prop_assert!(is_renewed(next), "lost on check: {}", answer);
        }
    }
}
