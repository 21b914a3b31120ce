//! What people type and paste arrives as each provider takes it, or does not leave.

use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink};
use onay::{
    EmailAddress, Error, LinkId, LinkNotice, LinkNotifier, OtpChallenge, OtpCode, OtpSender,
    OtpVerifier, PhoneNumber, SessionId,
};
use onay_testkit::{Behaviour, SocketServer};

/// Spellings of one number.
const NUMBERS: [&str; 22] = [
    "0555 123 45 67",
    "+90 0555 123 45 67",
    "+9005551234567",
    "0090 0555 123 45 67",
    "+90 (0) 555 123 45 67",
    "\u{202a}+90 555 123 45 67\u{202c}",
    "\u{202d}0555 123 45 67\u{202c}",
    "\u{200e}05551234567",
    "\u{feff}0555 123 45 67",
    "0555\u{2011}123\u{2011}45\u{2011}67",
    "0555\u{2013}123\u{2013}45\u{2013}67",
    "0555/123 45 67",
    "0555_123_45_67",
    "[0555] 123.45.67",
    "tel:+905551234567",
    "Tel. 0555 123 45 67",
    "GSM: 0555 123 45 67",
    "TR +90 555 123 45 67",
    "🇹🇷 0555 123 45 67",
    "０５５５１２３４５６７",
    "٠٥٥٥١٢٣٤٥٦٧",
    "0555 123 45 67,",
];

/// What is refused, and what the refusal names.
const NO_NUMBERS: [(&str, &str); 9] = [
    ("O555 123 45 67", "phone_letter"),
    ("0555 123 45 67 dahili 12", "phone_letter"),
    ("0555 123 45 67 / 0555 123 45 68", "phone_two_numbers"),
    ("0555,123,45,67", "phone_two_numbers"),
    ("0555 123 ** 67", "phone_masked"),
    ("0(___) ___ __ __", "phone_too_short"),
    ("+5551234567", "phone_no_country_code"),
    ("0212 555 45 67", "phone_landline"),
    ("444 4 567", "phone_service"),
];

const CODES: [&str; 6] = [
    "123456",
    "123 456",
    "123-456",
    "\u{200e}123456",
    "١٢٣٤٥٦",
    "123456.",
];

/// A server, and both clients of it.
async fn providers(answer: &str) -> Result<(SocketServer, Paynet, PaytrLink), Error> {
    let server = SocketServer::start(Behaviour::json(answer)).await;
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(server.url().parse()?)
        .build()?;
    let paytr = PaytrLink::builder()
        .credentials(Credentials::parse("123456", "test-key", "test-salt")?)
        .base_url(server.url().parse()?)
        .build()?;
    Ok((server, paynet, paytr))
}

fn challenge(phone: PhoneNumber) -> Result<OtpChallenge, Error> {
    Ok(OtpChallenge::for_phone(SessionId::parse("s-1")?, phone))
}

fn field(form: &str, wanted: &str) -> String {
    let mut fields = reqwest::Url::parse(&format!("http://form/?{form}")).expect("a form");
    fields.set_fragment(None);
    let found = fields.query_pairs().find(|(name, _)| name == wanted);
    found.expect(wanted).1.into_owned()
}

#[tokio::test]
async fn every_spelling_of_a_number_is_one_number_on_the_wire() -> Result<(), Error> {
    let (server, paynet, paytr) = providers(r#"{"code":0,"status":"success"}"#).await?;
    for text in NUMBERS {
        let phone = PhoneNumber::parse(text)?;
        paynet.send_otp(&challenge(phone)?).await?;
        let notice = LinkNotice::new(LinkId::parse("A1")?, phone);
        paytr.notify(&notice).await?;
        let requests = server.requests();
        let [.., otp, link] = requests.as_slice() else {
            panic!("two requests");
        };
        let expected = r#"{"user_gsm":"5551234567","otp_session_id":"s-1"}"#;
        assert_eq!(otp.text(), expected, "{text:?}");
        assert_eq!(field(&link.text(), "cell_phone"), "05551234567", "{text:?}");
    }
    for (text, reason) in NO_NUMBERS {
        let error = PhoneNumber::parse(text).expect_err(text);
        assert_eq!(
            error.reason().map(|named| named.id()),
            Some(reason),
            "{text:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_code_arrives_as_digits_and_letters_keep_their_case() -> Result<(), Error> {
    let (server, paynet, _) = providers(r#"{"code":0}"#).await?;
    let challenge = challenge(PhoneNumber::parse("05551234567")?)?;
    for (text, sent) in CODES
        .map(|text| (text, "123456"))
        .into_iter()
        .chain([("aRt2", "aRt2")])
    {
        paynet
            .verify_otp(&challenge, &OtpCode::parse(text)?)
            .await?;
        let request = server.requests().pop().expect("a request").text();
        assert!(
            request.ends_with(&format!(r#","otp_code":"{sent}"}}"#)),
            "{request}"
        );
    }
    for nothing in ["", " \u{200e}", "- ."] {
        OtpCode::parse(nothing).expect_err(nothing);
    }
    Ok(())
}

#[tokio::test]
async fn an_address_loses_the_invisible_characters_around_it() -> Result<(), Error> {
    let (server, _, paytr) = providers(r#"{"status":"success"}"#).await?;
    for text in [
        "musteri@example.com\u{200b}",
        "\u{feff}musteri@example.com ",
    ] {
        let notice = LinkNotice::new(LinkId::parse("A1")?, EmailAddress::parse(text)?);
        paytr.notify(&notice).await?;
        let form = server.requests().pop().expect("a request").text();
        assert_eq!(field(&form, "email"), "musteri@example.com");
    }
    for (text, reason) in [
        ("mus\u{200b}teri@example.com", "email_invisible"),
        ("ali@ma\u{131}l.example.com", "email_dotless_i"),
    ] {
        let error = EmailAddress::parse(text).expect_err(text);
        assert_eq!(error.reason().map(|named| named.id()), Some(reason));
    }
    Ok(())
}
