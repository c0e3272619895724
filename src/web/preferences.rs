//! Language, theme and the key for searching of this browser, for anybody: a small form without a page of its own. For
//! somebody signed in the language is also that of their mails.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, time::Duration},
    web::{self, ServiceConfig},
};
use directory::user;

use super::{
    PageError, Posted, Visit,
    cookies::{self, Cookies},
    form::Form,
    layout::Theme,
    paths,
};
use crate::text::Language;

const KEPT: Duration = Duration::days(365);
/// How the form and the cookie say that a single key jumps to the search box.
const YES: &str = "yes";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route(paths::PREFERENCES, web::post().to(update));
}

async fn update(visit: Visit, Posted(form): Posted) -> Result<HttpResponse, PageError> {
    let mut response = visit.see_other(form.value("next"), None);
    for cookie in chosen(&visit, &form) {
        response.add_cookie(&cookie).map_err(|_| PageError::BadRequest)?;
    }
    if let Some((actor, language)) = visit.actor.clone().zip(Language::of_tag(form.value("language"))) {
        visit.write(move |tx| user::set_language(tx, &actor, language)).await?;
    }
    Ok(response)
}

/// What was chosen in this browser before.
#[derive(Default)]
pub(super) struct Preferences {
    /// The language, if one was chosen.
    pub(super) language: Option<Language>,
    /// Light, dark, or as the device has it.
    pub(super) theme: Theme,
    /// The key that jumps to the search box. Nobody has it without asking: a single key is easily pressed by mistake,
    /// and is a word to whoever speaks to the computer (WCAG 2.1.4).
    pub(super) search_key: Option<&'static str>,
}

/// What was chosen in the browser that sent this request.
pub(super) fn of_browser(request: &HttpRequest, kept: Cookies) -> Preferences {
    Preferences {
        language: kept.sent(request, cookies::LANGUAGE).as_deref().and_then(Language::of_tag),
        theme: Theme::of_name(kept.sent(request, cookies::THEME).as_deref().unwrap_or_default()),
        search_key: kept.sent(request, cookies::SEARCH_KEY).filter(|chosen| chosen == YES).map(|_| "/"),
    }
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
    let search_key = form.sends("search_key").then(|| match form.value("search_key") {
        YES => cookies.keep(cookies::SEARCH_KEY, YES.to_owned(), KEPT),
        _ => cookies.forget(cookies::SEARCH_KEY),
    });
    language.into_iter().chain(theme).chain(search_key).collect()
}
