//! `MagicNumber` is a phone number with a built-in fault.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::fake::{Role, Service};
use crate::fault::Fault;
use crate::number::MobileNumber;
use crate::registry::Registry;

/// How late an answer comes at a number that delays.
const DELAY: Duration = Duration::from_secs(3);

/// How the words of a number begin whose message goes out.
const PROMISE: &str = "the message goes out, and ";

/// A hundred numbers that do the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MagicNumber {
    /// What stands before the last two digits: 55500090 for `0555 000 90 xx`.
    hundred: u64,
    calls: Role,
    pub(crate) english: &'static str,
    pub(crate) turkish: &'static str,
    fault: fn(&Service) -> Fault,
}

/// Every magic number: the one place where they are said.
pub(crate) static NUMBERS: [MagicNumber; 8] = [
    MagicNumber {
        hundred: 55_500_090,
        calls: Role::Sends,
        english: "sending is refused",
        turkish: "gönderim reddedilir",
        fault: |service| Fault::Refuse(service.refused_code.to_owned()),
    },
    MagicNumber {
        hundred: 55_500_091,
        calls: Role::Sends,
        english: "sending is refused with a code that stands in no table",
        turkish: "gönderim, hiçbir listede olmayan bir kodla reddedilir",
        fault: |_| Fault::UnknownCode,
    },
    MagicNumber {
        hundred: 55_500_092,
        calls: Role::Sends,
        english: "the message goes out, and the answer comes 3 seconds late",
        turkish: "mesaj gider, yanıt 3 saniye geç gelir",
        fault: |_| Fault::Delay(DELAY),
    },
    MagicNumber {
        hundred: 55_500_093,
        calls: Role::Sends,
        english: "the message goes out, and the connection ends without an answer",
        turkish: "mesaj gider, bağlantı yanıt verilmeden kapanır",
        fault: |_| Fault::AcceptThenCut,
    },
    MagicNumber {
        hundred: 55_500_094,
        calls: Role::Sends,
        english: "nothing goes out, and the connection is reset without an answer",
        turkish: "hiçbir şey gitmez, bağlantı yanıt verilmeden koparılır",
        fault: |_| Fault::CutBeforeRead,
    },
    MagicNumber {
        hundred: 55_500_095,
        calls: Role::Checks,
        english: "the message goes out, and its code is expired whenever it is checked",
        turkish: "mesaj gider, kodu ne zaman denetlenirse denetlensin süresi dolmuş sayılır",
        fault: |service| Fault::Refuse(service.expired_code.to_owned()),
    },
    MagicNumber {
        hundred: 55_500_096,
        calls: Role::Sends,
        english: "nothing goes out; HTTP 503 without a body",
        turkish: "hiçbir şey gitmez; gövdesiz HTTP 503",
        fault: |_| Fault::Status(503),
    },
    MagicNumber {
        hundred: 55_500_097,
        calls: Role::Sends,
        english: "the message goes out, and a web page comes in place of the answer",
        turkish: "mesaj gider, yanıt yerine bir web sayfası gelir",
        fault: |_| Fault::Html(200),
    },
];

impl MagicNumber {
    /// What it did to a call: its words promise a message, which this call may not have sent.
    pub(crate) fn doctor(&self, sent: bool) -> String {
        let pattern = self.pattern();
        let told = match self.english.strip_prefix(PROMISE) {
            Some(rest) if !sent && self.calls == Role::Checks => rest.to_owned(),
            Some(rest) if !sent => format!("no message went out, and {rest}"),
            _ => self.english.to_owned(),
        };
        format!("the number is magic, {pattern}: {told}")
    }

    /// As people write it: `0555 000 90 xx`.
    pub(crate) fn pattern(&self) -> String {
        format!("0555 000 {} xx", self.hundred % 100)
    }

    /// As the test API writes it.
    pub(crate) fn described(&self, registry: &Registry) -> Described {
        let faults = registry.services().map(|service| {
            let has_one = service.operations.iter().any(|it| it.role == self.calls);
            let fault = has_one.then(|| (self.fault)(service).written());
            (service.provider.as_str(), fault)
        });
        Described {
            pattern: self.pattern(),
            first: format!("+90{}00", self.hundred),
            last: format!("+90{}99", self.hundred),
            calls: match self.calls {
                Role::Checks => "checking",
                _ => "sending",
            },
            english: self.english,
            turkish: self.turkish,
            faults: faults.collect(),
        }
    }
}

/// A magic number as the test API writes it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MagicNumber)]
pub(crate) struct Described {
    /// As people write it: 0555 000 90 xx.
    pattern: String,
    first: String,
    last: String,
    /// At which calls it is magic: `sending`, `checking`.
    calls: &'static str,
    english: &'static str,
    turkish: &'static str,
    /// What happens at each provider; null where nothing does.
    #[schema(value_type = Object)]
    faults: BTreeMap<&'static str, Option<Value>>,
}

/// The fault of a call that is about a number, if it is a magic one.
pub(crate) fn strike(
    service: &Service,
    role: Role,
    number: MobileNumber,
) -> Option<(&'static MagicNumber, Fault)> {
    let mut numbers = NUMBERS.iter();
    let magic = numbers.find(|magic| magic.hundred == number.hundred())?;
    (magic.calls == role).then(|| (magic, (magic.fault)(service)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FaultRule;

    #[test]
    fn each_number_has_a_fault_that_can_be() {
        let registry = crate::fakes::registry();
        for magic in &NUMBERS {
            for service in registry.services() {
                let rule = FaultRule::new((magic.fault)(service)).provider(service.provider);
                assert!(rule.checked(&registry).is_ok(), "{magic:?}");
            }
            let first = magic.described(&registry).first;
            let first = MobileNumber::any_spelling(&first).expect("a number");
            assert_eq!(first.hundred(), magic.hundred);
        }
        let delay = &NUMBERS[2];
        assert!(
            delay
                .english
                .contains(&format!("{} seconds", DELAY.as_secs()))
        );
        assert!(
            delay
                .turkish
                .contains(&format!("{} saniye", DELAY.as_secs()))
        );
    }

    #[test]
    fn the_table_in_the_docs_is_the_one_that_is_served() {
        let line = |magic: &MagicNumber| format!("| `{}` | {} |\n", magic.pattern(), magic.english);
        let lines: String = NUMBERS.iter().map(line).collect();
        let table = format!("| number | what happens |\n|---|---|\n{lines}");
        assert!(
            include_str!("magic.md") == table,
            "src/magic.md should be:\n{table}"
        );
    }
}
