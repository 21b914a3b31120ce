//! The sandbox over real sockets.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod api;
mod callbacks;
mod clock;
mod connections;
mod events;
mod faults;
mod faults_api;
mod faults_masterpass;
mod faults_paytr;
mod guard;
mod lifecycle;
mod magic;
mod new_world;
mod openapi;
mod originals;
mod page;
mod paynet;
mod paytr;
mod paytr_doctor;
mod paytr_pay;
mod paytr_refusals;
mod paytr_support;
mod paywall;
mod proxy;
mod refusals;
mod renewal;
mod story;
mod stranger;
mod support;
mod tenants;
mod wait;
