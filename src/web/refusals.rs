//! A rule's "no" as a sentence (SPEC 3.2): the same one on every page, in every list and beside every field.

use chrono_tz::Tz;
use directory::{
    Timestamp,
    access::{Limit, LimitReached, MendedBy, NotManager, Refusal},
    organisation::InvitePolicy,
};

use super::complaints::address_key;
use super::rule_mistakes;
use crate::text::Texts;

/// Why, in the reader's language. The zone is the organisation's.
pub(crate) fn say(texts: Texts, refusal: &Refusal, zone: Tz) -> String {
    let moment = |at: Timestamp| texts.date_time_zone(at.utc(), zone);
    let base = format!("refusal-{}", refusal.code());
    match refusal {
        Refusal::NotManager { why } => texts.get(&format!("refusal-{}", why.code())),
        Refusal::DynamicGroup { rule } if !rule.is_empty() => {
            texts.with("refusal-dynamic_group-rule", &[("rule", rule.as_str().into())])
        }
        Refusal::SyncedGroup { source, last_sync: Some(synced) } => texts.with(
            "refusal-synced_group-source",
            &[("source", source.as_str().into()), ("synced", moment(*synced).into())],
        ),
        Refusal::InvalidAddress { part } => texts.get(address_key(*part)),
        Refusal::OwnDomain { domain } | Refusal::DomainNotAllowed { domain } => {
            texts.with(&base, &[("domain", domain.as_str().into())])
        }
        Refusal::InvitingOff { policy } => inviting_off(texts, *policy),
        Refusal::LimitReached(LimitReached { limit, max, frees_at }) => texts.with(
            &format!("{base}-{}", window(*limit)),
            &[("limit", (*max).into()), ("until", moment(*frees_at).into())],
        ),
        Refusal::GroupInUse { apps, invited } => texts.get(&in_use(&base, !apps.is_empty(), *invited)),
        Refusal::GuestsInGroup { people } => texts.with(&base, &[("people", people.join(", ").into())]),
        Refusal::GroupOpensMore { apps } | Refusal::GroupFilledThrough { apps } => {
            texts.with(&base, &[("apps", apps.join(", ").into())])
        }
        Refusal::InvalidRule { mistake } => rule_mistakes::say(texts, mistake),
        _ => texts.get(&base),
    }
}

/// Why an invitation is on hold: said to a reader who is not the one whose authority it stands on.
pub(crate) fn say_on_hold(texts: Texts, refusal: &Refusal, zone: Tz) -> String {
    let of_another = match refusal {
        Refusal::NotManager { why } => texts.find(&format!("on-hold-{}", why.code())),
        _ => None,
    };
    of_another.unwrap_or_else(|| say(texts, refusal, zone))
}

/// Why, and who can make it go away.
pub(crate) fn explain(texts: Texts, refusal: &Refusal, zone: Tz) -> String {
    let (said, mended) = (say(texts, refusal, zone), mended_by(texts, refusal));
    if mended.is_empty() { said } else { format!("{said} {mended}") }
}

/// Who can make it go away, in the reader's language. Empty where nobody can, or where the sentence says it itself.
pub(crate) fn mended_by(texts: Texts, refusal: &Refusal) -> String {
    if says_it_all(refusal) {
        return String::new();
    }
    texts.get(match refusal.mended_by() {
        MendedBy::Administrator => "mended-by-administrator",
        MendedBy::DirectoryAdministrator => "mended-by-directory",
        MendedBy::Person => "mended-by-person",
        MendedBy::Time => "mended-by-time",
    })
}

/// Nobody can mend these: what was accepted stays accepted, and a guest never manages, owns a group or has a password.
/// The other sentences say themselves what to do.
fn says_it_all(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::AlreadyDecided
            | Refusal::BlockedUser
            | Refusal::GroupInUse { invited: true, .. }
            | Refusal::GuestCannotOwn
            | Refusal::GuestPassword
            | Refusal::NotManager { why: NotManager::Guest | NotManager::NotAdministrator }
            | Refusal::NotYourself
            | Refusal::PasswordMissing
            | Refusal::Restored
            | Refusal::RuleBeingWorkedOut
    )
}

/// Both causes, unless only one of them applies.
fn in_use(base: &str, by_apps: bool, invited: bool) -> String {
    match (by_apps, invited) {
        (true, false) => format!("{base}-apps"),
        (false, true) => format!("{base}-invited"),
        _ => base.to_owned(),
    }
}

fn inviting_off(texts: Texts, policy: InvitePolicy) -> String {
    texts.get(match policy {
        InvitePolicy::Anyone => "refusal-inviting_off",
        InvitePolicy::Members => "refusal-inviting_off-members",
        InvitePolicy::Inviters => "refusal-inviting_off-administrators",
        InvitePolicy::Nobody => "refusal-inviting_off-nobody",
    })
}

fn window(limit: Limit) -> &'static str {
    match limit {
        Limit::InviterHour => "hour",
        Limit::InviterDay => "day",
        Limit::ChangesHour => "changes",
        Limit::OrganisationHour => "organisation",
        Limit::RecipientDay => "recipient",
    }
}

#[cfg(test)]
mod tests {
    use directory::email_address::AddressError;
    use directory::group_rule::RuleMistake;

    use super::*;
    use crate::text::Language;

    /// One of each, with everything a sentence can need.
    fn every_refusal() -> Vec<Refusal> {
        let frees_at = Timestamp::from_micros(1_763_600_000_000_000);
        let mut all = vec![
            Refusal::DynamicGroup { rule: "user.department == 'Sales'".to_owned() },
            Refusal::SyncedGroup { source: "ad.example".to_owned(), last_sync: Some(frees_at) },
            Refusal::SyncedGroup { source: "ad.example".to_owned(), last_sync: None },
            Refusal::OwnDomain { domain: "example.org".to_owned() },
            Refusal::BlockedUser,
            Refusal::DomainNotAllowed { domain: "partner.test".to_owned() },
            Refusal::LastOwner,
            Refusal::GuestsInGroup { people: vec!["Ann".to_owned()] },
            Refusal::GuestCannotOwn,
            Refusal::PasswordMissing,
            Refusal::GuestPassword,
            Refusal::SignInTooOld,
            Refusal::AddressTaken,
            Refusal::NameTaken,
            Refusal::InvalidRule { mistake: RuleMistake::NoAnswer },
            Refusal::UnsuitableTargetGroup,
            Refusal::GroupOpensMore { apps: vec!["Ledger".to_owned()] },
            Refusal::GroupFilledThrough { apps: vec!["Ledger".to_owned()] },
            Refusal::AlreadyDecided,
            Refusal::WelcomeMessagesOff,
            Refusal::NotYourself,
            Refusal::UnusableLogo,
            Refusal::RoleInUse,
        ];
        all.extend([NotManager::NotActive, NotManager::Guest, NotManager::OwnersSwitchOff].map(not_manager));
        all.extend(
            [NotManager::GroupSwitchOff, NotManager::NotOwner, NotManager::AppDisabled].map(not_manager),
        );
        all.extend([NotManager::NotSelfService, NotManager::NoTargetGroup].map(not_manager));
        all.extend([NotManager::TargetNotAssigned, NotManager::NotAssigned].map(not_manager));
        all.push(not_manager(NotManager::NotAdministrator));
        all.extend([Refusal::RuleBeingWorkedOut, Refusal::Restored]);
        let uses = [(true, true), (true, false), (false, true)];
        all.extend(uses.map(|(used, invited)| in_use_by(used, invited)));
        let parts = [AddressError::Empty, AddressError::TooLong, AddressError::AtSign, AddressError::Domain];
        all.extend(parts.map(|part| Refusal::InvalidAddress { part }));
        all.push(Refusal::InvalidAddress { part: AddressError::LocalPart });
        let policies =
            [InvitePolicy::Anyone, InvitePolicy::Members, InvitePolicy::Inviters, InvitePolicy::Nobody];
        all.extend(policies.map(|policy| Refusal::InvitingOff { policy }));
        let limits = [Limit::InviterHour, Limit::InviterDay, Limit::OrganisationHour, Limit::RecipientDay];
        let limits = limits.into_iter().chain([Limit::ChangesHour]);
        let reached = |limit| Refusal::LimitReached(LimitReached { limit, max: 50, frees_at });
        all.extend(limits.map(reached));
        all
    }

    fn in_use_by(used: bool, invited: bool) -> Refusal {
        Refusal::GroupInUse { apps: used.then(|| "Ledger".to_owned()).into_iter().collect(), invited }
    }

    fn not_manager(why: NotManager) -> Refusal {
        Refusal::NotManager { why }
    }

    #[test]
    fn every_refusal_is_a_sentence_in_both_languages() {
        for refusal in every_refusal() {
            for &language in Language::ALL {
                let texts = Texts::new(language);
                let said = say(texts, &refusal, Tz::UTC);
                assert!(!said.starts_with("refusal-") && !said.contains("{$"), "{refusal:?}: {said}");
                assert!(!mended_by(texts, &refusal).starts_with("mended-"), "{refusal:?}");
            }
        }
    }

    #[test]
    fn who_can_mend_it_is_said_unless_nobody_can_or_it_has_been_said() {
        let final_ones = [
            Refusal::AlreadyDecided,
            Refusal::BlockedUser,
            in_use_by(true, true),
            in_use_by(false, true),
            Refusal::GuestCannotOwn,
            Refusal::GuestPassword,
            not_manager(NotManager::Guest),
            not_manager(NotManager::NotAdministrator),
            Refusal::NotYourself,
            Refusal::PasswordMissing,
            Refusal::Restored,
            Refusal::RuleBeingWorkedOut,
        ];
        for refusal in every_refusal() {
            for &language in Language::ALL {
                let texts = Texts::new(language);
                let (said, mended) = (say(texts, &refusal, Tz::UTC), mended_by(texts, &refusal));
                assert_eq!(mended.is_empty(), final_ones.contains(&refusal), "{refusal:?}: {mended}");
                let expected = if mended.is_empty() { said } else { format!("{said} {mended}") };
                assert_eq!(explain(texts, &refusal, Tz::UTC), expected);
            }
        }
    }

    #[test]
    fn a_group_that_is_in_use_is_told_by_what_applies() {
        let said = |used, invited| say(Texts::new(Language::English), &in_use_by(used, invited), Tz::UTC);
        assert!(!said(true, false).contains("invited") && !said(false, true).contains("app"));
        assert!(said(true, true).contains("invited") && said(true, true).contains("app"));
    }

    #[test]
    fn a_limit_says_when_it_frees_up() {
        let frees_at = Timestamp::from_micros(1_763_600_000_000_000);
        let reached = LimitReached { limit: Limit::InviterHour, max: 50, frees_at };
        let refusal = Refusal::LimitReached(reached);
        let said = say(Texts::new(Language::English), &refusal, Tz::UTC);
        assert!(said.contains("50") && said.contains("UTC"), "{said}");
    }
}
