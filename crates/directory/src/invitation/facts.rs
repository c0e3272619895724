//! One invitation with all that decides about it.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::joined::{answerers, inviters, joined, senders, standing};
use super::loaded::{Answerable, Ties};
use super::{Invitation, Standing, authority};
use crate::access::rules::Answer;
use crate::access::{Target, TargetKind};
use crate::app::App;
use crate::db::schema::{
    app_assignments, apps, group_members, group_owners, groups, invitations, organisation, users,
};
use crate::db::{Id, Tx, each_dialect};
use crate::group::Group;
use crate::organisation::Organisation;
use crate::user::User;
use crate::{Error, Result};

/// An invitation with all that decides about it, read together.
#[derive(Clone, Debug)]
pub struct InvitationFacts {
    /// The invitation.
    pub invitation: Invitation,
    /// The guest.
    pub guest: User,
    /// Who sent it last.
    pub sender: Sender,
    /// What it is for.
    pub target: Target,
    /// The organisation with the settings that hold.
    pub organisation: Organisation,
    /// The welcome message that may be shown now.
    pub message: Option<WelcomeMessage>,
    /// Whether it stands on the authority of who answers for it, also when it is over.
    pub(crate) authority: Answer,
    /// Where it stands.
    pub standing: Standing,
}

/// Whose name an invitation bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Who that is.
    pub id: Id<User>,
    /// The name people read.
    pub name: String,
    /// The address mail goes to.
    pub address: String,
}

/// What somebody wrote to the guest, under their own name: sending an invitation again makes nobody the author of it
/// (SECURITY R12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeMessage {
    /// Plain text of some lines.
    pub text: String,
    /// The name of who wrote it.
    pub author: String,
}

type Loaded = (
    Invitation,
    User,
    Answerable,
    String,
    Option<App>,
    Option<Group>,
    Ties,
    (Id<User>, String, String),
    Organisation,
);

impl Invitation {
    /// The invitation with everything that decides about it, in one query.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn facts(tx: &mut Tx<'_>, id: Id<Invitation>) -> Result<InvitationFacts> {
        let loaded: Option<Loaded> = each_dialect!(tx.conn, c => joined!()
            .inner_join(senders.on(senders.field(users::id).eq(invitations::sender_id)))
            .inner_join(organisation::table.on(organisation::id.eq(1)))
            .select(standing!(
                App,
                Group,
                senders.fields((users::id, users::name, users::address)),
                Organisation::as_select()
            ))
            .filter(invitations::id.eq(id))
            .first(c))
        .optional()?;
        let (invitation, guest, answerable, author, app, group, ties, (id, name, address), organisation) =
            loaded.ok_or(Error::Hidden)?;
        let target = target(&invitation, app, group, ties.target_assigned);
        let authority = authority(&answerable.facts(ties), &target.facts(), &organisation, &guest);
        let standing = invitation.standing(authority.clone(), tx.now);
        // None where welcome messages are not allowed (any more).
        let text = invitation.message.clone().filter(|_| organisation.settings.welcome_messages);
        let message = text.map(|text| WelcomeMessage { text, author });
        let sender = Sender { id, name, address };
        Ok(InvitationFacts { invitation, guest, sender, target, organisation, message, authority, standing })
    }
}

fn target(invitation: &Invitation, app: Option<App>, group: Option<Group>, group_assigned: bool) -> Target {
    match (invitation.target_kind, app, group) {
        (TargetKind::App, Some(app), group) => {
            Target::App { app: Box::new(app), group: group.map(Box::new), group_assigned }
        }
        (TargetKind::Group, _, Some(group)) => Target::Group(Box::new(group)),
        _ => Target::Directory,
    }
}
