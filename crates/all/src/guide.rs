//! The guides. Every snippet in them is compiled, and run against the sandbox where it can be.
//!
//! Begin with [`getting_started`]; [`errors`] says what to do when a call fails, and [`going_live`] what
//! comes before the first live call.

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
guide!(errors, "guide/errors.md");
pub mod evidence;
guide!(faults, "guide/faults.md", "guide/faults/table.md");
guide!(getting_started, "guide/getting_started.md");
guide!(going_live, "guide/going_live.md");
#[cfg(feature = "guard-redis")]
guide!(many_machines, "guide/many_machines.md");
guide!(masterpass, "guide/masterpass.md");
guide!(metrics, "guide/metrics.md");
guide!(on_call, "guide/on_call.md", "guide/on_call/who_answered.md");
guide!(operations, "guide/operations.md");
guide!(payment_links, "guide/payment_links.md");
guide!(testing, "guide/testing.md");
guide!(versions, "guide/versions.md");
guide!(writing_a_provider, "guide/writing_a_provider.md");
