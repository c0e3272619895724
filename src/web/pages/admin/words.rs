//! States of invitations and mails in words, an icon and a colour.

use directory::{
    delivery::{DeliveryState, Progress},
    invitation::Standing,
};

use crate::text::Texts;
use crate::web::{Visit, view::Tone};

/// A state as a badge shows it.
pub(super) struct Badge {
    pub(super) tone: Tone,
    pub(super) icon: &'static str,
    pub(super) text: String,
}

/// Where an invitation stands.
pub(super) fn of_standing(texts: Texts, standing: &Standing) -> Badge {
    let (tone, icon) = match standing {
        Standing::Open => (Tone::Wait, "mail-clock"),
        Standing::Accepted => (Tone::Ok, "circle-check"),
        Standing::Declined => (Tone::Bad, "mail-x"),
        Standing::Revoked => (Tone::Plain, "undo-2"),
        Standing::Expired => (Tone::Warn, "timer-off"),
        Standing::Suspended(_) => (Tone::Warn, "pause"),
    };
    Badge { tone, icon, text: texts.get(&format!("admin-invitation-{}", standing.code())) }
}

/// Where a mail stands.
pub(super) fn of_mail(texts: Texts, mail: &Progress) -> Badge {
    if mail.is_only_written() {
        return Badge { tone: Tone::Warn, icon: "mail-warning", text: texts.get("admin-mail-written") };
    }
    of_state(texts, mail.state)
}

fn of_state(texts: Texts, state: DeliveryState) -> Badge {
    let (tone, icon) = match state {
        DeliveryState::Queued => (Tone::Wait, "mail-clock"),
        DeliveryState::Retrying => (Tone::Warn, "refresh-cw"),
        DeliveryState::OnHold => (Tone::Warn, "pause"),
        DeliveryState::Sent => (Tone::Ok, "mail-check"),
        DeliveryState::Failed => (Tone::Bad, "mail-warning"),
        DeliveryState::Dropped => (Tone::Plain, "mail-x"),
    };
    Badge { tone, icon, text: texts.get(&format!("admin-mail-{}", state.as_str())) }
}

/// A mail's state with its moment: "Mail sent 18 Nov 2026, 14:05 CET".
pub(super) fn mail_sentence(visit: &Visit, mail: &Progress) -> String {
    if mail.is_only_written() {
        return visit.texts.get("people-mail-written");
    }
    let moment = match mail.state {
        DeliveryState::Queued | DeliveryState::OnHold => mail.created_at,
        DeliveryState::Retrying => mail.next_attempt_at,
        DeliveryState::Sent | DeliveryState::Failed | DeliveryState::Dropped => mail.ended_at(),
    };
    let key = format!("admin-mail-sentence-{}", mail.state.as_str());
    let moment = visit.texts.date_time_zone(moment, visit.zone());
    visit.texts.with(&key, &[("moment", moment.into()), ("answer", mail.answer.as_str().into())])
}

#[cfg(test)]
mod tests {
    use directory::access::Refusal;

    use super::*;
    use crate::text::Language;
    use crate::web::icons;

    #[test]
    fn every_state_of_mails_and_invitations_has_its_words() {
        let standings = [
            Standing::Open,
            Standing::Accepted,
            Standing::Declined,
            Standing::Revoked,
            Standing::Expired,
            Standing::Suspended(Refusal::BlockedUser),
        ];
        let mails = [
            DeliveryState::Queued,
            DeliveryState::Retrying,
            DeliveryState::OnHold,
            DeliveryState::Sent,
            DeliveryState::Failed,
            DeliveryState::Dropped,
        ];
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            let badges = standings.iter().map(|standing| of_standing(texts, standing));
            for badge in badges.chain(mails.iter().map(|state| of_state(texts, *state))) {
                assert!(!badge.text.starts_with("admin-") && icons::exists(badge.icon), "{}", badge.text);
            }
            for state in mails {
                let key = format!("admin-mail-sentence-{}", state.as_str());
                let sentence = texts.with(&key, &[("moment", "now".into()), ("answer", "250 ok".into())]);
                assert!(sentence != key, "{key}");
            }
        }
    }
}
