//! The page between pressing Save and saving, when a change takes something away.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::settings_impact::{Impact, Loss, Touched};

use super::fields::FIELDS;
use crate::text::Texts;
use crate::web::{Administrating, Form, Page, PageError, filters, paths};

#[derive(Template)]
#[template(path = "admin/settings/impact.html")]
struct ImpactPage {
    page: Page,
    fields: Vec<(&'static str, String)>,
    losses: Vec<String>,
    touched: Vec<Group>,
    action: &'static str,
}

/// People, apps or invitations that the change touches.
struct Group {
    heading: String,
    text: String,
    names: Vec<String>,
    more: String,
}

/// Says what the change takes away and from whom; what was typed waits in the page.
pub(super) fn page(visit: &Administrating, form: &Form, impact: &Impact) -> Result<HttpResponse, PageError> {
    let texts = visit.texts;
    let view = ImpactPage {
        page: visit.page("settings-impact-title").administering(paths::ADMIN_SETTINGS),
        fields: FIELDS.map(|field| (field, form.value(field).to_owned())).into(),
        losses: impact.losses.iter().map(|loss| sentence(texts, *loss, impact)).collect(),
        touched: touched(texts, impact),
        action: paths::ADMIN_SETTINGS,
    };
    visit.html(StatusCode::OK, &view)
}

fn sentence(texts: Texts, loss: Loss, impact: &Impact) -> String {
    match loss {
        Loss::OwnersManage => texts.get("settings-loss-owners"),
        Loss::Inviting => texts.get("settings-loss-inviting"),
        Loss::Domains => texts.get("settings-loss-domains"),
        Loss::OwnDomains => texts.get("settings-loss-own-domains"),
        Loss::GuestsSee => texts.count("settings-loss-guests-see", impact.guests),
        Loss::WelcomeMessages => texts.get("settings-loss-welcome-messages"),
        Loss::MembersSearch => texts.count("settings-loss-members-search", impact.members),
        Loss::GroupsPage => texts.count("settings-loss-groups-page", impact.members + impact.guests),
    }
}

fn touched(texts: Texts, impact: &Impact) -> Vec<Group> {
    let group = |key: &str, touched: &Touched| Group {
        heading: counted(texts, &format!("settings-touched-{key}"), touched.count, touched.or_more),
        text: texts.get(&format!("settings-touched-{key}-text")),
        names: touched.first.clone(),
        more: more(texts, touched),
    };
    [("owners", &impact.owners), ("apps", &impact.apps), ("invitations", &impact.invitations)]
        .into_iter()
        .filter(|(_, touched)| touched.count > 0)
        .map(|(key, touched)| group(key, touched))
        .collect()
}

fn more(texts: Texts, touched: &Touched) -> String {
    let named = i64::try_from(touched.first.len()).unwrap_or(i64::MAX);
    if touched.count > named {
        counted(texts, "and-more", touched.count - named, touched.or_more)
    } else {
        String::new()
    }
}

/// `2,000+` where nobody counted further.
fn counted(texts: Texts, key: &str, count: i64, or_more: bool) -> String {
    if or_more {
        texts.with(key, &[("count", format!("{}+", texts.number(count)).into())])
    } else {
        texts.count(key, count)
    }
}

#[cfg(test)]
mod tests {
    use directory::settings_impact::{Impact, Touched};

    use super::touched;
    use crate::text::{Language, Texts};

    #[test]
    fn what_nobody_counted_to_the_end_says_so() {
        let first = vec!["ann@partner.test".to_owned()];
        let invitations = Touched { count: 2_000, or_more: true, first };
        let impact = Impact { invitations, ..Impact::default() };
        let told = touched(Texts::new(Language::English), &impact).remove(0);
        assert_eq!(told.heading, "2,000+ open invitations are put on hold");
        assert_eq!(told.more, "and 1,999+ more");
    }
}
