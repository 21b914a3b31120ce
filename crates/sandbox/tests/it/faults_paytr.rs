//! Faults of PayTR: refusals with a number, and answers that suffer.

use onay_sandbox::{Fault, FaultRule};
use serde_json::json;

use crate::paytr_support::{product, sms, with_link};

#[tokio::test]
async fn a_refusal_has_the_code_for_its_number() {
    let (sandbox, caller, id) = with_link(product()).await;
    for (fault, code) in [
        (Fault::Refuse("17".to_owned()), "17"),
        (Fault::UnknownCode, "9999"),
    ] {
        sandbox
            .fault(FaultRule::new(fault).times(1))
            .expect("a rule");
        let refused = caller.call("send-sms", sms(&id)).await;
        assert_eq!(refused.status, 200);
        let reason = "İşlem başarısız.";
        assert_eq!(
            refused.json(),
            json!({"status": "error", "err_no": code, "reason": reason, "err_msg": reason})
        );
    }
    assert!(sandbox.messages().is_empty());
    assert_eq!(
        caller.call("send-sms", sms(&id)).await.json()["status"],
        "success"
    );
}

#[tokio::test]
async fn the_journal_shows_no_id_that_may_be_anything() {
    let (_sandbox, caller, id) = with_link(product()).await;
    let ids = format!("{id},{}", "5550000042".repeat(3_000));
    let deleted = caller
        .call("delete", crate::paytr_support::deletion(&ids))
        .await;
    assert!(deleted.text.contains("5550000042"));
    let journal = caller.plain.ask("/api/v1/journal?limit=1").await;
    let answer = &journal["calls"][0]["answer"]["body"];
    assert_eq!(answer["success_deletes"], json!([id]));
    assert!(!journal.to_string().contains("5550000042"), "{journal}");
    assert!(journal.to_string().len() < 2_000);
}
