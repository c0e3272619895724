//! Adding a member.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::{
    EmailAddress, Error,
    access::Refusal,
    user::{User, UserKind},
};

use super::profile;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/users/new.html")]
struct NewUserPage {
    page: Page,
    form: Form,
    action: &'static str,
    back: &'static str,
    invite: String,
}

pub(super) async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    page(&visit, Form::empty(), StatusCode::OK)
}

pub(super) async fn add(visit: Administrating, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    let address = form.parse("email", EmailAddress::parse);
    // An administrator needs a password first: the role is given on the person's page.
    form.clear("administrator");
    let profile = profile::read(&mut form, UserKind::Member);
    let (Some(address), Some(profile)) = (address, profile) else {
        return page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let added = visit.write(move |tx, administrator| User::add_member(tx, administrator, &address, &profile));
    match added.await {
        Ok(user) => {
            let flash = Flash::ok("admin-user-added").with("name", user.name);
            Ok(visit.see_other(&paths::admin_user(user.id), flash))
        }
        Err(Error::Refused(refusal)) => {
            let field = if refusal == Refusal::AddressTaken { "email" } else { "" };
            form.refuse(field, visit.sentence(&refusal));
            page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Administrating, form: Form, status: StatusCode) -> Result<HttpResponse, PageError> {
    let view = NewUserPage {
        page: visit.page("admin-users-new").administering(paths::ADMIN_USERS).showing(&form),
        form,
        action: paths::ADMIN_USERS_NEW,
        back: paths::ADMIN_USERS,
        invite: paths::ADMIN_USERS_INVITE.to_owned(),
    };
    visit.html(status, &view)
}
