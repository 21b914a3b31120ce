//! Which rule strikes a call, how often and by what chance.

use super::*;
use crate::fakes::registry;

const PAYNET: Provider = Provider::new("paynet");

fn tenant(key: &str) -> TenantId {
    TenantId::of(PAYNET, key)
}

/// An operation of one of the fakes.
fn operation(provider: &str, name: &str) -> &'static Operation {
    let registry = registry();
    let fake = registry.find(provider).expect("a fake");
    let mut operations = fake.service().operations.iter();
    operations.find(|it| it.name == name).expect("an operation")
}

fn send(tenant: &TenantId) -> Target<'_> {
    Target {
        provider: PAYNET,
        operation: operation("paynet", "send_otp"),
        tenant: Some(tenant),
    }
}

fn faults(rules: impl IntoIterator<Item = FaultRule>) -> Faults {
    let mut faults = Faults::new(registry(), 42);
    for rule in rules {
        faults.add(rule).expect("a rule");
    }
    faults
}

#[test]
fn a_rule_strikes_only_what_it_names() {
    let (demo, other) = (tenant("sck_test_demo"), tenant("sck_test_other"));
    let rule = FaultRule::new(Fault::Html(200))
        .provider(PAYNET)
        .operation("send_otp")
        .tenant(demo.name());
    let mut faults = faults([rule]);
    let check = Target {
        operation: operation("paynet", "check_otp"),
        ..send(&demo)
    };
    let unknown = Target {
        tenant: None,
        ..send(&demo)
    };
    for call in [send(&other), check, unknown] {
        assert_eq!(faults.strike(call), None, "{call:?}");
    }
    assert_eq!(faults.strike(send(&demo)), Some(Fault::Html(200)));

    let mut faults = self::faults([FaultRule::new(Fault::Html(200))]);
    assert_eq!(
        faults.strike(unknown),
        Some(Fault::Html(200)),
        "any means none too"
    );
}

#[test]
fn masterpass_own_faults_pass_the_others_by() {
    let demo = tenant("sck_test_demo");
    let mut faults = faults([
        FaultRule::new(Fault::RotateToken),
        FaultRule::new(Fault::RenewSession),
    ]);
    assert_eq!(faults.strike(send(&demo)), None);
    let of = |name| Target {
        provider: Provider::new("paywall"),
        operation: operation("paywall", name),
        tenant: None,
    };
    assert_eq!(faults.strike(of("session")), None);
    assert_eq!(
        faults.strike(of("merchant/link")),
        Some(Fault::RenewSession)
    );
    assert_eq!(faults.strike(of("otp/verify")), Some(Fault::RotateToken));
}

#[test]
fn a_chance_repeats_with_the_seed_and_for_each_tenant() {
    let (one, other) = (tenant("sck_test_one"), tenant("sck_test_other"));
    let run = |between: bool| -> Vec<bool> {
        let mut faults = faults([FaultRule::new(Fault::Html(200)).chance(0.5)]);
        (0..64)
            .map(|_| {
                if between {
                    faults.strike(send(&other));
                }
                faults.strike(send(&one)).is_some()
            })
            .collect()
    };
    let alone = run(false);
    assert_eq!(alone, run(true), "what others do changes nothing");
    let struck = alone.iter().filter(|struck| **struck).count();
    assert!((16..=48).contains(&struck), "{struck} of 64");

    let mut faults = faults([FaultRule::new(Fault::Html(200)).chance(0.5)]);
    faults.strike(send(&one));
    faults.strike(send(&other));
    faults.forget(&one);
    assert_eq!(faults.kept[0].draws.len(), 1);
}

#[test]
fn what_changes_around_a_rule_does_not_change_what_it_strikes() {
    let demo = tenant("sck_test_demo");
    let rule = || FaultRule::new(Fault::Html(200)).chance(0.5);
    let other = || FaultRule::new(Fault::Empty).operation("otp/verify");
    let alone: Vec<_> = {
        let mut faults = faults([rule()]);
        (0..64).map(|_| faults.strike(send(&demo))).collect()
    };
    let mut faults = faults([rule()]);
    let struck: Vec<_> = (0..64)
        .map(|call| {
            match call {
                8 => faults.replace(vec![(None, other()), (None, rule())]),
                16 => faults.replace(vec![(Some(1), rule())]),
                24 => faults.add(other()).map(|_| ()),
                32 => {
                    assert!(faults.remove(3) && !faults.remove(3));
                    Ok(())
                }
                // Another rule that is the same draws for itself.
                40 => faults.replace(vec![(Some(1), rule()), (None, other())]),
                _ => Ok(()),
            }
            .expect("rules that can be");
            faults.strike(send(&demo))
        })
        .collect();
    assert_eq!(struck, alone);
}

#[test]
fn an_id_is_never_another_rules() {
    let rule = || FaultRule::new(Fault::Html(200)).times(1);
    let mut faults = faults([rule(), rule()]);
    let ids = |faults: &Faults| -> Vec<u64> { faults.with_ids().map(|(id, _)| id).collect() };
    faults.strike(send(&tenant("sck_test_demo")));
    assert_eq!(ids(&faults), [2]);
    faults.clear();
    assert_eq!(faults.add(rule()), Ok(3));
    let both = vec![(Some(1), rule()), (Some(3), rule()), (Some(3), rule())];
    assert_eq!(faults.replace(both), Ok(()));
    assert_eq!(ids(&faults), [4, 3, 5]);
}
