//! Who answered, cell by cell: the provider, or a machine in between. `UPDATE_EXPECT=1` writes the guide's table.

use std::fmt::Write as _;

use expect_test::expect_file;
use onay::ErrorKind::{Credentials, Refused, Unreadable, Upstream};
use onay::http::HttpClient;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{self, PaytrLink, ProductLink};
use onay::paywall_masterpass::{
    Keys, OpenSession, OtpPurpose, PaywallMasterpass, ReferenceCode, UserId,
};
use onay::{
    EmailAddress, Error, ErrorKind, LinkId, LinkNotice, LinkNotifier, OtpChallenge, OtpCode,
    OtpSender, OtpToken, OtpVerifier, PhoneNumber, SessionId,
};
use onay_testkit::{Behaviour, SocketServer};

/// Every provider, at one address.
struct Clients {
    paynet: Paynet,
    masterpass: PaywallMasterpass,
    paytr: PaytrLink,
}

impl Clients {
    fn at(base: &str, http: &HttpClient) -> Result<Self, Error> {
        Ok(Self {
            paynet: Paynet::builder()
                .secret_key(SecretKey::parse("sck_test_1")?)
                .base_url(base.parse()?)
                .http_client(http.clone())
                .build()?,
            masterpass: PaywallMasterpass::builder()
                .keys(Keys::parse("test-key-1", "test-client-1")?)
                .base_url(base.parse()?)
                .http_client(http.clone())
                .build()?,
            paytr: PaytrLink::builder()
                .credentials(paytr_link::Credentials::parse(
                    "1",
                    "test-key",
                    "test-salt",
                )?)
                .base_url(base.parse()?)
                .http_client(http.clone())
                .build()?,
        })
    }

    /// What each call of each provider comes to.
    async fn call(&self) -> Result<[Vec<Result<(), Error>>; 3], Error> {
        let phone = PhoneNumber::parse("0555 000 00 42")?;
        let (session, code) = (SessionId::parse("s-1")?, OtpCode::parse("123456")?);
        let by_phone = OtpChallenge::for_phone(session.clone(), phone);
        let paynet = vec![
            self.paynet.send_otp(&by_phone).await.map(drop),
            self.paynet.verify_otp(&by_phone, &code).await.map(drop),
        ];
        let new = PaywallMasterpass::account_link(session.clone(), Some(phone));
        let by_token = OtpPurpose::Transaction.challenge(session, OtpToken::parse("t-1")?);
        let (order, user) = (ReferenceCode::parse("o-1")?, UserId::parse("u-1")?);
        let open = OpenSession::new(order, user, phone);
        let masterpass = vec![
            self.masterpass.open_session(&open).await.map(drop),
            self.masterpass.send_otp(&new).await.map(drop),
            self.masterpass.send_otp(&by_token).await.map(drop),
            self.masterpass.verify_otp(&by_token, &code).await.map(drop),
        ];
        let link = LinkId::parse("NB2Zlz3")?;
        let email = EmailAddress::parse("musteri@example.com")?;
        let product = ProductLink::new("Buket", "14.45 TL".parse()?, 1)?;
        let by_sms = LinkNotice::new(link.clone(), phone);
        let by_email = LinkNotice::new(link.clone(), email);
        let paytr = vec![
            self.paytr.create(product).await.map(drop),
            self.paytr.notify(&by_sms).await.map(drop),
            self.paytr.notify(&by_email).await.map(drop),
            self.paytr.delete(&[link]).await.map(drop),
        ];
        Ok([paynet, masterpass, paytr])
    }
}

/// Kind and our words, for each provider.
type Cells = [(ErrorKind, String); 3];

/// The result of one answer at each provider, in every operation.
async fn answered(http: &HttpClient, status: u16, body: &str) -> Cells {
    let server = SocketServer::start(Behaviour::answer(status, "text/html", body)).await;
    let clients = Clients::at(&server.url(), http).expect("clients");
    let results = clients.call().await.expect("calls");
    results.map(|results| {
        let mut cells: Vec<(ErrorKind, String)> = results
            .into_iter()
            .map(|result| {
                let error = result.expect_err("no yes");
                let shown = format!("{status} {body:.40}: {error}");
                assert_eq!(error.http_status(), Some(status), "{shown}");
                assert_eq!(error.dispatch(), error.kind().usual_dispatch(), "{shown}");
                assert!(!error.to_string().contains("Blocked"), "{shown}");
                let words = error.reason().map_or("", |reason| reason.english());
                (error.kind(), words.to_owned())
            })
            .collect();
        cells.dedup();
        assert_eq!(cells.len(), 1, "{status} {body:.40}: {cells:?}");
        cells.remove(0)
    })
}

const BODIES: [(&str, &str); 3] = [
    (
        "a web page",
        "<!DOCTYPE html><html><body><h1>Blocked</h1>Your address is not on the list.</body></html>",
    ),
    ("plain text", "Blocked by policy 17"),
    ("nothing", ""),
];

/// The table of the design: what is no envelope of the provider's.
fn expected(status: u16, body: &str, keys_in_headers: bool) -> ErrorKind {
    match status {
        408 | 500..=599 => Upstream,
        307 | 308 => Refused,
        401 if body.is_empty() && keys_in_headers => Credentials,
        200..=399 | 401 | 403 | 404 | 429 => Unreadable,
        _ => Refused,
    }
}

#[tokio::test]
async fn a_machine_in_between_is_not_the_provider() {
    let http = HttpClient::new().expect("a client");
    let mut rows: Vec<(Vec<String>, &str, Cells)> = Vec::new();
    for (name, body) in BODIES {
        for status in [
            200, 403, 404, 429, 401, 400, 422, 303, 307, 308, 408, 500, 503,
        ] {
            let cells = answered(&http, status, body).await;
            for (cell, keys_in_headers) in cells.iter().zip([true, true, false]) {
                let kind = expected(status, body, keys_in_headers);
                assert_eq!(cell.0, kind, "{status} {name}: {}", cell.1);
                assert!(!cell.1.is_empty(), "{status} {name}");
            }
            match rows.last_mut() {
                Some((statuses, last, same)) if *last == name && *same == cells => {
                    statuses.push(status.to_string());
                }
                _ => rows.push((vec![status.to_string()], name, cells)),
            }
        }
    }
    let mut table = String::from(
        "| body | HTTP | Paynet | Masterpass | PayTR | in our words |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (statuses, name, cells) in rows {
        let kinds = cells.each_ref().map(|(kind, _)| {
            let dispatch = kind.usual_dispatch().as_str();
            format!("`{}`, `{dispatch}`", kind.as_str())
        });
        let mut words: Vec<&str> = cells.iter().map(|(_, words)| words.as_str()).collect();
        words.dedup();
        let (statuses, kinds) = (statuses.join(", "), kinds.join(" | "));
        let words = words.join("; PayTR: ");
        writeln!(table, "| {name} | {statuses} | {kinds} | {words} |").expect("written");
    }
    expect_file!["../../src/guide/on_call/who_answered.md"].assert_eq(&table);
}
