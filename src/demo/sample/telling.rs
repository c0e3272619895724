//! Telling the story: each event through the verb that people use, at the moment it happened.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use directory::{
    Error, Id, Manager, Result, Timestamp, Tx,
    delivery::{self, Claimed},
    group::Group,
    group_owner,
    invitation::{self, Draft, Invitation, Outcome},
    redemption::{self, Accepted, Door},
    text::Message,
    token::InvitationToken,
    user::User,
};

use super::story::{Added, Event, Fate, Place};
use super::{name, people, unusable};
use crate::{
    letter::{self, Purpose},
    mail::{Envelope, Outgoing, compose},
    settings::{PublicUrl, Sender},
};

/// Who delivers the mail of the past.
const HOLDER: &str = "story";
/// What is noted of a mail that arrived.
const ANSWER: &str = "250 2.0.0 kept in memory";

/// The story as far as it was told.
pub(super) struct Telling<'a> {
    public_url: &'a PublicUrl,
    sender: &'a Sender,
    /// The latest invitation of each guest, with the one who invited and where to.
    invitations: BTreeMap<&'static str, (Id<Invitation>, &'static Added)>,
    /// The mails that were sent, oldest first.
    pub(super) mails: Vec<Outgoing>,
}

impl<'a> Telling<'a> {
    pub(super) fn new(public_url: &'a PublicUrl, sender: &'a Sender) -> Telling<'a> {
        Telling { public_url, sender, invitations: BTreeMap::new(), mails: Vec::new() }
    }

    /// What happened at the transaction's instant.
    pub(super) fn tell(&mut self, tx: &mut Tx<'_>, event: &'static Event) -> Result<()> {
        match event {
            Event::Add(added) => self.add(tx, added),
            Event::Accept { who, name } => self.accept(tx, who, name),
            Event::Decline { who, reason } => self.decline(tx, who, reason),
            Event::Revoke { who } => {
                let (invitation, manager) = self.managed(tx, who)?;
                invitation::revoke(tx, &manager, invitation).map(drop)
            }
            Event::Resend { who } => {
                let (invitation, manager) = self.managed(tx, who)?;
                invitation::resend(tx, &manager, invitation, None)?;
                self.deliver(tx, Fate::Arrives)
            }
            Event::Disown { group, owner } => disown(tx, group, owner),
            Event::Block { who } => block(tx, who),
        }
    }

    fn add(&mut self, tx: &mut Tx<'_>, added: &'static Added) -> Result<()> {
        let manager = manager(tx, added)?;
        let message = Message::parse(added.message).map_err(|_| unusable(added.who))?;
        let draft = Draft { message, language: added.language };
        if let Outcome::Invited(invitation) = invitation::add(tx, &manager, added.who, &draft)? {
            self.invitations.insert(added.who, (invitation.id, added));
        }
        self.deliver(tx, added.mail)
    }

    fn accept(&self, tx: &mut Tx<'_>, who: &str, called: &str) -> Result<()> {
        let token = self.token(tx, who)?;
        let guest = people::user(tx, who)?.id;
        let called = name(called);
        // Being the invited one stands in for the mailed code.
        let door = Door { browser: HOLDER, code: "", signed_in: Some(guest), name: Some(&called) };
        match redemption::accept(tx, &token, &door)? {
            Accepted::In(_) => Ok(()),
            Accepted::WrongCode(_) | Accepted::CodeOver => Err(unusable(who)),
        }
    }

    fn decline(&self, tx: &mut Tx<'_>, who: &str, reason: &str) -> Result<()> {
        let token = self.token(tx, who)?;
        let reason = Message::parse(reason).map_err(|_| unusable(who))?;
        redemption::decline(tx, &token, HOLDER, &reason)
    }

    fn token(&self, tx: &mut Tx<'_>, who: &str) -> Result<String> {
        let (id, _) = self.invitations.get(who).ok_or(Error::Hidden)?;
        let generation = Invitation::find(tx, *id)?.generation;
        Ok(InvitationToken { invitation: *id, generation }.text(tx.keys()))
    }

    fn managed(&self, tx: &mut Tx<'_>, who: &str) -> Result<(Id<Invitation>, Manager)> {
        let (id, added) = self.invitations.get(who).ok_or(Error::Hidden)?;
        Ok((*id, manager(tx, added)?))
    }

    /// What the courier would have done by now.
    fn deliver(&mut self, tx: &mut Tx<'_>, fate: Fate) -> Result<()> {
        while let Some(claimed) = delivery::claim(tx, HOLDER, TimeDelta::zero())? {
            match fate {
                Fate::Arrives => {
                    self.mails.push(self.compose(&claimed, tx.now)?);
                    delivery::sent(tx, &claimed, ANSWER)?;
                }
                Fate::Bounces(answer) => delivery::failed(tx, &claimed, answer)?,
                Fate::Waits(answer) => {
                    let next = tx.now + TimeDelta::hours(3);
                    delivery::retry(tx, &claimed, answer, next)?;
                }
            }
        }
        Ok(())
    }

    fn compose(&self, claimed: &Claimed, date: Timestamp) -> Result<Outgoing> {
        let written = letter::write(&claimed.letter, self.public_url, Purpose::Sending);
        let envelope = Envelope { to: &claimed.to, message_id: &claimed.message_id, date };
        let composed = written.ok().and_then(|written| compose(written, envelope, self.sender).ok());
        composed.ok_or_else(|| unusable(&claimed.to))
    }
}

fn manager(tx: &mut Tx<'_>, added: &Added) -> Result<Manager> {
    let actor = people::actor(tx, added.by)?;
    match added.to {
        Place::App(slug) => Manager::of_app(tx, &actor, slug),
        Place::Group(slug) => Manager::of_group(tx, &actor, slug),
        Place::Directory => Manager::of_directory(tx, &actor),
    }
}

fn disown(tx: &mut Tx<'_>, group: &str, owner: &str) -> Result<()> {
    let sanne = people::administrator(tx)?;
    let (group, owner) = (Group::by_slug(tx, group)?, people::user(tx, owner)?);
    group_owner::remove(tx, &sanne, &group, owner.id)
}

fn block(tx: &mut Tx<'_>, who: &str) -> Result<()> {
    let (sanne, user) = (people::administrator(tx)?, people::user(tx, who)?);
    User::block(tx, &sanne, user.id)
}
