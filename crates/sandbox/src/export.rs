//! `export` writes a world as JSON, and `import` makes such a world the sandbox's own.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::callbacks::{Attempt, CALLBACK, CallbackResponse, NewCallback};
use crate::error::SandboxError;
use crate::fake::{Service, State, Tenant};
use crate::fault::kind::Kind;
use crate::fault::rule as rules;
use crate::journal::{Answered, Call, Outcome};
use crate::message::{Channel, Content};
use crate::registry::Registry;
use crate::tenant::{TENANTS_KEPT, TenantId};
use crate::world::{Imported, ImportedTenant, World};

/// What this crate writes. Another number is refused.
const VERSION: u32 = 1;

/// What the clock of a world can show, in seconds since 1970: the years from 2000 to 2119.
const TIMES: std::ops::Range<i64> = 946_684_800..4_733_510_400;

/// The highest number of a message, a call or a callback: the highest that every reader of JSON
/// reads exactly, with room for the numbers that follow.
const HIGHEST_ID: u64 = (1 << 53) - 1;

/// The world as it is exported.
pub(crate) fn written(world: &World) -> Value {
    let tenants = world.tenants.all();
    let tenants = tenants.iter().map(|tenant| {
        json!({
            "provider": tenant.provider(),
            "name": tenant,
            "shown": tenant.shown(),
            "digest": tenant.digest(),
            "clock_ahead_seconds": world.clock.own(tenant).as_secs(),
            "state": world.states.known(tenant).and_then(State::export),
        })
    });
    json!({
        "version": VERSION,
        "now": world.clock.now(None),
        "tenants": tenants.collect::<Vec<_>>(),
        "messages": world.inbox.oldest_first().collect::<Vec<_>>(),
        "calls": world.journal.oldest_first().collect::<Vec<_>>(),
        "callbacks": world.callbacks.oldest_first().map(|callback| json!({
            "callback": callback,
            "form": callback.new.form,
            "shown": callback.new.shown,
        })).collect::<Vec<_>>(),
        "faults": world.faults.with_ids().map(|(id, rule)| rules::write(id, rule)).collect::<Vec<_>>(),
    })
}

/// Puts an exported world in place of this one, unless something in it cannot be.
pub(crate) fn import(world: &mut World, text: &[u8]) -> Result<(), SandboxError> {
    let invalid = |problem| SandboxError::InvalidWorld { problem };
    let mut reader = serde_json::Deserializer::from_slice(text);
    let record: Record = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| invalid(error.to_string()))?;
    let read = record.read(world.registry()).map_err(invalid)?;
    world.replace(read);
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    version: u32,
    now: Timestamp,
    tenants: Vec<TenantRecord>,
    messages: Vec<MessageRecord>,
    calls: Vec<CallRecord>,
    callbacks: Vec<CallbackRecord>,
    faults: Vec<Value>,
}

#[derive(Deserialize)]
struct TenantRecord {
    provider: String,
    name: String,
    shown: String,
    digest: [u8; 32],
    clock_ahead_seconds: u64,
    state: Option<Value>,
}

#[derive(Deserialize)]
struct MessageRecord {
    id: u64,
    provider: String,
    operation: Option<String>,
    channel: Channel,
    tenant: String,
    to: String,
    text: String,
    otp: Option<String>,
    link: Option<String>,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    paid_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct CallRecord {
    id: u64,
    at: Timestamp,
    provider: String,
    tenant: Option<String>,
    operation: Option<String>,
    outcome: Outcome,
    request: Map<String, Value>,
    answer: Answered,
    fault: Option<String>,
    doctor: Option<String>,
    message: Option<u64>,
    callback: Option<u64>,
}

#[derive(Deserialize)]
struct CallbackRecord {
    callback: ListedCallback,
    form: String,
    shown: Map<String, Value>,
}

#[derive(Deserialize)]
struct ListedCallback {
    id: u64,
    provider: String,
    tenant: String,
    reference: String,
    url: String,
    attempts: Vec<AttemptRecord>,
}

#[derive(Deserialize)]
struct AttemptRecord {
    at: Timestamp,
    answer: AnswerRecord,
}

#[derive(Deserialize)]
struct AnswerRecord {
    status: Option<u16>,
    body: Option<String>,
    error: Option<String>,
}

impl Record {
    fn read(self, registry: &Registry) -> Result<Imported, String> {
        if self.version != VERSION {
            return Err(format!("version has to be {VERSION}"));
        }
        if !TIMES.contains(&self.now.as_second()) {
            return Err("now is not in the years from 2000 to 2119".to_owned());
        }
        // Each message and call looks its tenant up among all of them.
        if self.tenants.len() > TENANTS_KEPT {
            return Err(format!("tenants are more than {TENANTS_KEPT}"));
        }
        let tenants = each("tenants", self.tenants, |it| it.read(registry))?;
        let all: Vec<_> = tenants.iter().map(|tenant| &tenant.id).collect();
        let names = Names {
            registry,
            all: &all,
        };
        let faults = each("faults", self.faults, |rule| rules::read(&rule, registry));
        Ok(Imported {
            now: self.now,
            messages: in_order("messages", self.messages, |it| it.read(&names))?,
            calls: in_order("calls", self.calls, |it| it.read(&names))?,
            callbacks: each("callbacks", self.callbacks, |it| it.read(&names))?,
            faults: faults?,
            tenants,
        })
    }
}

impl TenantRecord {
    fn read(self, registry: &Registry) -> Result<ImportedTenant, String> {
        let fake = registry
            .find(&self.provider)
            .ok_or_else(unknown("provider"))?;
        let tenant = Tenant::known(self.digest, self.name, &self.shown);
        let state = match self.state {
            Some(state) => Some(fake.import(state).ok_or("state cannot be read")?),
            None => None,
        };
        Ok(ImportedTenant {
            id: TenantId::at(fake.service().provider, tenant),
            clock_ahead: Duration::from_secs(self.clock_ahead_seconds),
            state,
        })
    }
}

impl MessageRecord {
    fn read(self, names: &Names<'_>) -> Result<(u64, Content), String> {
        let (service, tenant) = names.of(&self.provider, &self.tenant)?;
        let content = Content {
            provider: service.provider,
            operation: operation(service, self.operation)?,
            channel: self.channel,
            tenant,
            to: self.to,
            text: self.text,
            otp: self.otp,
            link: self.link,
            created_at: self.created_at,
            expires_at: self.expires_at,
            paid_at: self.paid_at,
        };
        Ok((checked_id(self.id)?, content))
    }
}

impl CallRecord {
    fn read(self, names: &Names<'_>) -> Result<(u64, Call), String> {
        let service = names.service(&self.provider)?;
        let tenant = self.tenant.map(|name| names.tenant(service, &name));
        let operation = operation(service, self.operation)?;
        let described = service
            .operations
            .iter()
            .find(|it| Some(it.name) == operation);
        let kind = |fault: String| Kind::named(&fault).map(|kind| kind.name);
        let fault = self
            .fault
            .map(|fault| kind(fault).ok_or_else(unknown("fault")));
        let call = Call {
            at: self.at,
            provider: service.provider,
            tenant: tenant.transpose()?,
            operation,
            serves: described.map_or(&[], |it| it.serves),
            outcome: self.outcome,
            request: self.request,
            answer: self.answer,
            fault: fault.transpose()?,
            doctor: self.doctor,
            message: self.message,
            callback: self.callback,
        };
        Ok((checked_id(self.id)?, call))
    }
}

impl CallbackRecord {
    fn read(self, names: &Names<'_>) -> Result<(u64, NewCallback, Vec<Attempt>), String> {
        let callback = self.callback;
        let (service, tenant) = names.of(&callback.provider, &callback.tenant)?;
        let new = NewCallback {
            provider: service.provider,
            tenant,
            reference: callback.reference,
            url: callback.url,
            form: self.form,
            shown: self.shown,
            // Who reads another's world does not post for it unasked.
            schedule: &[],
        };
        let attempts = callback.attempts.into_iter().map(|it| Attempt {
            at: it.at,
            answer: match it.answer.status {
                Some(status) => {
                    CallbackResponse::read(status, it.answer.body.unwrap_or_default().as_bytes())
                }
                None => CallbackResponse::none(it.answer.error.unwrap_or_default()),
            },
        });
        Ok((checked_id(callback.id)?, new, attempts.collect()))
    }
}

/// The providers and tenants that an exported world can name.
struct Names<'read> {
    registry: &'read Registry,
    all: &'read [&'read TenantId],
}

impl Names<'_> {
    fn service(&self, provider: &str) -> Result<&'static Service, String> {
        let fake = self.registry.find(provider);
        fake.map(|fake| fake.service())
            .ok_or_else(unknown("provider"))
    }

    fn tenant(&self, service: &Service, name: &str) -> Result<TenantId, String> {
        let is_it = |it: &&&TenantId| it.provider() == service.provider && it.name() == name;
        let tenant = self.all.iter().find(is_it);
        tenant
            .map(|tenant| (*tenant).clone())
            .ok_or_else(unknown("tenant"))
    }

    fn of(&self, provider: &str, tenant: &str) -> Result<(&'static Service, TenantId), String> {
        let service = self.service(provider)?;
        Ok((service, self.tenant(service, tenant)?))
    }
}

fn operation(service: &Service, name: Option<String>) -> Result<Option<&'static str>, String> {
    let known = service.operations.iter().map(|it| it.name);
    let find = |name: String| known.chain([CALLBACK]).find(|known| *known == name);
    name.map(|name| find(name).ok_or_else(unknown("operation")))
        .transpose()
}

/// Reads each record of a list, and names the one that cannot be.
fn each<R, T>(
    list: &str,
    records: Vec<R>,
    mut read: impl FnMut(R) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let read = records.into_iter().enumerate().map(|(place, record)| {
        read(record).map_err(|problem| format!("{list}[{place}]: {problem}"))
    });
    read.collect()
}

/// The same of records that are kept in the order of their ids.
fn in_order<R, T>(
    list: &str,
    records: Vec<R>,
    read: impl FnMut(R) -> Result<(u64, T), String>,
) -> Result<Vec<(u64, T)>, String> {
    let read = each(list, records, read)?;
    let ordered = read
        .windows(2)
        .all(|two| matches!(two, [(one, _), (next, _)] if one < next));
    ordered
        .then_some(read)
        .ok_or_else(|| format!("{list} are not in the order of their ids"))
}

fn checked_id(id: u64) -> Result<u64, String> {
    (id <= HIGHEST_ID)
        .then_some(id)
        .ok_or_else(|| format!("id is above {HIGHEST_ID}"))
}

fn unknown(field: &'static str) -> impl Fn() -> String {
    move || format!("{field} is not known")
}
