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
    let (server, target) = scene(moment, retries, identity).await?;
    let limit = moment.patience.total + MARGIN;
    let call = (operation.call)(target, "test-call".to_owned());
    let result = tokio::time::timeout(limit, call).await.ok();
    let requests = server.log().settled().await;
    Ok(Outcome {
        said: Said::of(result.as_ref()),
        received: requests.len(),
        over_http2: over_http2(&requests),
    })
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
    let (server, target) = scene(moment, false, identity).await?;
    let message = r#"{"to":"5550000042"}"#;
    let call = async move {
        let url = format!("{}/order", target.base_url);
        let request = target.bare.post(url).body(message);
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        answer.text().await?;
        Ok::<u16, reqwest::Error>(status)
    };
    // It has no timeout of its own.
    let limit = if moment.patience.is_roomy() {
        Patience::ROOMY.total + MARGIN
    } else {
        Patience::TOTAL.total
    };
    let said = match tokio::time::timeout(limit, call).await {
        Ok(Ok(status)) => format!("`{status}`"),
        Ok(Err(_)) => "an error".to_owned(),
        Err(_) => "waits without end".to_owned(),
    };
    let requests = server.log().settled().await;
    let copies = requests.iter().filter(|request| request.holds(message));
    let copies = copies.count();
    Ok(Control {
        said,
        copies,
        without_message: requests.len() > copies,
        over_http2: over_http2(&requests),
    })
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

fn over_http2(requests: &[Received]) -> bool {
    requests.iter().any(|request| request.protocol == "h2")
}
