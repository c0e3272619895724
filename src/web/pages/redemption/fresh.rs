//! Sending a fresh link, to the invited address only.

use actix_web::{HttpResponse, web::Path};
use chrono::TimeDelta;
use directory::rate_limit::RateLimit;
use directory::{Error, Refusal, redemption};

use crate::web::{Flash, Form, PageError, Posted, Visit, paths};

const FROM_ONE_PLACE: RateLimit = RateLimit::new("redeem-fresh", 10, TimeDelta::hours(1));

/// `POST /invitations/{token}/fresh`
pub(super) async fn send(visit: Visit, token: Path<String>, _: Posted) -> Result<HttpResponse, PageError> {
    visit.limit(visit.tries_here(FROM_ONE_PLACE)).await?;
    let link = token.to_string();
    let note = match visit.write(move |tx| redemption::send_fresh_link(tx, &link)).await {
        Ok(()) => sent(&visit),
        Err(Error::Refused(Refusal::LimitReached(_))) => Flash::bad("redeem-fresh-limit"),
        Err(Error::Refused(Refusal::AlreadyDecided) | Error::Hidden | Error::Stale) => {
            return super::open(&visit, &token, Form::empty()).await;
        }
        // Why is a matter of the organisation's.
        Err(Error::Refused(_)) => Flash::bad("redeem-fresh-refused"),
        Err(error) => return Err(error.into()),
    };
    Ok(visit.see_other(&paths::invitation(&*token), note))
}

/// What the page says after a fresh link was sent.
pub(super) fn sent(visit: &Visit) -> Flash {
    Flash::ok(if visit.organisation.is_held() { "redeem-fresh-waits" } else { "redeem-fresh-sent" })
}
