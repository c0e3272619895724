//! The rule of a dynamic group: a CEL expression over a member's attributes (SPEC 1, issue's point on dynamic groups).
//!
//! Rules look at members only: no guest is ever in a dynamic group through Vestibule (SPEC 3.2).

mod expression;

use diesel::prelude::*;

use self::expression::Expression;
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
        let tried = Expression::parse(text).and_then(|rule| Attributes::default().are_taken_by(&rule));
        tried.map_err(|reason| Refusal::InvalidRule { reason })?;
        Ok(Self(text.to_owned()))
    }

    /// The rule as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it takes somebody with these [`ATTRIBUTES`].
    #[must_use]
    pub fn takes(&self, attributes: [&str; 6]) -> bool {
        takes(&self.0, &Attributes(attributes.map(str::to_owned)))
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
    let Ok(rule) = Expression::parse(rule) else { return Ok(Vec::new()) };
    let members: Vec<User> = users::table
        .filter(users::kind.eq(UserKind::Member).and(users::state.ne(UserState::Deleted)))
        .select(User::as_select())
        .order((users::name_key, users::id))
        .load(tx.conn)?;
    Ok(members.into_iter().filter(|user| Attributes::of(user).are_taken_by(&rule).unwrap_or(false)).collect())
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

    fn are_taken_by(&self, rule: &Expression) -> Result<bool, String> {
        rule.holds(ATTRIBUTES.into_iter().zip(self.0.iter().map(String::as_str)))
    }
}

fn takes(rule: &str, attributes: &Attributes) -> bool {
    Expression::parse(rule).and_then(|rule| attributes.are_taken_by(&rule)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINANCE: [&str; 6] = ["member", "meridian.test", "Finance", "Controller", "NL", "Meridian"];

    #[test]
    fn a_rule_looks_at_attributes() {
        let takes = |rule| GroupRule::parse(rule).unwrap().takes(FINANCE);
        assert!(takes(r#"department == "Finance" && country in ["NL", "BE"]"#));
        assert!(!takes(r#"department == "Sales""#));
        assert!(takes(r#"domain.endsWith("meridian.test")"#));
    }

    #[test]
    fn what_is_no_rule_is_refused_with_a_reason() {
        for typed in ["", "department ==", "department", "salary > 3", "1 + 1", &"a".repeat(1_001)] {
            assert!(matches!(GroupRule::parse(typed), Err(Refusal::InvalidRule { .. })), "{typed}");
        }
    }
}
