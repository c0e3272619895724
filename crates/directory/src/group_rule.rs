//! The rule of a dynamic group: a CEL expression over a member's attributes (SPEC 1, issue's point on dynamic groups).
//!
//! Rules look at members only: no guest is ever in a dynamic group through Vestibule (SPEC 3.2).

use cel::{Context, Program, Value};
use diesel::prelude::*;

use crate::Result;
use crate::access::Refusal;
use crate::db::schema::{group_members, groups, users};
use crate::db::{Id, Tx, each_dialect};
use crate::group::{Group, GroupMembership, GroupSource};
use crate::group_member::Membership;
use crate::user::{User, UserKind, UserState};

/// Longest rule, in characters.
pub const MAX_RULE: usize = 1_000;
/// How many people one statement puts into a group: well within both databases' limits on parameters.
const ROWS_AT_ONCE: usize = 500;
/// What a rule may speak of.
pub const ATTRIBUTES: [&str; 6] = ["kind", "domain", "department", "job_title", "country", "company"];

/// A rule that was read and gives yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule(String);

impl GroupRule {
    /// Reads a rule and tries it on a person without attributes.
    ///
    /// # Errors
    /// [`Refusal::InvalidRule`] with the engine's reason.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let text = typed.trim();
        if text.is_empty()
            || text.chars().count() > MAX_RULE
            || text.chars().any(|c| c.is_control() && c != '\n' && c != '\r')
        {
            return Err(Refusal::InvalidRule { reason: format!("1 to {MAX_RULE} printable characters") });
        }
        let program = compile(text).map_err(|reason| Refusal::InvalidRule { reason })?;
        matches(&program, &Attributes::default()).map_err(|reason| Refusal::InvalidRule { reason })?;
        Ok(Self(text.to_owned()))
    }

    /// The rule as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who a rule would take, before it is saved.
#[derive(Clone, Debug)]
pub struct Preview {
    /// How many members match.
    pub count: usize,
    /// The first of them.
    pub first: Vec<User>,
}

/// Works out who a rule takes, and changes nothing.
///
/// # Errors
/// Only the database's.
pub fn preview(tx: &mut Tx<'_>, rule: &GroupRule, shown: usize) -> Result<Preview> {
    let mut matching = members_matching(tx, rule.as_str())?;
    let count = matching.len();
    matching.truncate(shown);
    Ok(Preview { count, first: matching })
}

/// Brings a dynamic group's membership to what its rule says.
pub(crate) fn evaluate_group(tx: &mut Tx<'_>, group: &Group) -> Result<()> {
    let (GroupMembership::Dynamic, Some(rule)) = (group.membership, &group.rule) else { return Ok(()) };
    let matching = members_matching(tx, rule)?;
    diesel::delete(group_members::table.filter(group_members::group_id.eq(group.id))).execute(tx.conn)?;
    for some in matching.chunks(ROWS_AT_ONCE) {
        let rows: Vec<_> = some.iter().map(|user| Membership::new(group.id, user, tx.now)).collect();
        each_dialect!(tx.conn, c => diesel::insert_into(group_members::table).values(&rows).execute(c))?;
    }
    let evaluated = groups::rule_evaluated_at.eq(Some(tx.now));
    diesel::update(groups::table.find(group.id)).set(evaluated).execute(tx.conn)?;
    Ok(())
}

/// Brings a user's membership of every dynamic group to what the rules say.
pub(crate) fn evaluate_user(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    if user.kind == UserKind::Guest {
        return Ok(());
    }
    let dynamic: Vec<(Id<Group>, Option<String>)> = groups::table
        .filter(groups::membership.eq(GroupMembership::Dynamic).and(groups::source.eq(GroupSource::Cloud)))
        .select((groups::id, groups::rule))
        .load(tx.conn)?;
    let attributes = Attributes::of(user);
    for (group, rule) in dynamic {
        let belongs = rule.is_some_and(|rule| takes(&rule, &attributes));
        let membership = group_members::table.find((group, user.id));
        let is_in = membership.count().get_result::<i64>(tx.conn)? > 0;
        if belongs && !is_in {
            let row = Membership::new(group, user, tx.now);
            diesel::insert_into(group_members::table).values(row).execute(tx.conn)?;
        } else if !belongs && is_in {
            diesel::delete(membership).execute(tx.conn)?;
        }
    }
    Ok(())
}

fn members_matching(tx: &mut Tx<'_>, rule: &str) -> Result<Vec<User>> {
    let Ok(program) = compile(rule) else { return Ok(Vec::new()) };
    let members: Vec<User> = users::table
        .filter(users::kind.eq(UserKind::Member).and(users::state.ne(UserState::Deleted)))
        .select(User::as_select())
        .order((users::name_key, users::id))
        .load(tx.conn)?;
    Ok(members.into_iter().filter(|user| matches(&program, &Attributes::of(user)).unwrap_or(false)).collect())
}

#[derive(Default)]
struct Attributes([String; 6]);

impl Attributes {
    fn of(user: &User) -> Self {
        let domain = user.address_key.rsplit('@').next().unwrap_or_default().to_owned();
        Self([
            user.kind.as_str().to_owned(),
            domain,
            user.department.clone(),
            user.job_title.clone(),
            user.country.clone(),
            user.company.clone(),
        ])
    }
}

fn takes(rule: &str, attributes: &Attributes) -> bool {
    compile(rule).is_ok_and(|program| matches(&program, attributes).unwrap_or(false))
}

fn compile(rule: &str) -> Result<Program, String> {
    Program::compile(rule).map_err(|error| first_line(&error.to_string()))
}

fn matches(program: &Program, attributes: &Attributes) -> Result<bool, String> {
    let mut context = Context::default();
    for (name, value) in ATTRIBUTES.iter().zip(&attributes.0) {
        context.add_variable_from_value(*name, value.clone());
    }
    match program.execute(&context) {
        Ok(Value::Bool(answer)) => Ok(answer),
        Ok(_) => Err("a rule must say true or false".to_owned()),
        Err(error) => Err(first_line(&error.to_string())),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finance() -> Attributes {
        let words = ["member", "meridian.test", "Finance", "Controller", "NL", "Meridian"];
        Attributes(words.map(str::to_owned))
    }

    #[test]
    fn a_rule_looks_at_attributes() {
        assert!(takes(r#"department == "Finance" && country in ["NL", "BE"]"#, &finance()));
        assert!(!takes(r#"department == "Sales""#, &finance()));
        assert!(takes(r#"domain.endsWith("meridian.test")"#, &finance()));
    }

    #[test]
    fn what_is_no_rule_is_refused_with_a_reason() {
        for typed in ["", "department ==", "department", "salary > 3", "1 + 1", &"a".repeat(1_001)] {
            assert!(matches!(GroupRule::parse(typed), Err(Refusal::InvalidRule { .. })), "{typed}");
        }
    }
}
