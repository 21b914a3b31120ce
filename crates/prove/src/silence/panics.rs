//! A task that panics and formats all that it holds: its message, as a hook sees it.

use std::fmt::Debug;
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};

use super::Failed;
use super::place::Place;
use crate::every_call::{
    Clients, by_number, by_token, code, collection, credentials, email, gsm, keys, open_session,
    session, token,
};

/// What the message of a task's panic was.
pub(super) async fn message_of(value: impl Debug + Send + 'static) -> Result<String, Failed> {
    let heard = Arc::new(Mutex::new(String::new()));
    let hearing = Arc::clone(&heard);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let mut heard = hearing.lock().unwrap_or_else(PoisonError::into_inner);
        *heard += &info.to_string();
    }));
    let task = tokio::spawn(async move { fail(&value) });
    let ended = task.await;
    panic::set_hook(before);
    let Err(error) = ended else {
        return Err("the task did not panic".into());
    };
    let heard = heard.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(format!("{heard}\n{error} {error:?}"))
}

#[expect(clippy::panic, reason = "what a panic tells is what is looked at")]
fn fail(value: &impl Debug) {
    panic!("{value:?}\n{value:#?}");
}

pub(super) async fn places() -> Result<Vec<Place>, Failed> {
    let clients = Clients::of("http://127.0.0.1:9", super::answers::PATIENT)?;
    let held = (
        (clients, keys()?, credentials()?, collection()?),
        (session()?, token()?, code()?, gsm()?, email()?),
        (by_number()?, by_token()?, open_session()?),
    );
    let message = message_of(held).await?;
    if !message.contains("OtpCode(***)") {
        return Err("the message of the panic was not heard".into());
    }
    Ok(vec![Place::new(
        "a panic in a task that formats all it holds: the message, and the error of the task",
        message,
    )])
}
