//! The rule of a dynamic group: a CEL expression over a member's attributes (SPEC 1, issue's point on dynamic groups).
//!
//! Rules look at members only: no guest is ever in a dynamic group through Vestibule (SPEC 3.2).

mod expression;
mod following;
mod person;
mod working_out;

use diesel::prelude::*;

use self::expression::Expression;
use self::person::Person;
use crate::access::Refusal;
use crate::db::schema::group_members;
use crate::db::{Conn, Count, Tx};
use crate::group_member::Membership;
use crate::{Page, Result};

pub(crate) use self::following::{evaluate_user, follow};
pub(crate) use self::working_out::begin;
pub use self::working_out::{Place, unfinished, work_out};

/// Longest rule, in characters.
pub const MAX_RULE: usize = 1_000;
/// How many people are read at once, and put into a group or taken out of it by one statement: well within both
/// databases' limits on parameters.
const PEOPLE: i64 = 1_000;
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
        let tried = Expression::parse(text).and_then(|rule| answer(&rule, [""; 6]));
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
        Expression::parse(&self.0).and_then(|rule| answer(&rule, attributes)).unwrap_or(false)
    }
}

/// Who a rule would take, before it is saved.
#[derive(Clone, Debug)]
pub struct Preview {
    /// How many members match.
    pub count: Count,
    /// The names of the first of them.
    pub first: Vec<String>,
}

/// Works out who a rule takes, as far as anybody counts, and changes nothing.
///
/// # Errors
/// Only the database's.
pub fn preview(tx: &mut Tx<'_>, rule: &GroupRule, shown: usize) -> Result<Preview> {
    let rule = Expression::parse(rule.as_str()).ok();
    let (mut count, mut first) = (0, Vec::new());
    let mut after = None;
    loop {
        let Page { rows, more } = Person::by_name(tx, after.as_ref(), PEOPLE)?;
        after = rows.last().filter(|_| more).map(|(person, _)| person.place_by_name());
        for (_, name) in rows.into_iter().filter(|(person, _)| person.is_taken_by(rule.as_ref())) {
            count += 1;
            if first.len() < shown {
                first.push(name);
            }
        }
        if after.is_none() || count > Count::LIMIT {
            return Ok(Preview { count: Count::of(count), first });
        }
    }
}

/// Puts people into groups in which this transaction has not seen them. Whoever was put in at the same moment is in.
fn put_in(tx: &mut Tx<'_>, rows: &[Membership]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    match tx.conn {
        // It takes one row at a time, in a statement that is prepared once.
        Conn::Sqlite(c) => rows.iter().try_for_each(|row| {
            let insert = diesel::insert_into(group_members::table).values(row);
            insert.on_conflict_do_nothing().execute(c).map(drop)
        })?,
        Conn::Postgres(c) => {
            let insert = diesel::insert_into(group_members::table).values(rows);
            insert.on_conflict_do_nothing().execute(c)?;
        }
    }
    Ok(())
}

/// What a rule says of somebody with these [`ATTRIBUTES`], or why it says nothing.
fn answer(rule: &Expression, attributes: [&str; 6]) -> Result<bool, String> {
    rule.holds(ATTRIBUTES.into_iter().zip(attributes))
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
