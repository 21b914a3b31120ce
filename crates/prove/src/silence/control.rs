//! Careless things of every kind: whoever looks has to find what they let slip.

use onay::{Error, ErrorKind};
use onay_testkit::TraceCapture;

use super::canary::Canary;
use super::clients::all_of;
use super::command_line::process;
use super::{Failed, panics};

/// Keeps a secret in the open.
#[derive(Debug)]
struct Careless {
    #[expect(dead_code, reason = "`Debug` reads it")]
    secret: String,
}

/// What a careless program let slip, by where it did.
pub(super) async fn slips(canaries: &[Canary]) -> Result<Vec<(&'static str, String)>, Failed> {
    let values: Vec<&str> = canaries
        .iter()
        .map(|canary| canary.value.as_str())
        .collect();
    let secret = values.join(" ");
    let careless = || Careless {
        secret: secret.clone(),
    };
    let error = Error::new(ErrorKind::Refused).with_source(std::io::Error::other(secret.clone()));
    let capture = TraceCapture::start();
    tracing::info_span!("careless", value = secret).in_scope(|| tracing::trace!("in it"));
    let span = capture.text();
    let capture = TraceCapture::start();
    tracing::trace!(value = secret, "careless");
    let event = capture.text();
    let capture = TraceCapture::start();
    // A client without any care logs the whole address, and what is asked of it in the query.
    let query: String = values
        .iter()
        .map(|value| super::canary::encoded(value) + "&")
        .collect();
    let verbose = reqwest::Client::builder()
        .connection_verbose(true)
        .no_proxy()
        .build()?;
    let server = onay_testkit::SocketServer::start(onay_testkit::Behaviour::json("{}")).await;
    let _ = verbose
        .get(format!("{}/?{query}", server.url()))
        .send()
        .await?;
    let library = capture.text();
    let program = process::careless(&secret).await?;
    Ok(vec![
        (
            "`Debug` of a type that keeps its secret as a `String`",
            format!("{:?}", careless()),
        ),
        ("an error whose source quotes what was sent", all_of(&error)),
        ("a field of a span", span),
        ("a field of an event at `TRACE`", event),
        (
            "the log of the HTTP library below, told to be verbose",
            library,
        ),
        (
            "the message of a panic",
            panics::message_of(careless()).await?,
        ),
        (
            "stdout of a program that is run as the command line is, and prints what it reads",
            program.stdout,
        ),
        ("stderr of the same", program.stderr),
    ])
}
