//! Sends a code through Pigeon, the example provider, to a server that answers every request with a yes.

#![expect(clippy::print_stdout, reason = "an example prints its result")]

pub mod provider;

use std::error::Error;

use onay_core::{Gsm, OtpChallenge, OtpSender, SessionId};
use onay_testkit::{Behaviour, SocketServer};

use crate::provider::Pigeon;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = SocketServer::start(Behaviour::json(r#"{"result":"yes","wait":60}"#)).await;
    let pigeon = Pigeon::builder()
        .key("test-key")
        .base_url(server.url().parse()?)
        .build()?;
    let session = SessionId::parse("order-1")?;
    let challenge = OtpChallenge::for_gsm(session, Gsm::parse("0555 000 00 42")?);
    println!("{:?}", pigeon.send_otp(&challenge).await?);
    Ok(())
}
