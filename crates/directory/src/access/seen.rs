//! A target as one person meets it: hidden, or seen and perhaps managed (SPEC 3.1).

use diesel::dsl::exists;
use diesel::prelude::*;

use super::rules::{self, PersonFacts, Side};
use super::{Actor, Refusal, Target, target};
use crate::app::App;
use crate::app_assignment::{self, assigned_to_app, target_assigned};
use crate::db::schema::{apps, group_members, group_owners, groups, organisation, users};
use crate::db::{Id, Tx, each_dialect};
use crate::group::Group;
use crate::group_owner::owners_of_target;
use crate::organisation::Organisation;
use crate::user::User;
use crate::{Error, Result};

/// How one person stands to one target. Read as two columns in this order.
#[derive(Clone, Copy, Debug, Default, Queryable)]
pub(crate) struct Standpoint {
    /// Owns the group in question.
    pub(crate) owns_group: bool,
    /// Is assigned to the app in question, directly or through a group.
    pub(crate) assigned: bool,
}

impl Standpoint {
    /// How anybody stands to a target: for the simulator, which asks about others.
    pub(crate) fn of(tx: &mut Tx<'_>, target: &Target, person: Id<User>) -> Result<Self> {
        let mut standpoint = Self::default();
        if let Some(group) = target.group() {
            let owner = group_owners::table.find((group.id, person));
            standpoint.owns_group = owner.count().get_result::<i64>(tx.conn)? > 0;
        }
        if let Some(app) = target.app() {
            standpoint.assigned = app_assignment::is_given_to(tx, app.id, person)?;
        }
        Ok(standpoint)
    }
}

/// An app with its target group, the organisation, the person, how they stand to it, and whether the group is assigned
/// to it.
type SeenApp = (App, Option<Group>, Organisation, User, Standpoint, bool);

/// A group with the organisation, the person, whether they own it and are in it, and an app it is the target of.
type SeenGroup = (Group, Organisation, User, bool, bool, Option<Id<App>>);

/// A target that a person may at least see.
#[derive(Clone, Debug)]
pub struct SeenTarget {
    actor: Actor,
    organisation: Organisation,
    target: Target,
    standpoint: Standpoint,
    served: Vec<Id<App>>,
}

impl SeenTarget {
    /// The app at this address, for those who may see it: its people, owners of its target group, administrators.
    ///
    /// # Errors
    /// [`Error::Hidden`] for everybody else.
    pub fn app(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Self> {
        let found: Option<SeenApp> = each_dialect!(tx.conn, c => apps::table
            .left_join(groups::table.on(apps::target_group_id.eq(groups::id.nullable())))
            .inner_join(organisation::table.on(organisation::id.eq(1)))
            .inner_join(users::table.on(users::id.eq(actor.id)))
            .filter(apps::slug.eq(slug))
            .select((
                App::as_select(),
                Option::<Group>::as_select(),
                Organisation::as_select(),
                User::as_select(),
                (exists(owners_of_target(actor.id)), exists(assigned_to_app(actor.id))),
                exists(target_assigned()),
            ))
            .first(c))
        .optional()?;
        let (app, group, organisation, user, standpoint, group_assigned) = found.ok_or(Error::Hidden)?;
        let actor = Actor::of(&user).ok_or(Error::Hidden)?;
        let shown = rules::see_app(&actor.facts(standpoint), app.enabled, app.visible);
        let target = Target::App { app: Box::new(app), group: group.map(Box::new), group_assigned };
        Self { actor, organisation, target, standpoint, served: Vec::new() }.if_shown(shown)
    }

    /// The group at this address, for those who may see it: its people, its owners, administrators.
    ///
    /// # Errors
    /// [`Error::Hidden`] for everybody else.
    pub fn group(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Self> {
        let owned = group_owners::group_id.eq(groups::id).and(group_owners::user_id.eq(actor.id));
        let entered = group_members::group_id.eq(groups::id).and(group_members::user_id.eq(actor.id));
        // A row for each app that the group is the target of, or one without.
        let rows: Vec<SeenGroup> = each_dialect!(tx.conn, c => groups::table
            .inner_join(organisation::table.on(organisation::id.eq(1)))
            .inner_join(users::table.on(users::id.eq(actor.id)))
            .left_join(apps::table.on(apps::target_group_id.eq(groups::id.nullable())))
            .filter(groups::slug.eq(slug))
            .select((
                Group::as_select(),
                Organisation::as_select(),
                User::as_select(),
                exists(group_owners::table.filter(owned)),
                exists(group_members::table.filter(entered)),
                apps::id.nullable(),
            ))
            .load(c))?;
        let served = rows.iter().filter_map(|row| row.5).collect();
        let (group, organisation, user, owns_group, in_group, _) =
            rows.into_iter().next().ok_or(Error::Hidden)?;
        let actor = Actor::of(&user).ok_or(Error::Hidden)?;
        let standpoint = Standpoint { owns_group, assigned: false };
        let shown = rules::see_group(&actor.facts(standpoint), in_group);
        let target = Target::Group(Box::new(group));
        Self { actor, organisation, target, standpoint, served }.if_shown(shown)
    }

    /// The organisation itself, for those who invite to it.
    ///
    /// # Errors
    /// [`Error::Hidden`] for everybody else.
    pub fn directory(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self> {
        let actor = actor.again(tx)?;
        let organisation = Organisation::load(tx)?;
        let (target, standpoint) = (Target::Directory, Standpoint::default());
        let shown = rules::see_directory(&actor.facts(standpoint));
        Self { actor, organisation, target, standpoint, served: Vec::new() }.if_shown(shown)
    }

    fn if_shown(self, shown: bool) -> Result<Self> {
        if shown { Ok(self) } else { Err(Error::Hidden) }
    }

    /// The person.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The organisation with the settings that hold.
    #[must_use]
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// What is seen.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// What the invitations are for that its page lists: itself; with an app also its target group, with a group also
    /// the apps that it is the target of.
    pub(crate) fn invitation_keys(&self) -> Vec<String> {
        let group_of_app =
            self.target.app().and(self.target.group()).map(|group| target::group_key(group.id));
        let served = self.served.iter().copied().map(target::app_key);
        [self.target.key()].into_iter().chain(group_of_app).chain(served).collect()
    }

    /// Whether the person owns the group in question.
    #[must_use]
    pub fn owns_group(&self) -> bool {
        self.standpoint.owns_group
    }

    /// How much of its people the person sees.
    ///
    /// # Errors
    /// [`Refusal::NotManager`], for those who only use an app.
    pub fn side(&self) -> Result<Side, Refusal> {
        rules::see_people(&self.person(), &self.target.facts(), &self.organisation.facts())
    }

    /// Whether the person may manage it, or why not.
    ///
    /// # Errors
    /// [`Refusal::NotManager`].
    pub fn manage(&self) -> rules::Answer {
        rules::manage(&self.person(), &self.target.facts(), &self.organisation.facts())
    }

    /// Whether the person may add anybody, or why not: managing it, and the group takes people by hand.
    ///
    /// # Errors
    /// The first refusal of SPEC 3.2 that does not depend on an address.
    pub fn add(&self) -> rules::Answer {
        self.manage()?;
        self.target.group().map_or(Ok(()), |group| rules::take_people(&group.facts()))
    }

    /// The person as the rules see them.
    #[must_use]
    pub fn person(&self) -> PersonFacts {
        self.actor.facts(self.standpoint)
    }
}
