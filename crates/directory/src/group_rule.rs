//! The rule of a dynamic group: a CEL expression over a member's attributes (SPEC 1, issue's point on dynamic groups).
//!
//! Rules look at members only: no guest is ever in a dynamic group through Vestibule (SPEC 3.2).

mod expression;
mod following;
mod mistake;
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
pub use self::mistake::RuleMistake;
pub(crate) use self::working_out::begin;
pub use self::working_out::{Place, unfinished, work_out};

/// Longest rule, in characters.
pub const MAX_RULE: usize = 1_000;
/// How many people are read at once, and put into a group or taken out of it by one statement: well within the limits
/// of both databases on parameters.
const PEOPLE: i64 = 1_000;
/// What a rule may speak of.
pub const ATTRIBUTES: [&str; 6] = ["kind", "domain", "department", "job_title", "country", "company"];

/// A rule that was read and gives yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule(String);

impl GroupRule {
    /// Parses a rule, and tries it on a person without attributes.
    ///
    /// # Errors
    /// [`Refusal::InvalidRule`] with what is wrong.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let text = typed.trim();
        let tried = understand(text).map_err(|mistake| Refusal::InvalidRule { mistake });
        tried.map(|()| Self(text.to_owned()))
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

/// Works out whom a rule would take, up to the limit of [`Count`], and changes nothing.
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

/// Puts people into groups in which this transaction has not seen them. Whoever was put in meanwhile stays in.
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

/// Makes sure that a text is a rule.
fn understand(text: &str) -> Result<(), RuleMistake> {
    if text.is_empty() {
        return Err(RuleMistake::Empty);
    }
    if text.chars().count() > MAX_RULE {
        return Err(RuleMistake::TooLong);
    }
    if text.contains(|c: char| c.is_control() && c != '\n' && c != '\r') {
        return Err(RuleMistake::Unprintable);
    }
    let rule = Expression::parse(text)?;
    rule.try_out(&ATTRIBUTES.map(|name| (name, "")))?;
    answer(&rule, [""; 6]).map(drop)
}

/// What a rule says of somebody with these [`ATTRIBUTES`]; an error says why it has no answer.
fn answer(rule: &Expression, attributes: [&str; 6]) -> Result<bool, RuleMistake> {
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
        let unknown = |name: &str| RuleMistake::UnknownAttribute(name.to_owned());
        let function = |name: &str| RuleMistake::UnknownFunction(name.to_owned());
        let prefixed =
            RuleMistake::Prefixed { prefix: "user".to_owned(), attribute: "department".to_owned() };
        let long = "a".repeat(1_001);
        for (typed, mistake) in [
            (" ", RuleMistake::Empty),
            (long.as_str(), RuleMistake::TooLong),
            ("kind == 'a\u{7}'", RuleMistake::Unprintable),
            ("kind == == 'member'", RuleMistake::Syntax { character: 9 }),
            ("department", RuleMistake::NotTrueOrFalse),
            ("1 + 1", RuleMistake::NotTrueOrFalse),
            ("salary > 3", unknown("salary")),
            ("country == 'BE' && departmnt == 'Sales'", unknown("departmnt")),
            ("country != '' || kind in ['a', team]", unknown("team")),
            ("country == 'BE' && user.department == 'Sales'", prefixed),
            ("country == 'BE' && department.startswith('S')", function("startswith")),
            ("department + 3", RuleMistake::NoAnswer),
        ] {
            assert_eq!(GroupRule::parse(typed), Err(Refusal::InvalidRule { mistake }), "{typed}");
        }
        assert!(GroupRule::parse("department ==").is_err());
    }

    #[test]
    fn what_somebody_without_attributes_does_not_reach_may_be_there() {
        assert!(GroupRule::parse("department != '' && int(department) > 3").is_ok());
    }
}
