//! `AnyFake` is a fake whose type of memory is hidden, so that the engine can hold several.

use std::any::Any;
use std::fmt;

use serde_json::{Map, Value};

use super::{Asked, Call, Context, Decision, Fake, Outgoing, Service, State};
use crate::number::MobileNumber;
use crate::random::Random;
use crate::tenant::Tenant;

/// A fake of any kind.
pub(crate) trait AnyFake: fmt::Debug + Send + Sync {
    fn service(&self) -> &'static Service;
    fn tenant(&self, call: &Call) -> Option<Tenant>;
    fn state(&self, random: Random) -> Box<dyn AnyState>;
    fn import(&self, state: Value) -> Option<Box<dyn AnyState>>;
    fn number(&self, call: &Call, state: Option<&dyn AnyState>) -> Option<MobileNumber>;
    fn decide(
        &self,
        call: &Call,
        state: Option<&mut dyn AnyState>,
        asked: Asked<'_>,
    ) -> (Decision, Vec<Outgoing>);
    fn register(&self, name: &str, secrets: &Map<String, Value>) -> Option<Result<Tenant, String>>;
    fn reset(&self);
    fn as_any(&self) -> &dyn Any;
}

/// What any fake remembers of a tenant.
pub(crate) trait AnyState: State {
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<S: State> AnyState for S {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

impl<F: Fake> AnyFake for F {
    fn service(&self) -> &'static Service {
        Fake::service(self)
    }

    fn tenant(&self, call: &Call) -> Option<Tenant> {
        Fake::tenant(self, call)
    }

    fn state(&self, random: Random) -> Box<dyn AnyState> {
        Box::new(Fake::state(self, random))
    }

    fn import(&self, state: Value) -> Option<Box<dyn AnyState>> {
        let state = Fake::import(self, state)?;
        Some(Box::new(state))
    }

    fn number(&self, call: &Call, state: Option<&dyn AnyState>) -> Option<MobileNumber> {
        Fake::number(self, call, state.and_then(|it| it.as_any().downcast_ref()))
    }

    fn decide(
        &self,
        call: &Call,
        state: Option<&mut dyn AnyState>,
        asked: Asked<'_>,
    ) -> (Decision, Vec<Outgoing>) {
        let mut context = Context {
            state: state.and_then(|it| it.as_any_mut().downcast_mut()),
            asked,
            sent: Vec::new(),
        };
        let decision = Fake::decide(self, call, &mut context);
        (decision, context.sent)
    }

    fn register(&self, name: &str, secrets: &Map<String, Value>) -> Option<Result<Tenant, String>> {
        Fake::register(self, name, secrets)
    }

    fn reset(&self) {
        Fake::reset(self);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
