//! What is traced, and who says so.

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{KEY, SEND, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_rust_log_says_nothing() {
    let server = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let base = server.url();
    for (filter, is_traced) in [("", true), (" ", true), ("off", false)] {
        let environment = [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_BASE_URL", base.as_str()),
            ("PAYNET_SECRET_KEY", KEY),
            ("RUST_LOG", filter),
        ];
        let sent = run(&[&["-vv", "otp"], SEND.as_slice()].concat(), &environment);
        assert_eq!(sent.code, 0, "{sent:?}");
        assert_eq!(
            sent.stderr.contains("onay.call"),
            is_traced,
            "{filter:?}: {sent:?}"
        );
    }
}
