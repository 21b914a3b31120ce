//! What is promised, what tries it, and what it saw.
//!
#![doc = include_str!("evidence.md")]

#[doc = "At most once: every call in every moment in which a connection can break.\n\n"]
#[doc = "Made by `cargo xtask soak prove`.\n\n"]
#[doc = include_str!("evidence/at_most_once.md")]
pub mod at_most_once {}

#[doc = "At most once, although another crate of the application switches on more of reqwest.\n\n"]
#[doc = "Made by `cargo xtask soak prove`.\n\n"]
#[doc = include_str!("evidence/at_most_once_neighbour.md")]
pub mod at_most_once_neighbour {}

#[doc = "Builds: crates, compiler time and size, beside a program on bare reqwest.\n\n"]
#[doc = include_str!("evidence/builds.md")]
pub mod builds {}

#[doc = "Hostile answers: what they come to, and that memory stays bounded.\n\n"]
#[doc = "Made by `cargo xtask soak prove`.\n\n"]
#[doc = include_str!("evidence/hostile_answers.md")]
pub mod hostile_answers {}

#[doc = "Silence: where keys, codes and numbers were looked for, and where they are.\n\n"]
#[doc = "Made by `cargo xtask soak prove`.\n\n"]
#[doc = include_str!("evidence/silence.md")]
pub mod silence {}

#[doc = "Speed: what a call costs beside other ways to make it.\n\n"]
#[doc = include_str!("evidence/speed.md")]
#[doc = include_str!("evidence/instructions.md")]
#[doc = include_str!("evidence/peers.md")]
pub mod speed {}
