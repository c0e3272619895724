//! `GET /admin/groups/{slug}/members`: who is in the group. People are added and removed where owners do it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::access::rules;
use directory::group::Group;
use directory::group_member;
use directory::invitation;
use directory::user::User;

use super::frame::{self, Head, Screen};
use crate::web::asked::{Asked, Slug, after, first_page, next_page};
use crate::web::view::{Link, Pager, Person};
use crate::web::{Administrating, Page, PageError, ROWS, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/members.html")]
struct MembersPage {
    page: Page,
    head: Head,
    count: String,
    /// How many are invited, and where they are shown.
    invited: Option<Link>,
    people: Vec<Member>,
    add: Option<String>,
    why_not: String,
    pager: Pager,
}

struct Member {
    person: Person,
    remove: Option<String>,
}

pub(super) async fn show(
    visit: Administrating,
    Slug(slug): Slug,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let after = after(&asked);
    let (group, users, count, invited) = visit
        .read(move |tx, administrator| {
            let group = Group::by_slug(tx, &slug)?;
            let users = group_member::list(tx, group.id, after.as_ref(), ROWS)?;
            let count = group_member::count(tx, group.id)?;
            let invited = invitation::count_open_into(tx, administrator, group.id)?;
            Ok((group, users, count, invited))
        })
        .await?;
    let directory::Page { rows: users, more } = users;
    let base = paths::admin_group_members(&group.slug);
    let first = first_page(&asked, "after", &base, &[]);
    let next = users.last().filter(|_| more).map(|last| next_page(&base, &[], &last.name_key, last.id));
    let managed = paths::group(&group.slug);
    let refusal = rules::take_people(&group.facts()).err();
    let open = refusal.is_none();
    let member = |user: User| Member {
        remove: open.then(|| paths::member_remove(&managed, user.id)),
        person: Person { id: format!("member-{}", user.id), ..(&user).into() },
    };
    let view = MembersPage {
        page: frame::page(&visit, &group, Screen::Members),
        head: frame::head(visit.texts, &group, Screen::Members),
        count: visit.texts.counted(count),
        invited: (!invited.is_zero()).then(|| Link {
            label: visit.texts.count("admin-group-invited", invited),
            href: managed.clone(),
        }),
        people: users.into_iter().map(member).collect(),
        add: open.then(|| paths::add(&managed)),
        why_not: refusal.map(|refusal| visit.sentence(&refusal)).unwrap_or_default(),
        pager: Pager { first, next },
    };
    visit.html(StatusCode::OK, &view)
}
