//! The letter: who invites, to what, until when (UX 7.6).

use directory::{
    access::Target,
    invitation::{InvitationFacts, WelcomeMessage},
    redemption::Offer,
};

use crate::{
    text::{Texts, zone},
    web::{logos, paths, view::Logo},
};

/// What stands on the left of an offer, all of it from the invitation's row.
pub(super) struct Letter {
    pub(super) sender_id: String,
    pub(super) sender: String,
    /// What to call the sender in a sentence.
    pub(super) sender_first: String,
    pub(super) sender_address: String,
    pub(super) heading: String,
    pub(super) logo: Logo,
    pub(super) message: Option<Message>,
    /// What the target is: "Opens", "Group", "Organisation".
    pub(super) label: String,
    pub(super) target: String,
    pub(super) description: String,
    /// The host that the app opens.
    pub(super) host: Option<String>,
    pub(super) until: String,
}

/// What somebody wrote, and who.
pub(super) struct Message {
    pub(super) wrote: String,
    pub(super) text: String,
}

impl Message {
    fn of(texts: Texts, message: &WelcomeMessage) -> Message {
        let author = message.author.as_str();
        let wrote = texts.with("mail-invitation-wrote", &[("inviter", author.into())]);
        Message { wrote, text: message.text.clone() }
    }
}

impl Letter {
    /// The letter of an offer in these words.
    pub(super) fn of(texts: Texts, offer: &Offer) -> Letter {
        let facts = &offer.facts;
        let (label, description, host) = about(&facts.target);
        let profile = &facts.organisation.profile;
        let sender = facts.sender.name.clone();
        Letter {
            sender_id: facts.sender.id.to_string(),
            sender_first: sender.split_whitespace().next().unwrap_or(&sender).to_owned(),
            sender_address: facts.sender.address.clone(),
            heading: heading(texts, facts),
            logo: logo(&facts.target),
            message: facts.message.as_ref().map(|message| Message::of(texts, message)),
            label: texts.get(label),
            target: target_name(facts),
            description,
            host,
            until: texts.date_time_zone(facts.invitation.expires_at.utc(), zone(&profile.time_zone)),
            sender,
        }
    }
}

fn heading(texts: Texts, facts: &InvitationFacts) -> String {
    let key = match facts.target {
        Target::Directory => "redeem-heading-directory",
        Target::App { .. } => "redeem-heading-app",
        Target::Group(_) => "redeem-heading-group",
    };
    let organisation = facts.organisation.profile.name.as_str();
    let target = target_name(facts);
    let names = [
        ("name", facts.sender.name.as_str().into()),
        ("organisation", organisation.into()),
        ("target", target.as_str().into()),
    ];
    texts.with(key, &names)
}

fn target_name(facts: &InvitationFacts) -> String {
    match &facts.target {
        Target::Directory => facts.organisation.profile.name.clone(),
        Target::App { app, .. } => app.name.clone(),
        Target::Group(group) => group.name.clone(),
    }
}

fn about(target: &Target) -> (&'static str, String, Option<String>) {
    match target {
        Target::Directory => ("redeem-organisation", String::new(), None),
        Target::App { app, .. } => ("redeem-opens", app.description.clone(), app.host()),
        Target::Group(group) => ("redeem-group", group.description.clone(), None),
    }
}

/// A picture that needs no session: that of the catalogue or the app's glyph, never an uploaded logo.
fn logo(target: &Target) -> Logo {
    match target {
        Target::Directory => Logo::plain("building-2"),
        Target::App { app, .. } => {
            let known = app.catalogue_key.as_deref().filter(|_| app.logo_version.is_none());
            known
                .and_then(logos::of_catalogue)
                .map_or_else(|| Logo::glyph(&app.glyph, &app.slug), Logo::image)
        }
        Target::Group(_) => Logo::plain("users-round"),
    }
}

/// Straight into what was shared.
pub(super) fn way_in(target: &Target) -> String {
    match target {
        Target::Directory => paths::APPS.to_owned(),
        Target::App { app, .. } => paths::app_open(&app.slug),
        Target::Group(group) => paths::group(&group.slug),
    }
}
