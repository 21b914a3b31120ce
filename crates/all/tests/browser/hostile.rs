//! Text that wants to be more than text.

use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

pub(crate) async fn stays_text(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open(browser, &sandbox).await;
    let script = "<script>window.struck=1</script><img src=x onerror=window.struck=1>\u{202e}abc";
    let long = script.repeat(10_000 / script.len());
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let call = |path: &str, body: Value| {
        http.post(format!("{}{path}", sandbox.url()))
            .header("authorization", "Basic sck_test_hostile")
            .header("accept", "application/json")
            .json(&body)
            .send()
    };
    for session in [script, &long] {
        let body = json!({"user_gsm": "5550000042", "otp_session_id": session, script: script});
        call("/paynet/v1/card/send_otp", body)
            .await
            .expect("an answer");
    }
    let path = "/paynet/%3Cscript%3Ewindow.struck=1%3C/script%3E";
    call(path, json!({"a": script})).await.expect("an answer");
    page.until("there", "all('call').length + all('message').length === 3")
        .await;
    for way in ["as it comes", "as it is rendered"] {
        assert_eq!(
            page.says("window.struck ?? null").await,
            Value::Null,
            "{way}"
        );
        assert_eq!(
            page.says("document.querySelectorAll('img').length").await,
            json!(0)
        );
        assert_eq!(page.says("document.scripts.length").await, json!(1));
        page.has_no_complaints().await;
        page.go("/?lang=en&tenant=%22%3E%3Cscript%3Ewindow.struck=1%3C/script%3E")
            .await;
        page.is_live().await;
    }
    // A product's name is the merchant's to choose, and stands in the message and on its page.
    let name = "<b onclick=x>\u{202e}İyi & güzel";
    let client = crate::clients::paytr(
        &sandbox,
        crate::clients::merchant(crate::clients::KEY, crate::clients::SALT),
    );
    let price = onay::paytr_link::Money::new(100, onay::paytr_link::Currency::Tl).expect("a price");
    let product = onay::paytr_link::ProductLink::new(name, price, 1);
    if let Ok(product) = product {
        let link = client.create(product).await.expect("a link");
        let gsm = onay::Gsm::parse(crate::clients::NUMBER).expect("a number");
        client.send_sms(link.id(), &gsm).await.expect("sent");
        page.go("/?lang=en").await;
        page.is_live().await;
        page.until("shown", "at('text').textContent.includes('<b onclick=x>')")
            .await;
        assert_eq!(
            page.says("document.querySelectorAll('b').length").await,
            json!(0)
        );
    }
}
