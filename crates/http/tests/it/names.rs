//! Host names that are unknown, or whose server never answers: nothing left, and the call ends.

use onay_core::{Dispatch, ErrorKind};
use onay_http::reqwest::dns::{Name, Resolve, Resolving};

use crate::support::{SHORT, builder, call, to_hand_in};

/// A name server that knows no name, or never answers.
#[derive(Clone, Copy, Debug)]
struct Names {
    silent: bool,
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        let silent = self.silent;
        Box::pin(async move {
            if silent {
                std::future::pending::<()>().await;
            }
            Err(std::io::Error::other("the name is unknown").into())
        })
    }
}

#[tokio::test]
async fn without_an_address_nothing_is_sent_and_the_call_ends() {
    for silent in [false, true] {
        let names = to_hand_in().dns_resolver(Names { silent });
        let client = builder().reqwest(names).connect_timeout(SHORT);
        let client = client.build().expect("a client");
        let result = call(&client, "https://api.example.com").await;
        let error = result.expect_err("no address");
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error:?}");
        assert_eq!(error.dispatch(), Dispatch::NotSent);
    }
}
