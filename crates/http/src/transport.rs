//! What carries a request: the HTTP library, or a function in memory.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use onay_core::Operation;
use reqwest::header::HeaderMap;
use reqwest::{Body, Method, Url, Version};

use crate::classify::Failure;
use crate::one_shot::OneShot;
use crate::settings::Settings;
#[cfg(any(feature = "simulation", test))]
use crate::simulation::{Answering, Simulation};

/// One way to carry requests, with the settings of its client.
#[derive(Clone)]
pub(crate) struct Transport {
    settings: Arc<Settings>,
    carrier: Carrier,
}

#[derive(Clone)]
enum Carrier {
    Reqwest(reqwest::Client),
    #[cfg(any(feature = "simulation", test))]
    Simulated(Simulation),
}

/// Where a call goes.
#[derive(Clone)]
pub(crate) struct Route {
    pub(crate) transport: Transport,
    pub(crate) provider: &'static str,
    pub(crate) operation: Operation,
    pub(crate) method: Method,
    pub(crate) url: Url,
}

/// A request that is ready to leave.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: OneShot,
}

/// The head of a response, its body still to be read.
pub(crate) struct Incoming {
    pub(crate) status: u16,
    pub(crate) is_http: bool,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Chunks,
}

/// The body of a response, piece by piece.
pub(crate) enum Chunks {
    Reqwest(reqwest::Response),
    #[cfg(any(feature = "simulation", test))]
    Simulated(Option<Bytes>, Option<SystemTime>),
}

impl Transport {
    pub(crate) fn over_reqwest(client: reqwest::Client, settings: Arc<Settings>) -> Self {
        let carrier = Carrier::Reqwest(client);
        Self { settings, carrier }
    }

    #[cfg(any(feature = "simulation", test))]
    pub(crate) fn simulated(simulation: Simulation, settings: Arc<Settings>) -> Self {
        let carrier = Carrier::Simulated(simulation);
        Self { settings, carrier }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Sends a request and waits for the head of its response. The request is handed on at once:
    /// a future that held it would take half a call's memory more.
    pub(crate) fn send(
        &self,
        outgoing: Outgoing,
    ) -> impl Future<Output = Result<Incoming, Failure>> {
        let sent = match &self.carrier {
            Carrier::Reqwest(client) => Sent::Reqwest(client.execute(request(outgoing))),
            #[cfg(any(feature = "simulation", test))]
            Carrier::Simulated(simulation) => Sent::Simulated(simulation.send(outgoing)),
        };
        async {
            match sent {
                Sent::Reqwest(response) => Ok(incoming(response.await?)),
                #[cfg(any(feature = "simulation", test))]
                Sent::Simulated(response) => Ok(response.await?.into()),
            }
        }
    }
}

/// A request on its way.
enum Sent<R> {
    Reqwest(R),
    #[cfg(any(feature = "simulation", test))]
    Simulated(Answering),
}

impl Chunks {
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        match self {
            Self::Reqwest(response) => Ok(response.chunk().await?),
            #[cfg(any(feature = "simulation", test))]
            Self::Simulated(body, _) => Ok(body.take()),
        }
    }

    /// When it arrived, by another clock than this machine's.
    pub(crate) fn time(&self) -> Option<SystemTime> {
        match self {
            Self::Reqwest(_) => None,
            #[cfg(any(feature = "simulation", test))]
            Self::Simulated(_, time) => *time,
        }
    }
}

fn request(outgoing: Outgoing) -> reqwest::Request {
    let mut request = reqwest::Request::new(outgoing.method, outgoing.url);
    *request.headers_mut() = outgoing.headers;
    *request.body_mut() = Some(Body::wrap(outgoing.body));
    request
}

fn incoming(mut response: reqwest::Response) -> Incoming {
    Incoming {
        status: response.status().as_u16(),
        is_http: response.version() != Version::HTTP_09,
        headers: std::mem::take(response.headers_mut()),
        body: Chunks::Reqwest(response),
    }
}
