//! Magic numbers: whoever is sent a message at one of them has a fault, without any rule.

use std::time::Duration;

use serde_json::{Value, json};

use crate::fakes::{paynet, paytr, paywall};
use crate::fault::{Fault, write_fault};
use crate::faults::Target;
use crate::number::MobileNumber;
use crate::provider::Provider;

/// How late an answer comes at a number that delays.
const DELAY: Duration = Duration::from_secs(3);

/// How the words of a number begin whose message goes out.
const PROMISE: &str = "the message goes out, and ";

/// A hundred numbers that do the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MagicNumber {
    /// What stands before the last two digits: 55500090 for `0555 000 90 xx`.
    hundred: u64,
    calls: Calls,
    pub(crate) english: &'static str,
    pub(crate) turkish: &'static str,
    fault: fn(Provider) -> Fault,
}

/// At which calls a number is magic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calls {
    Sending,
    Checking,
}

/// Every magic number: the one place where they are said.
pub(crate) static NUMBERS: [MagicNumber; 8] = [
    MagicNumber {
        hundred: 55_500_090,
        calls: Calls::Sending,
        english: "sending is refused",
        turkish: "gönderim reddedilir",
        fault: |provider| {
            Fault::Refuse(match provider {
                Provider::Paywall => "BANK_DOES_NOT_SUPPORT_OTP".to_owned(),
                Provider::Paynet | Provider::Paytr => "1".to_owned(),
            })
        },
    },
    MagicNumber {
        hundred: 55_500_091,
        calls: Calls::Sending,
        english: "sending is refused with a code that stands in no table",
        turkish: "gönderim, hiçbir listede olmayan bir kodla reddedilir",
        fault: |_| Fault::UnknownCode,
    },
    MagicNumber {
        hundred: 55_500_092,
        calls: Calls::Sending,
        english: "the message goes out, and the answer comes 3 seconds late",
        turkish: "mesaj gider, yanıt 3 saniye geç gelir",
        fault: |_| Fault::Delay(DELAY),
    },
    MagicNumber {
        hundred: 55_500_093,
        calls: Calls::Sending,
        english: "the message goes out, and the connection ends without an answer",
        turkish: "mesaj gider, bağlantı yanıt verilmeden kapanır",
        fault: |_| Fault::AcceptThenCut,
    },
    MagicNumber {
        hundred: 55_500_094,
        calls: Calls::Sending,
        english: "nothing goes out, and the connection is reset without an answer",
        turkish: "hiçbir şey gitmez, bağlantı yanıt verilmeden koparılır",
        fault: |_| Fault::CutBeforeRead,
    },
    MagicNumber {
        hundred: 55_500_095,
        calls: Calls::Checking,
        english: "the message goes out, and its code is expired whenever it is checked",
        turkish: "mesaj gider, kodu ne zaman denetlenirse denetlensin süresi dolmuş sayılır",
        fault: |provider| {
            Fault::Refuse(match provider {
                Provider::Paywall => "TOKEN_HAS_EXPIRED".to_owned(),
                Provider::Paynet | Provider::Paytr => "12".to_owned(),
            })
        },
    },
    MagicNumber {
        hundred: 55_500_096,
        calls: Calls::Sending,
        english: "nothing goes out; HTTP 503 without a body",
        turkish: "hiçbir şey gitmez; gövdesiz HTTP 503",
        fault: |_| Fault::Status(503),
    },
    MagicNumber {
        hundred: 55_500_097,
        calls: Calls::Sending,
        english: "the message goes out, and a web page comes in place of the answer",
        turkish: "mesaj gider, yanıt yerine bir web sayfası gelir",
        fault: |_| Fault::Html,
    },
];

impl MagicNumber {
    /// What it did to a call: its words promise a message, which this call may not have sent.
    pub(crate) fn doctor(&self, sent: bool) -> String {
        let pattern = self.pattern();
        let told = match self.english.strip_prefix(PROMISE) {
            Some(rest) if !sent && self.calls == Calls::Checking => rest.to_owned(),
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
    pub(crate) fn json(&self) -> Value {
        let faults = Provider::ALL.map(|provider| {
            let fault = self.operations(provider).first();
            let fault = fault.map(|_| write_fault(&(self.fault)(provider)));
            (provider.as_str().to_owned(), json!(fault))
        });
        json!({
            "pattern": self.pattern(),
            "first": format!("+90{}00", self.hundred),
            "last": format!("+90{}99", self.hundred),
            "calls": match self.calls {
                Calls::Sending => "sending",
                Calls::Checking => "checking",
            },
            "english": self.english,
            "turkish": self.turkish,
            "faults": Value::Object(faults.into_iter().collect()),
        })
    }

    /// The operations at which it is magic.
    fn operations(&self, provider: Provider) -> &'static [&'static str] {
        match (self.calls, provider) {
            (Calls::Sending, Provider::Paynet) => &[paynet::SEND],
            (Calls::Sending, Provider::Paywall) => &[paywall::LINK, paywall::RESEND],
            (Calls::Sending, Provider::Paytr) => &[paytr::SMS],
            (Calls::Checking, Provider::Paynet) => &[paynet::CHECK],
            (Calls::Checking, Provider::Paywall) => &[paywall::VERIFY],
            (Calls::Checking, Provider::Paytr) => &[],
        }
    }
}

/// The fault of a call that is about a number, if it is a magic one.
pub(crate) fn strike(
    call: Target<'_>,
    number: MobileNumber,
) -> Option<(&'static MagicNumber, Fault)> {
    let magic = NUMBERS
        .iter()
        .find(|magic| magic.hundred == number.hundred())?;
    let meant = magic.operations(call.provider).contains(&call.operation);
    meant.then(|| (magic, (magic.fault)(call.provider)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FaultRule;

    #[test]
    fn each_number_has_a_fault_that_can_be() {
        for magic in &NUMBERS {
            for provider in Provider::ALL {
                let rule = FaultRule::new((magic.fault)(provider));
                assert_eq!(rule.provider(provider).check(), Ok(()), "{magic:?}");
            }
            let first = magic.json()["first"].as_str().map(str::to_owned);
            let first = MobileNumber::any_spelling(&first.expect("a text")).expect("a number");
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
