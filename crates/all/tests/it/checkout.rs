//! The shop of the checkout example: paid by card, paid by link, and not paid.

use onay::paytr_link::{CALLBACK_REPLY, Credentials, Signed};
use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::shop::{Shop, assert_says};

const PHONE: &str = "0555 000 00 42";

#[tokio::test]
async fn a_card_is_paid_with_the_code_that_was_sent() {
    let shop = Shop::open().await;
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "+90 555 *** ** 42");
    let wait = page
        .split_once("data-wait=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    let seconds: u64 = wait.expect("a countdown").0.parse().expect("seconds");
    assert!((120..=180).contains(&seconds), "{seconds}");
    assert_says(&page, "Yeni kod için en erken ");

    let page = shop.submit("/card/verify", &[("code", "AAAA")]).await;
    assert_says(&page, "Kod yanlış");
    let page = shop.submit("/card/verify", &[("code", " ")]).await;
    assert_says(&page, "kodu girin");

    let page = shop.submit("/card/resend", &[]).await;
    assert_says(&page, "henüz erken: ");
    // Back to the first page, and once more from there: the same conversation.
    let page = shop
        .submit("/card", &[("phone", "+90 555 000 00 42")])
        .await;
    assert_says(&page, "henüz erken: ");
    assert_eq!(shop.inbox().await.len(), 1);

    let code = shop.code().await;
    let page = shop.submit("/card/verify", &[("code", &code)]).await;
    assert_says(&page, "Kartınızla ödediniz.");
    assert_says(&shop.open_page("/card").await, "Kartınızla ödediniz.");
}

#[tokio::test]
async fn an_expired_code_and_too_many_wrong_ones_lead_to_a_new_code() {
    let shop = Shop::open().await;
    shop.submit("/card", &[("phone", PHONE)]).await;
    let late = shop.code().await;
    shop.tell_sandbox("clock/advance", json!({"seconds": 181}))
        .await;
    let page = shop.submit("/card/verify", &[("code", &late)]).await;
    assert_says(&page, "süresi doldu");
    assert!(!page.contains("name=\"code\""), "{page}");

    shop.submit("/card/resend", &[]).await;
    assert_eq!(shop.inbox().await.len(), 2);
    for _ in 0..3 {
        let page = shop.submit("/card/verify", &[("code", "AAAA")]).await;
        assert_says(&page, "Kod yanlış");
    }
    let code = shop.code().await;
    let page = shop.submit("/card/verify", &[("code", &code)]).await;
    assert_says(&page, "Çok fazla yanlış kod");
    // Not by another number either: guesses would cost no more than messages.
    for form in [("/card/resend", ""), ("/card", "0555 000 00 43")] {
        let page = shop.submit(form.0, &[("phone", form.1)]).await;
        assert_says(&page, "henüz erken: ");
    }
    assert_eq!(shop.inbox().await.len(), 2);
}

#[tokio::test]
async fn a_link_is_paid_and_told_once() {
    let shop = Shop::open().await;
    let page = shop.submit("/link", &[("phone", PHONE)]).await;
    assert_says(&page, "Bağlantıyı SMS ile gönderdik.");
    // A double click makes no second link and no second message.
    shop.submit("/link", &[("phone", PHONE)]).await;
    assert_eq!(shop.inbox().await.len(), 1);

    let message = shop.message().await;
    let link = message.pointer("/link").and_then(Value::as_str);
    let id = link.expect("a link").rsplit('/').next().expect("an id");
    let paid = shop
        .tell_sandbox(&format!("links/{id}/pay"), json!({}))
        .await;
    assert_eq!(paid.pointer("/callback/accepted"), Some(&json!(true)));
    assert_eq!(paid.pointer("/callback/body"), Some(&json!("OK")));
    let page = shop.open_page("/link").await;
    assert_says(&page, "Ödeme bağlantısı ile ödediniz.");
}

#[tokio::test]
async fn a_double_click_is_one_message() {
    let shop = Shop::open().await;
    tokio::join!(
        shop.submit("/card", &[("phone", PHONE)]),
        shop.submit("/card", &[("phone", PHONE)])
    );
    assert_eq!(shop.inbox().await.len(), 1);
}

#[tokio::test]
async fn one_number_gets_one_code_whoever_asks_for_it() {
    let mut shop = Shop::open().await;
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "name=\"code\"");
    for _ in 0..4 {
        shop.next_customer().await;
        let page = shop.submit("/card", &[("phone", PHONE)]).await;
        // No code of theirs is on its way, so none is asked for.
        assert_says(&page, "henüz erken: ");
        assert_says(&page, "Siparişiniz");
    }
    assert_eq!(shop.inbox().await.len(), 1);

    let wait = json!({"seconds": 181});
    shop.tell_sandbox("clock/advance", wait).await;
    shop.next_customer().await;
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "name=\"code\"");
    assert_eq!(shop.inbox().await.len(), 2);
}

#[tokio::test]
async fn a_number_that_had_its_ten_codes_gets_no_more_today() {
    let mut shop = Shop::open().await;
    for _ in 0..10 {
        let page = shop.submit("/card", &[("phone", PHONE)]).await;
        assert_says(&page, "name=\"code\"");
        let wait = json!({"seconds": 181});
        shop.tell_sandbox("clock/advance", wait).await;
        shop.next_customer().await;
    }
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "çok fazla kod istendi");
    assert_eq!(shop.inbox().await.len(), 10);
}

#[tokio::test]
async fn whoever_paid_by_card_cannot_pay_by_the_link_as_well() {
    let shop = Shop::open().await;
    shop.submit("/link", &[("phone", PHONE)]).await;
    let message = shop.message().await;
    let link = message.pointer("/link").and_then(Value::as_str);
    let id = link.expect("a link").rsplit('/').next().expect("an id");
    shop.submit("/card", &[("phone", PHONE)]).await;
    let code = shop.code().await;
    shop.submit("/card/verify", &[("code", &code)]).await;
    let refused = shop
        .tell_sandbox(&format!("links/{id}/pay"), json!({}))
        .await;
    assert!(refused.pointer("/error").is_some(), "{refused}");
    assert_says(&shop.open_page("/").await, "Kartınızla ödediniz.");
}

#[tokio::test]
async fn a_code_that_may_have_been_sent_is_asked_for_and_not_sent_again() {
    let paynet = SocketServer::start(Behaviour::CloseAfterRequest).await;
    let shop = Shop::open_with_paynet(&paynet.url()).await;
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "Kod yola çıkmış olabilir.");
    assert_says(&page, "name=\"code\"");
    assert_says(&page, "data-wait=");
    let page = shop.submit("/card/verify", &[("code", "AAAA")]).await;
    assert_says(&page, "kod denenmiş olabilir");
    assert_eq!(paynet.requests().len(), 2);
}

#[tokio::test]
async fn a_code_that_was_certainly_not_sent_is_not_asked_for() {
    let nobody = ClosedPort::take();
    let shop = Shop::open_with_paynet(&nobody.url()).await;
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "Siparişiniz");
    assert_says(&page, "bağlantı kurulamadı");
}

#[tokio::test]
async fn what_is_not_signed_is_not_paid() {
    let shop = Shop::open().await;
    let forged = [
        ("callback_id", "S0123456789"),
        ("merchant_oid", "PT1"),
        ("status", "success"),
        ("total_amount", "91350"),
        ("hash", "k14/bsJpS8jmNObpZ/RIKnFSauBL57oP6AB/HeVVIEA="),
    ];
    let request = shop.browser.post(format!("{}/callback", shop.address));
    let answer = request.form(&forged).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_says(&shop.open_page("/paid").await, "Siparişiniz");
}

#[tokio::test]
async fn a_payment_for_an_order_that_nobody_knows_is_to_be_told_again() {
    let shop = Shop::open().await;
    let credentials = Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt");
    let signed = Signed::Callback {
        callback_id: "S0123456789",
        merchant_oid: "PT1",
        status: "success",
        total_amount: "91350",
    };
    let hash = signed.token(&credentials.expect("credentials"));
    let payment = [
        ("callback_id", "S0123456789"),
        ("merchant_oid", "PT1"),
        ("status", "success"),
        ("total_amount", "91350"),
        ("hash", &hash),
    ];
    for _ in 0..2 {
        let request = shop.browser.post(format!("{}/callback", shop.address));
        let answer = request.form(&payment).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_ne!(answer.text().await.expect("a text"), CALLBACK_REPLY);
    }
}

#[tokio::test]
async fn what_is_no_number_is_said_and_nothing_is_sent() {
    let shop = Shop::open().await;
    for path in ["/card", "/link"] {
        let page = shop.submit(path, &[("phone", "<b>0212")]).await;
        assert_says(&page, "Bu bir cep telefonu numarası değil");
    }
    assert_eq!(shop.inbox().await.len(), 0);
}
