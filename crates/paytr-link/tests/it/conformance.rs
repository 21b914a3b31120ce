//! PayTR Link passes the conformance suite.

use onay_core::{EmailAddress, ErrorKind, LinkNotice, PhoneNumber};
use onay_http::HttpClient;
use onay_http::reqwest::{Certificate, ClientBuilder};
use onay_paytr_link::{Credentials, PaytrLink, Signed};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};

use crate::support::{link, product};

const KEY: &str = "canary-key";
const SALT: &str = "canary-salt";

fn credentials() -> Credentials {
    Credentials::parse("123456", KEY, SALT).expect("credentials")
}

/// A client that trusts the suite's authority where the address is https.
fn http(target: &Target) -> HttpClient {
    let builder = HttpClient::builder().timeout(target.timeout());
    let builder = match target.certificate_authority() {
        None => builder,
        Some(authority) => {
            let authority = Certificate::from_pem(authority.as_bytes()).expect("a certificate");
            builder.reqwest(ClientBuilder::new().tls_certs_only([authority]))
        }
    };
    builder.build().expect("a client")
}

fn build(target: &Target) -> PaytrLink {
    PaytrLink::builder()
        .credentials(credentials())
        .base_url(target.base_url().parse().expect("a base URL"))
        .http_client(http(target))
        .build()
        .expect("built")
}

/// PayTR's answers, good and bad, to every one of its calls. Each no quotes what the call holds.
fn with_answers(operation: Operation, yes: &str, signed: &Signed<'_>) -> Operation {
    let token = signed.token(&credentials());
    let text = format!("{KEY} {SALT} {token} 0555 765 43 21 canary.name@example.com");
    let no = |reason: &str, number: &str| {
        Sample::json(&format!(
            r#"{{"status":"error","reason":"{reason} {text}","err_no":"{number}"}}"#
        ))
    };
    operation
        .secret(&token)
        .accepted(Sample::json(yes))
        .accepted(Sample::new(200, "text/html; charset=utf-8", yes))
        .refused(
            no("paytr_token gonderilmedi veya gecersiz", "007"),
            Expected::new(ErrorKind::Credentials).with_code("paytr_token"),
        )
        .refused(
            no("Geçersiz id.", "008"),
            Expected::new(ErrorKind::Refused).with_code("invalid_id"),
        )
        .refused(no("", SALT), Expected::new(ErrorKind::Refused))
        .unknown_code(no("", "4711"), "4711")
        .neither(Sample::json(r#"{"status":"wait"}"#))
}

fn suite() -> Conformance {
    Conformance::of("paytr-link")
        .over_tls()
        .secret(KEY)
        .secret(SALT)
}

#[test]
fn paytr_link_conforms() {
    let phone = PhoneNumber::parse("0555 765 43 21").expect("a number");
    let email = EmailAddress::parse("canary.name@example.com").expect("an address");
    let success = r#"{"status":"success"}"#;
    let link_id = link();
    let sms = Signed::SendSms {
        id: link_id.as_str(),
        cell_phone: "05557654321",
    };
    let mail = Signed::SendEmail {
        id: link_id.as_str(),
        email: email.as_str(),
    };
    let by_sms = Operation::notify(build, &LinkNotice::new(link(), phone));
    let by_email = Operation::notify(build, &LinkNotice::new(link(), email.clone()));
    suite()
        .operation(with_answers(by_sms, success, &sms))
        .operation(with_answers(by_email, success, &mail))
        .assert();
}

#[test]
fn the_calls_of_its_own_conform() {
    let created =
        r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
    let create = Operation::call("create", build, |paytr| async move {
        paytr.create(product()).await
    });
    let create_signed = Signed::CreateProduct {
        name: "Çiçek Şöleni İğde",
        price: "1445",
        currency: "TL",
        max_installment: "1",
        lang: "tr",
        min_count: "1",
    };
    let delete = Operation::call("delete", build, |paytr| async move {
        paytr.delete(&[link()]).await
    });
    let link_id = link();
    let delete_signed = Signed::Delete {
        id: link_id.as_str(),
    };
    suite()
        // A link's id is no secret: it stands in the address that the customer opens.
        .operation(with_answers(create, created, &create_signed).may_show("NB2Zlz3"))
        .operation(with_answers(
            delete,
            r#"{"status":"success"}"#,
            &delete_signed,
        ))
        .assert();
}
