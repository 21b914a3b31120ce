//! A Redis in memory, on a clock that jumps: it runs the guard's own scripts, has a replica that lags, and forgets.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use mlua::{Error, Function, Lua, Result, Table, Value, Variadic};

/// What one server holds. Keys with an end are in `ends`, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Data {
    strings: HashMap<String, String>,
    hashes: HashMap<String, BTreeMap<String, String>>,
    /// Members with their scores, lowest first.
    sorted: HashMap<String, Vec<(i64, String)>>,
    ends: HashMap<String, i64>,
}

/// A server that is asked by scripts.
#[derive(Debug)]
pub(super) struct Model {
    lua: Lua,
    state: Arc<Mutex<(Data, i64)>>,
}

impl Model {
    pub(super) fn new() -> Self {
        let state: Arc<Mutex<(Data, i64)>> = Arc::default();
        let lua = Lua::new();
        let model = Self { lua, state };
        model.set_up().expect("a Lua");
        model
    }

    fn set_up(&self) -> Result<()> {
        let state = Arc::clone(&self.state);
        let call = self
            .lua
            .create_function(move |lua, arguments: Variadic<Value>| {
                let mut words = Vec::new();
                for argument in arguments {
                    words.push(text(&argument)?);
                }
                let mut state = state.lock().expect("not poisoned");
                let now = state.1;
                state.0.command(lua, now, &words)
            })?;
        let failed = self
            .lua
            .create_function(|_, words: String| Err::<(), _>(Error::runtime(words)))?;
        let redis = self.lua.create_table()?;
        redis.set("call", &call)?;
        redis.set("pcall", &call)?;
        redis.set("error_reply", failed)?;
        self.lua.globals().set("redis", redis)
    }

    /// Runs a script at this time, and gives the strings of its answer.
    pub(super) fn run(
        &self,
        now: i64,
        source: &str,
        keys: &[String],
        arguments: &[String],
    ) -> Vec<String> {
        self.state.lock().expect("not poisoned").1 = now;
        let answer = self.try_run(source, keys, arguments);
        answer.expect("a script without an error")
    }

    fn try_run(&self, source: &str, keys: &[String], arguments: &[String]) -> Result<Vec<String>> {
        let globals = self.lua.globals();
        globals.set("KEYS", keys)?;
        globals.set("ARGV", arguments)?;
        let script: Function = match globals.get(source)? {
            Some(script) => script,
            None => self.lua.load(source).into_function()?,
        };
        globals.set(source, &script)?;
        let answer: Table = script.call(())?;
        let mut strings = Vec::new();
        for value in answer.sequence_values::<Value>() {
            strings.push(text(&value?)?);
        }
        Ok(strings)
    }

    pub(super) fn data(&self) -> Data {
        self.state.lock().expect("not poisoned").0.clone()
    }

    pub(super) fn replace(&self, data: Data) {
        self.state.lock().expect("not poisoned").0 = data;
    }
}

impl Data {
    /// The value of a field of a hash.
    pub(super) fn field(&self, key: &str, field: &str) -> Option<&str> {
        Some(self.hashes.get(key)?.get(field)?.as_str())
    }

    fn command(&mut self, lua: &Lua, now: i64, words: &[String]) -> Result<Value> {
        self.ends.retain(|key, end| {
            let lasts = *end > now;
            if !lasts {
                self.strings.remove(key);
                self.sorted.remove(key);
            }
            lasts
        });
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let string = |value: Option<String>| match value {
            Some(value) => Ok(Value::String(lua.create_string(value)?)),
            None => Ok(Value::Boolean(false)),
        };
        let list = |values: Vec<Option<String>>| {
            let values = values.into_iter().map(string);
            let values = values.collect::<Result<Vec<_>>>()?;
            Ok(Value::Table(lua.create_sequence_from(values)?))
        };
        let name = words[0].to_ascii_lowercase();
        match (name.as_str(), &words[1..]) {
            ("time", []) => {
                let (seconds, rest) = (now / 1000, now % 1000 * 1000);
                list(vec![Some(seconds.to_string()), Some(rest.to_string())])
            }
            ("info", _) => string(Some("maxmemory:0\r\n".to_owned())),
            ("get", [key]) => string(self.strings.get(*key).cloned()),
            ("set", [key, value, "PX", lasts, rest @ ..]) => {
                let is_new_only = rest == ["NX"];
                if is_new_only && self.strings.contains_key(*key) {
                    return Ok(Value::Boolean(false));
                }
                self.strings.insert((*key).to_owned(), (*value).to_owned());
                self.ends.insert((*key).to_owned(), now + whole(lasts)?);
                Ok(Value::Table(lua.create_table()?))
            }
            ("del", [key]) => {
                self.ends.remove(*key);
                self.hashes.remove(*key);
                self.sorted.remove(*key);
                let was_there = self.strings.remove(*key).is_some();
                Ok(Value::Integer(was_there.into()))
            }
            ("pttl", [key]) => {
                let is_there = self.strings.contains_key(*key) || self.sorted.contains_key(*key);
                let without_end = if is_there { -1 } else { -2 };
                let left = self.ends.get(*key).map_or(without_end, |end| end - now);
                Ok(Value::Integer(left))
            }
            ("pexpire", [key, lasts]) => {
                self.ends.insert((*key).to_owned(), now + whole(lasts)?);
                Ok(Value::Integer(1))
            }
            (name, arguments) => self.in_collections(name, arguments, list),
        }
    }

    /// What a script asks of hashes and of sorted sets.
    fn in_collections(
        &mut self,
        name: &str,
        arguments: &[&str],
        list: impl Fn(Vec<Option<String>>) -> Result<Value>,
    ) -> Result<Value> {
        match (name, arguments) {
            ("hmget", [key, fields @ ..]) => {
                let hash = self.hashes.get(*key);
                let value = |field: &&str| hash?.get(*field).cloned();
                list(fields.iter().map(value).collect())
            }
            ("hset", [key, pairs @ ..]) => {
                let hash = self.hashes.entry((*key).to_owned()).or_default();
                for pair in pairs.chunks(2) {
                    hash.insert(pair[0].to_owned(), pair[1].to_owned());
                }
                Ok(Value::Integer(1))
            }
            ("hexists", [key, field]) => {
                Ok(Value::Integer(self.field(key, field).is_some().into()))
            }
            ("hincrby", [key, field, by]) => {
                let hash = self.hashes.entry((*key).to_owned()).or_default();
                let number = hash.entry((*field).to_owned()).or_default();
                let sum = number.parse().unwrap_or(0) + whole(by)?;
                *number = sum.to_string();
                Ok(Value::Integer(sum))
            }
            ("zadd", [key, score, member]) => {
                let members = self.sorted.entry((*key).to_owned()).or_default();
                members.retain(|(_, other)| other != member);
                members.push((whole(score)?, (*member).to_owned()));
                members.sort();
                Ok(Value::Integer(1))
            }
            // The guard asks for one, counted from the newest.
            ("zrange", [key, from, _, ..]) => {
                let members = self.sorted.get(*key);
                let from_end = usize::try_from(-whole(from)?).unwrap_or(0);
                let place = members.and_then(|members| members.len().checked_sub(from_end));
                let found = members.zip(place).and_then(|(members, at)| members.get(at));
                list(found.map_or_else(Vec::new, |(score, member)| {
                    vec![Some(member.clone()), Some(score.to_string())]
                }))
            }
            ("zremrangebyscore", [key, _, most]) => {
                let most = whole(most)?;
                if let Some(members) = self.sorted.get_mut(*key) {
                    members.retain(|(score, _)| *score > most);
                }
                Ok(Value::Integer(0))
            }
            ("zrem", [key, member]) => {
                if let Some(members) = self.sorted.get_mut(*key) {
                    members.retain(|(_, other)| other != member);
                }
                Ok(Value::Integer(0))
            }
            _ => Err(Error::runtime(format!("unknown command {name}"))),
        }
    }
}

fn text(value: &Value) -> Result<String> {
    match value {
        Value::String(string) => Ok(string.to_str()?.to_owned()),
        Value::Integer(number) => Ok(number.to_string()),
        // Redis cuts the numbers of a script.
        Value::Number(number) => Ok(format!("{:.0}", number.trunc())),
        other => Err(Error::runtime(format!("no text: {other:?}"))),
    }
}

fn whole(text: &str) -> Result<i64> {
    text.parse().map_err(Error::external)
}
