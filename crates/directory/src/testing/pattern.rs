//! The rows of an invitation, written without asking anything before: what **Add** costs at the least.

use diesel::prelude::*;

use crate::Result;
use crate::activity::{Action, Activity};
use crate::db::Tx;
use crate::db::schema::{activities, deliveries, invitations, users};
use crate::delivery::{Delivery, DeliveryState};
use crate::invitation::{Invitation, InvitationState};
use crate::user::User;

/// An invitation that nobody has answered, with its guest, its mail and its entry in the audit.
#[derive(Clone, Debug)]
pub struct Pattern {
    guest: User,
    invitation: Invitation,
    number: i64,
    mail: Delivery,
    note: Activity,
}

impl Pattern {
    /// The newest.
    ///
    /// # Errors
    /// The database's, also when there is none.
    pub fn newest(tx: &mut Tx<'_>) -> Result<Self> {
        let (invitation, number): (Invitation, i64) = invitations::table
            .filter(invitations::state.eq(InvitationState::Pending))
            .order(invitations::number.desc())
            .select((Invitation::as_select(), invitations::number))
            .first(tx.conn)?;
        let guest = users::table.find(invitation.user_id).select(User::as_select()).first(tx.conn)?;
        let mail = deliveries::table
            .filter(deliveries::invitation_id.eq(invitation.id))
            .select(Delivery::as_select())
            .first(tx.conn)?;
        let note = activities::table
            .filter(activities::target_id.eq(invitation.id.cast::<()>()))
            .filter(activities::action.eq(Action::Invited))
            .select(Activity::as_select())
            .first(tx.conn)?;
        Ok(Self { guest, invitation, number, mail, note })
    }

    /// Writes one like it, of another guest: the invitation that comes so many after it.
    ///
    /// # Errors
    /// Only the database's.
    pub fn write_another(&self, tx: &mut Tx<'_>, after: i64) -> Result<()> {
        let number = self.number + after;
        let name = format!("floor-{number:08}");
        let address = format!("{name}@supplier.test");
        let guest = User {
            id: tx.new_id(),
            name_key: name.clone(),
            name,
            address_key: address.clone(),
            address: address.clone(),
            created_at: tx.now,
            ..self.guest.clone()
        };
        diesel::insert_into(users::table).values(&guest).execute(tx.conn)?;
        let invitation = Invitation {
            id: tx.new_id(),
            user_id: guest.id,
            name_key: guest.name_key.clone(),
            address_key: address.clone(),
            created_at: tx.now,
            sent_at: tx.now,
            ..self.invitation.clone()
        };
        let numbered = (&invitation, invitations::number.eq(number));
        diesel::insert_into(invitations::table).values(numbered).execute(tx.conn)?;
        let mail = Delivery {
            id: tx.new_id(),
            user_id: guest.id,
            recipient: address.clone(),
            recipient_key: address,
            invitation_id: Some(invitation.id),
            state: DeliveryState::Queued,
            attempts: 0,
            next_attempt_at: tx.now,
            lease_until: tx.now,
            lease_holder: String::new(),
            answer: String::new(),
            created_at: tx.now,
            finished_at: None,
            ..self.mail.clone()
        };
        diesel::insert_into(deliveries::table).values(&mail).execute(tx.conn)?;
        let target_id = Some(invitation.id.cast());
        let note = Activity { id: tx.new_id(), at: tx.now, target_id, ..self.note.clone() };
        diesel::insert_into(activities::table).values(&note).execute(tx.conn)?;
        Ok(())
    }
}
