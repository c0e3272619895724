//! "You were added": to somebody who already has an account (SPEC 3.2, *added*).

use askama::Template;
use directory::delivery::AddedLetter;

use super::{Link, Links, Names, Sheet, Written, opens, plain};
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
    let written =
        words.sheet.written(facts.head.language, &Text { words: &words }, &Html { words: &words })?;
    let (name, address) = (&facts.inviter_name, &facts.inviter_address);
    Ok(written.on_behalf_of(name, address, &facts.head.organisation, texts))
}

fn words(facts: &AddedLetter, links: &Links<'_>, texts: Texts) -> Words {
    let inviter = plain::line(&facts.inviter_name);
    let ask = [("inviter", inviter.into()), ("address", facts.inviter_address.as_str().into())];
    let target = plain::line(&facts.target.name);
    let opens = opens("added", &facts.target, texts);
    let names = Names {
        inviter: &facts.inviter_name,
        target: &facts.target.name,
        organisation: &facts.head.organisation,
    };
    let keys = ["mail-added-subject", "mail-added-headline", "mail-added-why"];
    Words {
        sheet: Sheet::of(&facts.head, opens.clone(), keys, &names, texts),
        ask: texts.with("mail-added-ask", &ask),
        open: texts.with("mail-added-open", &[("target", target.into())]),
        link: links.to(&facts.target.path, texts),
        opens,
        account: texts.with("mail-added-account", &[("address", facts.invited_address.as_str().into())]),
        copy: texts.get("mail-copy"),
    }
}
