//! The example provider passes the conformance suite and sends what Twilio's page says.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod conformance;
#[path = "../../examples/twilio_verify/provider.rs"]
pub mod provider;
