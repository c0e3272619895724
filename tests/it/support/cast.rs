//! The people and things that most tests are about, made through the verbs that people use.
//!
//! Olivia owns the group "Sales partners", which is the target group of the self-service app Salesforce; Mia is a
//! member of Meridian Labs and of nothing else; Ben is blocked; Gus, a guest of Olivia's, has redeemed and is in the
//! group. "Everyone" is a dynamic group and "Warehouse" a synced one; Olivia owns them too.

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use directory::app::{App, AppProperties, HomePage};
use directory::app_self_service::{self, SetUp};
use directory::catalogue::Catalogue;
use directory::group::{Group, GroupKind, GroupProfile};
use directory::group_rule::GroupRule;
use directory::invitation::{self, Draft, Outcome};
use directory::organisation::{Profile, TenantSettings};
use directory::redemption::{self, Accepted, Door};
use directory::setup_link::{self, FirstAdministrator};
use directory::text::{Description, Label, Name};
use directory::token::InvitationToken;
use directory::user::{User, UserProfile};
use directory::{
    Actor, Administrator, Directory, EmailAddress, Language, Manager, Organisation, Result, Tx, group_owner,
};

/// The administrator.
pub(crate) const ADAM: &str = "adam@meridian.test";
/// The owner.
pub(crate) const OLIVIA: &str = "olivia@meridian.test";
/// A member.
pub(crate) const MIA: &str = "mia@meridian.test";
/// A member who is blocked.
pub(crate) const BEN: &str = "ben@meridian.test";
/// A guest who has redeemed.
pub(crate) const GUS: &str = "gus@partner.test";

/// Adam's; nobody else has one.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// The slug of the self-service app.
pub(crate) const SALESFORCE: &str = "salesforce";
/// The slug of its target group.
pub(crate) const SALES_PARTNERS: &str = "sales-partners";

/// Puts the cast on the stage of an empty directory.
pub(crate) fn assemble(directory: &Directory) {
    directory.write(people).unwrap();
    directory.write(things).unwrap();
    directory.write(|tx| guest(tx, GUS)).unwrap();
}

/// Somebody of the cast, as they ask for something; the person must be active.
pub(crate) fn actor(tx: &mut Tx<'_>, address: &str) -> Actor {
    let user = User::by_address(tx, &parse_address(address)).unwrap().unwrap();
    Actor::of(&user).unwrap()
}

/// Adam, with the proof of what he may do.
pub(crate) fn administrator(tx: &mut Tx<'_>) -> Administrator {
    let adam = actor(tx, ADAM);
    Administrator::find(tx, &adam).unwrap()
}

/// Somebody, with the proof that they manage the self-service app.
pub(crate) fn manager(tx: &mut Tx<'_>, address: &str) -> Manager {
    let actor = actor(tx, address);
    Manager::of_app(tx, &actor, SALESFORCE).unwrap()
}

/// Olivia invites a stranger to Salesforce, who accepts.
pub(crate) fn guest(tx: &mut Tx<'_>, address: &str) -> Result<()> {
    guest_of(tx, OLIVIA, SALESFORCE, address)
}

/// Somebody invites a stranger to their app, who accepts.
pub(crate) fn guest_of(tx: &mut Tx<'_>, owner: &str, app: &str, address: &str) -> Result<()> {
    let owner = actor(tx, owner);
    let owner = Manager::of_app(tx, &owner, app)?;
    let Outcome::Invited(invitation) = invitation::add(tx, &owner, address, &Draft::default())? else {
        panic!("{address} is no stranger")
    };
    let token = InvitationToken { invitation: invitation.id, generation: invitation.generation };
    let token = token.text(tx.keys());
    // Being the invited person stands in for the mailed code here; tests of the door go through it.
    let door = Door { browser: "cast", code: "", signed_in: Some(invitation.user_id), name: None };
    let accepted = redemption::accept(tx, &token, &door)?;
    assert!(matches!(accepted, Accepted::In(_)), "{accepted:?}");
    Ok(())
}

fn people(tx: &mut Tx<'_>) -> Result<()> {
    let organisation = Organisation::found(tx, &meridian())?;
    let adam = FirstAdministrator {
        name: name("Adam Ito"),
        address: parse_address(ADAM),
        password_hash: quick_hash(PASSWORD),
    };
    setup_link::add_administrator(tx, &adam)?;
    let adam = administrator(tx);
    let settings = TenantSettings { owners_manage_groups: true, ..TenantSettings::default() };
    Organisation::change(tx, &adam, &organisation.profile, &settings, organisation.version)?;
    for (address, called) in [(OLIVIA, "Olivia Brandt"), (MIA, "Mia de Vries"), (BEN, "Ben Okafor")] {
        User::add_member(tx, &adam, &parse_address(address), &UserProfile::named(name(called)))?;
    }
    let ben = actor(tx, BEN);
    User::block(tx, &adam, ben.id)
}

fn things(tx: &mut Tx<'_>) -> Result<()> {
    let (adam, olivia) = (administrator(tx), actor(tx, OLIVIA));
    let partners = Group::add(tx, &adam, &group("Sales partners", None))?;
    let warehouse = Group::add(tx, &adam, &group("Warehouse", None))?;
    group_owner::add(tx, &adam, &warehouse, olivia.id)?;
    Group::hand_to_directory(tx, warehouse.id, &name("Meridian on the premises"))?;
    Group::add(tx, &adam, &group("Everyone", Some("kind == 'member'")))?;
    App::add(tx, &adam, &salesforce(), Catalogue::find(SALESFORCE))?;
    let wanted = SetUp { owner: olivia.id, group: Some(partners.id), other_apps_confirmed: true };
    app_self_service::set_up(tx, &adam, SALESFORCE, &wanted)?;
    Ok(())
}

fn meridian() -> Profile {
    Profile {
        name: "Meridian Labs".to_owned(),
        primary_domain: "meridian.test".to_owned(),
        other_domains: String::new(),
        time_zone: "Europe/Amsterdam".to_owned(),
        default_language: Language::English,
        privacy_url: Some("https://meridian.test/privacy".to_owned()),
    }
}

fn salesforce() -> AppProperties {
    AppProperties {
        name: name("Salesforce"),
        description: Description::parse("Customers, deals and sales pipeline").unwrap(),
        collection: Label::parse("Sales").unwrap(),
        home_page: HomePage::parse("https://meridian.my.salesforce.example/").unwrap(),
        enabled: true,
        visible: true,
        assignment_required: true,
    }
}

/// A security group; dynamic if it has a rule.
pub(crate) fn group(called: &str, rule: Option<&str>) -> GroupProfile {
    GroupProfile {
        name: name(called),
        description: Description::default(),
        kind: GroupKind::Security,
        rule: rule.map(|rule| GroupRule::parse(rule).unwrap()),
        owners_manage_membership: true,
    }
}

/// A name that is one.
pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// An address that is one.
pub(crate) fn parse_address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Argon2id at a cost that tests can afford; the costs stand in the hash.
fn quick_hash(password: &str) -> String {
    let quick = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let salt = SaltString::from_b64("bm90YXNlY3JldHNhbHQ").unwrap();
    quick.hash_password(password.as_bytes(), &salt).unwrap().to_string()
}
