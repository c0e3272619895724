//! Inviting a guest to nothing but the organisation, and who was invited so and has not answered yet. Guest inviters
//! may do this too (SPEC 3.1): like what is done with these invitations, and like no other page below `/admin`, it
//! asks for the directory's manager and not for an administrator.

use actix_web::HttpResponse;
use askama::Template;
use directory::{
    EmailAddress, Error, Language, Manager,
    invitation::{self, Draft, Outcome},
    text::Message,
};

use super::super::invitation_row::{self, Row};
use crate::web::{
    Flash, Form, Page, PageError, Posted, ROWS, SignedIn,
    asked::{Asked, sought},
    filters,
    form::choice,
    layout::Section,
    paths,
    view::Choice,
};

#[derive(Template)]
#[template(path = "admin/users/invite.html")]
struct InvitePage {
    page: Page,
    form: Form,
    action: String,
    back: &'static str,
    languages: Vec<Choice>,
    messages: bool,
    left: String,
    rows: Vec<Row>,
    search: String,
    /// That there are more than are shown.
    more: Option<String>,
}

pub(super) async fn show(visit: SignedIn, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let email = asked.value("email").to_owned();
    let language = visit.organisation.profile.default_language.tag().to_owned();
    let form = Form::filled(&[("email", email), ("language", language)]);
    page(&visit, form, sought(&asked)).await
}

pub(super) async fn invite(visit: SignedIn, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    let address = form.parse("email", EmailAddress::parse);
    let message = form.parse("message", Message::parse);
    let language = form.parse("language", choice::<Language>);
    let (Some(address), Some(message), Some(language)) = (address, message, language) else {
        return page(&visit, form, String::new()).await;
    };
    let (actor, draft) = (visit.actor.clone(), Draft { message, language: Some(language) });
    let outcome = visit
        .write(move |tx| {
            let manager = Manager::of_directory(tx, &actor)?;
            invitation::add(tx, &manager, &address.to_string(), &draft)
        })
        .await;
    // What was not sent tells of people too.
    if matches!(outcome, Ok(Outcome::AlreadyIn(_)) | Err(Error::Refused(_))) {
        visit.count_a_look(1).await?;
    }
    match outcome {
        Ok(outcome) => Ok(done(&visit, &outcome)),
        Err(Error::Refused(refusal)) => {
            form.refuse("email", visit.explained(&refusal));
            page(&visit, form, String::new()).await
        }
        Err(error) => Err(error.into()),
    }
}

fn done(visit: &SignedIn, outcome: &Outcome) -> HttpResponse {
    let (user, flash) = match outcome {
        Outcome::Invited(invitation) => {
            (invitation.user_id, Flash::ok("admin-invite-sent").with("address", &invitation.address_key))
        }
        Outcome::AlreadyInvited(invitation) => {
            (invitation.user_id, Flash::ok("admin-invite-already").with("address", &invitation.address_key))
        }
        Outcome::Added(user) | Outcome::AlreadyIn(user) => {
            (user.id, Flash::ok("admin-invite-there").with("address", &user.address))
        }
    };
    let to = match outcome {
        _ if visit.actor.administrator => paths::admin_user(user),
        // It may be older than all that the list shows by itself.
        Outcome::AlreadyInvited(invitation) => {
            paths::with_query(paths::ADMIN_USERS_INVITE, &[("q", &invitation.address_key)])
        }
        _ => paths::ADMIN_USERS_INVITE.to_owned(),
    };
    visit.see_other(&to, flash)
}

/// The form, and below it the undecided invitations, of many those that are searched for.
async fn page(visit: &SignedIn, form: Form, search: String) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let (actor, address) = (visit.actor.clone(), search.clone());
    let (left, undecided) = visit
        .read(move |tx| {
            let manager = Manager::of_directory(tx, &actor)?;
            let left = invitation::left_today(tx, &manager)?;
            Ok((left, invitation::list_to_directory(tx, &manager, &address, ROWS)?))
        })
        .await?;
    let more = undecided.more.then(|| visit.texts.count("admin-invite-undecided-more", ROWS));
    let administrator = visit.actor.administrator;
    let section = if administrator { Section::Administration } else { Section::None };
    let view = InvitePage {
        page: visit.page("admin-users-invite").under(section).showing(&form),
        form,
        action: paths::ADMIN_USERS_INVITE.to_owned(),
        back: if administrator { paths::ADMIN_USERS } else { paths::APPS },
        languages: Choice::languages(),
        messages: visit.organisation.settings.welcome_messages,
        left: visit.texts.count("admin-invite-left", left),
        rows: undecided.rows.iter().map(|row| invitation_row::row(visit, row)).collect(),
        search,
        more,
    };
    visit.html(status, &view)
}
