//! Letting a person in and shutting them out, each with a page that asks first.

use actix_web::{HttpResponse, web::Path};
use directory::{
    Error,
    access::{Refusal, rules},
    user::{User, UserChange, UserState, access},
};

use super::super::confirm::{self, Question};
use crate::text::Texts;
use crate::web::{Administrating, Flash, PageError, Posted, asked::PathId, paths, view::Link};

/// How many groups are named that nobody would manage any more.
const NAMED: usize = 5;

/// The word of a change in addresses and in the catalogue.
pub(super) const fn word(change: UserChange) -> &'static str {
    match change {
        UserChange::Block => "block",
        UserChange::Unblock => "unblock",
        UserChange::Delete => "delete",
        UserChange::Restore => "restore",
        UserChange::EndSessions => "end-sessions",
        UserChange::RemovePassword => "remove-password",
    }
}

fn change_of(typed: &str) -> Result<UserChange, PageError> {
    UserChange::ALL.into_iter().find(|change| word(*change) == typed).ok_or(PageError::NotFound)
}

/// The buttons of a person's page. Nobody shuts themselves out.
pub(super) fn links(visit: &Administrating, user: &User) -> Vec<Link> {
    let offered = [UserChange::Block, UserChange::Unblock, UserChange::Delete, UserChange::Restore];
    let own = user.id == visit.actor.id;
    let offered = offered.into_iter().filter(|change| !own && change.suits(user.state));
    offered
        .map(|change| Link {
            label: visit.texts.get(&format!("admin-user-{}", word(change))),
            href: paths::admin_user_change(user.id, word(change)),
        })
        .collect()
}

/// Where the person's password is taken away, if there is one and they can sign in without.
pub(super) fn remove_password(user: &User) -> Option<String> {
    let change = UserChange::RemovePassword;
    let offered = change.is_for(user) && rules::lose_password(user.administrator).is_ok();
    offered.then(|| paths::admin_user_change(user.id, word(change)))
}

pub(super) async fn ask(
    visit: Administrating,
    PathId(id): PathId<User>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let change = change_of(&path.1)?;
    let shuts_out = matches!(change, UserChange::Block | UserChange::Delete);
    let (user, groups) = visit
        .read(move |tx, administrator| {
            let user = User::find(tx, id)?;
            let groups = match user.state {
                UserState::Active if shuts_out => access::groups_managed_alone(tx, administrator, id)?,
                _ => Vec::new(),
            };
            Ok((user, groups))
        })
        .await?;
    let (texts, word) = (visit.texts, word(change));
    let heading = texts.with(&format!("admin-user-{word}-title"), &[("name", user.name.as_str().into())]);
    let question = Question {
        heading,
        text: consequences(texts, change, &user, &groups),
        action: paths::admin_user_change(id, word),
        button: texts.get(&format!("admin-user-{word}")),
        cancel: paths::admin_user(id),
    };
    confirm::ask(&visit, paths::ADMIN_USERS, question)
}

/// What a change does, and which groups nobody manages then.
fn consequences(texts: Texts, change: UserChange, user: &User, groups: &[String]) -> String {
    let key = match (change, user.state) {
        (UserChange::Block, UserState::Invited) => "admin-user-block-text-invited".to_owned(),
        (UserChange::Delete, UserState::Invited) => "admin-user-delete-text-invited".to_owned(),
        _ => format!("admin-user-{}-text", word(change)),
    };
    let said = texts.with(&key, &[("name", user.name.as_str().into())]);
    let shown: Vec<&str> = groups.iter().take(NAMED).map(String::as_str).collect();
    let names = match groups.len() - shown.len() {
        0 if shown.is_empty() => return said,
        0 => shown.join(", "),
        more => format!("{} {}", shown.join(", "), texts.count("and-more", more)),
    };
    format!("{said} {}", texts.with("admin-user-leaves-unmanaged", &[("groups", names.into())]))
}

/// The sentence for what was done to a person, who is given as they were before.
fn done(change: UserChange, before: &User) -> String {
    match change {
        UserChange::Restore if before.blocked_at.is_some() => "admin-user-restore-done-blocked".to_owned(),
        _ => format!("admin-user-{}-done", word(change)),
    }
}

pub(super) async fn change(
    visit: Administrating,
    PathId(id): PathId<User>,
    path: Path<(String, String)>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let change = change_of(&path.1)?;
    let flash = match visit.write(move |tx, administrator| change.apply(tx, administrator, id)).await {
        Ok(user) => Flash::ok(&done(change, &user)).with("name", user.name),
        Err(Error::Refused(Refusal::PasswordMissing)) => Flash::bad("admin-user-password-stays"),
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
    use crate::text::Language;

    #[test]
    fn every_change_asks_and_answers_in_both_languages() {
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for change in UserChange::ALL {
                for ending in ["", "-title", "-text", "-done"] {
                    let key = format!("admin-user-{}{ending}", word(change));
                    assert!(texts.with(&key, &[("name", "Mia".into())]) != key, "{key}");
                }
            }
        }
    }
}
