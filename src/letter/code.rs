//! The six digits that prove a mailbox (SPEC 4.5, 5.2).

use askama::Template;
use directory::delivery::{CodeLetter, CodePurpose};

use super::{Names, Sheet, Written, plain};
use crate::text::{Texts, zone};

#[derive(Template)]
#[template(path = "mail/code.html")]
struct Html<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "mail/code.txt", whitespace = "preserve")]
struct Text<'a> {
    words: &'a Words,
}

struct Words {
    sheet: Sheet,
    enter: String,
    code: String,
    valid: String,
    asked: String,
    not_expected: String,
}

/// Writes the letter in `texts`' language. The code stands in neither subject nor preheader, which locked screens show.
pub(super) fn write(facts: &CodeLetter, texts: Texts) -> Result<Written, askama::Error> {
    let words = words(facts, texts);
    let written =
        words.sheet.written(facts.head.language, &Text { words: &words }, &Html { words: &words })?;
    Ok(Written { sender_name: plain::one_line(&facts.head.organisation), ..written })
}

fn words(facts: &CodeLetter, texts: Texts) -> Words {
    let enter = match facts.purpose {
        CodePurpose::SignIn => "mail-code-enter-sign-in",
        CodePurpose::Redemption => "mail-code-enter-redemption",
    };
    let at = texts.date_time_zone(facts.asked_at.utc(), zone(&facts.head.time_zone));
    let asked = [("at", at.into()), ("address", facts.address.as_str().into())];
    let valid = texts.with("mail-code-valid", &[("minutes", facts.valid_minutes.into())]);
    let names = Names { inviter: "", target: "", organisation: &facts.head.organisation };
    let keys = ["mail-code-subject", "mail-code-headline", "mail-code-why"];
    Words {
        sheet: Sheet::of(&facts.head, valid.clone(), keys, &names, texts),
        enter: texts.get(enter),
        code: facts.code.clone(),
        valid,
        asked: texts.with("mail-code-asked", &asked),
        not_expected: texts.get("mail-code-not-expected"),
    }
}
