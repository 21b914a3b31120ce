//! Text that wants to be more than text.

use onay::PhoneNumber;
use onay::paytr_link::{Currency, Money, ProductLink};
use onay_sandbox::fake::{
    Call, Context, Decision, Fake, Operation, Outgoing, Random, Response, Role, Service, State,
    Tenant,
};
use onay_sandbox::{Provider, Sandbox};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::clients::{KEY, NUMBER, SALT, merchant, paytr};
use crate::page::Page;

const HOSTILE: &str =
    "<script>window.struck=1</script><img src=x onerror=window.struck=1>\u{202e}Şölen";

/// What a caller sends, in fields and in paths, and what a merchant calls a product.
pub(crate) async fn stays_text(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open(browser, &sandbox).await;
    for session in [HOSTILE, &long()] {
        let body = json!({"user_gsm": "5550000042", "otp_session_id": session, HOSTILE: HOSTILE});
        call(&sandbox, "/paynet/v1/card/send_otp", body).await;
    }
    let path = "/paynet/%3Cscript%3Ewindow.struck=1%3C/script%3E";
    call(&sandbox, path, json!({"a": HOSTILE})).await;
    let client = paytr(&sandbox, merchant(KEY, SALT));
    let price = Money::new(100, Currency::Tl).expect("a price");
    let product = ProductLink::new(HOSTILE, price, 1).expect("a product");
    let link = client.create(product).await.expect("a link");
    let phone = PhoneNumber::parse(NUMBER).expect("a number");
    client.send_sms(link.id(), &phone).await.expect("sent");

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

/// A fake of a stranger's, in whose messages each text is hostile and long.
#[derive(Debug)]
struct Hostile;

/// Remembers nothing.
#[derive(Debug)]
struct Nothing;

impl State for Nothing {}

impl Fake for Hostile {
    type State = Nothing;

    fn service(&self) -> &'static Service {
        const OPERATIONS: &[Operation] = &[Operation::new(HOSTILE, "/send", Role::Sends)];
        const SERVICE: Service = Service::new(Provider::new("hostile"), HOSTILE, OPERATIONS);
        &SERVICE
    }

    fn tenant(&self, _call: &Call) -> Option<Tenant> {
        Some(Tenant::named(HOSTILE))
    }

    fn state(&self, _random: Random) -> Nothing {
        Nothing
    }

    fn decide(&self, _call: &Call, context: &mut Context<'_, Nothing>) -> Decision {
        let long = long();
        let message = Outgoing::sms(long.clone(), long.clone()).with_otp(long.clone());
        context.send(message.with_link("javascript:window.struck=1"));
        let answer = Response::json(200, &json!({"said": long}));
        Decision::accepted(answer).with_doctor(HOSTILE)
    }
}

/// No provider takes 10 kB, and none makes such links; the page is not to rely on that.
pub(crate) async fn stays_text_from_any_fake(browser: Browser) {
    let sandbox = Sandbox::builder().fake(Hostile).start().await;
    let sandbox = sandbox.expect("a sandbox");
    let page = Page::open(browser, &sandbox).await;
    call(&sandbox, "/hostile/send", json!({"a": HOSTILE})).await;
    page.has_messages(1).await;
    let long = Value::String(long());
    for part in ["text", "otp", "to"] {
        let taken = format!("at('{part}').textContent === {long}");
        page.until("taken as text", &taken).await;
    }
    let leads_nowhere = "!at('open-link')";
    assert_eq!(page.says(leads_nowhere).await, json!(true));
    let wide = "document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(page.says(wide).await, json!(true), "nothing sticks out");
    is_unharmed(&page).await;
    page.go("/?lang=tr").await;
    page.has_messages(1).await;
    is_unharmed(&page).await;
}

fn long() -> String {
    HOSTILE.repeat(10_000 / HOSTILE.len())
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
