//! One person: profile, roles, state, and the invitations of a guest.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;
use directory::{
    Error, Id, Organisation, Tx,
    access::Refusal,
    invitation::{self, InvitationRow},
    user::{User, UserKind, UserState},
};

use super::{
    super::{
        id,
        invitation_row::{self, Row},
        reading,
    },
    frame::{self, Head, Screen},
    profile,
};
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths, view::Fact};

/// How many invitations of a guest are shown.
const INVITATIONS: i64 = 20;

#[derive(Template)]
#[template(path = "admin/users/show.html")]
struct UserPage {
    page: Page,
    head: Head,
    form: Form,
    stale: bool,
    version: i64,
    facts: Vec<Fact>,
    action: String,
    administrator_hint: String,
    resend: Option<String>,
    rows: Vec<Row>,
}

struct Found {
    user: User,
    sponsor: Option<String>,
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
        Ok(Found { user, sponsor: sponsor.map(|sponsor| sponsor.name), invitations })
    }
}

pub(super) async fn show(visit: Administrating, path: Path<String>) -> Result<HttpResponse, PageError> {
    let (organisation, id) = (visit.organisation.clone(), id(&path)?);
    let found = visit.read(move |tx| Found::load(tx, &organisation, id)).await?;
    let form = profile::filled(&found.user);
    page(&visit, form, &found, StatusCode::OK)
}

pub(super) async fn save(
    visit: Administrating,
    path: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let (organisation, id) = (visit.organisation.clone(), id(&path)?);
    let found = visit.read(move |tx| Found::load(tx, &organisation, id)).await?;
    let version = reading::version(&form);
    let Some(profile) = profile::read(&mut form, found.user.kind) else {
        return page(&visit, form, &found, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let saved = visit.write(move |tx, administrator| User::change(tx, administrator, id, &profile, version));
    match saved.await {
        Ok(user) => {
            let flash = Flash::ok("admin-user-saved").with("name", user.name);
            Ok(visit.see_other(&paths::admin_user(id), flash))
        }
        Err(Error::Stale) => page(&visit, form, &found, StatusCode::CONFLICT),
        Err(Error::Refused(refusal)) => {
            form.refuse(field_of(&refusal), visit.sentence(&refusal));
            page(&visit, form, &found, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::PasswordMissing | Refusal::NotYourself | Refusal::GuestCannotOwn => "administrator",
        _ => "",
    }
}

fn page(
    visit: &Administrating,
    form: Form,
    found: &Found,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let user = &found.user;
    let rows: Vec<Row> = found.invitations.iter().map(|row| invitation_row::row(visit, row)).collect();
    let unredeemed = user.state == UserState::Invited;
    let hint = match user.password() {
        Some(_) => "admin-administrator-hint",
        None => "admin-administrator-needs-password",
    };
    let view = UserPage {
        page: frame::page(visit, user, Screen::Profile).showing(&form),
        head: frame::head(visit, user, Screen::Profile),
        stale: status == StatusCode::CONFLICT,
        version: reading::version_to_show(&form, user.version, status),
        facts: facts(visit, found),
        action: paths::admin_user(user.id),
        administrator_hint: visit.texts.get(hint),
        resend: rows.iter().find_map(|row| row.resend.clone()).filter(|_| unredeemed),
        rows,
        form,
    };
    visit.html(status, &view)
}

fn facts(visit: &Administrating, found: &Found) -> Vec<Fact> {
    let (texts, user) = (visit.texts, &found.user);
    let fact = |key: &str, value: String| Fact::new(texts.get(&format!("admin-user-fact-{key}")), value);
    let moment = |moment: directory::Timestamp| texts.date_time_zone(moment, visit.zone());
    let kind = if user.kind == UserKind::Guest { "admin-user-kind-guest" } else { "admin-user-kind-member" };
    let mut facts = vec![fact("kind", texts.get(kind)), fact("added", moment(user.created_at))];
    facts.extend(found.sponsor.clone().map(|name| fact("sponsor", name)));
    facts.extend(user.redeemed_at.map(|at| fact("redeemed", moment(at))));
    facts.extend(user.deleted_at.map(|at| fact("deleted", moment(at))));
    facts
}
