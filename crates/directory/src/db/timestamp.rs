//! Instants, and how both databases hold them.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, NaiveDateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types;
use diesel::sqlite::Sqlite;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::conn::{MultiBackend, MultiRawValue};

/// Fixed width, so that the order of the texts is the order of the instants.
const SQLITE_FORMAT: &str = "%Y-%m-%d %H:%M:%S%.6f";

/// The parts of that, taken apart once: a page of people has two hundred instants.
static SQLITE_PARTS: LazyLock<Vec<Item<'static>>> =
    LazyLock::new(|| StrftimeItems::new(SQLITE_FORMAT).collect());

/// An instant in UTC, in whole microseconds: what both databases can hold without loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Timestamp)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The instant this many microseconds after 1970; beyond what a date can say, the farthest that can be said.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        let farthest = if micros < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        Self::from(DateTime::from_timestamp_micros(micros).unwrap_or(farthest))
    }

    /// Microseconds since 1970.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The same instant as chrono knows it, for formatting in a time zone.
    #[must_use]
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(moment: Timestamp) -> Self {
        moment.0
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.trunc_subsecs(6))
    }
}

impl Add<TimeDelta> for Timestamp {
    type Output = Self;

    fn add(self, by: TimeDelta) -> Self {
        Self::from(self.0 + by)
    }
}

impl Sub<TimeDelta> for Timestamp {
    type Output = Self;

    fn sub(self, by: TimeDelta) -> Self {
        Self::from(self.0 - by)
    }
}

impl Sub for Timestamp {
    type Output = TimeDelta;

    fn sub(self, other: Self) -> TimeDelta {
        self.0 - other.0
    }
}

impl AddAssign<TimeDelta> for Timestamp {
    fn add_assign(&mut self, by: TimeDelta) {
        *self = *self + by;
    }
}

impl SubAssign<TimeDelta> for Timestamp {
    fn sub_assign(&mut self, by: TimeDelta) {
        *self = *self - by;
    }
}

/// RFC 3339 in UTC with microseconds: `2026-11-18T14:05:00.000000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(DateTime::parse_from_rfc3339(text)?.to_utc()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl ToSql<sql_types::Timestamp, Pg> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<sql_types::Timestamp, Pg>::to_sql(&self.0.naive_utc(), &mut out.reborrow())
    }
}

impl ToSql<sql_types::Timestamp, Sqlite> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.format_with_items(SQLITE_PARTS.iter()).to_string());
        Ok(IsNull::No)
    }
}

impl ToSql<sql_types::Timestamp, MultiBackend> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((sql_types::Timestamp, self));
        Ok(IsNull::No)
    }
}

impl FromSql<sql_types::Timestamp, Pg> for Timestamp {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let naive = <NaiveDateTime as FromSql<sql_types::Timestamp, Pg>>::from_sql(value)?;
        Ok(Self(naive.and_utc()))
    }
}

impl FromSql<sql_types::Timestamp, Sqlite> for Timestamp {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(value)?;
        let mut parsed = Parsed::new();
        parse(&mut parsed, &text, SQLITE_PARTS.iter())?;
        Ok(Self(parsed.to_naive_datetime_with_offset(0)?.and_utc()))
    }
}

impl FromSql<sql_types::Timestamp, MultiBackend> for Timestamp {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, sql_types::Timestamp>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_are_cut_off() {
        let precise = DateTime::from_timestamp(1_800_000_000, 123_456_789).unwrap();
        assert_eq!(Timestamp::from(precise).micros(), 1_800_000_000_123_456);
    }

    #[test]
    fn text_in_and_out_is_rfc_3339() {
        let text = "2026-11-18T14:05:00.000001Z";
        let instant: Timestamp = text.parse().unwrap();
        assert_eq!(instant.to_string(), text);
        assert_eq!(serde_json::to_string(&instant).unwrap(), format!("\"{text}\""));
        assert_eq!("2026-11-18T15:05:00.000001+01:00".parse::<Timestamp>().unwrap(), instant);
    }
}
