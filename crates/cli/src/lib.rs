//! Card OTPs of Turkish payment providers from the command line, with a local sandbox.
