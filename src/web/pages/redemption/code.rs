//! Mailing a code to the invited address.

use actix_web::{HttpResponse, web::Path};
use chrono::TimeDelta;
use directory::rate_limit::RateLimit;
use directory::{Error, Timestamp, redemption, text::Name};

use crate::web::{Flash, Form, PageError, Posted, Visit, paths};

const FROM_ONE_PLACE: RateLimit = RateLimit::new("redeem-codes", 60, TimeDelta::minutes(10));
/// Beyond these nothing would be mailed anyway: better to say so.
const FOR_ONE_LINK: RateLimit = RateLimit::new("redeem-codes-link", 5, TimeDelta::hours(1));

/// `POST /invitations/{token}/code`. Whoever asks for another code has perhaps typed a name already: it comes back.
pub(super) async fn send(
    visit: Visit,
    token: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    if form.parse_optional("name", Name::parse).is_none() {
        return super::open(&visit, &token, form).await;
    }
    visit.limit(visit.tries_here(FROM_ONE_PLACE)).await?;
    let note = match ask(&visit, &token).await {
        Ok(note) => note,
        Err(PageError::Directory(Error::Stale)) => return super::open(&visit, &token, Form::empty()).await,
        Err(error) => return Err(error),
    };
    if form.value("name").is_empty() {
        return Ok(visit.see_other(&paths::invitation(&*token), note));
    }
    // Names go into no address and no cookie: the page comes at once.
    super::open_saying(&visit, &token, form, Some(&note)).await
}

/// Has the code mailed, and answers what to say about it.
async fn ask(visit: &Visit, token: &str) -> Result<Flash, PageError> {
    match visit.limit(vec![FOR_ONE_LINK.of(token)]).await {
        Err(PageError::TooMany(frees_at)) => return Ok(enough_sent(visit, frees_at)),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let (link, browser) = (token.to_owned(), visit.browser_key());
    visit.write(move |tx| redemption::ask_for_code(tx, &link, &browser)).await?;
    Ok(Flash::ok("redeem-code-sent"))
}

/// The codes that were sent can be typed in on the invitation's page: a guest has no other than that.
fn enough_sent(visit: &Visit, frees_at: Timestamp) -> Flash {
    visit.state.metrics.refused("too_many_requests");
    let time = visit.texts.time_zone(frees_at, visit.zone());
    Flash::bad("redeem-code-limit").with("time", time)
}
