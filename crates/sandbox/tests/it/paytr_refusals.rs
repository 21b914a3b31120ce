//! What PayTR Link refuses although the token is right, and what is no call at all.

use serde_json::json;

use crate::paytr_support::{
    PaytrCaller, WRONG_ID, WRONG_TOKEN, collection, deletion, mail, product, refusal, set, sms,
    with_link,
};
use crate::support::{Response, paytr, rows, text_of};

/// Fields of a product and what each cannot be; `~` is a text that is too long, `∅` an empty one.
const PRODUCT: &str = "
name | Çay | ~
price | 0 | 14.45 | -1 | ∅ | 9999999999999
currency | TRY | tl
max_installment | 0 | 13
link_type | flex
lang | de
min_count | 0 | ∅
max_count | 0 | x
expiry_date | 2037-01-01 | 2037-02-30 10:00:00 | 2037-1-1 10:00:00 | 2001-01-01 00:00:00 | tomorrow
debug_on | 2
get_qr | yes
callback_id | ORDER-1 | SİPARİŞ | ~
callback_link | ftp://example.com/a | https://example.com:8443/a | http://a@127.0.0.1/a | /a | https://
";

/// The same of the other calls.
const OTHERS: &str = "
send-sms | cell_phone | 5550000042 | +905550000042 | 905550000042 | 02120000042 | 0555 000 00 42 | ∅
send-email | email | musteri@ | a b@example.com | ∅
send-sms | id | ∅
send-sms | debug_on | 2
delete | id | ∅ | , | a,,b | ~
create | email | musteri | müşteri@example.com | ~ | ∅
";

/// Whether the call is refused in a sentence that names the field.
async fn names(caller: &PaytrCaller, call: &str, fields: Vec<(String, String)>, field: &str) {
    let answer = caller.call(call, fields.clone()).await;
    let answer_json = answer.json();
    assert_eq!(answer.status, 200);
    let reason = text_of(&answer_json["reason"]);
    assert_eq!(answer_json, refusal(&reason));
    let start = format!("{field} ");
    assert!(
        reason.starts_with(&start) && reason.ends_with('.'),
        "{fields:?}: {reason}"
    );
    let word = caller.doctor().await;
    let is_worded = word.len() > start.len() && reason.len() > start.len() + 1;
    assert!(word.starts_with(&start) && is_worded, "{fields:?}: {word}");
}

#[tokio::test]
async fn each_field_is_checked() {
    let (sandbox, caller, id) = with_link(product()).await;
    let called_back = set(product(), "callback_link", "https://example.com/bildirim");
    let called_back = set(called_back, "callback_id", "ORDER1");
    let long = |field: &str| match field {
        "id" => [id.as_str(); 11].join(","),
        "email" => format!("{}@example.com", "a".repeat(100)),
        "callback_id" => "a".repeat(65),
        _ => "ş".repeat(201),
    };
    for row in rows(PRODUCT) {
        for value in &row[1..] {
            let value = value.replace('~', &long(row[0])).replace('∅', "");
            let fields = set(called_back.clone(), row[0], &value);
            names(&caller, "create", fields, row[0]).await;
        }
    }
    for row in rows(OTHERS) {
        let good = match row[0] {
            "send-sms" => sms(&id),
            "send-email" => mail(&id),
            "delete" => deletion(&id),
            _ => collection(),
        };
        for value in &row[2..] {
            let value = value.replace('~', &long(row[1])).replace('∅', "");
            names(&caller, row[0], set(good.clone(), row[1], &value), row[1]).await;
        }
    }
    for (absent, other) in [
        ("callback_id", "callback_link"),
        ("callback_link", "callback_id"),
    ] {
        names(
            &caller,
            "create",
            set(called_back.clone(), absent, ""),
            absent,
        )
        .await;
        let word = caller.doctor().await;
        assert!(word.contains(other), "{word}");
    }
    let trimmed = caller.call("send-sms", sms(&format!("{id} "))).await;
    assert_eq!(trimmed.json(), refusal(WRONG_ID));
    assert!(sandbox.messages().is_empty());
    let longest = set(called_back.clone(), "callback_id", &"a".repeat(64));
    caller.create(longest).await;
    caller.create(called_back).await;
    caller
        .create(set(product(), "name", &"ş".repeat(200)))
        .await;
}

#[tokio::test]
async fn what_is_no_form_is_a_call_without_a_token() {
    let (_sandbox, caller) = paytr().await;
    let path = "/paytr/odeme/api/link/send-sms";
    let post = |content_type: &str, body: String| {
        let request = caller.plain.post(path).header("content-type", content_type);
        request.body(body)
    };
    for (request, word) in [
        (caller.plain.get(path), "the method is not POST"),
        (
            post("application/json", "{}".to_owned()),
            "the Content-Type is neither",
        ),
        (
            post("multipart/form-data; boundary=x", "--x\r\n".to_owned()),
            "the form cannot be read",
        ),
        (
            post("application/x-www-form-urlencoded", "a".repeat(65 * 1024)),
            "the body was cut off",
        ),
    ] {
        // A form that is none names no merchant; the method comes before.
        let answer = Response::of(request).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()),
            (200, refusal(WRONG_TOKEN))
        );
        let said = caller.doctor().await;
        assert!(said.starts_with(word), "{said}");
    }
    for path in ["", "/", "/odeme/api/link", "/nothing"] {
        let answer = Response::of(caller.plain.post(&format!("/paytr{path}"))).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["status"], json!("error"));
        assert!(
            caller
                .doctor()
                .await
                .starts_with("there is nothing at this path")
        );
    }
}
