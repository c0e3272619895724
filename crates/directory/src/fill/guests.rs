//! The guests: each with an invitation that was accepted, declined or taken back, is open, or ran out; the mail it came
//! with, and what the audit says of it.

use chrono::TimeDelta;
use serde_json::json;

use super::groups::{EVERYBODY, FIRST_GROUP, TEAM};
use super::people::{full_name, parsed};
use super::rows::{Writing, parts};
use super::{INVITATION_DAYS, Sample, dice::Dice, noted};
use crate::access::Target;
use crate::activity::{Action, Activity, Change, Object, ObjectKind};
use crate::db::Timestamp;
use crate::delivery::{Delivery, DeliveryKind, DeliveryState};
use crate::group::Group;
use crate::group_member::Membership;
use crate::invitation::{self, Invitation, InvitationState};
use crate::text::{search_key, slug};
use crate::user::{User, UserState};
use crate::{Actor, Language, Result};

/// How many are invited to [`super::TEAMS_APP`] and have not answered.
pub const INVITED_TO_TEAM: u32 = 10;

/// One guest for so many members, unless the plan has a number of them.
const MEMBERS: u32 = 5;
/// Of so many guests one is invited to the app that everybody has, and the others to groups.
const TO_EVERYBODY: u32 = 10;
/// From how many to how many days ago they were invited: half of those who have not answered are late.
const INVITED: (i64, i64) = (2 * INVITATION_DAYS, 1);
const PARTNERS: u32 = 300;

/// A guest, and everything that came of the invitation.
struct Story {
    guest: User,
    invitation: Invitation,
    /// The guest's, from 1.
    number: u32,
    mail: Delivery,
    membership: Option<Membership>,
    notes: Vec<Activity>,
}

impl Sample<'_> {
    fn guests(&self) -> u32 {
        self.plan.guests.unwrap_or(self.plan.members / MEMBERS)
    }

    pub(super) fn write_guests(&self, writing: &mut Writing<'_>) -> Result<()> {
        for numbers in parts(self.guests()) {
            let (mut guests, mut invitations, mut mails) = (Vec::new(), Vec::new(), Vec::new());
            let (mut memberships, mut notes) = (Vec::new(), Vec::new());
            for number in numbers {
                let story = self.story(number)?;
                guests.push(story.guest);
                invitations.push(story.invitation);
                mails.push(story.mail);
                memberships.extend(story.membership);
                notes.extend(story.notes);
            }
            writing.write(&guests)?;
            writing.write(&invitations)?;
            writing.write(&mails)?;
            writing.write(&memberships)?;
            writing.write(&notes)?;
        }
        Ok(())
    }

    /// What happened to the guest of this number.
    fn story(&self, number: u32) -> Result<Story> {
        let mut dice = self.dice("guest", number);
        let at = self.between(INVITED, number, self.guests());
        let (group, to) = self.invited_to(number);
        let inviter = self.member(self.owners_of(group).first().copied().unwrap_or_default())?;
        let name = full_name(&mut dice);
        let partner = dice.within(1..PARTNERS + 1);
        let address = parsed(&format!("{}.{number}@partner-{partner}.test", slug(&name)))?;
        let guest = User::guest(dice.id(at), at, &address, inviter.id);
        let invitation = Invitation { id: dice.id(at), ..invited(&guest, &inviter, &to, at) };
        let mail = Delivery { id: dice.id(at), ..sent(&guest, &invitation) };
        let object = invitation.as_object();
        let (inviter, made) = (Actor::of(&inviter), invitation::recorded(&invitation, &to));
        let notes = vec![noted((&mut dice, at), inviter.as_ref(), (Action::Invited, &object), &made)];
        let mut story = Story { guest, invitation, number: number + 1, mail, membership: None, notes };
        let decided_at = at + TimeDelta::minutes(i64::from(dice.within(5..600)));
        let is_open = group == TEAM;
        match dice.within(0..100) {
            _ if is_open => {}
            0..60 => self.accept(&mut story, &self.group(group), &name, decided_at),
            60..62 => self.decline(&mut story, decided_at),
            62..64 => self.revoke(&mut story, inviter.as_ref(), decided_at),
            _ => {}
        }
        Ok(story)
    }

    /// The group that a guest comes into, and what the invitation is to.
    fn invited_to(&self, number: u32) -> (u32, Target) {
        let app = match number {
            _ if number + INVITED_TO_TEAM >= self.guests() => Some(TEAM),
            _ if number.is_multiple_of(TO_EVERYBODY) => Some(EVERYBODY),
            _ => None,
        };
        if let Some(number) = app {
            let (app, group) = (Box::new(self.app(number)), Some(Box::new(self.group(number))));
            return (number, Target::App { app, group, group_assigned: true });
        }
        let group = self.dice("guest of", number).within(FIRST_GROUP..self.plan.groups);
        (group, Target::Group(Box::new(self.group(group))))
    }

    fn accept(&self, story: &mut Story, group: &Group, name: &str, at: Timestamp) {
        story.decide(InvitationState::Accepted, at);
        let guest = &mut story.guest;
        name.clone_into(&mut guest.name);
        guest.name_key = search_key(name);
        guest.state = UserState::Active;
        guest.redeemed_at = Some(at);
        guest.version += 1;
        story.invitation.name_key.clone_from(&guest.name_key);
        story.membership = Some(Membership::new(group.id, guest, at));
        let member = Change::made(&json!({ "member": guest.name, "address": guest.address }));
        let (actor, into) = (Actor::of(guest), Object::new(ObjectKind::Group, group.id, &group.name));
        story.note((self.plan.seed, at), actor.as_ref(), (Action::MemberAdded, &into), &member);
        let object = story.invitation.as_object();
        story.note((self.plan.seed, at), actor.as_ref(), (Action::Accepted, &object), &Change::default());
    }

    fn decline(&self, story: &mut Story, at: Timestamp) {
        story.decide(InvitationState::Declined, at);
        let object = story.invitation.as_object();
        story.note((self.plan.seed, at), None, (Action::Declined, &object), &Change::default());
    }

    fn revoke(&self, story: &mut Story, inviter: Option<&Actor>, at: Timestamp) {
        story.decide(InvitationState::Revoked, at);
        let object = story.invitation.as_object();
        story.note((self.plan.seed, at), inviter, (Action::Revoked, &object), &Change::default());
    }
}

impl Story {
    fn decide(&mut self, state: InvitationState, at: Timestamp) {
        self.invitation.state = state;
        self.invitation.decided_at = Some(at);
    }

    fn note(
        &mut self,
        (seed, at): (u64, Timestamp),
        actor: Option<&Actor>,
        what: (Action, &Object),
        change: &Change,
    ) {
        let mut dice = Dice::of(seed, what.0.as_str(), self.number);
        self.notes.push(noted((&mut dice, at), actor, what, change));
    }
}

fn invited(guest: &User, inviter: &User, to: &Target, at: Timestamp) -> Invitation {
    let group = to.group().filter(|_| to.app().is_none());
    Invitation {
        id: guest.id.cast(),
        target_kind: to.kind(),
        app_id: to.app().map(|app| app.id),
        group_id: group.map(|group| group.id),
        target_key: to.key(),
        user_id: guest.id,
        name_key: guest.name_key.clone(),
        address_key: guest.address_key.clone(),
        inviter_id: inviter.id,
        sender_id: inviter.id,
        answerable_id: inviter.id,
        message: None,
        language: Language::English,
        state: InvitationState::Pending,
        generation: 1,
        expires_at: at + TimeDelta::days(INVITATION_DAYS),
        created_at: at,
        sent_at: at,
        decided_at: None,
        decline_reason: None,
    }
}

/// The mail of an invitation, which left a second later.
fn sent(guest: &User, invitation: &Invitation) -> Delivery {
    let at = invitation.sent_at;
    Delivery {
        id: invitation.id.cast(),
        kind: DeliveryKind::Invitation,
        user_id: guest.id,
        recipient: guest.address.clone(),
        recipient_key: guest.address_key.clone(),
        invitation_id: Some(invitation.id),
        generation: invitation.generation,
        code_id: None,
        app_id: None,
        group_id: None,
        sender_id: Some(invitation.sender_id),
        language: invitation.language,
        state: DeliveryState::Sent,
        attempts: 1,
        next_attempt_at: at,
        lease_until: at + TimeDelta::minutes(1),
        lease_holder: String::new(),
        answer: "250 Ok".to_owned(),
        created_at: at,
        finished_at: Some(at + TimeDelta::seconds(1)),
    }
}
