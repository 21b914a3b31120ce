//! The client against the sandbox.
