//! Mailing a code to the invited address.

use actix_web::{HttpResponse, web::Path};
use chrono::TimeDelta;
use directory::rate_limit::RateLimit;
use directory::{Error, Timestamp, redemption};

use crate::web::{Flash, Form, PageError, Posted, Visit, paths};

const FROM_ONE_PLACE: RateLimit = RateLimit::new("redeem-codes", 60, TimeDelta::minutes(10));
/// Beyond these nothing would be mailed anyway: better to say so.
const FOR_ONE_LINK: RateLimit = RateLimit::new("redeem-codes-link", 5, TimeDelta::hours(1));

/// `POST /invitations/{token}/code`
pub(super) async fn send(visit: Visit, token: Path<String>, _: Posted) -> Result<HttpResponse, PageError> {
    visit.limit(visit.tries_here(FROM_ONE_PLACE)).await?;
    match visit.limit(vec![FOR_ONE_LINK.of(token.as_str())]).await {
        Err(PageError::TooMany(frees_at)) => return Ok(enough_sent(&visit, &token, frees_at)),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let (link, browser) = (token.to_string(), visit.browser_key());
    match visit.write(move |tx| redemption::ask_for_code(tx, &link, &browser)).await {
        Ok(()) => {
            visit.state.courier.wake();
            Ok(visit.see_other(&paths::invitation(&*token), Flash::ok("redeem-code-sent")))
        }
        Err(Error::Stale) => super::open(&visit, &token, Form::empty()).await,
        Err(error) => Err(error.into()),
    }
}

/// Back to the invitation, where the codes that were sent can be typed in: a guest has no other page than that.
fn enough_sent(visit: &Visit, token: &str, frees_at: Timestamp) -> HttpResponse {
    visit.state.metrics.refused("too_many_requests");
    let time = visit.texts.time_zone(frees_at, visit.zone());
    visit.see_other(&paths::invitation(token), Flash::bad("redeem-code-limit").with("time", time))
}
