//! One row of the list: who, where they stand in truth, and what can be done (SPEC 4.2).

use chrono::NaiveDate;
use chrono_tz::Tz;
use directory::Timestamp;
use directory::access::Target;
use directory::delivery::{DeliveryState, Progress};
use directory::invitation::{Invitation, InvitationRow, Standing};
use directory::member_list;
use directory::user::{User, UserKind, UserState};

use super::head;
use super::part::Part;
use crate::text::Texts;
use crate::web::view::{Person, PersonState};
use crate::web::{SignedIn, paths};

/// The longest answer of a relay that a row repeats.
const ANSWER: usize = 160;

/// A row with its actions; an action that is not there has no button.
pub(super) struct Row {
    pub(super) person: Person,
    pub(super) menu: String,
    pub(super) again: Option<String>,
    pub(super) back: Option<String>,
    pub(super) approve: Option<String>,
    pub(super) remove: Option<String>,
    pub(super) urgent: bool,
}

/// What the rows of one page have in common.
pub(super) struct Teller<'a> {
    pub(super) visit: &'a SignedIn,
    pub(super) target: &'a Target,
    pub(super) path: &'a str,
    pub(super) part: &'a Part,
    pub(super) manages: bool,
    pub(super) removes: bool,
    pub(super) now: Timestamp,
}

impl Teller<'_> {
    /// The row of somebody in the group or invited to it.
    pub(super) fn row(&self, row: &member_list::Row) -> Row {
        match row {
            member_list::Row::Member { user, owner } => self.member(user, *owner),
            member_list::Row::Invited(row) => self.invited(row),
        }
    }

    fn member(&self, user: &User, owner: bool) -> Row {
        let (state, detail) = match user.state {
            UserState::Active => (PersonState::Active, self.guest_since(user)),
            UserState::Invited => (PersonState::Invited, self.texts().get("people-not-redeemed")),
            UserState::Blocked => (PersonState::Blocked, self.texts().get("people-blocked")),
            UserState::Deleted => (PersonState::Deleted, String::new()),
        };
        Row {
            person: Person { owner, ..person(user, state, detail) },
            menu: format!("menu-{}", user.id),
            again: None,
            back: None,
            approve: None,
            remove: self.removes.then(|| self.part.behind(&paths::member_remove(self.path, user.id))),
            urgent: false,
        }
    }

    /// Since when a guest is one here, which is not since when in this group.
    fn guest_since(&self, user: &User) -> String {
        let since = user.redeemed_at.filter(|_| user.kind == UserKind::Guest);
        let told = since.map(|at| self.texts().date(at, self.zone()));
        told.map_or_else(String::new, |when| self.tell("people-guest-since", "when", &when))
    }

    fn invited(&self, row: &InvitationRow) -> Row {
        let Invitation { id: invitation, generation, .. } = row.invitation;
        let action = |path: String| self.manages.then(|| self.part.behind(&path));
        let approvable = row.standing.awaits_approval();
        let (state, detail) = self.standing(row);
        let mut detail = vec![detail];
        if row.target_name != head::name(self.target) {
            detail.push(self.tell("people-invited-to", "target", &row.target_name));
        }
        detail.retain(|part| !part.is_empty());
        Row {
            person: person(&row.guest, state, detail.join(" · ")),
            menu: format!("menu-{invitation}"),
            again: action(paths::invitation_resend_after(self.path, invitation, generation)),
            back: action(paths::invitation_revoke(self.path, invitation)),
            approve: action(paths::invitation_approve(self.path, invitation)).filter(|_| approvable),
            remove: None,
            urgent: row.standing == Standing::Expired || failed(row.mail.as_ref()),
        }
    }

    fn standing(&self, row: &InvitationRow) -> (PersonState, String) {
        match &row.standing {
            Standing::Expired => {
                let ago = self.ago(row.invitation.expires_at);
                (PersonState::Expired, format!("{ago} · {}", self.mail(row.mail.as_ref())))
            }
            Standing::Suspended(refusal) => {
                let why = self.visit.on_hold(refusal);
                (PersonState::Suspended, format!("{why} · {}", self.mail(row.mail.as_ref())))
            }
            Standing::Declined => (PersonState::Declined, String::new()),
            Standing::Accepted => (PersonState::Active, String::new()),
            Standing::Open | Standing::Revoked => {
                let mail = self.mail(row.mail.as_ref());
                let until = self.texts().date_time_zone(row.invitation.expires_at, self.zone());
                let until = self.tell("people-link-until", "when", &until);
                let told = if failed(row.mail.as_ref()) { mail } else { format!("{mail} · {until}") };
                (PersonState::Invited, told)
            }
        }
    }

    /// Where the mail stands, with what the relay said.
    fn mail(&self, mail: Option<&Progress>) -> String {
        let Some(mail) = mail else { return self.texts().get("people-mail-waiting") };
        let answer: String = mail.answer.chars().take(ANSWER).collect();
        match mail.state {
            DeliveryState::Queued | DeliveryState::OnHold => self.texts().get("people-mail-waiting"),
            DeliveryState::Dropped => self.texts().get("people-mail-dropped"),
            DeliveryState::Sent if mail.is_only_written() => self.texts().get("people-mail-written"),
            DeliveryState::Sent => self.tell("people-mail-sent", "when", &self.when(mail.ended_at())),
            DeliveryState::Retrying => self.retrying(mail.next_attempt_at, &answer),
            DeliveryState::Failed => self.tell("people-mail-failed", "reason", &answer),
        }
    }

    fn retrying(&self, next: Timestamp, answer: &str) -> String {
        let told = match answer {
            "" => self.texts().get("people-mail-retrying"),
            reason => self.tell("people-mail-retrying-because", "reason", reason),
        };
        // What is due already goes as soon as the courier comes to it, or somebody releases the mail.
        if next > self.now {
            format!("{told} · {}", self.tell("people-mail-next-try", "when", &self.when(next)))
        } else {
            told
        }
    }

    fn ago(&self, at: Timestamp) -> String {
        match (self.day(self.now) - self.day(at)).num_days() {
            ..=0 => self.texts().get("people-expired-today"),
            days => self.texts().count("people-expired-days", days),
        }
    }

    /// `10:42 CET` today, `18 Nov` before.
    fn when(&self, at: Timestamp) -> String {
        if self.day(at) == self.day(self.now) {
            self.texts().time_zone(at, self.zone())
        } else {
            self.texts().date_short(at, self.zone())
        }
    }

    fn day(&self, at: Timestamp) -> NaiveDate {
        at.utc().with_timezone(&self.zone()).date_naive()
    }

    fn tell(&self, key: &str, name: &str, value: &str) -> String {
        self.texts().with(key, &[(name, value.into())])
    }

    fn texts(&self) -> Texts {
        self.visit.texts
    }

    fn zone(&self) -> Tz {
        self.visit.zone()
    }
}

fn failed(mail: Option<&Progress>) -> bool {
    mail.is_some_and(|mail| mail.state == DeliveryState::Failed)
}

/// Somebody as lists show them.
pub(super) fn person(user: &User, state: PersonState, detail: String) -> Person {
    let unnamed = user.kind == UserKind::Guest && user.redeemed_at.is_none();
    // Nobody has told the name of a guest who has not come yet; the address is what the inviter knows.
    let name = if unnamed { user.address.clone() } else { user.name.clone() };
    Person { name, state: Some(state), detail, ..user.into() }
}
