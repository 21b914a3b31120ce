//! The ways to make a call in Rust, and the one list of them.

mod bare;
pub(crate) mod by_hand;
mod hyper;
mod onay;

use std::time::Duration;

use crate::calls::{Call, Failure};
use crate::drive::{Measured, Phase, drive};

/// A client that is ready: everything that is made once has been made.
pub(crate) trait Client: Send + Sync + 'static {
    /// Makes the call once; anything but the provider's success is a failure.
    fn call(&self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// A way to make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Through Onay's trait.
    Onay,
    /// As reqwest's documentation teaches it.
    ByHand,
    /// reqwest, bytes in and bytes out.
    Bare,
    /// hyper-util's client, with serde both ways.
    Hyper,
}

impl Way {
    pub(crate) const ALL: [Self; 4] = [Self::Onay, Self::ByHand, Self::Bare, Self::Hyper];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Onay => "onay",
            Self::ByHand => "by_hand",
            Self::Bare => "bare",
            Self::Hyper => "hyper",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Onay => "Onay, through `Arc<dyn …>`",
            Self::ByHand => "reqwest by hand, as its documentation teaches",
            Self::Bare => "bare reqwest: bytes in, bytes out",
            Self::Hyper => "raw hyper, serde both ways",
        }
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    /// Makes the client and has it call, phase by phase.
    pub(crate) async fn run(
        self,
        call: Call,
        server: &str,
        phases: &[Phase],
    ) -> Result<Vec<Measured>, Failure> {
        match (self, call) {
            (Self::Onay, Call::SendOtp) => drive(onay::paynet(server)?, phases).await,
            (Self::Onay, Call::Resend) => drive(onay::masterpass(server)?, phases).await,
            (Self::Onay, Call::Notify) => drive(onay::paytr(server)?, phases).await,
            (Self::ByHand, Call::SendOtp) => drive(by_hand::SendOtp::new(server)?, phases).await,
            (Self::ByHand, Call::Resend) => drive(by_hand::Resend::new(server)?, phases).await,
            (Self::ByHand, Call::Notify) => drive(by_hand::Notify::new(server)?, phases).await,
            (Self::Bare, _) => drive(bare::Bare::new(server, call)?, phases).await,
            (Self::Hyper, Call::SendOtp) => drive(hyper::SendOtp::new(server)?, phases).await,
            (Self::Hyper, Call::Resend) => drive(hyper::Resend::new(server)?, phases).await,
            (Self::Hyper, Call::Notify) => drive(hyper::Notify::new(server)?, phases).await,
        }
    }
}

/// reqwest with the three timeouts that Onay sets, and otherwise as it comes.
fn reqwest_with_timeouts() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .pool_idle_timeout(Duration::from_secs(4))
        .build()
}

fn expect(holds: bool) -> Result<(), Failure> {
    if holds {
        Ok(())
    } else {
        Err("the answer is not the documented success".into())
    }
}
