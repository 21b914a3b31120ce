//! Text that wants to be more than text.

use onay::Gsm;
use onay::paytr_link::{Currency, Money, ProductLink};
use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::clients::{KEY, NUMBER, SALT, merchant, paytr, sent_link};
use crate::page::Page;

const HOSTILE: &str =
    "<script>window.struck=1</script><img src=x onerror=window.struck=1>\u{202e}Şölen";

/// Whatever a caller sends, in fields and in paths, and whatever a merchant calls a product.
pub(crate) async fn stays_text(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open(browser, &sandbox).await;
    let long = HOSTILE.repeat(10_000 / HOSTILE.len());
    for session in [HOSTILE, &long] {
        let body = json!({"user_gsm": "5550000042", "otp_session_id": session, HOSTILE: HOSTILE});
        call(&sandbox, "/paynet/v1/card/send_otp", body).await;
    }
    let path = "/paynet/%3Cscript%3Ewindow.struck=1%3C/script%3E";
    call(&sandbox, path, json!({"a": HOSTILE})).await;
    let client = paytr(&sandbox, merchant(KEY, SALT));
    let price = Money::new(100, Currency::Tl).expect("a price");
    let product = ProductLink::new(HOSTILE, price, 1).expect("a product");
    let link = client.create(product).await.expect("a link");
    let gsm = Gsm::parse(NUMBER).expect("a number");
    client.send_sms(link.id(), &gsm).await.expect("sent");

    let shown = "all('call').length + all('message').length === 5";
    page.until("there as it comes", shown).await;
    assert!(page.text("text").await.contains(HOSTILE));
    is_unharmed(&page).await;
    page.go("/?lang=en&tenant=%22%3E%3Cscript%3Ewindow.struck=1%3C/script%3E")
        .await;
    page.is_live().await;
    is_unharmed(&page).await;
    page.go("/?lang=en").await;
    page.until("there as it is rendered", shown).await;
    is_unharmed(&page).await;
    page.go(&format!("/paytr/link/{}", link.id())).await;
    assert_eq!(page.text("name").await, HOSTILE);
    is_unharmed(&page).await;
}

/// No provider takes 10 kB, and none makes such links; the page is not to rely on that.
pub(crate) async fn stays_text_whatever_the_api_says(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sent_link(&sandbox, "http://127.0.0.1:9/").await;
    let page = Page::open(browser, &sandbox).await;
    page.has_messages(1).await;
    let long = HOSTILE.repeat(10_000 / HOSTILE.len());
    let long = Value::String(long);
    page.says(&format!(
        "(() => {{
           const real = window.fetch;
           window.fetch = async (path, options) => {{
             const answer = await real(path, options);
             if (!String(path).includes('/messages')) {{ return answer; }}
             const {{messages}} = await answer.json();
             for (const one of messages) {{
               one.text = one.to = one.otp = one.tenant = one.provider = {long};
               one.link = 'javascript:window.struck=1';
               one.expires_at = 'never';
             }}
             return new Response(JSON.stringify({{messages}}));
           }};
           at('tenant-switch').dispatchEvent(new Event('change'));
         }})()"
    ))
    .await;
    let length = format!("at('text').textContent.length === {long}.length");
    page.until("taken as text", &length).await;
    assert_eq!(page.text("otp").await, page.text("text").await);
    assert_eq!(
        page.says("at('open-link').hasAttribute('href')").await,
        json!(false)
    );
    let wide = "document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(page.says(wide).await, json!(true), "nothing sticks out");
    let harmed = "window.struck ?? document.querySelector('img')";
    assert_eq!(page.says(harmed).await, Value::Null);
}

async fn is_unharmed(page: &Page) {
    let harmed = "window.struck ?? document.querySelector('img')";
    assert_eq!(page.says(harmed).await, Value::Null);
    let scripts = "[...document.scripts].every((one) => one.src.includes('/assets/'))";
    assert_eq!(page.says(scripts).await, json!(true));
    page.has_no_complaints().await;
}

async fn call(sandbox: &Sandbox, path: &str, body: Value) {
    let http = reqwest::Client::builder().no_proxy().build();
    let answer = http
        .expect("a client")
        .post(format!("{}{path}", sandbox.url()))
        .header("authorization", "Basic sck_test_hostile")
        .header("accept", "application/json")
        .json(&body)
        .send();
    answer.await.expect("an answer");
}
