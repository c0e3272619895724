//! What stands in for pictures of people and apps: letters and one of eight colours.

/// The first letters of the first and the last word: `Noor van Dijk` gives `ND`.
#[must_use]
pub(super) fn initials(name: &str) -> String {
    let letters: Vec<char> =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).collect();
    let ends = match letters.as_slice() {
        [] => return "?".to_owned(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    ends.into_iter().flat_map(char::to_uppercase).collect()
}

/// A colour class `h0` to `h7` by hash (FNV-1a) of an id or a name.
#[must_use]
pub(super) fn hue(id: &str) -> u8 {
    let hash =
        id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // Names that differ in one letter should differ in colour, so the bits are mixed before three are taken.
    (hash.wrapping_mul(0x9e37_79b1) >> 29).to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::{hue, initials};

    #[test]
    fn initials_are_the_ends_of_a_name() {
        assert_eq!(initials("Noor van Dijk"), "ND");
        assert_eq!(initials("ąda"), "Ą");
        assert_eq!(initials("(Ilse) Bakker"), "IB");
        assert_eq!(initials(" — "), "?");
    }

    #[test]
    fn the_same_id_always_has_the_same_of_eight_colours() {
        let seen: std::collections::BTreeSet<u8> = (0..200).map(|n| hue(&format!("person-{n}"))).collect();
        assert_eq!(seen, (0..8).collect());
        assert_eq!(hue("ledger"), hue("ledger"));
    }
}
