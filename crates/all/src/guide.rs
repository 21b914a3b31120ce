//! The guides. Every snippet in them is compiled, and run against the sandbox where it can be.
//!
//! | guide | for |
//! |---|---|
//! | [`getting_started`] | ten minutes to an OTP in the sandbox |
//! | [`errors`] | each error: what to do next, did a message go out, what the customer should see |
//! | [`card_otp`] | card OTP with Paynet in a web back end |
//! | [`masterpass`] | Masterpass through Paywall, where token and session rotate |
//! | [`payment_links`] | payment links with PayTR, and the callback (axum) |
//! | [`testing`] | testing your own checkout |
//! | [`faults`] | what goes wrong on purpose, and what your code sees of it |
//! | [`writing_a_provider`] | a provider of your own, and the suite that examines it |
//! | [`choosing_tls`] | rustls, rustls with ring, or the platform's TLS |
//! | [`going_live`] | keys, static address, environments, timeouts, and what is not known yet |
//! | [`operations`] | containers, proxies, many merchants, keys that change, shutdown, personal data |
//! | [`on_call`] | what to do first when codes do not arrive |
//! | [`evidence`] | what tries the promises, and what it saw |
//! | [`by_hand`] | beside a call by hand and other libraries |
//! | [`coding_agents`] | the rules and the shortest programs, for coding agents |
//! | [`versions`] | what a version number promises |
//! | [`architecture`] | which crate is where, and what it depends on |
#![cfg_attr(
    feature = "guard-redis",
    doc = "| [`many_machines`] | running on many machines: one SMS, however often \"resend\" is pressed |"
)]

/// A guide from its file. The links come first: rustdoc takes the first definition of a link, and a
/// reader of the file follows those at its end. (A snippet that fails is reported as one of `links.md`,
/// with the name of its guide's module.)
macro_rules! guide {
    ($name:ident, $($file:literal),+) => {
        #[doc = include_str!("guide/links.md")]
        $(#[doc = include_str!($file)])+
        pub mod $name {}
    };
}

guide!(architecture, "guide/architecture.md");
guide!(by_hand, "guide/by_hand.md");
guide!(card_otp, "guide/card_otp.md");
guide!(choosing_tls, "guide/choosing_tls.md");
guide!(coding_agents, "guide/coding_agents.md");
guide!(errors, "guide/errors.md", "guide/errors/next_step.md");
pub mod evidence;
guide!(faults, "guide/faults.md", "guide/faults/table.md");
guide!(getting_started, "guide/getting_started.md");
guide!(going_live, "guide/going_live.md");
#[cfg(feature = "guard-redis")]
guide!(many_machines, "guide/many_machines.md");
guide!(masterpass, "guide/masterpass.md");
guide!(on_call, "guide/on_call.md");
guide!(operations, "guide/operations.md");
guide!(payment_links, "guide/payment_links.md");
guide!(testing, "guide/testing.md");
guide!(versions, "guide/versions.md");
guide!(writing_a_provider, "guide/writing_a_provider.md");
