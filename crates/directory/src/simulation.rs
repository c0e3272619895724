//! "Could Olivia invite ann@partner.test to Salesforce?": the whole chain of rules, and nothing sent (SPEC 3.2).

use diesel::prelude::*;

use crate::Result;
use crate::access::rules::{self, AddressFacts, Answer, Rule};
use crate::access::{Administrator, LimitReached, Standpoint, Target};
use crate::app::App;
use crate::db::schema::{apps, groups, invitations};
use crate::db::{Id, Tx};
use crate::email_address::EmailAddress;
use crate::group::Group;
use crate::invitation::{is_pending, limit_ahead};
use crate::organisation::Organisation;
use crate::user::User;

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// The app at this address.
    App(&'a str),
    /// The group at this address.
    Group(&'a str),
}

/// Works every rule out for a person, an address and a target, as **Add** would at this moment.
///
/// # Errors
/// [`crate::Error::Hidden`] for an unknown person or target.
pub fn ask(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    person: Id<User>,
    typed: &str,
    question: Question<'_>,
) -> Result<Vec<(Rule, Answer)>> {
    let person = User::find(tx, person)?;
    let organisation = Organisation::load(tx)?;
    let target = target(tx, question)?;
    let address = EmailAddress::parse(typed);
    let (user, limit) = match &address {
        Ok(address) => {
            (User::by_address(tx, address)?, limit(tx, person.id, &target, address, &organisation)?)
        }
        Err(_) => (None, None),
    };
    let facts = AddressFacts { address, user: user.map(|user| (user.kind, user.state)), limit };
    let person = person.facts(Standpoint::of(tx, &target, person.id)?);
    Ok(rules::chain(&person, &target.facts(), &organisation.facts(), &facts))
}

/// The limit that keeps this person from inviting the address. It keeps nobody from being told that somebody is
/// invited already.
fn limit(
    tx: &mut Tx<'_>,
    person: Id<User>,
    target: &Target,
    address: &EmailAddress,
    organisation: &Organisation,
) -> Result<Option<LimitReached>> {
    let key = address.key();
    let this_one = invitations::target_key.eq(target.key()).and(invitations::address_key.eq(&key));
    let invited: i64 = invitations::table.filter(this_one.and(is_pending())).count().get_result(tx.conn)?;
    if invited > 0 { Ok(None) } else { limit_ahead(tx, person, &key, organisation) }
}

fn target(tx: &mut Tx<'_>, question: Question<'_>) -> Result<Target> {
    match question {
        Question::Group(slug) => Ok(Target::Group(Box::new(Group::by_slug(tx, slug)?))),
        Question::App(slug) => {
            let app = App::by_slug(tx, slug)?;
            Target::of_app(tx, app)
        }
    }
}

/// What can be asked about: the names and addresses of apps and of groups, by name.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Apps: address, name.
    pub apps: Vec<(String, String)>,
    /// Groups: address, name.
    pub groups: Vec<(String, String)>,
}

/// The first `rows` apps and groups.
///
/// # Errors
/// Only the database's.
pub fn targets(tx: &mut Tx<'_>, _administrator: &Administrator, rows: i64) -> Result<Targets> {
    let by_name = apps::table.order((apps::name_key, apps::id)).select((apps::slug, apps::name));
    let apps = by_name.limit(rows).load(tx.conn)?;
    let by_name = groups::table.order((groups::name_key, groups::id)).select((groups::slug, groups::name));
    Ok(Targets { apps, groups: by_name.limit(rows).load(tx.conn)? })
}
