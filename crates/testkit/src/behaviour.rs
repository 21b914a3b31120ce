//! The ways in which a server can fail to answer.

use std::time::Duration;

/// What a [`SocketServer`](crate::SocketServer) does with each connection.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Behaviour {
    /// Reads the request and writes these bytes; the connection stays open for the next one.
    Answer(Vec<u8>),
    /// Accepts and closes at once.
    CloseOnAccept,
    /// Accepts and resets at once.
    ResetOnAccept,
    /// Accepts and never reads or writes.
    Silent,
    /// Reads the request and closes.
    CloseAfterRequest,
    /// Reads the request and resets.
    ResetAfterRequest,
    /// Reads the request and never answers.
    NeverAnswer,
    /// Reads the request, writes these bytes, and closes.
    AnswerAndClose(Vec<u8>),
    /// Reads the request and writes these bytes one by one, with a pause before each.
    Drip(Vec<u8>, Duration),
    /// Like [`Answer`](Self::Answer) the first time; the next request on the same connection is
    /// read and the connection reset.
    AnswerOnce(Vec<u8>),
    /// Reads the request, writes a good head, and a body that does not end. After 64 MiB it does,
    /// to spare the machine of a client without bounds.
    Endless,
}

impl Behaviour {
    /// A whole answer with this status, content type and body.
    ///
    /// ```
    /// use onay_testkit::Behaviour;
    ///
    /// let no = Behaviour::answer(403, "application/json", r#"{"code":403}"#);
    /// ```
    pub fn answer(status: u16, content_type: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} Test\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n"
        );
        Self::Answer([head.as_bytes(), body.as_bytes()].concat())
    }

    /// A whole answer of status 200 with a JSON body.
    pub fn json(body: &str) -> Self {
        Self::answer(200, "application/json; charset=UTF-8", body)
    }

    /// Whether the request is read before anything else happens.
    pub(crate) fn reads_request(&self) -> bool {
        !matches!(
            self,
            Self::CloseOnAccept | Self::ResetOnAccept | Self::Silent
        )
    }
}
