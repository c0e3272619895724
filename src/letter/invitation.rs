//! The invitation (SPEC 4.4): who, what, the inviter's words, one link, until when, for whom, and the way out.

use askama::Template;
use directory::{access::TargetKind, delivery::InvitationLetter};

use super::{Link, Links, Names, Sheet, Written, opens, plain};
use crate::text::{Texts, zone};

#[derive(Template)]
#[template(path = "mail/invitation.html")]
struct Html<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "mail/invitation.txt", whitespace = "preserve")]
struct Text<'a> {
    words: &'a Words,
}

struct Words {
    sheet: Sheet,
    expect: String,
    wrote: String,
    message: Vec<String>,
    accept: String,
    link: Link,
    opens: String,
    until: String,
    meant_for: String,
    copy: String,
    not_expected: String,
}

/// Writes the invitation in `texts`' language.
pub(super) fn write(
    facts: &InvitationLetter,
    links: &Links<'_>,
    texts: Texts,
) -> Result<Written, askama::Error> {
    let words = words(facts, links, texts);
    let written =
        words.sheet.written(facts.head.language, &Text { words: &words }, &Html { words: &words })?;
    let (name, address) = (&facts.inviter_name, &facts.inviter_address);
    Ok(written.on_behalf_of(name, address, &facts.head.organisation, texts))
}

fn words(facts: &InvitationLetter, links: &Links<'_>, texts: Texts) -> Words {
    let inviter = plain::line(&facts.inviter_name);
    let author = facts.message.as_ref().map(|message| plain::line(&message.author)).unwrap_or_default();
    let until = texts.date_time_zone(facts.expires_at.utc(), zone(&facts.head.time_zone));
    let until = texts.with("mail-invitation-until", &[("until", until.into())]);
    let expect = [("inviter", inviter.as_str().into()), ("address", facts.inviter_address.as_str().into())];
    let meant_for = [("address", facts.invited_address.as_str().into())];
    let names = Names {
        inviter: &facts.inviter_name,
        target: &facts.target.name,
        organisation: &facts.head.organisation,
    };
    Words {
        sheet: Sheet::of(&facts.head, until.clone(), keys(facts.target.kind), &names, texts),
        expect: texts.with("mail-invitation-expect", &expect),
        wrote: texts.with("mail-invitation-wrote", &[("inviter", author.into())]),
        message: facts.message.as_ref().map(|message| plain::lines(&message.text)).unwrap_or_default(),
        accept: texts.get("mail-invitation-accept"),
        link: links.to(&facts.path, texts),
        opens: opens("invitation", &facts.target, texts),
        until,
        meant_for: texts.with("mail-invitation-meant-for", &meant_for),
        copy: texts.get("mail-copy"),
        not_expected: texts.get("mail-invitation-not-expected"),
    }
}

/// The keys of the subject, of the headline and of why it was sent.
fn keys(target: TargetKind) -> [&'static str; 3] {
    let (subject, headline) = match target {
        TargetKind::Directory => ("mail-invitation-subject-directory", "mail-invitation-headline-directory"),
        TargetKind::App | TargetKind::Group => ("mail-invitation-subject", "mail-invitation-headline"),
    };
    [subject, headline, "mail-invitation-why"]
}
