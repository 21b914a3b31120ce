//! A script is asked for by its hash, and its errors are told apart.

use redis::aio::ConnectionLike;
use redis::{ErrorKind, RedisError, RedisResult, ServerErrorKind, make_extension_error};

use super::cause::Cause;
use super::connection::RedisCall;
use super::milliseconds;
use crate::StoreError;

impl RedisCall<'_> {
    /// Asks by hash. A server that does not know the script is sent its text, which it then knows.
    pub(super) async fn ask(
        &self,
        connection: &mut impl ConnectionLike,
    ) -> RedisResult<Vec<String>> {
        match self.ask_by("EVALSHA", self.script.hash(), connection).await {
            Err(error) if is(&error, &[ServerErrorKind::NoScript]) => {
                self.ask_by("EVAL", self.script.source(), connection).await
            }
            other => other,
        }
    }

    async fn ask_by(
        &self,
        name: &str,
        script: &str,
        connection: &mut impl ConnectionLike,
    ) -> RedisResult<Vec<String>> {
        let mut command = redis::cmd(name);
        command.arg(script).arg(self.keys.len());
        command.arg(&self.keys).arg(&self.arguments);
        let Some((wanted, longest)) = self.script.replicas() else {
            return command.query_async(connection).await;
        };
        // Both on one connection, to one node: on another, `WAIT` would count replicas that have
        // nothing of what the script wrote.
        let mut wait = redis::cmd("WAIT");
        wait.arg(wanted).arg(milliseconds(longest).max(1));
        let mut both = redis::pipe();
        both.add_command(command).add_command(wait);
        let answers = both.ignore_errors().query_async(connection).await?;
        let (answer, having): (RedisResult<_>, RedisResult<u32>) = answers;
        let answer = answer?;
        if having? < wanted {
            return Err(make_extension_error("NOREPLICAS".to_owned(), None));
        }
        Ok(answer)
    }
}

/// The error of a script that was asked for. It is unavailable where certainly nothing was decided:
/// there is no connection, or the server says that it cannot serve.
pub(super) fn failed(error: &RedisError) -> StoreError {
    let cannot_serve = [
        ServerErrorKind::BusyLoading,
        ServerErrorKind::ClusterDown,
        ServerErrorKind::MasterDown,
        ServerErrorKind::ReadOnly,
    ];
    if is(error, &cannot_serve) || error.is_connection_refusal() {
        StoreError::unavailable(Cause::of(error))
    } else {
        StoreError::indeterminate(Cause::of(error))
    }
}

/// The error of a script that was asked for twice. The first may have been decided, although the
/// second failed, unless that is known.
pub(super) fn failed_again(error: &RedisError, is_first_undecided: bool) -> StoreError {
    if is_first_undecided {
        failed(error)
    } else {
        StoreError::indeterminate(Cause::of(error))
    }
}

/// Whether another connection may answer: this one broke. One that is merely late keeps its place:
/// what is asked next on it runs after what was asked before.
pub(super) fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

/// A primary that was demoted. It decided nothing.
pub(super) fn is_replica(error: &RedisError) -> bool {
    is(error, &[ServerErrorKind::ReadOnly])
}

fn is(error: &RedisError, kinds: &[ServerErrorKind]) -> bool {
    matches!(error.kind(), ErrorKind::Server(kind) if kinds.contains(&kind))
}
