//! `Debug` of a signed text shows no secret, and the prepared key is wiped.

use super::*;
use crate::Credentials;

#[test]
fn what_is_signed_is_looked_at_without_the_salt() {
    let credentials =
        Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001").expect("credentials");
    let sms = Signed::SendSms {
        id: "NB2Zlz3",
        cell_phone: "05550000042",
    };
    assert_eq!(sms.message(&credentials), "NB2Zlz312345605550000042***");
    let callback = Signed::Callback {
        callback_id: "ORDER0001",
        merchant_oid: "PT1",
        status: "success",
        total_amount: "3456",
    };
    let message = callback.message(&credentials);
    assert_eq!(message, "ORDER0001PT1***success3456");
    assert_eq!(format!("{sms:?}"), "Signed { .. }", "no customer's number");
}

#[cfg(target_os = "linux")]
mod wiping {
    use std::fs::File;
    use std::os::unix::fs::FileExt;

    use super::*;

    /// The process reads its own memory where the prepared key stood.
    #[test]
    fn the_prepared_key_is_wiped() {
        const LENGTH: usize = size_of::<HmacSha256>();
        /// The allocator writes into the beginning of what was freed.
        const ALLOCATORS: usize = 32;
        let memory = File::open("/proc/self/mem").expect("this process");
        let mut before = [0; LENGTH];
        let mut after = [0; LENGTH];
        let signer = Signer::new("100001", "test-key", "test-salt").expect("a signer");
        let kept = Box::new(([0_u8; ALLOCATORS], signer.prepared));
        let place = std::ptr::from_ref(&kept.1) as u64;
        memory.read_exact_at(&mut before, place).expect("memory");
        drop(kept);
        memory.read_exact_at(&mut after, place).expect("memory");
        let filled = before.iter().filter(|byte| **byte != 0).count();
        assert!(filled > 40, "two states of 32 bytes: {filled}");
        assert!(same(&before, &after) < filled / 8);
        // The same bytes in a value that is not wiped are still there.
        let plain = Box::new(([0_u8; ALLOCATORS], before));
        let place = plain.1.as_ptr() as u64;
        drop(plain);
        memory.read_exact_at(&mut after, place).expect("memory");
        assert_eq!(same(&before, &after), filled);
    }

    fn same(before: &[u8], after: &[u8]) -> usize {
        let both = before.iter().zip(after);
        both.filter(|(before, after)| before == after && **before != 0)
            .count()
    }
}
