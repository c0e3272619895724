//! What the audit says of what was done, and where it leads.

use std::collections::BTreeSet;

use directory::activity::{self, Filter};
use directory::app::App;
use directory::group::Group;
use directory::invitation::{self, Draft, InvitationFilter};
use directory::user::User;
use directory::{Id, Organisation};
use serde_json::Value;

use crate::support::cast::{self, ADAM, MIA, OLIVIA, SALESFORCE};
use crate::support::panel::Panel;
use crate::support::sources::{files, read};

const ANN: &str = "ann@partner.test";

fn invite(panel: &Panel) {
    panel.write(|tx| {
        let olivia = cast::manager(tx, OLIVIA);
        invitation::add(tx, &olivia, ANN, &Draft::default()).map(drop)
    });
}

/// The names of the fields of what was recorded, but for those that the audit does not show.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names(value, found);
                let is_hidden = ["id", "version", "slug", "generation"].contains(&name.as_str())
                    || name.ends_with("_id")
                    || name.ends_with("_at");
                if !is_hidden && !value.is_object() {
                    found.insert(name.clone());
                }
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| names(part, found)),
        _ => {}
    }
}

/// The names in every `json!({ "name": … })` of the domain.
fn named_in_the_code() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files("crates/directory/src", ".rs") {
        let source = read(&path);
        for object in source.split("json!({").skip(1) {
            let object = object.split("})").next().unwrap_or_default();
            let before_colons = object.split("\":").collect::<Vec<_>>();
            let (_, before_colons) = before_colons.split_last().unwrap();
            found.extend(before_colons.iter().filter_map(|part| part.rsplit('"').next()).map(str::to_owned));
        }
    }
    found
}

#[actix_web::test]
async fn every_field_that_is_recorded_has_a_word() {
    let panel = Panel::start();
    invite(&panel);
    let mut recorded = named_in_the_code();
    assert!(recorded.contains("member") && recorded.contains("assigned"), "{recorded:?}");
    let page = panel.read(|tx| activity::list(tx, &Filter::default(), 500));
    for activity in page.rows.iter().map(|entry| &entry.activity) {
        for json in [&activity.before, &activity.after].into_iter().flatten() {
            names(&serde_json::from_str(json).unwrap(), &mut recorded);
        }
    }
    for of_each_kind in ["job_title", "synced_from", "catalogue_key", "target", "invite_policy"] {
        assert!(recorded.contains(of_each_kind), "{of_each_kind} is not among {recorded:?}");
    }
    for language in ["en", "nl"] {
        let words = read(format!("locales/{language}/audit.ftl"));
        let has_word =
            |name: &String| words.contains(&format!("\naudit-field-{} = ", name.replace('_', "-")));
        let without: Vec<_> = recorded.iter().filter(|name| !has_word(name)).collect();
        assert!(without.is_empty(), "{language}: {without:?}");
    }
}

#[actix_web::test]
async fn an_invitation_says_what_it_is_for() {
    let panel = Panel::start();
    invite(&panel);
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/audit?action=invitation.added").await;
    adam.sees(ANN).sees("Invitation to Salesforce").sees("App or group");
}

#[actix_web::test]
async fn what_the_audit_is_narrowed_to_is_one_click_away() {
    let panel = Panel::start();
    invite(&panel);
    let (app, group, mia, invitation) = panel.read(|tx| {
        let administrator = cast::administrator(tx);
        let organisation = Organisation::load(tx)?;
        let filter = InvitationFilter { search: ANN.to_owned(), ..InvitationFilter::default() };
        let invitations = invitation::list(tx, &administrator, &organisation, &filter, 1)?.rows;
        let app = App::by_slug(tx, SALESFORCE)?;
        let group = Group::by_slug(tx, "everyone")?;
        let mia = User::by_address(tx, &cast::parse_address(MIA))?.unwrap();
        Ok((app, group, mia, invitations[0].invitation.clone()))
    });
    let mut adam = panel.signed_in(ADAM).await;
    let of_guest = format!("/admin/users/{}", invitation.user_id);
    let cases: [(Id<()>, &str, String); 4] = [
        (app.id.cast(), "Salesforce", "/admin/apps/salesforce".to_owned()),
        (group.id.cast(), "Everyone", "/admin/groups/everyone".to_owned()),
        (mia.id.cast(), "Mia de Vries", format!("/admin/users/{}", mia.id)),
        (invitation.id.cast(), ANN, of_guest),
    ];
    for (id, name, href) in cases {
        adam.open(&format!("/admin/audit?target={id}")).await;
        assert_eq!(adam.link(name), Some(href), "{adam}");
    }
}
