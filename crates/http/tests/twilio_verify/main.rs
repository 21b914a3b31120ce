//! The example provider passes the conformance suite, sends what Twilio's page says, and meets its own fake in a sandbox.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod conformance;
#[path = "../../examples/twilio_verify/fake.rs"]
pub mod fake;
#[path = "../../examples/twilio_verify/provider.rs"]
pub mod provider;
mod sandbox;

#[test]
fn twilio_verify_conforms() {
    let report = conformance::suite().check();
    assert!(report.passed(), "{report}");
    // Every status is tried then.
    if std::env::var_os("ONAY_SOAK").is_none() {
        let table = expect_test::expect_file!["../../../all/src/guide/evidence/breaks.md"];
        table.assert_eq(&report.table());
    }
}
