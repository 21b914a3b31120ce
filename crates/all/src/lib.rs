//! Card OTPs and payment links of Turkish providers, sent at most once.
