//! A panel on which there is one of everything twice: Olivia's, and of the same kind Otto's, which is none of her
//! business.

use std::collections::BTreeMap;

use directory::app::{App, AppProperties, HomePage};
use directory::app_self_service::{self, SetUp};
use directory::group::Group;
use directory::invitation::{self, Draft, Outcome};
use directory::text::{Description, Label};
use directory::token::InvitationToken;
use directory::user::{User, UserProfile};
use directory::{Manager, Organisation, Result, Tx, app_assignment, app_role, delivery, session};

use super::cast::{self, GUS, OLIVIA, SALES_PARTNERS, SALESFORCE};
use super::panel::Panel;
use super::visitor::Visitor;

/// The owner of what is not Olivia's.
pub(crate) const OTTO: &str = "otto@meridian.test";
/// Invited by Olivia, not yet in.
pub(crate) const PIA: &str = "pia@partner.test";
/// Invited by Otto, not yet in.
pub(crate) const QUINN: &str = "quinn@supplier.test";
/// Olivia's second guest.
pub(crate) const HAL: &str = "hal@partner.test";
/// Otto's guest.
pub(crate) const RIA: &str = "ria@supplier.test";
/// Otto's app.
pub(crate) const OTTOS: &str = "ledger-of-otto";

/// Every word that a page must not say to whom Otto's things are none of their business.
pub(crate) const OTTOS_WORDS: [&str; 5] =
    ["Ledger of Otto", "Counting people", "quinn@", "ria@", "supplier.test"];

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Audience {
    Anonymous,
    Guest,
    Member,
    Owner,
    Administrator,
}

impl Audience {
    pub(crate) const ALL: [Self; 5] =
        [Self::Anonymous, Self::Guest, Self::Member, Self::Owner, Self::Administrator];

    /// A browser of somebody of this audience.
    pub(crate) async fn visitor(self, panel: &Panel) -> Visitor {
        match self {
            Self::Anonymous => panel.visitor(),
            Self::Guest => panel.signed_in(GUS).await,
            Self::Member => panel.signed_in(cast::MIA).await,
            Self::Owner => panel.signed_in(OLIVIA).await,
            Self::Administrator => panel.signed_in(cast::ADAM).await,
        }
    }
}

/// A panel with the cast and with Otto's things.
pub(crate) fn set() -> Panel {
    let panel = Panel::start();
    panel.write(ottos);
    panel.write(|tx| cast::guest(tx, HAL));
    panel.write(|tx| cast::guest_of(tx, OTTO, OTTOS, RIA));
    panel.write(|tx| invite(tx, OLIVIA, SALESFORCE, PIA));
    panel.write(|tx| invite(tx, OTTO, OTTOS, QUINN));
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        let app = App::by_slug(tx, SALESFORCE)?;
        app_role::add(tx, &adam, &app, &cast::name("Reader")).map(drop)
    });
    panel
}

/// What stands in the places of an address, `{app}` and so on: Olivia's.
pub(crate) fn olivias(panel: &Panel) -> BTreeMap<&'static str, String> {
    places(panel, OLIVIA, (SALESFORCE, SALES_PARTNERS), [GUS, HAL, PIA])
}

/// What stands in the places of an address: Otto's.
pub(crate) fn of_otto(panel: &Panel) -> BTreeMap<&'static str, String> {
    places(panel, OTTO, (OTTOS, "counting-people"), [RIA, RIA, QUINN])
}

fn places(
    panel: &Panel,
    owner: &str,
    (app, group): (&str, &str),
    [guest, second, invited]: [&str; 3],
) -> BTreeMap<&'static str, String> {
    let (token, id) = panel.read(|tx| {
        let user = user(tx, invited)?;
        let organisation = Organisation::load(tx)?;
        let invitation = invitation::list_of_user(tx, &organisation, user.id, 1)?.remove(0).invitation;
        let token = InvitationToken { invitation: invitation.id, generation: invitation.generation };
        Ok((token.text(tx.keys()), invitation.id))
    });
    let mut places = BTreeMap::from([
        ("app", app.to_owned()),
        ("group", group.to_owned()),
        ("token", token),
        ("invitation", id.to_string()),
        ("hash", "0".to_owned()),
        ("secret", "no-such-secret".to_owned()),
        ("version", "1".to_owned()),
        ("user", panel.read(|tx| Ok(user(tx, guest)?.id.to_string()))),
        ("second", panel.read(|tx| Ok(user(tx, second)?.id.to_string()))),
        ("owner", panel.read(|tx| Ok(user(tx, owner)?.id.to_string()))),
    ]);
    let sessions = panel.read(|tx| {
        let owner = user(tx, owner)?;
        session::list_of(tx, owner.id)
    });
    places.insert("session", sessions.first().map_or("none".to_owned(), |session| session.id.to_string()));
    let (assignment, role) = panel.read(|tx| {
        let app = App::by_slug(tx, app)?;
        let assignment = app_assignment::list(tx, app.id, None, 50)?.rows.pop();
        Ok((assignment.map(|row| row.id.to_string()), app_role::list(tx, app.id)?.pop()))
    });
    places.insert("assignment", assignment.unwrap_or_default());
    places.insert("role", role.map_or("none".to_owned(), |role| role.id.to_string()));
    let mails = panel.read(|tx| {
        let adam = cast::administrator(tx);
        delivery::list(tx, &adam, &delivery::DeliveryFilter::default(), 50)
    });
    places.insert("mail", mails.rows.first().map_or("none".to_owned(), |row| row.id.to_string()));
    places
}

/// An address with its places filled in.
pub(crate) fn filled(address: &str, places: &BTreeMap<&'static str, String>) -> String {
    let mut filled = address.to_owned();
    for (name, value) in places {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    assert!(!filled.contains('{'), "nothing to put into {filled}");
    filled
}

/// Somebody, whatever their state.
pub(crate) fn user(tx: &mut Tx<'_>, address: &str) -> Result<User> {
    Ok(User::by_address(tx, &cast::parse_address(address))?.unwrap())
}

/// Somebody invites a stranger to their app.
pub(crate) fn invite(tx: &mut Tx<'_>, owner: &str, app: &str, address: &str) -> Result<()> {
    let owner = cast::actor(tx, owner);
    let manager = Manager::of_app(tx, &owner, app)?;
    let outcome = invitation::add(tx, &manager, address, &Draft::default())?;
    assert!(matches!(outcome, Outcome::Invited(_)), "{outcome:?}");
    Ok(())
}

fn ottos(tx: &mut Tx<'_>) -> Result<()> {
    let adam = cast::administrator(tx);
    let profile = UserProfile::named(cast::name("Otto Lind"));
    let otto = User::add_member(tx, &adam, &cast::parse_address(OTTO), &profile)?;
    let group = Group::add(tx, &adam, &cast::group("Counting people", None))?;
    let app = App::add(tx, &adam, &ledger(), None)?;
    let wanted = SetUp { owner: otto.id, group: Some(group.id), other_apps_confirmed: true };
    app_self_service::set_up(tx, &adam, &app.slug, &wanted)?;
    Ok(())
}

fn ledger() -> AppProperties {
    AppProperties {
        name: cast::name("Ledger of Otto"),
        description: Description::parse("Every entry twice").unwrap(),
        collection: Label::parse("Finance").unwrap(),
        home_page: HomePage::parse("https://ledger.example/").unwrap(),
        enabled: true,
        visible: true,
        assignment_required: true,
    }
}
