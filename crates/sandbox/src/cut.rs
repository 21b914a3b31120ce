//! `ConnectionHandle` is the connection that a call came over, which a fault can end without an answer.

use axum::http::Extensions;
use tokio::sync::watch;

/// How a connection ends without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// As if the server had hung up: the client reads the end.
    Closed,
    /// As if the server had died: the client's system reports a reset.
    Reset,
}

/// A handle on the connection that a call came over; every call over it has it among its extensions.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConnectionHandle(watch::Sender<Option<Cut>>);

impl ConnectionHandle {
    /// The wire of the call with these extensions.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get().cloned().unwrap_or_default()
    }

    /// Ends the connection, with any call under way on it.
    pub(crate) fn cut(&self, cut: Cut) {
        self.0.send_replace(Some(cut));
    }

    /// Ends once the connection is told to.
    pub(crate) async fn is_cut(&self) -> Cut {
        let mut cut = self.0.subscribe();
        let cut = cut.wait_for(Option::is_some).await;
        // Never absent: the sender is part of `self`.
        cut.ok().and_then(|cut| *cut).unwrap_or(Cut::Closed)
    }
}
