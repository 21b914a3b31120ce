//! `onay callback trigger` whose callback was not taken: another one says "paid" once more.

use onay_testkit::{Behaviour, SocketServer};

use crate::support::run;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_to_send_it_again_before_having_looked() {
    for (answer, code, advice) in [
        (
            Behaviour::answer(500, "text/plain", "no"),
            1,
            "next: look first whether your server handled the callback",
        ),
        (
            Behaviour::CloseAfterRequest,
            6,
            "next: look whether the callback reached your server",
        ),
    ] {
        let server = SocketServer::start(answer).await;
        let url = server.url();
        let environment = [
            ("PAYTR_ENV", "sandbox"),
            ("PAYTR_MERCHANT_ID", "123456"),
            ("PAYTR_MERCHANT_KEY", "test-key"),
            ("PAYTR_MERCHANT_SALT", "test-salt"),
        ];
        let trigger = [
            "callback",
            "trigger",
            "--to",
            &url,
            "--callback-id",
            "ORDER0001",
            "--price",
            "14.45",
        ];
        let said = run(&trigger, &environment);
        assert_eq!((said.code, server.requests().len()), (code, 1), "{said:?}");
        assert!(said.stderr.contains(advice), "{}", said.stderr);
        assert!(!said.stderr.contains("-vv"), "{}", said.stderr);
    }
}
