//! "You were added": to somebody who already has an account (SPEC 3.2, *added*).

use askama::Template;
use directory::{access::TargetKind, delivery::AddedLetter};

use super::{Link, Links, Person, Sheet, Written, plain};
use crate::text::Texts;

#[derive(Template)]
#[template(path = "mail/added.html")]
struct Html<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "mail/added.txt", whitespace = "preserve")]
struct Text<'a> {
    words: &'a Words,
}

struct Words {
    sheet: Sheet,
    ask: String,
    open: String,
    link: Link,
    opens: String,
    account: String,
    copy: String,
}

/// Writes the letter in `texts`' language.
pub(super) fn write(facts: &AddedLetter, links: &Links<'_>, texts: Texts) -> Result<Written, askama::Error> {
    let words = words(facts, links, texts);
    let written = words.sheet.written(facts.language, &Text { words: &words }, &Html { words: &words })?;
    let inviter =
        Person { name: plain::one_line(&facts.inviter_name), address: facts.inviter_address.clone() };
    Ok(written.on_behalf_of(inviter, &plain::one_line(&facts.organisation), texts))
}

fn words(facts: &AddedLetter, links: &Links<'_>, texts: Texts) -> Words {
    let inviter = plain::line(&facts.inviter_name);
    let ask = [("inviter", inviter.into()), ("address", facts.inviter_address.as_str().into())];
    let target = plain::line(&facts.target.name);
    let opens = opens(facts, texts);
    Words {
        sheet: sheet(facts, opens.clone(), texts),
        ask: texts.with("mail-added-ask", &ask),
        open: texts.with("mail-added-open", &[("target", target.into())]),
        link: links.to(&facts.target.path, texts),
        opens,
        account: texts.with("mail-added-account", &[("address", facts.invited_address.as_str().into())]),
        copy: texts.get("mail-copy"),
    }
}

fn sheet(facts: &AddedLetter, preheader: String, texts: Texts) -> Sheet {
    let named = |key: &str, name: fn(&str) -> String| {
        let names = [
            ("inviter", name(&facts.inviter_name).into()),
            ("target", name(&facts.target.name).into()),
            ("organisation", name(&facts.organisation).into()),
        ];
        texts.with(key, &names)
    };
    Sheet {
        lang: facts.language.as_str(),
        subject: named("mail-added-subject", plain::one_line),
        organisation: plain::line(&facts.organisation),
        preheader,
        headline: named("mail-added-headline", plain::line),
        why: named("mail-added-why", plain::line),
        privacy: named("mail-privacy", plain::line),
        privacy_url: facts.privacy_url.clone(),
    }
}

fn opens(facts: &AddedLetter, texts: Texts) -> String {
    let target = ("target", plain::line(&facts.target.name).into());
    match (&facts.target.kind, &facts.target.opens) {
        (TargetKind::App, Some(host)) => {
            texts.with("mail-added-opens-app-at", &[target, ("host", host.as_str().into())])
        }
        (TargetKind::App, None) => texts.with("mail-added-opens-app", &[target]),
        (TargetKind::Group, _) => texts.with("mail-added-opens-group", &[target]),
        (TargetKind::Directory, _) => {
            let organisation = ("organisation", plain::line(&facts.organisation).into());
            texts.with("mail-added-opens-directory", &[organisation])
        }
    }
}
