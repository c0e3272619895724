//! The fields of the settings: out of the organisation, and back into it.

use chrono_tz::Tz;
use directory::{
    Organisation,
    email_address::ascii_domain,
    organisation::{DomainRule, NotADomain, Profile, TenantSettings, parse_domain_patterns, parse_domains},
    text::Name,
};
use url::Url;

use super::super::reading::{answer, yes_no};
use crate::text::Texts;
use crate::web::{
    form::{Complaint, Form, choice},
    view::Choice,
};

/// Every field of the form, in its order.
pub(super) const FIELDS: [&str; 21] = [
    "version",
    "name",
    "primary_domain",
    "other_domains",
    "time_zone",
    "default_language",
    "privacy_url",
    "owners_manage_groups",
    "groups_page_restricted",
    "invite_policy",
    "domain_rule",
    "refused_domains",
    "accepted_domains",
    "guests_see",
    "invitation_days",
    "welcome_messages",
    "members_search",
    "inviter_hourly_limit",
    "inviter_daily_limit",
    "organisation_hourly_limit",
    "recipient_daily_limit",
];

/// The longest list of domains.
const LONGEST_LIST: usize = 10_000;
/// The longest address of a page elsewhere.
const LONGEST_URL: usize = 500;

/// What an administrator wants the organisation to be.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) profile: Profile,
    pub(super) settings: TenantSettings,
}

impl Wanted {
    /// The organisation as it would be.
    pub(super) fn organisation(&self, version: i64) -> Organisation {
        let (profile, settings) = (self.profile.clone(), self.settings.clone());
        Organisation { profile, settings, version, ..Organisation::default() }
    }
}

/// The form as the organisation is now.
pub(super) fn filled(organisation: &Organisation) -> Form {
    let (profile, settings) = (&organisation.profile, &organisation.settings);
    Form::filled(&[
        ("version", organisation.version.to_string()),
        ("name", profile.name.clone()),
        ("primary_domain", profile.primary_domain.clone()),
        ("other_domains", profile.other_domains.clone()),
        ("time_zone", profile.time_zone.clone()),
        ("default_language", profile.default_language.tag().to_owned()),
        ("privacy_url", profile.privacy_url.clone().unwrap_or_default()),
        ("owners_manage_groups", answer(settings.owners_manage_groups)),
        ("groups_page_restricted", answer(settings.groups_page_restricted)),
        ("invite_policy", settings.invite_policy.as_str().to_owned()),
        ("domain_rule", settings.domain_rule.as_str().to_owned()),
        ("refused_domains", settings.refused_domains.clone()),
        ("accepted_domains", settings.accepted_domains.clone()),
        ("guests_see", settings.guests_see.as_str().to_owned()),
        ("invitation_days", settings.invitation_days.to_string()),
        ("welcome_messages", answer(settings.welcome_messages)),
        ("members_search", answer(settings.members_search)),
        ("inviter_hourly_limit", settings.inviter_hourly_limit.to_string()),
        ("inviter_daily_limit", settings.inviter_daily_limit.to_string()),
        ("organisation_hourly_limit", settings.organisation_hourly_limit.to_string()),
        ("recipient_daily_limit", settings.recipient_daily_limit.to_string()),
    ])
}

/// The organisation as typed; `None` when a field is wrong. Every field is read before anything is decided.
pub(super) fn read(form: &mut Form) -> Option<Wanted> {
    let (profile, settings) = (profile(form), settings(form));
    Some(Wanted { profile: profile?, settings: settings? })
}

fn profile(form: &mut Form) -> Option<Profile> {
    let name = form.parse("name", Name::parse);
    let primary_domain = form.parse("primary_domain", domain);
    let other_domains = form.parse("other_domains", |typed| domains(typed, parse_domains));
    let time_zone = form.parse("time_zone", time_zone);
    let default_language = form.parse("default_language", choice);
    let privacy_url = form.parse_optional("privacy_url", address);
    Some(Profile {
        name: name?.into_string(),
        primary_domain: primary_domain?,
        other_domains: other_domains?,
        time_zone: time_zone?,
        default_language: default_language?,
        privacy_url: privacy_url?,
    })
}

fn settings(form: &mut Form) -> Option<TenantSettings> {
    let owners_manage_groups = form.parse("owners_manage_groups", yes_no);
    let groups_page_restricted = form.parse("groups_page_restricted", yes_no);
    let invite_policy = form.parse("invite_policy", choice);
    let domain_rule = form.parse("domain_rule", choice);
    let refused_domains = form.parse("refused_domains", |typed| domains(typed, parse_domain_patterns));
    let accepted_domains = form.parse("accepted_domains", |typed| {
        let accepted = domains(typed, parse_domain_patterns)?;
        let admits_nobody = domain_rule == Some(DomainRule::Only) && accepted.is_empty();
        if admits_nobody { Err(Complaint::key("settings-accepted-domains-needed")) } else { Ok(accepted) }
    });
    let guests_see = form.parse("guests_see", choice);
    let invitation_days = form.parse("invitation_days", |typed| number(typed, 1, 30));
    let welcome_messages = form.parse("welcome_messages", yes_no);
    let members_search = form.parse("members_search", yes_no);
    let inviter_hourly_limit = form.parse("inviter_hourly_limit", |typed| number(typed, 1, 10_000));
    let inviter_daily_limit = form.parse("inviter_daily_limit", |typed| number(typed, 1, 100_000));
    let organisation_hourly_limit =
        form.parse("organisation_hourly_limit", |typed| number(typed, 1, 100_000));
    let recipient_daily_limit = form.parse("recipient_daily_limit", |typed| number(typed, 1, 100));
    Some(TenantSettings {
        owners_manage_groups: owners_manage_groups?,
        groups_page_restricted: groups_page_restricted?,
        invite_policy: invite_policy?,
        domain_rule: domain_rule?,
        accepted_domains: accepted_domains?,
        refused_domains: refused_domains?,
        guests_see: guests_see?,
        invitation_days: invitation_days?,
        welcome_messages: welcome_messages?,
        members_search: members_search?,
        inviter_hourly_limit: inviter_hourly_limit?,
        inviter_daily_limit: inviter_daily_limit?,
        organisation_hourly_limit: organisation_hourly_limit?,
        recipient_daily_limit: recipient_daily_limit?,
    })
}

fn number(typed: &str, min: i64, max: i64) -> Result<i64, Complaint> {
    let out_of_range = || Complaint::key("field-number-range").with("min", min).with("max", max);
    let number: i64 = typed.trim().parse().map_err(|_| out_of_range())?;
    if (min..=max).contains(&number) { Ok(number) } else { Err(out_of_range()) }
}

fn time_zone(typed: &str) -> Result<String, &'static str> {
    let zone: Tz = typed.trim().parse().map_err(|_| "settings-time-zone-unknown")?;
    Ok(zone.name().to_owned())
}

fn not_a_domain(entry: &str) -> Complaint {
    let shown: String = entry.chars().filter(|c| !c.is_control()).take(60).collect();
    Complaint::key("field-domain").with("domain", shown)
}

fn domain(typed: &str) -> Result<String, Complaint> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Complaint::key("field-required"));
    }
    ascii_domain(typed).ok_or_else(|| not_a_domain(typed))
}

fn domains(typed: &str, parse: fn(&str) -> Result<String, NotADomain>) -> Result<String, Complaint> {
    if typed.chars().count() > LONGEST_LIST {
        return Err(Complaint::key("field-too-long-at-most").with("max", LONGEST_LIST));
    }
    parse(typed).map_err(|NotADomain(entry)| not_a_domain(&entry))
}

fn address(typed: &str) -> Result<String, Complaint> {
    let typed = typed.trim();
    if typed.chars().count() > LONGEST_URL {
        return Err(Complaint::key("field-too-long-at-most").with("max", LONGEST_URL));
    }
    match Url::parse(typed) {
        Ok(url) if url.scheme() == "https" && url.has_host() && url.username().is_empty() => Ok(url.into()),
        _ => Err(Complaint::key("field-url")),
    }
}

/// The answers of a choice with their hints, which a catalogue may leave out.
pub(super) fn choices<T: Copy>(
    texts: Texts,
    key: &str,
    answers: &[T],
    word: fn(T) -> &'static str,
) -> Vec<Choice> {
    let choice = |answer: &T| {
        let value = word(*answer);
        let hint = texts.find(&format!("{key}-{value}-hint")).unwrap_or_default();
        Choice::new(value, texts.get(&format!("{key}-{value}"))).hint(hint)
    };
    answers.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_comes_back_as_it_was() {
        let mut organisation = Organisation::default();
        organisation.profile.primary_domain = "meridiaan.example".to_owned();
        organisation.settings.accepted_domains = "a.test\n*.b.test".to_owned();
        let mut form = filled(&organisation);
        assert!(FIELDS.iter().all(|field| form.sends(field)));
        let wanted = read(&mut form).map(|wanted| wanted.organisation(0));
        assert_eq!(wanted, Some(organisation), "{form:?}");
    }

    #[test]
    fn each_wrong_field_is_told_at_once_and_keeps_what_was_typed() {
        let mut form = filled(&Organisation::default());
        for (field, typed) in [
            ("name", ""),
            ("primary_domain", "-"),
            ("other_domains", "*.a.test"),
            ("time_zone", "Mars/Base"),
            ("privacy_url", "http://a.test"),
            ("invite_policy", "sometimes"),
            ("refused_domains", "a.test, nonsense"),
            ("invitation_days", "31"),
            ("recipient_daily_limit", "many"),
            ("welcome_messages", "perhaps"),
        ] {
            form.set(field, typed);
        }
        assert!(read(&mut form).is_none());
        assert_eq!(form.errors().len(), 10, "{form:?}");
        assert_eq!(form.value("refused_domains"), "a.test, nonsense");
    }

    #[test]
    fn a_list_that_would_admit_nobody_is_refused_only_where_it_counts() {
        let mut organisation = Organisation::default();
        organisation.profile.primary_domain = "meridiaan.example".to_owned();
        let mut form = filled(&organisation);
        assert!(read(&mut form).is_some(), "{form:?}");
        form.set("domain_rule", "only");
        assert!(read(&mut form).is_none());
        assert_eq!(form.error("accepted_domains"), Some(&Complaint::key("settings-accepted-domains-needed")));
    }
}
