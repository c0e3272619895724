//! Ways of filling in a form badly, made from what the page says about its fields.

use reqwest::Method;
use url::form_urlencoded::Serializer;

use super::press::{Field, Press};

/// Written by nobody with a keyboard: nothing of it may ever be kept.
pub(crate) const NEVER_KEPT: [&str; 3] =
    ["\u{202e}", "\u{7}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"];

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const BOUNDARY: &str = "----a-boundary-that-nobody-types";

/// What an answer must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Refused, whatever the fields say.
    Status(&'static [u16]),
    /// Refused beside its field, or taken if it does no harm.
    NoHarm,
    /// Refused.
    Refusal,
}

/// One way of sending one form.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    /// What is wrong, for the report.
    pub wrong: String,
    pub method: Method,
    pub fields: Vec<(String, String)>,
    pub kind: Kind,
    pub origin: Option<&'static str>,
    pub expected: Expected,
    /// The field that is filled in badly, if it cannot come back as it was.
    pub mangled: Option<String>,
    /// Whether nobody could do this on the page: what it carries along is tampered with.
    pub tampered: bool,
}

/// How the body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    UrlEncoded,
    Parts,
    PlainText,
}

impl Trial {
    /// Type and body.
    pub(crate) fn body(&self) -> (String, String) {
        let encoded = || Serializer::new(String::new()).extend_pairs(&self.fields).finish();
        match self.kind {
            Kind::UrlEncoded => (URL_ENCODED.to_owned(), encoded()),
            Kind::PlainText => ("text/plain".to_owned(), encoded()),
            Kind::Parts => (format!("multipart/form-data; boundary={BOUNDARY}"), parts(&self.fields)),
        }
    }
}

fn parts(fields: &[(String, String)]) -> String {
    let part = |(name, value): &(String, String)| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(part).collect();
    format!("{fields}--{BOUNDARY}--\r\n")
}

/// The form as somebody would fill it in who has nothing bad in mind.
pub(crate) fn well_filled(press: &Press) -> Vec<(String, String)> {
    let mut fields = press.form.fields.clone();
    for (name, value) in &mut fields {
        let field = press.fields.iter().find(|field| field.name == *name && field.is_typed());
        if let Some(field) = field.filter(|_| value.is_empty()) {
            typical(field).clone_into(value);
        }
    }
    fields
}

fn typical(field: &Field) -> &'static str {
    match (field.name.as_str(), field.kind.as_str()) {
        ("email" | "address", _) | (_, "email") => "new.person@partner.test",
        ("code", _) => "000000",
        (_, "password") => "some other pass phrase",
        (_, "url") => "https://example.org/",
        (_, "number") => "5",
        ("rule", _) => "kind == 'member'",
        _ => "Typed here",
    }
}

/// Every bad way of sending this form; `others` is the token of somebody else's session.
pub(crate) fn trials(press: &Press, others: &str) -> Vec<Trial> {
    let good = well_filled(press);
    let kind = if press.multipart { Kind::Parts } else { Kind::UrlEncoded };
    let plain = Trial {
        wrong: String::new(),
        method: Method::POST,
        fields: good,
        kind,
        origin: None,
        expected: Expected::Refusal,
        mangled: None,
        tampered: false,
    };
    let mut trials = forged(&plain, others);
    // Another code is asked for without the one that is typed.
    let ignored = |field: &&Field| press.form.action.ends_with("/code") && field.name == "code";
    for field in press.fields.iter().filter(|field| !ignored(field)) {
        trials.extend(values(&plain, field));
    }
    // What may be taken comes after what must not be.
    trials.sort_by_key(|trial| trial.expected == Expected::NoHarm);
    trials
}

fn forged(plain: &Trial, others: &str) -> Vec<Trial> {
    let token = |value: Option<&str>| with(&plain.fields, "csrf_token", value.into_iter());
    let trial = |wrong: &str, expected, fields| Trial {
        wrong: wrong.to_owned(),
        expected: Expected::Status(expected),
        fields,
        ..plain.clone()
    };
    let mut long = plain.fields.clone();
    long.push(("more".to_owned(), "m".repeat(1_000_000)));
    let mut trials = vec![
        trial("no token", &[403], token(None)),
        trial("somebody else's token", &[403], token(Some(others))),
        Trial {
            origin: Some("https://evil.example"),
            ..trial("from elsewhere", &[403], plain.fields.clone())
        },
        Trial { kind: Kind::PlainText, ..trial("as plain text", &[400], plain.fields.clone()) },
        trial("1 MB", &[413], long),
        Trial { method: Method::GET, ..trial("by GET", &[200, 303, 403, 404, 405, 410], Vec::new()) },
    ];
    if plain.fields.iter().any(|(name, _)| name == "version") {
        let stale = with(&plain.fields, "version", std::iter::once("0"));
        trials.push(trial("out of date", &[409, 422], stale));
    }
    trials
}

fn values(plain: &Trial, field: &Field) -> Vec<Trial> {
    let name = field.name.as_str();
    let trial = |wrong: &str, expected, values: &[&str]| Trial {
        wrong: format!("{name} {wrong}"),
        expected,
        fields: with(&plain.fields, name, values.iter().copied()),
        tampered: field.kind == "hidden",
        ..plain.clone()
    };
    let mangled = |trial: Trial| Trial { mangled: Some(name.to_owned()), ..trial };
    let value = plain.fields.iter().find(|(field, _)| field == name).map_or("a", |(_, value)| value);
    let long = "x".repeat(field.maxlength.map_or(20_000, |most| most + 1).min(20_000));
    // What is carried along or chosen may be looked up and not found, or not be looked at at all.
    let odd = if field.is_typed() { Expected::Refusal } else { Expected::NoHarm };
    vec![
        trial("empty", Expected::NoHarm, &[""]),
        trial("twice", Expected::NoHarm, &[value, "other"]),
        trial("too long", odd, &[&long]),
        mangled(trial("with a control character", odd, &["a\u{7}b"])),
        mangled(trial("with a bidi override", odd, &["a\u{202e}b"])),
        mangled(trial("with NUL", odd, &["a\0b"])),
    ]
}

/// The fields with these values for one of them.
fn with<'a>(
    fields: &[(String, String)],
    name: &str,
    values: impl Iterator<Item = &'a str>,
) -> Vec<(String, String)> {
    let mut changed: Vec<(String, String)> =
        fields.iter().filter(|(field, _)| field != name).cloned().collect();
    changed.extend(values.map(|value| (name.to_owned(), value.to_owned())));
    changed
}
