//! What holds whatever is sent: a property for everything that reads what strangers write.
//!
//! A fuzzer looks for a counter-example (`bin/fuzz`), and the tests try what is in `fuzz/seeds`. A property takes
//! bytes, and panics when it does not hold. None of it is part of the program.

#![expect(clippy::expect_used, reason = "a property that does not hold can only say so")]

mod panel;
mod requests;
#[cfg(test)]
mod tests;
mod text;

pub use self::requests::{cookie, form};
pub use self::text::{address, addresses, next, rule, token};

/// What was made by us, with something changed: three bytes say where, and which bits become others.
fn altered(made: &str, changes: &[u8]) -> Vec<u8> {
    let mut altered = made.as_bytes().to_vec();
    for change in changes.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([change[0], change[1]])) % altered.len();
        altered[place] ^= change[2];
    }
    altered
}
