//! Lists of domains, as they are typed and as they are stored: in ASCII, one a line.

use crate::email_address::ascii_domain;

/// The first entry of a list that is no domain, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADomain(pub String);

/// Reads a list of domains as typed (lines, commas, semicolons, spaces) into its stored form. What is named twice
/// stands there once.
///
/// # Errors
/// The first entry that is not a domain.
pub fn parse_domains(typed: &str) -> Result<String, NotADomain> {
    parse(typed, ascii_domain)
}

/// As [`parse_domains`], where an entry may also be `*.example.org`: every domain below that one.
///
/// # Errors
/// The first entry that is neither.
pub fn parse_domain_patterns(typed: &str) -> Result<String, NotADomain> {
    parse(typed, |entry| match entry.strip_prefix("*.") {
        Some(name) => ascii_domain(name).map(|domain| format!("*.{domain}")),
        None => ascii_domain(entry),
    })
}

fn parse(typed: &str, canonical: impl Fn(&str) -> Option<String>) -> Result<String, NotADomain> {
    let mut domains = Vec::new();
    for entry in typed.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|e| !e.is_empty()) {
        let domain = canonical(entry).ok_or_else(|| NotADomain(entry.to_owned()))?;
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains.join("\n"))
}

/// The entries of a list in its stored form.
pub(super) fn domain_lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
