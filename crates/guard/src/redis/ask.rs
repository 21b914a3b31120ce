//! One question to Redis, over a connection that may have broken.

use redis::aio::ConnectionManager;
use redis::{ErrorKind, FromRedisValue, RedisError, ScriptInvocation, ServerErrorKind};

use super::cause::Cause;
use crate::StoreError;

/// Once more where the connection was broken: it may have been for hours, and nobody looked. A failed
/// attempt to connect is remembered as well, and says nothing about now. Each of our scripts may run
/// twice.
pub(super) async fn twice<T: FromRedisValue>(
    mut connection: ConnectionManager,
    question: &ScriptInvocation<'_>,
) -> Result<T, StoreError> {
    let first = match question.invoke_async(&mut connection).await {
        Err(error) if error.is_io_error() => error,
        other => return other.map_err(|error| failed(&error)),
    };
    let never_left = first.is_connection_refusal();
    let second = question.invoke_async(&mut connection).await;
    // A first question that did leave may have been decided, whatever became of the second.
    second.map_err(|error| {
        if never_left {
            failed(&error)
        } else {
            StoreError::indeterminate(Cause::of(&error))
        }
    })
}

/// Away is what certainly decided nothing: no connection, or a server that says that it cannot serve.
fn failed(error: &RedisError) -> StoreError {
    let serves_nobody = matches!(
        error.kind(),
        ErrorKind::Server(
            ServerErrorKind::BusyLoading
                | ServerErrorKind::ClusterDown
                | ServerErrorKind::MasterDown
                | ServerErrorKind::ReadOnly
        )
    );
    if serves_nobody || error.is_connection_refusal() {
        StoreError::unavailable(Cause::of(error))
    } else {
        StoreError::indeterminate(Cause::of(error))
    }
}
