//! One person: profile, roles, state, and the invitations of a guest.

use actix_web::HttpResponse;
use askama::Template;
use directory::{
    Id, Organisation, Tx,
    access::Refusal,
    invitation::{self, InvitationRow},
    user::{User, UserKind, UserState},
};

use super::{
    super::{
        invitation_row::{self, Row},
        reading,
    },
    frame::{self, Head, Screen},
    profile,
};
use crate::web::{
    Administrating, Flash, Form, Page, PageError, Posted,
    asked::PathId,
    filters, paths,
    view::{Fact, Link},
};

/// How many invitations of a guest are shown.
const INVITATIONS: i64 = 20;

#[derive(Template)]
#[template(path = "admin/users/show.html")]
struct UserPage {
    page: Page,
    head: Head,
    form: Form,
    version: i64,
    facts: Vec<Fact>,
    /// Who invited this guest first.
    sponsor: Option<Link>,
    action: String,
    administrator_hint: String,
    resend: Option<String>,
    rows: Vec<Row>,
}

struct Found {
    user: User,
    sponsor: Option<User>,
    invitations: Vec<InvitationRow>,
}

impl Found {
    fn load(tx: &mut Tx<'_>, organisation: &Organisation, id: Id<User>) -> directory::Result<Found> {
        let user = User::find(tx, id)?;
        let sponsor = user.sponsor_id.map(|sponsor| User::find(tx, sponsor)).transpose()?;
        let invitations = match user.kind {
            UserKind::Guest => invitation::list_of_user(tx, organisation, id, INVITATIONS)?,
            UserKind::Member => Vec::new(),
        };
        Ok(Found { user, sponsor, invitations })
    }
}

pub(super) async fn show(visit: Administrating, PathId(id): PathId<User>) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let found = visit.read(move |tx, _| Found::load(tx, &organisation, id)).await?;
    let form = profile::filled(&found.user);
    page(&visit, form, &found)
}

pub(super) async fn save(
    visit: Administrating,
    PathId(id): PathId<User>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let found = visit.read(move |tx, _| Found::load(tx, &organisation, id)).await?;
    let version = reading::version(&form);
    let Some(profile) = profile::read(&mut form, found.user.kind) else { return page(&visit, form, &found) };
    let saved = visit.write(move |tx, administrator| User::change(tx, administrator, id, &profile, version));
    let Some(user) = visit.settle_beside(&mut form, field_of, saved.await)? else {
        return page(&visit, form, &found);
    };
    let flash = Flash::ok("admin-user-saved").with("name", user.name);
    Ok(visit.see_other(&paths::admin_user(id), flash))
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::PasswordMissing | Refusal::NotYourself | Refusal::GuestCannotOwn => "administrator",
        _ => "",
    }
}

fn page(visit: &Administrating, mut form: Form, found: &Found) -> Result<HttpResponse, PageError> {
    let (status, user) = (form.status(), &found.user);
    form.set_beside(&profile::filled(user));
    let rows: Vec<Row> = found.invitations.iter().map(|row| invitation_row::row(visit, row)).collect();
    let unredeemed = user.state == UserState::Invited;
    let hint = match user.password() {
        Some(_) => "admin-administrator-hint",
        None => "admin-administrator-needs-password",
    };
    let view = UserPage {
        page: frame::page(visit, user, Screen::Profile).showing(&form),
        head: frame::head(visit, user, Screen::Profile),
        version: reading::version_to_show(&form, user.version),
        facts: facts(visit, user),
        sponsor: found
            .sponsor
            .as_ref()
            .map(|sponsor| Link { label: sponsor.name.clone(), href: paths::admin_user(sponsor.id) }),
        action: paths::admin_user(user.id),
        administrator_hint: visit.texts.get(hint),
        resend: rows.iter().find_map(|row| row.resend.clone()).filter(|_| unredeemed),
        rows,
        form,
    };
    visit.html(status, &view)
}

fn facts(visit: &Administrating, user: &User) -> Vec<Fact> {
    let texts = visit.texts;
    let fact = |key: &str, value: String| Fact::new(texts.get(&format!("admin-user-fact-{key}")), value);
    let moment = |moment: directory::Timestamp| texts.date_time_zone(moment, visit.zone());
    let kind = if user.kind == UserKind::Guest { "admin-user-kind-guest" } else { "admin-user-kind-member" };
    let mut facts = vec![fact("kind", texts.get(kind)), fact("added", moment(user.created_at))];
    facts.extend(user.redeemed_at.map(|at| fact("redeemed", moment(at))));
    facts.extend(user.deleted_at.map(|at| fact("deleted", moment(at))));
    facts
}
