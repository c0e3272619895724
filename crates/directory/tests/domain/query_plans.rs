//! No page costs more because the directory has grown: what is asked often finds its rows by an index.
//!
//! Each verb is run, the statements it sends are written down, and the database is asked how it would go about them.
//! Infix search is left out: looking inside of every name is what it is for.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;
use directory::access::{Administrator, Manager, SeenTarget};
use directory::db::Conn;
use directory::delivery::{self, DeliveryFilter};
use directory::group::{self, Group};
use directory::group_rule::{self, GroupRule};
use directory::invitation::{self, Draft, InvitationFilter};
use directory::session::Session;
use directory::user::{self, UserFilter, UserKind};
use directory::{Organisation, Result, Tx, activity, group_member, member_list, panel};

use crate::cast::{Cast, group_profile};
use crate::on_both;

/// What an administrator makes by hand, the one row of the organisation, and what is counted up to a limit: read whole
/// without harm.
const SMALL: [&str; 7] = ["apps", "apps_served", "organisation", "counted", "CONSTANT", "part", "together"];

on_both![
    my_apps,
    the_people_of_an_app,
    a_page_of_a_group,
    a_page_of_open_invitations,
    the_counts_of_open_invitations,
    the_lists_of_administrators,
    adding_somebody,
    the_courier,
    working_out_a_rule
];

fn my_apps(cast: &Cast) {
    check(cast, "my apps", |tx| {
        Session::visitor(tx, "no such key")?;
        let organisation = Organisation::load(tx)?;
        panel::tiles(tx, &cast.olivia, &organisation)?;
        panel::group_counts(tx, &cast.olivia)?;
        panel::news(tx, &cast.olivia, &organisation)?;
        group::list::owned(tx, &cast.olivia, None, 50)?;
        group::list::joined(tx, &cast.olivia, None, 50)?;
        panel::open(tx, &cast.olivia, &cast.app.slug).map(drop)
    });
}

fn the_people_of_an_app(cast: &Cast) {
    check(cast, "the people of an app", |tx| {
        let seen = SeenTarget::app(tx, &cast.olivia, &cast.app.slug)?;
        member_list::list(tx, &seen, &member_list::Filter::default(), 50)?;
        let seen = SeenTarget::group(tx, &cast.olivia, &cast.group.slug)?;
        let after = Some(("mia".to_owned(), cast.mia.id));
        member_list::list(tx, &seen, &member_list::Filter { after, ..Default::default() }, 50)?;
        group_member::list(tx, cast.group.id, None, 50).map(drop)
    });
}

/// However many people are in a group, a page of it ends with its last row: nothing is sorted.
fn a_page_of_a_group(cast: &Cast) {
    let statements = recorded(cast, |tx| {
        let after = ("mia".to_owned(), cast.mia.id);
        group_member::list(tx, cast.group.id, Some(&after), 50).map(drop)
    });
    for statement in statements {
        let plan = cast.write(|tx| Ok(plan(tx.conn, &statement)));
        assert!(!sorts(&plan), "{statement}\n{}", plan.join("\n"));
    }
}

/// However many invitations are open, those of a page are read from one index in its order.
fn a_page_of_open_invitations(cast: &Cast) {
    let statements = recorded(cast, |tx| {
        let seen = SeenTarget::app(tx, &cast.olivia, &cast.app.slug)?;
        let after = Some(("mia".to_owned(), cast.mia.id));
        member_list::list(tx, &seen, &member_list::Filter { after, ..Default::default() }, 50).map(drop)
    });
    let page = statements.iter().find(|statement| statement.contains("WITH together")).unwrap();
    let plan = cast.write(|tx| Ok(plan(tx.conn, page)));
    let by_name = plan.iter().filter(|step| step.contains("invitations_open_by_name")).count();
    assert_eq!(by_name, 2, "one for the app, one for its group: {}", plan.join("\n"));
}

/// However many invitations are open, counting them stops. A bitmap is made of all of them first, and so it would be with
/// comparisons joined by `OR` on PostgreSQL.
fn the_counts_of_open_invitations(cast: &Cast) {
    let statements = recorded(cast, |tx| {
        let seen = SeenTarget::app(tx, &cast.olivia, &cast.app.slug)?;
        member_list::list(tx, &seen, &member_list::Filter::default(), 50).map(drop)
    });
    let counts = statements.iter().find(|statement| statement.matches("AS counted").count() == 4).unwrap();
    let plan = cast.write(|tx| Ok(plan(tx.conn, counts)));
    assert!(
        !plan.iter().any(|step| step.contains("Bitmap") || step.contains(") OR (")),
        "{}",
        plan.join("\n")
    );
}

fn the_lists_of_administrators(cast: &Cast) {
    check(cast, "the lists of administrators", |tx| {
        let administrator = Administrator::find(tx, &cast.adam)?;
        let organisation = Organisation::load(tx)?;
        let after = Some(("olivia".to_owned(), cast.olivia.id));
        for kind in [None, Some(UserKind::Guest)] {
            user::list(tx, &UserFilter { kind, ..UserFilter::default() }, 50)?;
            user::list(tx, &UserFilter { kind, after: after.clone(), ..UserFilter::default() }, 50)?;
        }
        invitation::list(tx, &administrator, &organisation, &InvitationFilter::default(), 50)?;
        invitation::list_of_user(tx, &organisation, cast.mia.id, 50)?;
        delivery::list(tx, &administrator, &DeliveryFilter::default(), 50)?;
        activity::list(tx, &activity::Filter::default(), 50).map(drop)
    });
}

fn adding_somebody(cast: &Cast) {
    check(cast, "adding somebody", |tx| {
        let manager = Manager::of_app(tx, &cast.olivia, &cast.app.slug)?;
        invitation::left_today(tx, &manager)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default()).map(drop)
    });
}

fn the_courier(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    check(cast, "the outbox", |tx| {
        delivery::outbox(tx)?;
        let administrator = Administrator::find(tx, &cast.adam)?;
        delivery::last_setback(tx, &administrator).map(drop)
    });
    check(cast, "the courier", |tx| {
        let claimed = delivery::claim(tx, "test", TimeDelta::minutes(1))?;
        claimed.map_or(Ok(()), |claimed| delivery::sent(tx, &claimed, "250 ok"))
    });
}

fn working_out_a_rule(cast: &Cast) {
    let profile = group_profile("Everybody", Some("kind == 'member'"));
    cast.as_administrator(|tx, administrator| Group::add(tx, administrator, &profile)).unwrap();
    cast.write(|tx| Ok(tx.conn.batch_execute("UPDATE groups SET rule_evaluated_at = NULL")?));
    check(cast, "working out a rule", |tx| {
        let place = group_rule::unfinished(tx)?.unwrap();
        group_rule::work_out(tx, &place).map(drop)
    });
    check(cast, "the preview of a rule", |tx| {
        let rule = GroupRule::parse("kind == 'member'")?;
        group_rule::preview(tx, &rule, 8).map(drop)
    });
}

/// Runs a verb, then asks how each statement it sent would be gone about.
pub(crate) fn check(cast: &Cast, what: &str, verb: impl Fn(&mut Tx<'_>) -> Result<()>) {
    let statements = recorded(cast, verb);
    assert!(!statements.is_empty(), "{what}");
    for statement in statements {
        let plan = cast.write(|tx| Ok(plan(tx.conn, &statement)));
        let whole: Vec<&String> = plan.iter().filter(|step| reads_all(step, &plan)).collect();
        assert!(whole.is_empty(), "{what}: {whole:?} of {statement}\n{}", plan.join("\n"));
    }
}

pub(crate) fn recorded(cast: &Cast, verb: impl Fn(&mut Tx<'_>) -> Result<()>) -> Vec<String> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    cast.write(|tx| {
        let list = Arc::clone(&sent);
        tx.conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let text = query.to_string();
                let statement = text.split(" -- binds:").next().unwrap_or_default().to_owned();
                list.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
            }
        });
        let outcome = verb(tx);
        tx.conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
        outcome
    });
    let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner).clone();
    // With an empty list a statement says so, and looks at nothing, whatever its plan.
    let looks = |statement: &str| !statement.contains("(1=0)") && !statement.contains("(0=1)");
    sent.retain(|statement| {
        let verbs = ["SELECT", "UPDATE", "DELETE"];
        verbs.iter().any(|verb| statement.trim_start().starts_with(verb)) && looks(statement)
    });
    sent
}

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

pub(crate) fn plan(conn: &mut Conn, statement: &str) -> Vec<String> {
    match conn {
        Conn::Sqlite(c) => {
            let steps = diesel::sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load::<SqliteStep>(c);
            steps.unwrap().into_iter().map(|step| step.detail).collect()
        }
        Conn::Postgres(c) => {
            // A table of three rows is rightly read whole; what counts is whether there is another way.
            c.batch_execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL plan_cache_mode = force_generic_plan")
                .unwrap();
            c.batch_execute(&format!("PREPARE hot AS {statement}")).unwrap();
            let nulls = vec!["NULL"; parameters(statement)].join(", ");
            let explain = if nulls.is_empty() {
                "EXPLAIN EXECUTE hot".into()
            } else {
                format!("EXPLAIN EXECUTE hot({nulls})")
            };
            let steps = diesel::sql_query(explain).load::<PostgresStep>(c);
            c.batch_execute("DEALLOCATE hot").unwrap();
            steps.unwrap().into_iter().map(|step| step.line).collect()
        }
    }
}

/// The greatest `$n`.
fn parameters(statement: &str) -> usize {
    let numbers = statement.split('$').skip(1).map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    });
    numbers.max().unwrap_or(0)
}

/// Whether rows are put in order, for which all of them are read.
pub(crate) fn sorts(plan: &[String]) -> bool {
    plan.iter().any(|step| step.contains("TEMP B-TREE") || step.contains("Sort"))
}

/// Whether a step reads all of a table that grows. Walking along an index is fine where it gives the order that is
/// wanted, because it ends with the page.
pub(crate) fn reads_all(step: &str, plan: &[String]) -> bool {
    let sqlite = step.strip_prefix("SCAN ").is_some_and(|scanned| {
        let ordered = scanned.contains(" USING ") && !plan.iter().any(|step| step.contains("TEMP B-TREE"));
        !ordered && !small(scanned)
    });
    let postgres = step.split_once("Seq Scan on ").is_some_and(|(_, scanned)| !small(scanned));
    sqlite || postgres
}

fn small(scanned: &str) -> bool {
    scanned.split_whitespace().next().is_some_and(|table| SMALL.contains(&table))
}
