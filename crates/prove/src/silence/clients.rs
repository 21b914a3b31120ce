//! Every call of every provider, whatever becomes of it: what it returns, and what it traces.

use onay::Error;
use onay::http::{BaseUrl, HttpClient};
use onay_testkit::{Behaviour, ClosedPort, SocketServer, TraceCapture, printed};

use super::answers::{Course, PATIENT};
use super::place::Place;
use super::tls::TlsServer;
use super::{Failed, Kind};
use crate::every_call::{Call, Clients};

const PROVIDERS: [&str; 3] = ["Paynet", "Masterpass", "PayTR"];
const ADDRESS: &str = "part of the address that the customer opens";

/// Two rows for each provider and each course: what the caller gets, and what is traced meanwhile.
pub(super) async fn places() -> Result<Vec<Place>, Failed> {
    let mut places = Vec::new();
    for provider in PROVIDERS {
        let mut traced = String::new();
        for course in Course::ALL {
            let capture = TraceCapture::start();
            let mut said = String::new();
            for call in Call::ALL
                .into_iter()
                .filter(|call| call.name().0 == provider)
            {
                for answer in course.answers(call)? {
                    said += &once(call, answer, course).await?;
                }
                if course == Course::Broken {
                    let nobody = ClosedPort::take();
                    said += &outcome(call, &Clients::of(&nobody.url(), PATIENT)?).await;
                }
            }
            traced += &capture.text();
            let place = Place::new(
                format!("{provider}, results and errors: {}", course.name()),
                said,
            );
            // What was deleted is named by its id.
            let names_links = provider == "PayTR" && course == Course::Yes;
            places.push(if names_links {
                place.open(Kind::Link, ADDRESS)
            } else {
                place
            });
        }
        if !traced.contains("onay.call") || !traced.contains("reqwest") {
            return Err(format!("{provider}: nothing was traced").into());
        }
        places.push(Place::new(
            format!("{provider}, all of it: spans and events at `TRACE`, of reqwest and hyper too"),
            traced,
        ));
    }
    places.push(over_tls().await?);
    Ok(places)
}

/// Every call over TLS, for the log of rustls.
async fn over_tls() -> Result<Place, Failed> {
    let capture = TraceCapture::start();
    let server = TlsServer::start().await?;
    let builder = reqwest::Client::builder().tls_certs_merge([server.certificate()?]);
    let http = HttpClient::builder()
        .timeout(PATIENT)
        .reqwest(builder)
        .build()?;
    let clients = Clients::over(http, &BaseUrl::parse(&server.url())?)?;
    for call in Call::ALL {
        if let Err(error) = call.make(&clients).await {
            return Err(format!("{:?} over TLS: {error}", call.name()).into());
        }
    }
    let traced = capture.text();
    if !traced.contains("rustls") {
        return Err("nothing of rustls was traced".into());
    }
    Ok(Place::new(
        "every call over TLS: spans and events at `TRACE`, of rustls too",
        traced,
    ))
}

async fn once(call: Call, answer: Behaviour, course: Course) -> Result<String, Failed> {
    let server = SocketServer::start(answer).await;
    Ok(outcome(call, &Clients::of(&server.url(), course.timeout())?).await)
}

async fn outcome(call: Call, clients: &Clients) -> String {
    let clients_shown = format!("{clients:?}\n{clients:#?}");
    match call.make(clients).await {
        Ok(shown) => format!("{clients_shown}\n{shown}\n"),
        Err(error) => format!("{clients_shown}\n{}\n", all_of(&error)),
    }
}

/// Everything that an error and its causes can print.
pub(super) fn all_of(error: &Error) -> String {
    let mut all = format!("{}\n{error:#?}\n{error:#}", printed(error));
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        all += &format!("\n{error:#?}\n{error:#}");
        cause = error.source();
    }
    all
}
