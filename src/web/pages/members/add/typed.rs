//! Addresses as people type and paste them.

use std::collections::BTreeSet;

use directory::EmailAddress;

/// The most addresses one press takes.
pub(super) const AT_ONCE: usize = 50;

/// Whether the text has an address in it. Without one it is a name to look for.
pub(super) fn is_address(text: &str) -> bool {
    text.contains('@')
}

/// The addresses in a text, however it was typed or copied: lists, lines, tables, and `Name <a@b>`. What is none of them
/// stays in sight as it is, to be mended, unless it is the name beside one.
pub(crate) fn addresses(text: &str) -> Vec<String> {
    let pieces = pieces(text);
    let asked = (0..pieces.len()).filter(|place| !is_surname(&pieces[*place..]));
    distinct(asked.flat_map(|place| of_piece(pieces[place].0)).map(str::to_owned).collect())
}

/// Whether the first piece goes with the next one, as in `Doe, John <a@b>`.
fn is_surname(pieces: &[(&str, char)]) -> bool {
    let [(name, ','), (next, _), ..] = pieces else { return false };
    !name.split_whitespace().any(|word| is_address(word) || looks_like_a_host(word))
        && next.contains('<')
        && is_address(next)
}

/// What stands in angle brackets, and the words outside them. In a table, and beside brackets, those without an `@` are
/// names; but a word like `ben.partner.test` beside brackets may be an address without one.
fn of_piece(piece: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), piece);
    while let Some((before, inside, beyond)) = bracketed(rest) {
        found.extend(before.split_whitespace());
        found.push(inside);
        rest = beyond;
    }
    found.extend(rest.split_whitespace());
    let (is_table, is_bracketed) = (piece.contains('\t'), rest.len() < piece.len());
    let is_name = |word: &str| !is_address(word) && (is_table || !looks_like_a_host(word));
    if (is_table || is_bracketed) && found.iter().any(|word| is_address(word)) {
        found.retain(|word| !is_name(word));
    }
    found.into_iter().map(bare).collect()
}

/// A word without the quotation marks around it, and without spaces within those.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| c == '"' || c.is_whitespace())
}

/// Whether a word ends as domains do; initials and `B.V.` do not.
fn looks_like_a_host(word: &str) -> bool {
    bare(word).rsplit_once('.').is_some_and(|(_, last)| last.chars().count() > 1)
}

fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = text.split_once('<')?;
    let (inside, beyond) = after.split_once('>')?;
    Some((before, inside, beyond))
}

/// Each address once, in the order they came, however it is spelled.
pub(crate) fn distinct(addresses: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let key = |address: &str| {
        EmailAddress::parse(address).map_or_else(|_| address.to_lowercase(), |known| known.key())
    };
    addresses.into_iter().filter(|address| !address.is_empty() && seen.insert(key(address))).collect()
}

/// Splits at commas, semicolons and line breaks, but not within a quoted name, as names may have commas in them. Each
/// piece comes with what it ends at.
fn pieces(text: &str) -> Vec<(&str, char)> {
    let (mut pieces, mut quoted, mut start) = (Vec::new(), false, 0);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted && is_closed(&text[at + 1..]),
            ',' | ';' | '\n' | '\r' if !quoted => {
                pieces.push((text[start..at].trim_matches(' '), c));
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push((text[start..].trim_matches(' '), '\n'));
    pieces.retain(|(piece, _)| !piece.trim().is_empty());
    pieces
}

/// Whether a quotation mark is closed before the next address; one that stands alone quotes nothing.
fn is_closed(rest: &str) -> bool {
    rest.find(['"', '@', '<']).is_some_and(|end| rest[end..].starts_with('"'))
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
    fn nobody_of_a_pasted_list_is_left_out() {
        let lines = "Ann Arbor <ann@partner.test> Ben Boer <ben@partner.test> cy@partner.test";
        assert_eq!(addresses(lines), ["ann@partner.test", "ben@partner.test", "cy@partner.test"]);
        let outlook = "Doe, John <john@partner.test>; Smith, Ann <ann@partner.test>; Eve";
        assert_eq!(addresses(outlook), ["john@partner.test", "ann@partner.test", "Eve"]);
        let sheet = "Doe\tJohn\tjohn@partner.test\r\nSmith\tAnn\tann@partner.test";
        assert_eq!(addresses(sheet), ["john@partner.test", "ann@partner.test"]);
        let unclosed = "\"Ann <ann@partner.test>, ben@partner.test, \"cy@partner.test\"";
        assert_eq!(addresses(unclosed), ["ann@partner.test", "ben@partner.test", "cy@partner.test"]);
    }

    #[test]
    fn what_may_be_a_mistake_stays_in_sight() {
        let kept = ["ann@partner.test", "ben.partner.test", "cy@partner.test"];
        assert_eq!(addresses("ann@partner.test ben.partner.test cy@partner.test"), kept);
        assert_eq!(addresses("ann@partner.test, ben.partner.test, Cy <cy@partner.test>"), kept);
        assert_eq!(addresses("ann@partner.test; ben.partner.test; Cy <cy@partner.test>"), kept);
        assert_eq!(addresses("Ann <ann@partner.test> ben.partner.test J. Cy <cy@partner.test>"), kept);
        assert_eq!(
            addresses("J.P. Bakker <jp@partner.test>; \"Acme B.V.\" <info@acme.test>"),
            ["jp@partner.test", "info@acme.test"]
        );
        assert_eq!(addresses("Vries, J.P. <jp@partner.test>"), ["jp@partner.test"]);
        assert_eq!(addresses("Mia; Ann <ann@partner.test>"), ["Mia", "ann@partner.test"]);
    }

    #[test]
    fn spaces_around_an_address_are_none_of_it() {
        assert_eq!(addresses("Ann < \"ann@partner.test\u{a0}\" >"), ["ann@partner.test"]);
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
