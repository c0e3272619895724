//! Adding a member.

use actix_web::HttpResponse;
use askama::Template;
use directory::{
    EmailAddress,
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
    page(&visit, Form::empty())
}

pub(super) async fn add(visit: Administrating, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    let address = form.parse("email", EmailAddress::parse);
    // An administrator needs a password first: the role is given on the person's page.
    form.clear("administrator");
    let profile = profile::read(&mut form, UserKind::Member);
    let (Some(address), Some(profile)) = (address, profile) else {
        return page(&visit, form);
    };
    let added = visit.write(move |tx, administrator| User::add_member(tx, administrator, &address, &profile));
    let field = |refusal: &Refusal| if *refusal == Refusal::AddressTaken { "email" } else { "" };
    let Some(user) = visit.settle_beside(&mut form, field, added.await)? else { return page(&visit, form) };
    let flash = Flash::ok("admin-user-added").with("name", user.name).with("url", &visit.state.public_url);
    Ok(visit.see_other(&paths::admin_user(user.id), flash))
}

fn page(visit: &Administrating, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let view = NewUserPage {
        page: visit.page("admin-users-new").administering(paths::ADMIN_USERS).showing(&form),
        form,
        action: paths::ADMIN_USERS_NEW,
        back: paths::ADMIN_USERS,
        invite: paths::ADMIN_USERS_INVITE.to_owned(),
    };
    visit.html(status, &view)
}
