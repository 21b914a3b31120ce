//! PayTR Link passes the conformance suite.

use onay_core::{EmailAddress, ErrorKind, Gsm};
use onay_http::HttpClient;
use onay_paytr_link::{Credentials, PaytrLink};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};

use crate::support::{link, product};

const KEY: &str = "canary-key";
const SALT: &str = "canary-salt";

fn build(target: &Target) -> PaytrLink {
    let http = HttpClient::builder().timeout(target.timeout()).build();
    PaytrLink::builder()
        .credentials(Credentials::parse("123456", KEY, SALT).expect("credentials"))
        .base_url(target.base_url().parse().expect("a base URL"))
        .http_client(http.expect("a client"))
        .build()
        .expect("built")
}

/// PayTR's answers, good and bad, to every one of its calls.
fn with_answers(operation: Operation, yes: &str) -> Operation {
    let text = format!("{KEY} {SALT} 0555 765 43 21 canary.name@example.com");
    let no = |reason: &str, number: &str| {
        Sample::json(&format!(
            r#"{{"status":"error","reason":"{reason} {text}","err_no":"{number}"}}"#
        ))
    };
    operation
        .accepted(Sample::json(yes))
        .accepted(Sample::new(200, "text/html; charset=utf-8", yes))
        .refused(
            no("paytr_token gonderilmedi veya gecersiz", "007"),
            Expected::new(ErrorKind::Credentials).with_code("007"),
        )
        .refused(
            no("Geçersiz id.", "008"),
            Expected::new(ErrorKind::Refused).with_code("008"),
        )
        .unknown_code(no("", "4711"), "4711")
        .neither(Sample::json(r#"{"status":"wait"}"#))
}

#[test]
fn paytr_link_conforms() {
    let gsm = Gsm::parse("0555 765 43 21").expect("a number");
    let email = EmailAddress::parse("canary.name@example.com").expect("an address");
    let success = r#"{"status":"success"}"#;
    let created =
        r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
    let create = Operation::call("create", build, |paytr| async move {
        paytr.create(product()).await
    });
    let delete = Operation::call("delete", build, |paytr| async move {
        paytr.delete(&[link()]).await
    });
    let by_sms = Operation::notify(build, link(), gsm.into());
    let by_email = Operation::notify(build, link(), email.into());
    Conformance::of("paytr-link")
        .secret(KEY)
        .secret(SALT)
        .operation(with_answers(create, created))
        .operation(with_answers(by_sms, success))
        .operation(with_answers(by_email, success))
        .operation(with_answers(delete, success))
        .assert();
}
