//! Language and theme of this browser, for anybody: a small form without a page of its own. For somebody signed in the
//! language is also that of their mails.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, time::Duration},
    web::{self, ServiceConfig},
};
use directory::sign_in;

use super::{PageError, Posted, Visit, cookies, form::Form, layout::Theme, paths};
use crate::text::Language;

const KEPT: Duration = Duration::days(365);

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route(paths::PREFERENCES, web::post().to(update));
}

async fn update(visit: Visit, Posted(form): Posted) -> Result<HttpResponse, PageError> {
    let mut response = visit.see_other(form.value("next"), None);
    for cookie in chosen(&visit, &form) {
        response.add_cookie(&cookie).map_err(|_| PageError::BadRequest)?;
    }
    if let Some((actor, language)) = visit.actor.clone().zip(Language::of_tag(form.value("language"))) {
        visit.write(move |tx| sign_in::set_language(tx, &actor, language)).await?;
    }
    Ok(response)
}

/// What the form chose, of what there is to choose.
fn chosen(visit: &Visit, form: &Form) -> Vec<Cookie<'static>> {
    let cookies = visit.state.cookies;
    let language = Language::of_tag(form.value("language"))
        .map(|language| cookies.keep(cookies::LANGUAGE, language.tag().to_owned(), KEPT));
    let theme = form.sends("theme").then(|| {
        let theme = Theme::of_name(form.value("theme"));
        cookies.keep(cookies::THEME, theme.name().to_owned(), KEPT)
    });
    language.into_iter().chain(theme).collect()
}
