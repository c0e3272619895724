//! The list of all invitations.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::invitation::{self, InvitationFilter, InvitationState, Standing};

use super::super::{
    ROWS,
    invitation_row::{self, Row},
    reading, tabs,
};
use crate::web::{
    Administrating, Page, PageError,
    asked::{Asked, first_page, sought},
    filters, paths,
    view::{Pager, Tab},
};

/// The words of the filters.
const FILTERS: [&str; 7] = ["", "open", "suspended", "expired", "accepted", "declined", "revoked"];
/// How many open invitations are looked at to find those on hold.
const LOOKED_AT: i64 = 500;

#[derive(Template)]
#[template(path = "admin/invitations/list.html")]
struct InvitationsPage {
    page: Page,
    search: String,
    show: String,
    filters: Vec<Tab>,
    rows: Vec<Row>,
    pager: Pager,
    filtered: bool,
    check: &'static str,
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let (show, search) = (asked.value("show").to_owned(), sought(&asked));
    let before = reading::optional_id(&asked, "before")?;
    let (state, expired) = meaning(&show);
    let filter = InvitationFilter { search: search.clone(), state, expired, before };
    let limit = if show == "suspended" { LOOKED_AT } else { ROWS };
    let organisation = visit.organisation.clone();
    let directory::Page { rows: mut found, more } = visit
        .oversee(move |tx, administrator| invitation::list(tx, administrator, &organisation, &filter, limit))
        .await?;
    let looked_at = found.last().filter(|_| more).map(|row| row.invitation.id);
    if show == "suspended" {
        found.retain(|row| matches!(row.standing, Standing::Suspended(_)));
    }
    let directory::Page { rows: found, more: cut } = directory::Page::of(found, ROWS);
    // Of those on hold a page may show few, or none, of many that were looked at.
    let last = if cut { found.last().map(|row| row.invitation.id) } else { looked_at };
    let next = last.map(|last| {
        let last = last.to_string();
        paths::with_query(paths::ADMIN_INVITATIONS, &[("q", &search), ("show", &show), ("before", &last)])
    });
    let first = first_page(&asked, "before", paths::ADMIN_INVITATIONS, &[("q", &search), ("show", &show)]);
    let view = InvitationsPage {
        page: visit.page("admin-invitations").administering(paths::ADMIN_INVITATIONS),
        filters: tabs(visit.texts, "admin-invitation", (paths::ADMIN_INVITATIONS, &search), FILTERS, &show),
        rows: found.iter().map(|row| invitation_row::row(&visit, row)).collect(),
        pager: Pager { first, next },
        filtered: !search.is_empty() || !show.is_empty() || asked.sends("before"),
        check: paths::ADMIN_INVITATIONS_CHECK,
        search,
        show,
    };
    visit.html(StatusCode::OK, &view)
}

/// The decision, and whether time has run out, that a filter means.
fn meaning(show: &str) -> (Option<InvitationState>, Option<bool>) {
    match show {
        "open" | "suspended" => (Some(InvitationState::Pending), Some(false)),
        "expired" => (Some(InvitationState::Pending), Some(true)),
        "accepted" => (Some(InvitationState::Accepted), None),
        "declined" => (Some(InvitationState::Declined), None),
        "revoked" => (Some(InvitationState::Revoked), None),
        _ => (None, None),
    }
}
