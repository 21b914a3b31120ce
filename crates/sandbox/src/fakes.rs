//! The fakes of the providers, each in a folder of its own.

pub(crate) mod paynet;
pub(crate) mod paytr;
pub(crate) mod paywall;
