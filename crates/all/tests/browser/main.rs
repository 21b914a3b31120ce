//! The sandbox pages in a real browser.
