//! What can be managed and what people can be invited to: the organisation, an app, a group.

use diesel::prelude::*;

use super::rules::{AppFacts, TargetFacts};
use crate::app::App;
use crate::db::schema::app_assignments;
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::{Result, text_column};

text_column! {
    /// What an invitation is for.
    pub enum TargetKind {
        /// Nothing but the organisation.
        Directory => "directory",
        /// An app.
        App => "app",
        /// A group.
        Group => "group",
    }
}

/// The organisation, an app with its target group, or a group.
#[derive(Clone, Debug)]
pub enum Target {
    /// Nothing but the organisation.
    Directory,
    /// An app.
    App {
        /// The app.
        app: Box<App>,
        /// Its target group, when it has one.
        group: Option<Box<Group>>,
        /// Whether that group is assigned to the app.
        group_assigned: bool,
    },
    /// A group.
    Group(Box<Group>),
}

impl Target {
    /// An app as a target, with its target group.
    pub(crate) fn of_app(tx: &mut Tx<'_>, app: App) -> Result<Self> {
        let group = app.target_group_id.map(|group| Group::find(tx, group)).transpose()?;
        let assigned =
            app_assignments::app_id.eq(app.id).and(app_assignments::group_id.eq(app.target_group_id));
        let group_assigned = group.is_some()
            && app_assignments::table.filter(assigned).count().get_result::<i64>(tx.conn)? > 0;
        Ok(Self::App { app: Box::new(app), group: group.map(Box::new), group_assigned })
    }

    /// Which of the three it is.
    #[must_use]
    pub fn kind(&self) -> TargetKind {
        match self {
            Self::Directory => TargetKind::Directory,
            Self::App { .. } => TargetKind::App,
            Self::Group(_) => TargetKind::Group,
        }
    }

    /// The group that people come into.
    #[must_use]
    pub fn group(&self) -> Option<&Group> {
        match self {
            Self::Directory => None,
            Self::App { group, .. } => group.as_deref(),
            Self::Group(group) => Some(group),
        }
    }

    /// The app, when it is one.
    #[must_use]
    pub fn app(&self) -> Option<&App> {
        match self {
            Self::App { app, .. } => Some(app),
            Self::Directory | Self::Group(_) => None,
        }
    }

    /// What the app or the group is called.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Directory => None,
            Self::App { app, .. } => Some(&app.name),
            Self::Group(group) => Some(&group.name),
        }
    }

    /// What makes an invitation to it one of a kind: the database allows one pending row for this and an address.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Directory => TargetKind::Directory.as_str().to_owned(),
            Self::App { app, .. } => app_key(app.id),
            Self::Group(group) => group_key(group.id),
        }
    }

    /// What the rules need of it.
    #[must_use]
    pub fn facts(&self) -> TargetFacts {
        match self {
            Self::Directory => TargetFacts::Directory,
            Self::Group(group) => TargetFacts::Group(group.facts()),
            Self::App { app, group, group_assigned } => TargetFacts::App(AppFacts {
                enabled: app.enabled,
                self_service: app.self_service,
                target_group: group.as_deref().map(Group::facts),
                target_assigned: *group_assigned,
            }),
        }
    }
}

/// [`Target::key`] of an app.
pub(crate) fn app_key(app: Id<App>) -> String {
    format!("app:{app}")
}

/// [`Target::key`] of a group.
pub(crate) fn group_key(group: Id<Group>) -> String {
    format!("group:{group}")
}
