//! From a written letter to a MIME message (SPEC 4.4).
//!
//! Headers are made by lettre's typed builders only, from text that has no control characters any more: nothing that a
//! person typed can start a header of its own (SECURITY.md D3).

use std::time::SystemTime;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use directory::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};

use crate::{
    letter::{Person, Written, one_line},
    settings::{Sender, smtp_address},
};

/// The facts of a mail that are not in its letter.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// Whom it goes to, in the stored spelling.
    pub to: &'a str,
    /// The same at each try (SPEC 4.4).
    pub message_id: &'a str,
    /// When it was owed: the same at each try, so that a mail that arrives twice is the same to the last byte.
    pub date: Timestamp,
}

/// A message that can be handed over, with its parts as they were written.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub(super) mime: Message,
    pub(super) message_id: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Why a message cannot be made. Names the field, never its content.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} cannot stand in a mail: {reason}")]
pub struct ComposeError {
    field: &'static str,
    reason: String,
}

impl Outgoing {
    /// The address of the envelope.
    #[must_use]
    pub fn recipient(&self) -> &str {
        self.mime.envelope().to().first().map_or("", AsRef::as_ref)
    }

    /// The whole message, as it travels.
    #[must_use]
    pub fn source(&self) -> Vec<u8> {
        self.mime.formatted()
    }
}

/// Makes the message. The same letter, envelope and sender make the same bytes.
///
/// # Errors
/// When an address cannot stand in a mail.
pub fn compose(written: Written, envelope: Envelope<'_>, sender: &Sender) -> Result<Outgoing, ComposeError> {
    let message_id = message_id(envelope.message_id, sender);
    let mut builder = Message::builder()
        .from(Mailbox::new(Some(one_line(&written.sender_name)), sender.address().clone()))
        .to(Mailbox::new(None, address("the recipient", envelope.to)?))
        .subject(one_line(&written.subject))
        .date(SystemTime::from(envelope.date.utc()))
        .message_id(Some(message_id.clone()))
        .header(AutoSubmitted)
        .header(ContentLanguage(written.language.tag().to_owned()));
    if let Some(person) = &written.reply_to {
        builder = builder.reply_to(reply_to(person)?);
    }
    let body = alternative(&message_id, &written);
    let mime = builder.multipart(body).map_err(|error| unfit("the message", &error))?;
    let Written { subject, text, html, .. } = written;
    Ok(Outgoing { mime, message_id, subject, text, html })
}

fn reply_to(person: &Person) -> Result<Mailbox, ComposeError> {
    Ok(Mailbox::new(Some(one_line(&person.name)), address("the inviter", &person.address)?))
}

/// Text first: the last alternative is the one that programs prefer. The boundary follows from the Message-ID, so that
/// a mail that is sent again is the same mail.
fn alternative(message_id: &str, written: &Written) -> MultiPart {
    let digest = Sha256::digest(message_id.as_bytes());
    let boundary = URL_SAFE_NO_PAD.encode(digest);
    MultiPart::alternative()
        .boundary(boundary)
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(written.text.clone()))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(written.html.clone()))
}

/// The address in this field, as SMTP needs it.
fn address(field: &'static str, text: &str) -> Result<Address, ComposeError> {
    smtp_address(text).map_err(|reason| ComposeError { field, reason })
}

/// `<…@…>`, whatever the delivery calls it.
fn message_id(id: &str, sender: &Sender) -> String {
    let bare = id.trim_matches(['<', '>']);
    if bare.contains('@') { format!("<{bare}>") } else { format!("<{bare}@{}>", sender.address().domain()) }
}

fn unfit(field: &'static str, error: &dyn std::error::Error) -> ComposeError {
    ComposeError { field, reason: error.to_string() }
}

/// Keeps out-of-office replies away (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The language of the letter (RFC 3282).
#[derive(Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}
