//! What a provider answers that quotes everything it knows.

use std::time::Duration;

use onay::Error;
use onay_testkit::Behaviour;

use super::canary::{self, Canary, Kind};
use crate::every_call::{Call, values};

/// What a provider renews: as secret as what it replaces. Letters alone, so that no mask that goes by
/// looks hides what was not hidden by name.
pub(super) const NEXT_SESSION: &str = "yenikanaryaoturumu";
pub(super) const NEXT_TOKEN: &str = "tazekanaryajetonu";

/// For answers that come: nobody waits so long.
pub(super) const PATIENT: Duration = Duration::from_secs(30);
/// For answers that do not come.
pub(super) const IMPATIENT: Duration = Duration::from_millis(100);

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    Yes,
    No,
    Malformed,
    Broken,
    TimedOut,
}

impl Course {
    pub(super) const ALL: [Self; 5] = [
        Self::Yes,
        Self::No,
        Self::Malformed,
        Self::Broken,
        Self::TimedOut,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Yes => "a yes that quotes everything",
            Self::No => "a no that quotes everything, in every writing",
            Self::Malformed => "malformed answers that quote everything",
            Self::Broken => "broken connections",
            Self::TimedOut => "timeouts",
        }
    }

    pub(super) const fn timeout(self) -> Duration {
        match self {
            Self::TimedOut => IMPATIENT,
            _ => PATIENT,
        }
    }

    /// A yes whose texts quote everything, and whose results do not: a program that prints results
    /// prints those.
    pub(super) fn yes_with_clean_results(call: Call) -> Result<Behaviour, Error> {
        let quoted = quoted(&sent(call)?);
        Ok(Behaviour::json(&yes(call, &quoted, "1234")))
    }

    /// The answers to this call, one connection each.
    pub(super) fn answers(self, call: Call) -> Result<Vec<Behaviour>, Error> {
        let sent = sent(call)?;
        let quoted = quoted(&sent);
        Ok(match self {
            Self::Yes => vec![Behaviour::json(&yes(call, &quoted, &quoted))],
            Self::No => {
                let writings = sent.iter().flat_map(|canary| {
                    let mut writings = canary.writings();
                    // What somebody else sent is known by its looks alone, which an encoding hides.
                    let is_posted = posts(call, canary);
                    writings.retain(|writing| is_posted || looks_like_one(writing));
                    writings
                });
                let whole = std::iter::once(quoted.clone());
                writings
                    .chain(whole)
                    .flat_map(|text| no(call, &text))
                    .collect()
            }
            Self::Malformed => malformed(call, &quoted),
            Self::Broken => vec![
                Behaviour::CloseOnAccept,
                Behaviour::ResetOnAccept,
                Behaviour::CloseAfterRequest,
                Behaviour::ResetAfterRequest,
                Behaviour::AnswerAndClose(
                    format!("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{{\"m\":\"{quoted}")
                        .into_bytes(),
                ),
            ],
            Self::TimedOut => vec![Behaviour::NeverAnswer],
        })
    }
}

/// The canaries that this call sends, or signs with.
fn sent(call: Call) -> Result<Vec<Canary>, Error> {
    let key = |value| Canary::new(Kind::Key, value);
    let session = Canary::new(Kind::Session, values::SESSION);
    let number = Canary::new(Kind::Number, values::NUMBER);
    let (provider, _) = call.name();
    let mut sent = match provider {
        "Paynet" => vec![
            key(values::PAYNET_KEY),
            session,
            Canary::new(Kind::Code, values::CODE),
            number,
        ],
        "Masterpass" => vec![
            key(values::PAYWALL_KEY),
            key(values::PAYWALL_CLIENT),
            session,
            Canary::new(Kind::Session, values::TOKEN),
            // What the answer itself renews may stand in its own texts.
            Canary::new(Kind::Session, NEXT_SESSION),
            Canary::new(Kind::Session, NEXT_TOKEN),
            Canary::new(Kind::Code, values::CODE),
            number,
        ],
        _ => {
            let mut sent = vec![
                key(values::PAYTR_KEY),
                key(values::PAYTR_SALT),
                number,
                Canary::new(Kind::Address, values::EMAIL),
            ];
            let tokens = canary::tokens()?;
            sent.extend(
                tokens
                    .iter()
                    .map(|token| Canary::new(Kind::Signature, token)),
            );
            sent
        }
    };
    sent.retain(|canary| has(call, canary));
    Ok(sent)
}

/// A provider quotes what it was sent by this very call. A number or an address it may know besides.
fn has(call: Call, canary: &Canary) -> bool {
    match canary.kind {
        Kind::Code => matches!(call, Call::PaynetCheck | Call::PaywallVerify),
        Kind::Session if [NEXT_SESSION, NEXT_TOKEN].contains(&canary.value.as_str()) => true,
        Kind::Session => {
            call != Call::PaywallSession
                && (call != Call::PaywallLink || canary.value != values::TOKEN)
        }
        _ => true,
    }
}

/// Whether this very call sends it.
fn posts(call: Call, canary: &Canary) -> bool {
    match canary.kind {
        Kind::Number => matches!(
            call,
            Call::PaynetSend | Call::PaynetCheck | Call::PaywallSession | Call::PaytrSms
        ),
        Kind::Address => matches!(call, Call::PaytrEmail | Call::PaytrCollection),
        // Another call's token, as it is, stands in the text that quotes everything.
        Kind::Signature => canary::tokens().is_ok_and(|tokens| {
            let own = match call {
                Call::PaytrSms => 0,
                Call::PaytrEmail => 1,
                Call::PaytrDelete => 2,
                Call::PaytrProduct => 3,
                _ => 4,
            };
            tokens.get(own).is_some_and(|token| *token == canary.value)
        }),
        _ => true,
    }
}

fn looks_like_one(writing: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || " +-".contains(c);
    writing.contains('@') || writing.chars().all(is_number)
}

fn quoted(canaries: &[Canary]) -> String {
    let values: Vec<&str> = canaries.iter().map(|c| c.value.as_str()).collect();
    values.join(" ")
}

fn yes(call: Call, quoted: &str, result: &str) -> String {
    let renewed = format!(
        r#""Body":{{"Session":{{"SessionRenewed":true,"SessionId":"{NEXT_SESSION}"}},"Masterpass":"#
    );
    call.yes()
        .replace(
            r#""Body":{"Masterpass":"#,
            &renewed,
        )
        .replace(r#""t-2""#, &format!(r#""{NEXT_TOKEN}""#))
        .replace(r#""s-2""#, &format!(r#""{NEXT_SESSION}""#))
        .replace("Basarili", quoted)
        .replace("Tamam", quoted)
        .replace("2017-07-17T15:30:15+03:00", quoted)
        .replace(
            r#""Exception":null"#,
            r#""Exception":null,"Message":"QUOTED""#,
        )
        .replace(
            r#""ResponseCode""#,
            r#""RetrievalReferenceNumber":"RESULT","Description":"QUOTED","CardIssuerName":"RESULT","MaskedPan":"RESULT","CardUniqueNumber":"RESULT","ResponseCode""#,
        )
        .replace("RESULT", result)
        .replace("QUOTED", quoted)
}

/// The quotation as the text of a no, and as its code.
fn no(call: Call, quoted: &str) -> Vec<Behaviour> {
    let bodies = match call.name().0 {
        "Paynet" => [
            format!(r#"{{"code":1,"message":"{quoted}","otp_expire":"{quoted}"}}"#),
            format!(r#"{{"code":"{quoted}","message":"yok"}}"#),
        ],
        "Masterpass" => {
            let outer = format!(
                r#""Result":false,"ErrorCode":"{quoted}","ErrorMessage":"{quoted}","Message":"{quoted}""#
            );
            let inner = |code: &str| {
                format!(
                    r#""Body":{{"Session":{{"SessionRenewed":true,"SessionId":"{NEXT_SESSION}"}},"Masterpass":{{"Result":{{"Token":"{NEXT_TOKEN}","ResponseCode":"5010","Url3d":"https://example.com/?{quoted}","Description":"{quoted}"}},"Exception":{{"Level":"{quoted}","Code":"{code}","Message":"{quoted}"}},"StatusCode":404}}}}"#
                )
            };
            [
                format!("{{{outer},{}}}", inner("OTP_IS_NOT_VALID")),
                format!("{{{outer},{}}}", inner(quoted)),
            ]
        }
        _ => [
            format!(r#"{{"status":"error","reason":"{quoted}","err_no":"7"}}"#),
            format!(r#"{{"status":"failed","err_msg":"yok","err_no":"{quoted}"}}"#),
        ],
    };
    bodies.iter().map(|body| Behaviour::json(body)).collect()
}

fn malformed(call: Call, quoted: &str) -> Vec<Behaviour> {
    let (field, yes, _) = call.verdict();
    let bodies = [
        format!(r#"{{"{field}":{{"{quoted}":["{quoted}"]}}}}"#),
        format!(r#"{{"{field}":{yes},"{field}":"{quoted}"}}"#),
        format!(r#"{{"{field}":"{quoted}"#),
        format!(r#"{{"{field}":{quoted}}}"#),
        format!(r#""{quoted}""#),
        format!(r#"["{quoted}"]"#),
        format!("<html><body>{quoted}</body></html>"),
        quoted.to_owned(),
        format!("\u{feff}{quoted}\0"),
    ];
    let headed = |status: u16, header: &str| {
        let head = format!("HTTP/1.1 {status} Test\r\n{header}: {quoted}\r\n");
        Behaviour::AnswerAndClose(format!("{head}content-length: 0\r\n\r\n").into_bytes())
    };
    let raw = [
        format!("{quoted}\r\n\r\n"),
        format!("HTTP/1.1 200 {quoted}\r\ncontent-length: 0\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\nx\u{1}{quoted}: 1\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {quoted}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{quoted}\r\n"),
    ];
    let mut all: Vec<Behaviour> = bodies.iter().map(|body| Behaviour::json(body)).collect();
    all.extend(
        [401, 404, 500]
            .map(|status| Behaviour::answer(status, "text/html", &format!("<p>{quoted}</p>"))),
    );
    all.extend([
        headed(302, "location"),
        headed(429, "retry-after"),
        headed(200, "content-type"),
        headed(200, "set-cookie"),
        headed(200, "date"),
    ]);
    all.extend(raw.map(|raw| Behaviour::AnswerAndClose(raw.into_bytes())));
    all
}
