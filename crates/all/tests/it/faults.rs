//! What each fault of the sandbox becomes in each client, and the guide's table: `UPDATE_EXPECT=1` writes it.

use std::fmt::Write as _;
use std::time::Duration;

use expect_test::expect_file;
use onay::http::HttpClient;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink, ProductLink};
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass, ReferenceCode, UserId};
use onay::{Error, LinkNotice, LinkNotifier, OtpChallenge, OtpSender, PhoneNumber, SessionId};
use onay_sandbox::{Fault, FaultRule, Provider, Sandbox};

/// Longer than a client waits.
const LONG: Duration = Duration::from_secs(10);

/// Each fault, and what the guide says of it beside its name.
fn faults() -> [(Fault, &'static str); 13] {
    let slow = ", longer than the client waits";
    [
        (Fault::Delay(LONG), slow),
        (Fault::Status(403), " 403"),
        (Fault::Status(503), " 503"),
        (
            Fault::Refuse(String::new()),
            " with `5`, `ACCOUNT_IS_BLOCKED`, `7`",
        ),
        (Fault::AcceptThenCut, ""),
        (Fault::CutBeforeRead, ""),
        (Fault::Truncate(5), ""),
        (Fault::Html(200), ""),
        (Fault::Empty, ""),
        (Fault::Drip(LONG), slow),
        (Fault::UnknownCode, ""),
        (Fault::RotateToken, ""),
        (Fault::RenewSession, ""),
    ]
}

fn client(timeout: Duration) -> HttpClient {
    let client = HttpClient::builder().timeout(timeout).build();
    client.expect("a client")
}

/// Long, unless it waits for an answer that does not come.
fn client_for(fault: &Fault) -> HttpClient {
    client(match fault {
        Fault::Delay(_) | Fault::Drip(_) => Duration::from_millis(600),
        _ => Duration::from_secs(20),
    })
}

fn phone() -> PhoneNumber {
    PhoneNumber::parse("0555 000 00 42").expect("a number")
}

/// What came of the call, and whether the customer has a message of it.
fn cell<T>(result: Result<T, Error>, messages: usize) -> String {
    let outcome = result.map_or_else(
        |error| {
            let renewed = error.challenge().map_or("", |_| ", renewed");
            format!("`{:?}` · `{:?}`{renewed}", error.kind(), error.dispatch())
        },
        |_| "`Ok`".to_owned(),
    );
    let message = if messages > 0 { "sent" } else { "not sent" };
    format!("{outcome} · {message}")
}

async fn paynet(fault: Fault) -> Option<String> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_faults").expect("a key"))
        .base_url(sandbox.paynet_url().parse().expect("an address"))
        .http_client(client_for(&fault));
    let rule = FaultRule::new(fault).provider(Provider::PAYNET);
    sandbox.fault(rule).ok()?;
    let session = SessionId::parse("order-1").expect("a session");
    let challenge = OtpChallenge::for_phone(session, phone());
    let result = paynet.build().expect("a client").send_otp(&challenge).await;
    Some(cell(result, sandbox.messages().len()))
}

async fn masterpass(fault: Fault) -> Option<String> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let keys = Keys::parse("test-private-key", "test-private-client").expect("keys");
    let paywall = PaywallMasterpass::builder()
        .keys(keys)
        .base_url(sandbox.paywall_url().parse().expect("an address"));
    let before = paywall.clone().http_client(client(LONG));
    let before = before.build().expect("a client");
    let customer = OpenSession::new(
        ReferenceCode::parse("order-1").expect("a reference"),
        UserId::parse("user-1").expect("a user"),
        phone(),
    );
    let opened = before.open_session(&customer).await.expect("a session");
    let sent = before.send_otp(&opened.account_link()).await.expect("sent");
    sandbox.advance(Duration::from_secs(60));
    let paywall = paywall.http_client(client_for(&fault));
    let rule = FaultRule::new(fault).provider(Provider::PAYWALL);
    sandbox.fault(rule).ok()?;
    let paywall = paywall.build().expect("a client");
    let result = paywall.send_otp(sent.challenge()).await;
    Some(cell(result, sandbox.messages().len() - 1))
}

async fn paytr(fault: Fault) -> Option<String> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let credentials = Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt");
    let paytr = PaytrLink::builder()
        .credentials(credentials.expect("credentials"))
        .base_url(sandbox.paytr_url().parse().expect("an address"));
    let before = paytr.clone().http_client(client(LONG));
    let price = "14.45 TL".parse().expect("a price");
    let product = ProductLink::new("Çiçek buketi", price, 1).expect("a product");
    let created = before.build().expect("a client").create(product).await;
    let link = created.expect("a link");
    let paytr = paytr.http_client(client_for(&fault));
    let rule = FaultRule::new(fault).provider(Provider::PAYTR);
    sandbox.fault(rule).ok()?;
    let paytr = paytr.build().expect("a client");
    let notice = LinkNotice::new(link.id().clone(), phone());
    let result = paytr.notify(&notice).await;
    Some(cell(result, sandbox.messages().len()))
}

#[tokio::test]
async fn the_guides_faults_are_what_happens() {
    let mut table = "| fault | Paynet `send_otp` | Masterpass `send_otp` | PayTR `notify` |\n\
                     |---|---|---|---|\n"
        .to_owned();
    for (fault, detail) in faults() {
        // A code that the provider knows.
        let with = |code: &str| match &fault {
            Fault::Refuse(_) => Fault::Refuse(code.to_owned()),
            other => other.clone(),
        };
        let (paynet, masterpass, paytr) = tokio::join!(
            paynet(with("5")),
            masterpass(with("ACCOUNT_IS_BLOCKED")),
            paytr(with("7")),
        );
        let cells = [paynet, masterpass, paytr].map(|cell| cell.unwrap_or_else(|| "–".to_owned()));
        let row = format!("| `{}`{detail} | {} |", fault.kind(), cells.join(" | "));
        writeln!(table, "{row}").expect("written");
    }
    expect_file!["../../src/guide/faults/table.md"].assert_eq(&table);
}
