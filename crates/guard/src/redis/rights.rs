//! The rights of the store's user are tried before the first message, and a missing one is named.

use onay_core::{Error, Reason};

const MISSING: Reason = Reason::new(
    "redis_right_missing",
    "is a command that the user of the guard's Redis may not run",
    "korumanın Redis kullanıcısının çalıştırmaya yetkisi olmayan bir komut",
);
pub(super) const KEYS_CLOSED: Reason = Reason::new(
    "redis_keys_closed",
    "names keys that the user of the guard's Redis may not read and write",
    "korumanın Redis kullanıcısının okuyup yazamadığı anahtarları belirtiyor",
);
const DROPS_SLOTS: Reason = Reason::new(
    "redis_drops_slots",
    "lets Redis drop slots to make room: it has to be noeviction",
    "Redis'in yer açmak için kayıt silmesine izin veriyor: noeviction olmalı",
);

/// Every command that a script of the guard calls, and those that run a script.
const COMMANDS: &str = "eval evalsha time set get pttl pexpire del hmget hset hexists hincrby zadd \
                        zrange zremrangebyscore zrem wait";

/// The command of this name, if it is one of the guard's.
pub(super) fn command(name: &str) -> Option<&'static str> {
    let mut commands = COMMANDS.split_whitespace();
    commands.find(|command| command.eq_ignore_ascii_case(name))
}

/// A command that the user may not run.
pub(super) fn missing(command: &'static str) -> Error {
    Error::config(command, MISSING)
}

/// Reads what `rights.lua` answered: whether the memory's policy could be asked for.
pub(super) fn read(answer: &[String]) -> Result<bool, Error> {
    let (memory, missing_names) = match answer.split_first() {
        Some((memory, names)) => (memory.as_str(), names),
        None => ("", &[][..]),
    };
    if let Some(name) = missing_names.first() {
        return Err(match command(name) {
            Some(command) => missing(command),
            None => Error::config("prefix", KEYS_CLOSED),
        });
    }
    if forgets(memory) {
        return Err(Error::config("maxmemory_policy", DROPS_SLOTS));
    }
    Ok(!memory.is_empty())
}

/// Whether a server with this `INFO memory` drops keys that have not expired.
fn forgets(memory: &str) -> bool {
    let field = |name: &str| {
        let mut lines = memory.lines();
        lines.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'))
    };
    let is_bounded = field("maxmemory").is_some_and(|bytes| bytes != "0");
    let policy = field("maxmemory_policy").unwrap_or("noeviction");
    is_bounded && policy != "noeviction"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_scripts_is_tried() {
        let scripts = [
            include_str!("epoch.lua"),
            include_str!("reserve.lua"),
            include_str!("settle.lua"),
            include_str!("exchange.lua"),
        ];
        let tried = include_str!("rights.lua");
        for script in scripts {
            for called in script.split("redis.call('").skip(1) {
                let name = called.split('\'').next().expect("a name").to_lowercase();
                assert!(command(&name).is_some(), "{name}");
                assert!(tried.contains(&format!("tried('{name}'")), "{name}");
            }
        }
    }
}
