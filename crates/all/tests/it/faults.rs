//! What each fault of the sandbox becomes in each client: the table of the guide, made and checked.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use onay::http::HttpClient;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink, ProductLink};
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass};
use onay::{Error, Gsm, LinkNotifier, LinkRecipient, OtpChallenge, OtpSender, SessionId};
use onay_sandbox::{Fault, FaultRule, Provider, Sandbox};

const GUIDE: &str = include_str!("../../src/guide/faults.md");
const BEGIN: &str = "<!-- made by crates/all/tests/it/faults.rs -->\n";

/// A delay and a drip that are longer than any client waits.
const LONG: Duration = Duration::from_secs(10);

fn faults() -> [Fault; 13] {
    [
        Fault::Delay(LONG),
        Fault::Status(403),
        Fault::Status(503),
        Fault::Refuse(String::new()),
        Fault::AcceptThenCut,
        Fault::CutBeforeRead,
        Fault::Truncate(5),
        Fault::Html,
        Fault::Empty,
        Fault::Drip(LONG),
        Fault::UnknownCode,
        Fault::RotateToken,
        Fault::RenewSession,
    ]
}

/// As the guide names it, with what it was given.
fn name(fault: &Fault) -> String {
    match fault {
        Fault::Status(status) => format!("`status` {status}"),
        Fault::Delay(_) => "`delay`, longer than the client waits".to_owned(),
        Fault::Drip(_) => "`drip`, longer than the client waits".to_owned(),
        Fault::Refuse(_) => "`refuse` with `5`, `ACCOUNT_IS_BLOCKED`, `7`".to_owned(),
        other => format!("`{}`", other.kind()),
    }
}

/// A code that the provider knows, for `refuse`.
fn refusal(fault: &Fault, code: &str) -> Fault {
    match fault {
        Fault::Refuse(_) => Fault::Refuse(code.to_owned()),
        other => other.clone(),
    }
}

/// Waits long, unless it waits in vain.
fn client(fault: &Fault) -> HttpClient {
    let patience = match fault {
        Fault::Delay(_) | Fault::Drip(_) => Duration::from_millis(600),
        _ => Duration::from_secs(20),
    };
    let client = HttpClient::builder().timeout(patience).build();
    client.expect("a client")
}

/// What came of the call, and whether the customer has a message of it.
fn cell<T>(result: Result<T, Error>, messages: usize) -> String {
    let said = match result {
        Ok(_) => "`Ok`".to_owned(),
        Err(error) => {
            let renewed = if error.challenge().is_some() {
                ", renewed"
            } else {
                ""
            };
            format!("`{:?}` · `{:?}`{renewed}", error.kind(), error.delivery())
        }
    };
    let message = if messages > 0 { "sent" } else { "not sent" };
    format!("{said} · {message}")
}

async fn paynet(fault: &Fault) -> Option<String> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let rule = FaultRule::new(refusal(fault, "5")).provider(Provider::Paynet);
    sandbox.fault(rule).ok()?;
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_faults").expect("a key"))
        .base_url(sandbox.paynet_url().parse().expect("an address"))
        .http_client(client(fault))
        .build()
        .expect("a client");
    let session = SessionId::parse("order-1").expect("a session");
    let challenge = OtpChallenge::for_gsm(session, gsm());
    let result = paynet.send_otp(&challenge).await;
    Some(cell(result, sandbox.messages().len()))
}

fn paywall(sandbox: &Sandbox, client: HttpClient) -> PaywallMasterpass {
    PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client").expect("keys"))
        .base_url(sandbox.paywall_url().parse().expect("an address"))
        .http_client(client)
        .build()
        .expect("a client")
}

async fn masterpass(fault: &Fault) -> Option<String> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let customer = OpenSession::new("order-1", "user-1", gsm());
    // What comes before the fault has all the time it needs.
    let before = paywall(&sandbox, client(&Fault::Empty));
    let opened = before.open_session(&customer).await.expect("a session");
    let link = before.link_account(opened.session()).await.expect("a link");
    sandbox.advance(Duration::from_secs(60));
    let messages = sandbox.messages().len();
    let code = "ACCOUNT_IS_BLOCKED";
    let rule = FaultRule::new(refusal(fault, code)).provider(Provider::Paywall);
    sandbox.fault(rule).ok()?;
    let result = paywall(&sandbox, client(fault))
        .send_otp(link.challenge())
        .await;
    Some(cell(result, sandbox.messages().len() - messages))
}

fn payment_links(sandbox: &Sandbox, client: HttpClient) -> PaytrLink {
    let credentials = Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt");
    PaytrLink::builder()
        .credentials(credentials.expect("credentials"))
        .base_url(sandbox.paytr_url().parse().expect("an address"))
        .http_client(client)
        .build()
        .expect("a client")
}

async fn paytr(fault: &Fault) -> Option<String> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let price = "14.45 TL".parse().expect("a price");
    let product = ProductLink::new("Çiçek buketi", price, 1).expect("a product");
    let before = payment_links(&sandbox, client(&Fault::Empty));
    let link = before.create(product).await.expect("a link");
    let rule = FaultRule::new(refusal(fault, "7")).provider(Provider::Paytr);
    sandbox.fault(rule).ok()?;
    let recipient = LinkRecipient::Sms(gsm());
    let result = payment_links(&sandbox, client(fault))
        .notify(link.id(), &recipient)
        .await;
    Some(cell(result, sandbox.messages().len()))
}

fn gsm() -> Gsm {
    Gsm::parse("0555 000 00 42").expect("a number")
}

async fn table() -> String {
    let mut table = "| fault | Paynet `send_otp` | Masterpass `send_otp` | PayTR `notify` |\n\
                     |---|---|---|---|\n"
        .to_owned();
    for fault in faults() {
        let none = || "–".to_owned();
        let paynet = paynet(&fault).await.unwrap_or_else(none);
        let masterpass = masterpass(&fault).await.unwrap_or_else(none);
        let paytr = paytr(&fault).await.unwrap_or_else(none);
        let name = name(&fault);
        writeln!(table, "| {name} | {paynet} | {masterpass} | {paytr} |").expect("written");
    }
    table
}

#[tokio::test]
async fn the_guides_table_is_what_happens() {
    let table = table().await;
    let (text, shown) = GUIDE.split_once(BEGIN).expect("the mark of the table");
    if shown == table {
        return;
    }
    if std::env::var_os("ONAY_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide/faults.md");
        std::fs::write(path, format!("{text}{BEGIN}{table}")).expect("written");
    }
    panic!("the guide should end with (ONAY_BLESS=1 writes it):\n{table}");
}
