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
//! | [`on_call`] | what to do first when codes do not arrive |
//! | [`evidence`] | what tries the promises, and what it saw |
//! | [`versions`] | what a version number promises |
//! | [`architecture`] | which crate is where, and what it depends on |
#![cfg_attr(
    feature = "guard-redis",
    doc = "| [`many_machines`] | running on many machines: one SMS, however often \"resend\" is pressed |"
)]

#[doc = include_str!("guide/architecture.md")]
pub mod architecture {}

#[doc = include_str!("guide/card_otp.md")]
pub mod card_otp {}

#[doc = include_str!("guide/choosing_tls.md")]
pub mod choosing_tls {}

#[doc = include_str!("guide/errors.md")]
#[doc = include_str!("guide/errors/next_step.md")]
pub mod errors {}

pub mod evidence;

#[doc = include_str!("guide/faults.md")]
#[doc = include_str!("guide/faults/table.md")]
pub mod faults {}

#[doc = include_str!("guide/getting_started.md")]
pub mod getting_started {}

#[doc = include_str!("guide/going_live.md")]
pub mod going_live {}

#[cfg(feature = "guard-redis")]
#[doc = include_str!("guide/many_machines.md")]
pub mod many_machines {}

#[doc = include_str!("guide/masterpass.md")]
pub mod masterpass {}

#[doc = include_str!("guide/on_call.md")]
pub mod on_call {}

#[doc = include_str!("guide/payment_links.md")]
pub mod payment_links {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/writing_a_provider.md")]
pub mod writing_a_provider {}

#[doc = include_str!("guide/versions.md")]
pub mod versions {}
