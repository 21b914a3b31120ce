//! What is promised, what tries it, and what it saw.
//!
#![doc = include_str!("links.md")]
#![doc = include_str!("evidence.md")]

#[doc = "Breaks: what a call says in every moment in which a connection can break, stall or lie.\n\n"]
#[doc = "Written by the conformance test of the example provider, `crates/http/tests/twilio_verify`. Every provider's test\n"]
#[doc = "demands the same of each of its calls. *Requests*: those of which the server read the last byte.\n\n"]
#[doc = include_str!("evidence/breaks.md")]
pub mod breaks {}

#[doc = "Builds: crates, compiler time and size, beside a program on bare reqwest.\n\n"]
#[doc = include_str!("evidence/builds.md")]
pub mod builds {}

#[doc = "Speed: what a call costs beside other ways to make it.\n\n"]
#[doc = include_str!("evidence/speed.md")]
#[doc = include_str!("evidence/instructions.md")]
#[doc = include_str!("evidence/peers.md")]
pub mod speed {}
