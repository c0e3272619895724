//! My account: who I am here, how this browser shows pages, the password, and where I am signed in (SPEC 5.2).

mod password;
mod sessions;

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::{access::rules, session, user::UserKind};

use self::sessions::SessionRow;
use crate::web::{Form, Page, PageError, SignedIn, filters, layout::Theme, paths, view::Choice};

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    page: Page,
    form: Form,
    id: String,
    name: String,
    address: String,
    /// What the person is here, one sentence for each role.
    roles: Vec<String>,
    has_password: bool,
    may_have_password: bool,
    preferences: Form,
    languages: Vec<Choice>,
    themes: Vec<Choice>,
    sessions: Vec<SessionRow>,
}

impl AccountPage {
    fn is_elsewhere(&self) -> bool {
        self.sessions.iter().any(|session| session.end.is_some())
    }
}

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::ACCOUNT, web::get().to(show))
        .route(paths::ACCOUNT_PASSWORD, web::post().to(password::change))
        .route(paths::ACCOUNT_OTHER_SESSIONS_END, web::post().to(sessions::end_others))
        .route(&paths::account_session_end("{id}"), web::post().to(sessions::end));
}

/// `GET /account`
async fn show(visit: SignedIn) -> Result<HttpResponse, PageError> {
    draw(&visit, Form::empty()).await
}

async fn draw(visit: &SignedIn, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let me = visit.actor.id;
    let sessions = visit.read(move |tx| session::list_of(tx, me)).await?;
    let page = Page { here: paths::ACCOUNT.to_owned(), ..visit.page("account-title").showing(&form) };
    let drawn = AccountPage {
        id: me.to_string(),
        name: visit.actor.name.clone(),
        address: visit.actor.address.to_string(),
        roles: roles(visit),
        has_password: visit.actor.has_password,
        may_have_password: rules::have_password(visit.actor.kind).is_ok(),
        preferences: preferences(&page),
        languages: Choice::languages(),
        themes: themes(&page),
        sessions: sessions::rows(visit, &sessions),
        page,
        form,
    };
    visit.html(status, &drawn)
}

fn roles(visit: &SignedIn) -> Vec<String> {
    let (actor, organisation) = (&visit.actor, visit.organisation.profile.name.as_str());
    let kind = match actor.kind {
        UserKind::Guest => "account-guest-at",
        UserKind::Member => "account-member-of",
    };
    let held =
        [(actor.administrator, "account-administrator"), (actor.guest_inviter, "account-guest-inviter")];
    let roles = held.iter().filter(|(holds, _)| *holds).map(|(_, key)| visit.texts.get(key));
    std::iter::once(visit.texts.with(kind, &[("organisation", organisation.into())])).chain(roles).collect()
}

fn preferences(page: &Page) -> Form {
    let search_key = if page.search_key.is_some() { "yes" } else { "no" };
    Form::filled(&[("language", page.lang()), ("theme", page.theme.name()), ("search_key", search_key)])
}

fn themes(page: &Page) -> Vec<Choice> {
    let choice = |theme: Theme, key: &str| Choice::new(theme.name(), page.t(key));
    vec![
        choice(Theme::System, "account-theme-system"),
        choice(Theme::Light, "account-theme-light"),
        choice(Theme::Dark, "account-theme-dark"),
    ]
}
