//! Socket servers that break on purpose, for testing payment message providers.
