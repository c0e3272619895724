//! Moments as a person reads them. The zone is always the organisation's, and is named whenever a time is.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use fluent_templates::fluent_bundle::FluentValue;

use super::Texts;

/// The zone of this name, as settings and the organisation spell it; UTC when there is none such.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

impl Texts {
    /// `18 November 2026`
    #[must_use]
    pub fn date(self, moment: impl Into<DateTime<Utc>>, zone: Tz) -> String {
        let at = moment.into().with_timezone(&zone);
        let month = self.month("month", at);
        self.with("date-long", &[("day", day(at)), ("month", month), ("year", year(at))])
    }

    /// `18 Nov`, for lists in which the year is plain.
    #[must_use]
    pub fn date_short(self, moment: impl Into<DateTime<Utc>>, zone: Tz) -> String {
        let at = moment.into().with_timezone(&zone);
        self.with("date-short", &[("day", day(at)), ("month", self.month("month-short", at))])
    }

    /// `14:05 CET`
    #[must_use]
    pub fn time_zone(self, moment: impl Into<DateTime<Utc>>, zone: Tz) -> String {
        let at = moment.into().with_timezone(&zone);
        self.with("time-zone", &[("time", time(at)), ("zone", abbreviation(at).into())])
    }

    /// `18 Nov 2026, 14:05 CET`
    #[must_use]
    pub fn date_time_zone(self, moment: impl Into<DateTime<Utc>>, zone: Tz) -> String {
        let at = moment.into().with_timezone(&zone);
        let variables = [
            ("day", day(at)),
            ("month", self.month("month-short", at)),
            ("year", year(at)),
            ("time", time(at)),
            ("zone", abbreviation(at).into()),
        ];
        self.with("date-time-zone", &variables)
    }

    fn month(self, months: &str, at: DateTime<Tz>) -> FluentValue<'static> {
        self.get(&format!("{months}-{}", at.month())).into()
    }
}

fn day(at: DateTime<Tz>) -> FluentValue<'static> {
    at.day().to_string().into()
}

fn year(at: DateTime<Tz>) -> FluentValue<'static> {
    at.year().to_string().into()
}

fn time(at: DateTime<Tz>) -> FluentValue<'static> {
    at.format("%H:%M").to_string().into()
}

/// Zones without letters of their own give their distance, which alone would read as a sum.
fn abbreviation(moment: DateTime<Tz>) -> String {
    let name = moment.format("%Z").to_string();
    if name.starts_with(['+', '-']) { moment.format("UTC%:z").to_string() } else { name }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone, Utc};

    use super::super::{Language, Texts};
    use super::zone;

    const EN: Texts = Texts::new(Language::English);
    const NL: Texts = Texts::new(Language::Dutch);

    fn autumn() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 18, 13, 5, 0).single().unwrap_or_default()
    }

    #[test]
    fn dates_read_as_the_language_writes_them() {
        let amsterdam = zone("Europe/Amsterdam");
        assert_eq!(EN.date(autumn(), amsterdam), "18 November 2026");
        assert_eq!(NL.date(autumn(), amsterdam), "18 november 2026");
        assert_eq!(EN.date_short(autumn(), amsterdam), "18 Nov");
        assert_eq!(NL.date_short(autumn(), amsterdam), "18 nov.");
    }

    #[test]
    fn a_time_names_its_zone() {
        let amsterdam = zone("Europe/Amsterdam");
        assert_eq!(EN.time_zone(autumn(), amsterdam), "14:05 CET");
        assert_eq!(EN.date_time_zone(autumn(), amsterdam), "18 Nov 2026, 14:05 CET");
        assert_eq!(NL.date_time_zone(autumn(), amsterdam), "18 nov. 2026, 14:05 CET");
        assert_eq!(
            EN.date_time_zone(autumn() - chrono::TimeDelta::days(120), amsterdam),
            "21 Jul 2026, 15:05 CEST"
        );
    }

    #[test]
    fn a_zone_without_letters_is_named_by_its_distance() {
        assert_eq!(EN.time_zone(autumn(), zone("Asia/Dubai")), "17:05 UTC+04:00");
        assert_eq!(EN.time_zone(autumn(), zone("Nowhere/Else")), "13:05 UTC");
    }
}
