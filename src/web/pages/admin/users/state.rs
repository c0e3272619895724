//! Letting a person in and shutting them out, each with a page that asks first.

use actix_web::{HttpResponse, web::Path};
use directory::{
    Administrator, Error, Id, Tx,
    access::rules,
    session,
    user::{self, User, UserState},
};

use super::super::{
    confirm::{self, Question},
    id,
};
use crate::web::{Administrating, Flash, PageError, Posted, paths, view::Link};

/// What can be done to a person as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Block,
    Unblock,
    Delete,
    Restore,
    EndSessions,
    RemovePassword,
}

impl Change {
    const ALL: [Change; 6] = [
        Change::Block,
        Change::Unblock,
        Change::Delete,
        Change::Restore,
        Change::EndSessions,
        Change::RemovePassword,
    ];

    /// Its word in addresses and in the catalogue.
    const fn word(self) -> &'static str {
        match self {
            Change::Block => "block",
            Change::Unblock => "unblock",
            Change::Delete => "delete",
            Change::Restore => "restore",
            Change::EndSessions => "end-sessions",
            Change::RemovePassword => "remove-password",
        }
    }

    fn of(word: &str) -> Result<Change, PageError> {
        Change::ALL.into_iter().find(|change| change.word() == word).ok_or(PageError::NotFound)
    }

    /// Whether it means anything for somebody in this state.
    const fn suits(self, state: UserState) -> bool {
        match self {
            Change::Block => matches!(state, UserState::Invited | UserState::Active),
            Change::Unblock => matches!(state, UserState::Blocked),
            Change::Delete => !matches!(state, UserState::Deleted),
            Change::Restore => matches!(state, UserState::Deleted),
            Change::EndSessions | Change::RemovePassword => true,
        }
    }

    /// Whether it means anything for this person.
    fn is_for(self, user: &User) -> bool {
        self.suits(user.state) && (self != Change::RemovePassword || user.password_hash.is_some())
    }

    /// Nothing is done where it means nothing: somebody else was faster.
    fn apply(
        self,
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        id: Id<User>,
    ) -> directory::Result<String> {
        let user = User::find(tx, id)?;
        if !self.is_for(&user) {
            return Err(Error::Stale);
        }
        match self {
            Change::Block => User::block(tx, administrator, id)?,
            Change::Unblock | Change::Restore => User::unblock(tx, administrator, id)?,
            Change::Delete => User::delete(tx, administrator, id)?,
            Change::EndSessions => session::end_sessions(tx, administrator, id)?,
            Change::RemovePassword => user::forget_password(tx, administrator, id)?,
        }
        Ok(user.name)
    }
}

/// The buttons of a person's page. Nobody shuts themselves out.
pub(super) fn links(visit: &Administrating, user: &User) -> Vec<Link> {
    let offered = [Change::Block, Change::Unblock, Change::Delete, Change::Restore];
    let own = user.id == visit.actor.id;
    let offered = offered.into_iter().filter(|change| !own && change.suits(user.state));
    offered
        .map(|change| Link {
            label: visit.texts.get(&format!("admin-user-{}", change.word())),
            href: paths::admin_user_change(user.id, change.word()),
        })
        .collect()
}

/// Where the person's password is taken away, if there is one and they can sign in without.
pub(super) fn remove_password(user: &User) -> Option<String> {
    let offered = Change::RemovePassword.is_for(user) && rules::lose_password(user.administrator).is_ok();
    offered.then(|| paths::admin_user_change(user.id, Change::RemovePassword.word()))
}

pub(super) async fn ask(
    visit: Administrating,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (id, change) = (id(&path.0)?, Change::of(&path.1)?);
    let user = visit.read(move |tx| User::find(tx, id)).await?;
    let (texts, word) = (visit.texts, change.word());
    let name = || [("name", user.name.as_str().into())];
    let question = Question {
        heading: texts.with(&format!("admin-user-{word}-title"), &name()),
        text: texts.with(&format!("admin-user-{word}-text"), &name()),
        action: paths::admin_user_change(id, word),
        button: texts.get(&format!("admin-user-{word}")),
        cancel: paths::admin_user(id),
    };
    confirm::ask(&visit, paths::ADMIN_USERS, question)
}

pub(super) async fn change(
    visit: Administrating,
    path: Path<(String, String)>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (id, change) = (id(&path.0)?, Change::of(&path.1)?);
    let flash = match visit.write(move |tx, administrator| change.apply(tx, administrator, id)).await {
        Ok(name) => Flash::ok(&format!("admin-user-{}-done", change.word())).with("name", name),
        Err(Error::Refused(refusal)) => {
            Flash::bad("admin-user-not-done").with("reason", visit.sentence(&refusal))
        }
        Err(error) => return Err(error.into()),
    };
    Ok(visit.see_other(&paths::admin_user(id), flash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, Texts};

    #[test]
    fn every_change_asks_and_answers_in_both_languages() {
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for change in Change::ALL {
                for ending in ["", "-title", "-text", "-done"] {
                    let key = format!("admin-user-{}{ending}", change.word());
                    assert!(texts.with(&key, &[("name", "Mia".into())]) != key, "{key}");
                }
            }
        }
    }

    #[test]
    fn what_means_nothing_is_not_offered() {
        assert!(!Change::Unblock.suits(UserState::Active) && !Change::Block.suits(UserState::Deleted));
        assert!(Change::Restore.suits(UserState::Deleted) && !Change::Delete.suits(UserState::Deleted));
    }
}
