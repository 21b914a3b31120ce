//! A script is asked for by its hash, and its errors are told apart.

use redis::aio::ConnectionLike;
use redis::{Cmd, ErrorKind, RedisError, RedisResult, ServerErrorKind, make_extension_error};

use super::cause::Cause;
use super::connection::RedisCall;
use super::milliseconds;
use crate::StoreError;

impl RedisCall<'_> {
    /// Asks by hash. A server that does not know the script is sent its text, which it then knows.
    /// Replicas that the script names are waited for.
    pub(super) async fn ask(
        &self,
        connection: &mut impl ConnectionLike,
    ) -> RedisResult<Vec<String>> {
        let by_hash = self.command("EVALSHA", self.script.hash());
        let answer = match by_hash.query_async(connection).await {
            Err(error) if is_unknown_script(&error) => {
                let by_text = self.command("EVAL", self.script.source());
                by_text.query_async(connection).await?
            }
            other => other?,
        };
        if let Some((wanted, longest)) = self.script.replicas() {
            let mut wait = redis::cmd("WAIT");
            wait.arg(wanted).arg(milliseconds(longest).max(1));
            let having: u32 = wait.query_async(connection).await?;
            if having < wanted {
                return Err(make_extension_error("NOREPLICAS".to_owned(), None));
            }
        }
        Ok(answer)
    }

    fn command(&self, name: &str, script: &str) -> Cmd {
        let mut command = redis::cmd(name);
        command.arg(script).arg(self.keys.len());
        command.arg(&self.keys).arg(&self.arguments);
        command
    }
}

/// The error of a script that was asked for. It is unavailable where certainly nothing was decided:
/// there is no connection, or the server says that it cannot serve.
pub(super) fn failed(error: &RedisError) -> StoreError {
    let cannot_serve = matches!(
        error.kind(),
        ErrorKind::Server(
            ServerErrorKind::BusyLoading
                | ServerErrorKind::ClusterDown
                | ServerErrorKind::MasterDown
                | ServerErrorKind::ReadOnly
        )
    );
    if cannot_serve || error.is_connection_refusal() {
        StoreError::unavailable(Cause::of(error))
    } else {
        StoreError::indeterminate(Cause::of(error))
    }
}

/// Whether another connection may answer: this one broke. One that is merely late keeps its place:
/// what is asked next on it runs after what was asked before.
pub(super) fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

fn is_unknown_script(error: &RedisError) -> bool {
    error.kind() == ErrorKind::Server(ServerErrorKind::NoScript)
}
