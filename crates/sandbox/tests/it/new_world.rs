//! A reset begins a new world: nothing from before it is good after it, with a seed or without.

use onay_sandbox::Sandbox;

use crate::paytr_support::{PaytrCaller, product};
use crate::support::{Caller, NUMBER, PaywallCaller, newest_code};

#[tokio::test]
async fn codes_sessions_tokens_and_ids_differ() {
    for seed in [Some(7), None] {
        let builder = Sandbox::builder();
        let builder = match seed {
            Some(seed) => builder.seed(seed),
            None => builder,
        };
        let sandbox = builder.start().await.expect("a sandbox");
        let (paynet, paywall) = (Caller::new(&sandbox), PaywallCaller::new(&sandbox));
        let paytr = PaytrCaller::new(&sandbox);
        let mut worlds = Vec::new();
        for _ in 0..3 {
            paynet.send("s", NUMBER).await;
            let code = newest_code(&sandbox);
            let session = paywall.session().await;
            let token = paywall.link(&session).await;
            worlds.push([code, session, token, paytr.create(product()).await]);
            sandbox.reset();
        }
        for (one, other) in [(0, 1), (1, 2), (0, 2)] {
            let pairs = worlds[one].iter().zip(&worlds[other]);
            assert!(pairs.clone().all(|(one, other)| one != other), "{worlds:?}");
        }
        paynet.send("s", NUMBER).await;
        let late = paynet.check("s", NUMBER, &worlds[0][0]).await;
        assert_eq!(late.json()["code"], 1, "a code from before is wrong");
    }
}

#[tokio::test]
async fn a_seed_repeats_every_world() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let sandbox = Sandbox::builder().seed(7).start().await;
        let sandbox = sandbox.expect("a sandbox");
        let paynet = Caller::new(&sandbox);
        let mut codes = Vec::new();
        for _ in 0..2 {
            paynet.send("s", NUMBER).await;
            codes.push(newest_code(&sandbox));
            sandbox.reset();
        }
        runs.push(codes);
    }
    assert_eq!(runs[0], runs[1]);
}
