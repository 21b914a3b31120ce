//! The at-most-once HTTP client under the Onay providers.
