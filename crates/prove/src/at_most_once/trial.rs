//! One call against one server: what it said, and what the server received.

use std::time::Duration;

use super::Trouble;
use super::certificate::Identity;
use super::log::Received;
use super::moment::Moment;
use super::operation::Operation;
use super::outcome::{Outcome, Said};
use super::server::Server;
use super::target::{Patience, Target};

/// What a busy machine may take beyond the total timeout. A call without one would not end at all.
pub(super) const MARGIN: Duration = Duration::from_secs(10);

/// Calls an operation in a moment.
pub(super) async fn operation(
    moment: &Moment,
    operation: Operation,
    retries: bool,
    identity: &Identity,
) -> Result<Outcome, Trouble> {
    let limit = moment.patience.total + MARGIN;
    for _ in 0..MOST_SCENES {
        let (server, target) = scene(moment, retries, identity).await?;
        let first = usize::from(moment.is_second());
        if moment.is_second() {
            (operation.call)(target.clone(), "warm-call".to_owned()).await?;
            tokio::time::sleep(KEEPING).await;
        }
        let call = (operation.call)(target, "test-call".to_owned());
        let result = tokio::time::timeout(limit, call).await.ok();
        let requests = server.log().settled().await;
        if is_on_one_connection(moment, &requests) {
            return Ok(Outcome {
                said: Said::of(result.as_ref()),
                received: requests.len() - first,
                over_http2: over_http2(&requests),
            });
        }
    }
    Err(NOT_KEPT.into())
}

/// So often a connection may not have been kept in time.
const MOST_SCENES: usize = 20;
/// Until the client has put its connection away for the next call.
const KEEPING: Duration = Duration::from_millis(20);
const NOT_KEPT: &str = "the second call never came on the first one's connection";

/// Whether a second call took the connection of the first. A further copy may come on any.
fn is_on_one_connection(moment: &Moment, requests: &[Received]) -> bool {
    match requests {
        [first, second, ..] if moment.is_second() => first.connection == second.connection,
        _ => true,
    }
}

/// What came of the same with a client that has reqwest's defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Control {
    said: String,
    /// Requests with the message in it that the server received whole.
    pub(super) copies: usize,
    /// Others: a redirect can make a `GET` of a `POST`.
    without_message: bool,
    over_http2: bool,
}

impl Control {
    /// What came of many statuses, if it was the status each time.
    pub(super) fn of_status(given: u16, said: Option<u16>, copies: usize) -> Self {
        let said = match said {
            Some(said) if said == given => "the status".to_owned(),
            Some(said) => format!("`{said}`"),
            None => "an error".to_owned(),
        };
        Self {
            said,
            copies,
            without_message: false,
            over_http2: false,
        }
    }

    pub(super) fn cell(&self) -> String {
        let copies = match self.copies {
            0 | 1 => self.copies.to_string(),
            more => format!("**{more}**"),
        };
        let and = if self.without_message {
            " and a `GET`"
        } else {
            ""
        };
        let protocol = if self.over_http2 { " over HTTP/2" } else { "" };
        format!("{}; {copies} received{and}{protocol}", self.said)
    }
}

/// Posts as a merchant would who knows nothing of all this.
pub(super) async fn control(moment: &Moment, identity: &Identity) -> Result<Control, Trouble> {
    let message = r#"{"to":"5550000042"}"#;
    // It has no timeout of its own.
    let limit = if moment.patience.is_roomy() {
        Patience::ROOMY.total + MARGIN
    } else {
        Patience::TOTAL.total
    };
    for _ in 0..MOST_SCENES {
        let (server, target) = scene(moment, false, identity).await?;
        let first = usize::from(moment.is_second());
        if moment.is_second() {
            careless_post(&target, r#"{"to":"5550000041"}"#).await?;
            tokio::time::sleep(KEEPING).await;
        }
        let call = careless_post(&target, message);
        let said = match tokio::time::timeout(limit, call).await {
            Ok(Ok(status)) => format!("`{status}`"),
            Ok(Err(_)) => "an error".to_owned(),
            Err(_) => "waits without end".to_owned(),
        };
        drop(target);
        let requests = server.log().settled().await;
        if is_on_one_connection(moment, &requests) {
            let copies = requests.iter().filter(|request| request.holds(message));
            let copies = copies.count();
            return Ok(Control {
                said,
                copies,
                without_message: requests.len() - first > copies,
                over_http2: over_http2(&requests),
            });
        }
    }
    Err(NOT_KEPT.into())
}

/// Posts with reqwest's defaults and reads the answer to its end.
pub(super) async fn careless_post(target: &Target, message: &str) -> reqwest::Result<u16> {
    let url = format!("{}/order", target.base_url);
    let answer = target
        .bare
        .post(url)
        .body(message.to_owned())
        .send()
        .await?;
    let status = answer.status().as_u16();
    answer.text().await?;
    Ok(status)
}

async fn scene(
    moment: &Moment,
    retries: bool,
    identity: &Identity,
) -> Result<(Server, Target), Trouble> {
    let server = Server::start(&moment.door, &moment.conduct, identity).await?;
    let base_url = server.base_url();
    let target = Target::new(base_url, &moment.door, identity, moment.patience, retries)?;
    Ok((server, target))
}

pub(super) fn over_http2(requests: &[Received]) -> bool {
    requests.iter().any(|request| request.protocol == "h2")
}
