//! Accept: a new session, and straight into what was shared.

use actix_web::{HttpResponse, web::Path};
use chrono::TimeDelta;
use directory::rate_limit::{RateLimit, counting_failures};
use directory::{
    Error, Timestamp, Tx,
    redemption::{self, Accepted, Door},
    session::Session,
    text::Name,
};

use super::letter;
use crate::web::{Flash, Form, PageError, Posted, Visit, codes, form::Complaint};

const FROM_ONE_PLACE: RateLimit = RateLimit::new("redeem", 40, TimeDelta::minutes(10));

/// `POST /invitations/{token}/accept`
pub(super) async fn accept(
    visit: Visit,
    token: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let name = form.parse_optional("name", Name::parse);
    let code = form.parse("code", |typed| Ok::<_, Complaint>(codes::shortened(typed)));
    let Some((name, code)) = name.zip(code) else {
        return super::open(&visit, &token, form).await;
    };
    match decide(&visit, &token, name, code).await {
        Ok(Err(frees_at)) => Err(PageError::TooMany(frees_at)),
        Ok(Ok(Accepted::In(welcome))) => {
            visit.state.metrics.signed_in();
            let organisation = &visit.organisation.profile.name;
            let note = Flash::ok("redeem-accepted").with("organisation", organisation).lasting();
            let mut response = visit.see_other(&letter::way_in(&welcome.target), note);
            visit.make_browser_known(&welcome.address, &mut response);
            Ok(response)
        }
        Ok(Ok(Accepted::WrongCode(left))) => {
            visit.state.metrics.not_signed_in();
            form.refuse("code", codes::wrong(left));
            super::open(&visit, &token, form).await
        }
        Ok(Ok(Accepted::CodeOver)) => {
            visit.state.metrics.not_signed_in();
            form.refuse("code", codes::over());
            super::open(&visit, &token, form).await
        }
        // Decided, taken back or suspended meanwhile: the page says which.
        Err(Error::Stale | Error::Refused(_)) => super::open(&visit, &token, Form::empty()).await,
        Err(error) => Err(error.into()),
    }
}

/// How accepting went; or when it may be tried again from here.
async fn decide(
    visit: &Visit,
    token: &str,
    name: Option<Name>,
    code: String,
) -> directory::Result<Result<Accepted, Timestamp>> {
    let tries = visit.tries_here(FROM_ONE_PLACE);
    let (token, browser) = (token.to_owned(), visit.browser_key());
    let session = visit.session_key_hash();
    let accept = move |tx: &mut Tx<'_>| {
        // Asked here, and not when the visitor arrived: a session that has ended since proves nothing.
        let signed_in = match &session {
            Some(key_hash) => Session::visitor(tx, key_hash)?.map(|visitor| visitor.actor.id),
            None => None,
        };
        let door = Door { browser: &browser, code: &code, signed_in, name: name.as_ref() };
        redemption::accept(tx, &token, &door)
    };
    let accept = move |tx: &mut Tx<'_>| counting_failures(tx, &tries, &accept, Accepted::has_failed);
    visit.sign_in(accept, |accepted| accepted.as_ref().ok()?.entrance()).await
}
