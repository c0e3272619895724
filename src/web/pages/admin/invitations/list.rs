//! The list of all invitations.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::invitation::{self, InvitationFilter, InvitationState, Standing, Validity};

use super::super::{
    invitation_row::{self, Row},
    reading, shown, tabs,
};
use crate::web::{
    Administrating, Page, PageError, ROWS,
    asked::{Asked, first_page, sought},
    filters, paths,
    view::{Pager, Tab},
};

/// How many open invitations are looked at to find those on hold.
const LOOKED_AT: i64 = 500;

/// Which invitations to show, by where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Open,
    Suspended,
    Expired,
    Accepted,
    Declined,
    Revoked,
}

impl Show {
    const ALL: [(Self, &'static str); 7] = [
        (Self::All, ""),
        (Self::Open, "open"),
        (Self::Suspended, "suspended"),
        (Self::Expired, "expired"),
        (Self::Accepted, "accepted"),
        (Self::Declined, "declined"),
        (Self::Revoked, "revoked"),
    ];

    /// The decision that it means, and whether time has run out.
    fn meaning(self) -> (Option<InvitationState>, Option<Validity>) {
        match self {
            Self::All => (None, None),
            Self::Open | Self::Suspended => (Some(InvitationState::Pending), Some(Validity::Valid)),
            Self::Expired => (Some(InvitationState::Pending), Some(Validity::Expired)),
            Self::Accepted => (Some(InvitationState::Accepted), None),
            Self::Declined => (Some(InvitationState::Declined), None),
            Self::Revoked => (Some(InvitationState::Revoked), None),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/invitations/list.html")]
struct InvitationsPage {
    page: Page,
    search: String,
    show: &'static str,
    filters: Vec<Tab>,
    rows: Vec<Row>,
    pager: Pager,
    filtered: bool,
    check: &'static str,
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let ((show, word), search) = (shown(&asked, Show::All, &Show::ALL), sought(&asked));
    let before = reading::optional_id(&asked, "before")?;
    let (state, validity) = show.meaning();
    let filter = InvitationFilter { search: search.clone(), state, validity, before };
    let limit = if show == Show::Suspended { LOOKED_AT } else { ROWS };
    let organisation = visit.organisation.clone();
    let directory::Page { rows: mut found, more } = visit
        .read(move |tx, administrator| invitation::list(tx, administrator, &organisation, &filter, limit))
        .await?;
    let looked_at = found.last().filter(|_| more).map(|row| row.invitation.id);
    if show == Show::Suspended {
        found.retain(|row| matches!(row.standing, Standing::Suspended(_)));
    }
    let directory::Page { rows: found, more: cut } = directory::Page::of(found, ROWS);
    // Of those on hold a page may show few, or none, of many that were looked at.
    let last = if cut { found.last().map(|row| row.invitation.id) } else { looked_at };
    let next = last.map(|last| {
        let last = last.to_string();
        paths::with_query(paths::ADMIN_INVITATIONS, &[("q", &search), ("show", word), ("before", &last)])
    });
    let first = first_page(&asked, "before", paths::ADMIN_INVITATIONS, &[("q", &search), ("show", word)]);
    let words = Show::ALL.map(|(_, word)| word);
    let view = InvitationsPage {
        page: visit.page("admin-invitations").administering(paths::ADMIN_INVITATIONS),
        filters: tabs(visit.texts, "admin-invitation", (paths::ADMIN_INVITATIONS, &search), words, word),
        rows: found.iter().map(|row| invitation_row::row(&visit, row)).collect(),
        pager: Pager { first, next },
        filtered: !search.is_empty() || !word.is_empty() || asked.sends("before"),
        check: paths::ADMIN_INVITATIONS_CHECK,
        search,
        show: word,
    };
    visit.html(StatusCode::OK, &view)
}
