//! Addresses as people type and paste them.

use std::collections::BTreeSet;

use directory::EmailAddress;

/// The most addresses one press takes.
pub(super) const AT_ONCE: usize = 50;

/// Whether the text has an address in it. Without one it is a name to look for.
pub(super) fn is_address(text: &str) -> bool {
    text.contains('@')
}

/// The addresses in a text, separated by comma, semicolon, space or line break; of `Name <a@b>` the part that counts.
pub(crate) fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in pieces(text) {
        match (piece.rfind('<'), piece.rfind('>')) {
            (Some(open), Some(close)) if open < close => found.push(piece[open + 1..close].trim().to_owned()),
            _ => found.extend(piece.split_whitespace().map(str::to_owned)),
        }
    }
    distinct(found)
}

/// Each address once, in the order they came, however it is spelled.
pub(crate) fn distinct(addresses: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let key = |address: &str| {
        EmailAddress::parse(address).map_or_else(|_| address.to_lowercase(), |known| known.key())
    };
    addresses.into_iter().filter(|address| !address.is_empty() && seen.insert(key(address))).collect()
}

/// Splits at commas, semicolons and line breaks outside quotation marks: names may have commas in them.
fn pieces(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let separates = |c: char| {
        quoted ^= c == '"';
        !quoted && matches!(c, ',' | ';' | '\n' | '\r')
    };
    text.split(separates).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_are_found_however_they_are_separated() {
        let typed = "ann@partner.test, ben@partner.test;cy@partner.test\ndee@partner.test eve@partner.test";
        let found = addresses(typed);
        assert_eq!(found.len(), 5);
        assert_eq!((found[0].as_str(), found[4].as_str()), ("ann@partner.test", "eve@partner.test"));
    }

    #[test]
    fn names_before_an_address_are_left_out() {
        let typed = r#"Ann Arbor <ann@partner.test>, "Bakker, Ilse" <ilse@meridiaan.example>"#;
        assert_eq!(addresses(typed), ["ann@partner.test", "ilse@meridiaan.example"]);
    }

    #[test]
    fn the_same_address_counts_once() {
        assert_eq!(addresses("Ann@Partner.test ann@partner.TEST"), ["Ann@Partner.test"]);
    }

    #[test]
    fn what_is_no_address_stays_as_it_was_typed() {
        assert_eq!(addresses("ann@, <>, >x@y<"), ["ann@", ">x@y<"]);
    }
}
