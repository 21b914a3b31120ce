//! `onay` as a process of its own, with `RUST_LOG=trace`: what it writes to stdout and stderr.

mod commands;
pub(super) mod process;

use onay::paytr_link::Signed;
use onay_testkit::{Behaviour, SocketServer};

use self::process::{Printed, run};
use super::answers::Course;
use super::canary::encoded;
use super::place::Place;
use super::{Failed, Kind};
use crate::every_call::{Call, credentials, values};

const GOES_ON: &str = "the caller goes on with them";
const ASKED: &str = "they are what was asked for";
const OPENS: &str = "part of the address that the customer opens";

pub(super) async fn places() -> Result<Vec<Place>, Failed> {
    let mut places = Vec::new();
    for json in [false, true] {
        let format = if json { "`--json`" } else { "text" };
        for (family, calls) in FAMILIES {
            let mut printed = Printed::default();
            for call in *calls {
                for answer in answers(*call)? {
                    let server = SocketServer::start(answer).await;
                    let mut arguments = command_of(*call);
                    arguments.extend(json.then_some("--json"));
                    printed.add(&run(&arguments, &server.url(), "").await?);
                }
            }
            if !printed.stderr.contains("onay.call") {
                return Err(format!("{family}: nothing was traced").into());
            }
            places.extend(opened(family, json, two(family, format, printed)));
        }
        let [stdout, stderr] = two("onay callback", format, callbacks(json).await?);
        places.extend([stdout, stderr]);
        let [stdout, stderr] = two("onay token", format, tokens(json).await?);
        places.push(
            stdout
                .open(Kind::Number, ASKED)
                .open(Kind::Address, ASKED)
                .open(Kind::Signature, ASKED)
                .open(Kind::Link, ASKED),
        );
        places.push(stderr);
        let [stdout, stderr] = two("onay", format, mistyped(json).await?);
        places.extend([stdout, stderr]);
    }
    places.extend(commands::rows().await?);
    Ok(places)
}

/// What a family shows in clear by design. Paynet's session is the caller's own choice, and `--json`
/// hands the whole challenge on.
fn opened(family: &str, json: bool, [stdout, stderr]: [Place; 2]) -> [Place; 2] {
    match family {
        "onay masterpass" => [
            stdout.open(Kind::Session, GOES_ON),
            stderr.open(Kind::Session, GOES_ON),
        ],
        "onay otp" if json => [stdout.open(Kind::Session, GOES_ON), stderr],
        "onay link" => [stdout.open(Kind::Link, OPENS), stderr],
        _ => [stdout, stderr],
    }
}

fn two(family: &str, format: &str, printed: Printed) -> [Place; 2] {
    let what = if family == "onay" {
        ", mistyped values"
    } else {
        ""
    };
    [
        Place::new(
            format!("`{family}`{what}, {format}: stdout"),
            printed.stdout,
        ),
        Place::new(
            format!("`{family}`{what}, {format}: stderr"),
            printed.stderr,
        ),
    ]
}

const FAMILIES: &[(&str, &[Call])] = &[
    ("onay otp", &[Call::PaynetSend, Call::PaynetCheck]),
    (
        "onay masterpass",
        &[
            Call::PaywallSession,
            Call::PaywallLink,
            Call::PaywallResend,
            Call::PaywallVerify,
        ],
    ),
    (
        "onay link",
        &[
            Call::PaytrProduct,
            Call::PaytrCollection,
            Call::PaytrSms,
            Call::PaytrEmail,
            Call::PaytrDelete,
        ],
    ),
];

/// A yes, a no as text and as code, a page, garbage, and nothing at all.
fn answers(call: Call) -> Result<Vec<Behaviour>, Failed> {
    let mut answers = vec![Course::yes_with_clean_results(call)?];
    answers.extend(Course::No.answers(call)?.into_iter().rev().take(2));
    answers.extend(
        Course::Malformed
            .answers(call)?
            .into_iter()
            .rev()
            .step_by(5),
    );
    answers.push(Behaviour::CloseAfterRequest);
    Ok(answers)
}

fn command_of(call: Call) -> Vec<&'static str> {
    use values::{CODE, EMAIL, LINK, NUMBER, PRODUCT, SESSION, TOKEN};
    match call {
        Call::PaynetSend => vec![
            "otp",
            "send",
            "--provider",
            "paynet",
            "--to",
            NUMBER,
            "--session",
            SESSION,
        ],
        Call::PaynetCheck => vec![
            "otp",
            "verify",
            "--provider",
            "paynet",
            "--to",
            NUMBER,
            "--session",
            SESSION,
            "--code",
            CODE,
        ],
        Call::PaywallSession => vec![
            "masterpass",
            "session",
            "--reference",
            "order-1",
            "--user",
            "user-1",
            "--to",
            NUMBER,
        ],
        Call::PaywallLink => vec!["masterpass", "link", "--session", SESSION],
        Call::PaywallResend => {
            vec![
                "masterpass",
                "resend",
                "--session",
                SESSION,
                "--token",
                TOKEN,
            ]
        }
        Call::PaywallVerify => vec![
            "masterpass",
            "verify",
            "--session",
            SESSION,
            "--token",
            TOKEN,
            "--code",
            CODE,
        ],
        Call::PaytrProduct => vec![
            "link",
            "create",
            "--name",
            PRODUCT,
            "--price",
            "14.45",
            "--product",
        ],
        Call::PaytrCollection => vec![
            "link",
            "create",
            "--name",
            PRODUCT,
            "--price",
            "14.45",
            "--collection",
            "--email",
            EMAIL,
        ],
        Call::PaytrSms => vec!["link", "sms", "--id", LINK, "--to", NUMBER],
        Call::PaytrEmail => vec!["link", "email", "--id", LINK, "--to", EMAIL],
        Call::PaytrDelete => vec!["link", "delete", "--id", LINK],
    }
}

/// A callback that is believed and one that is not, and one that goes to a merchant who quotes.
async fn callbacks(json: bool) -> Result<Printed, Failed> {
    let callback = Signed::Callback {
        callback_id: "callback7",
        merchant_oid: "PT1",
        status: "success",
        total_amount: "1445",
    };
    let hash = encoded(&callback.token(&credentials()?));
    let fields = "callback_id=callback7&merchant_oid=PT1&status=success&total_amount=1445";
    let mut printed = Printed::default();
    for form in [
        format!("hash={hash}&{fields}"),
        format!("hash=x{hash}&{fields}"),
        format!("{}={}", values::PAYTR_KEY, values::NUMBER),
    ] {
        let mut arguments = vec!["callback", "verify"];
        arguments.extend(json.then_some("--json"));
        printed.add(&run(&arguments, "http://127.0.0.1:9", &form).await?);
    }
    let quoting = Behaviour::answer(500, "text/plain", values::PAYTR_SALT);
    for answer in [Behaviour::answer(200, "text/plain", "OK"), quoting] {
        let merchant = SocketServer::start(answer).await;
        let url = format!("{}/paid", merchant.url());
        let mut arguments = vec![
            "callback",
            "trigger",
            "--to",
            &url,
            "--callback-id",
            "callback7",
            "--price",
            "14.45",
        ];
        arguments.extend(json.then_some("--json"));
        printed.add(&run(&arguments, "http://127.0.0.1:9", "").await?);
    }
    Ok(printed)
}

async fn tokens(json: bool) -> Result<Printed, Failed> {
    let mut printed = Printed::default();
    let number = format!("0{}", values::NUMBER);
    for (call, to) in [
        ("send-sms", number.as_str()),
        ("send-email", values::EMAIL),
        ("delete", ""),
    ] {
        let mut arguments = vec![
            "token",
            "explain",
            "--call",
            call,
            "--id",
            values::LINK,
            "--to",
            to,
        ];
        arguments.extend(json.then_some("--json"));
        printed.add(&run(&arguments, "http://127.0.0.1:9", "").await?);
    }
    Ok(printed)
}

/// Values in the wrong place, as a hand puts them there.
async fn mistyped(json: bool) -> Result<Printed, Failed> {
    use values::{CODE, EMAIL, LINK, NUMBER, SESSION, TOKEN};
    let spaced = format!("{CODE} {CODE}");
    let longer = format!("{NUMBER}7");
    let mut printed = Printed::default();
    let to = |to| {
        [
            "otp",
            "send",
            "--provider",
            "paynet",
            "--session",
            "s-1",
            "--to",
            to,
        ]
    };
    let mail = |to| ["link", "email", "--id", LINK, "--to", to];
    let verify = [
        "masterpass",
        "verify",
        "--session",
        SESSION,
        "--token",
        TOKEN,
        "--code",
        &spaced,
    ];
    for arguments in [
        &to(SESSION)[..],
        &to(EMAIL),
        &to(&longer),
        &mail(NUMBER),
        &verify,
    ] {
        let mut arguments = arguments.to_vec();
        arguments.extend(json.then_some("--json"));
        printed.add(&run(&arguments, "http://127.0.0.1:9", "").await?);
    }
    Ok(printed)
}
