//! Paynet card OTP: send and check.
