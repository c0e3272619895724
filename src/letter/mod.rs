//! What a mail says: subject, text and HTML of each kind of letter (SPEC 4.4).
//!
//! The courier sends what [`write()`] returns; the preview beside *Add members* shows the same, with a link that leads
//! nowhere. Letters know nothing of SMTP or MIME; mails know nothing of words.

mod added;
mod code;
mod invitation;
mod link;
mod plain;
#[cfg(test)]
mod tests;

use askama::Template;
use directory::{
    Language,
    access::TargetKind,
    delivery::{Letter, LetterTarget, Letterhead},
};

pub(crate) use plain::one_line;

use crate::{settings::PublicUrl, text::Texts};
use link::{Link, Links};

/// A finished letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// One line, without control characters.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part; says the same.
    pub html: String,
    /// The language of all of it.
    pub language: Language,
    /// The name the mail comes from, "Olivia Brandt via Meridian Labs".
    pub sender_name: String,
    /// Whom an answer reaches: the inviter.
    pub reply_to: Option<Person>,
}

/// A name and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// One line, without control characters.
    pub name: String,
    /// As the directory keeps it.
    pub address: String,
}

/// Whether a letter will be sent, or only shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be sent: the link works.
    Sending,
    /// To be shown to the inviter, who never gets the link (SPEC 4.3): words stand in its place.
    Preview,
}

/// Writes a letter in its own language; its links are built from the public address alone (SPEC section 7).
///
/// # Errors
/// When a template cannot be rendered.
pub fn write(letter: &Letter, public_url: &PublicUrl, purpose: Purpose) -> Result<Written, askama::Error> {
    let links = Links { public_url, purpose };
    match letter {
        Letter::Invitation(facts) => invitation::write(facts, &links, Texts::new(facts.head.language)),
        Letter::Added(facts) => added::write(facts, &links, Texts::new(facts.head.language)),
        Letter::Code(facts) => code::write(facts, Texts::new(facts.head.language)),
    }
}

/// What opens to the reader, in the words of this letter. The directory is named after its organisation.
fn opens(letter: &str, target: &LetterTarget, texts: Texts) -> String {
    let what = match (target.kind, &target.opens) {
        (TargetKind::App, Some(_)) => "app-at",
        (kind, _) => kind.as_str(),
    };
    let name = plain::line(&target.name);
    let host = target.opens.as_deref().unwrap_or_default();
    let names =
        [("target", name.as_str().into()), ("organisation", name.as_str().into()), ("host", host.into())];
    texts.with(&format!("mail-{letter}-opens-{what}"), &names)
}

/// The names that the sentences of a letter may have in them.
struct Names<'a> {
    inviter: &'a str,
    target: &'a str,
    organisation: &'a str,
}

impl Names<'_> {
    /// The sentence of a key, its names made fit for their place: [`one_line`] for a header, [`plain::line`] for the
    /// mail itself.
    fn fill(&self, texts: Texts, key: &str, fit: fn(&str) -> String) -> String {
        let names = [
            ("inviter", fit(self.inviter).into()),
            ("target", fit(self.target).into()),
            ("organisation", fit(self.organisation).into()),
        ];
        texts.with(key, &names)
    }
}

/// What every letter has, as its templates need it.
struct Sheet {
    lang: &'static str,
    subject: String,
    organisation: String,
    preheader: String,
    headline: String,
    why: String,
    privacy: String,
    privacy_url: Option<String>,
}

impl Sheet {
    /// Under this head, with the sentences of these keys.
    fn of(
        head: &Letterhead,
        preheader: String,
        [subject, headline, why]: [&str; 3],
        names: &Names<'_>,
        texts: Texts,
    ) -> Self {
        let sentence = |key: &str| names.fill(texts, key, plain::line);
        Self {
            lang: head.language.tag(),
            subject: names.fill(texts, subject, one_line),
            organisation: plain::line(&head.organisation),
            preheader,
            headline: sentence(headline),
            why: sentence(why),
            privacy: sentence("mail-privacy"),
            privacy_url: head.privacy_url.clone(),
        }
    }

    /// Renders both parts; they carry the same words.
    fn written(
        &self,
        language: Language,
        text: &impl Template,
        html: &impl Template,
    ) -> Result<Written, askama::Error> {
        Ok(Written {
            subject: self.subject.clone(),
            text: text.render()?,
            html: html.render()?,
            language,
            sender_name: self.organisation.clone(),
            reply_to: None,
        })
    }
}

impl Written {
    /// From "Olivia Brandt via Meridian Labs"; answers go to Olivia Brandt.
    fn on_behalf_of(self, name: &str, address: &str, organisation: &str, texts: Texts) -> Self {
        let (inviter, organisation) = (one_line(name), one_line(organisation));
        let names = [("inviter", inviter.as_str().into()), ("organisation", organisation.into())];
        let sender_name = texts.with("mail-sender", &names);
        let reply_to = Some(Person { name: inviter, address: address.to_owned() });
        Self { sender_name, reply_to, ..self }
    }
}
