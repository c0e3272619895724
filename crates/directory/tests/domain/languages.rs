//! In which language a mail is written (SPEC 4.4).

use directory::Language::{self, Dutch, English};
use directory::delivery::Letter;
use directory::group::Group;
use directory::invitation::{self, Draft};
use directory::organisation::Profile;
use directory::{Manager, Organisation, user};

use crate::cast::{Cast, group_profile};
use crate::on_both;

on_both!(without_a_choice_the_mail_speaks_the_persons_language_else_the_organisations);

const ANN: &str = "ann@partner.test";
const MIA: &str = "mia@meridian.test";

/// The language of the mail to somebody who is added to another group each time, with this language chosen.
fn spoken(cast: &Cast, to: &str, chosen: Option<Language>) -> Language {
    cast.as_administrator(|tx, administrator| {
        let group = Group::add(tx, administrator, &group_profile("Visitors", None))?;
        let manager = Manager::of_group(tx, administrator.actor(), &group.slug)?;
        invitation::add(tx, &manager, to, &Draft { language: chosen, ..Draft::default() })
    })
    .unwrap();
    match cast.letters_to(to).pop() {
        Some(Letter::Invitation(letter)) => letter.head.language,
        Some(Letter::Added(letter)) => letter.head.language,
        other => panic!("{other:?}"),
    }
}

/// Ann is invited, Mia is in at once.
fn without_a_choice_the_mail_speaks_the_persons_language_else_the_organisations(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        let Organisation { profile, settings, version, .. } = Organisation::load(tx)?;
        let profile = Profile { default_language: Dutch, ..profile };
        Organisation::change(tx, administrator, &profile, &settings, version)
    })
    .unwrap();
    for to in [ANN, MIA] {
        assert_eq!(spoken(cast, to, None), Dutch, "{to}: the organisation's");
        assert_eq!(spoken(cast, to, Some(English)), English, "{to}: what was chosen");
    }
    cast.write(|tx| user::set_language(tx, &cast.mia, English));
    // Who has not redeemed has no page to choose on.
    cast.database.tell("UPDATE users SET language = 'en' WHERE kind = 'guest'");
    for to in [ANN, MIA] {
        assert_eq!(spoken(cast, to, None), English, "{to}: their own");
        assert_eq!(spoken(cast, to, Some(Dutch)), Dutch, "{to}: what was chosen");
    }
}
