//! The people and things of the domain tests, made through the domain's own verbs.

use chrono::TimeDelta;
use directory::access::{Administrator, Manager};
use directory::app::{App, AppProperties, HomePage};
use directory::app_assignment::{self, Assignee, Assignment};
use directory::app_self_service::{self, SetUp};
use directory::delivery::{self, Letter};
use directory::group::{Group, GroupKind, GroupProfile};
use directory::group_rule::GroupRule;
use directory::organisation::{Profile, TenantSettings};
use directory::session::Session;
use directory::setup_link::{self, FirstAdministrator};
use directory::sign_in::Progress;
use directory::testing::TestDatabase;
use directory::text::{Description, Label, Name};
use directory::user::{self, User, UserProfile};
use directory::{
    Actor, Clock, Dialect, Directory, EmailAddress, Id, Language, Organisation, Result, Timestamp, Tx,
    group_owner,
};

/// A directory with an administrator (Adam), two owners (Olivia, Oscar), a member (Mia), the app Salesforce with
/// self-service set up for Olivia, and the group it fills.
pub(crate) struct Cast {
    pub(crate) directory: Directory,
    pub(crate) clock: Clock,
    pub(crate) adam: Actor,
    pub(crate) olivia: Actor,
    pub(crate) oscar: Actor,
    pub(crate) mia: Actor,
    pub(crate) app: App,
    pub(crate) group: Group,
    pub(crate) database: TestDatabase,
}

pub(crate) fn address(typed: &str) -> EmailAddress {
    EmailAddress::parse(typed).unwrap()
}

/// Who may have a session now, if how signing in went was enough.
pub(crate) fn let_in(progress: Progress) -> Option<Id<User>> {
    match progress {
        Progress::SignedIn(actor) => Some(actor.id),
        _ => None,
    }
}

pub(crate) fn name(typed: &str) -> Name {
    Name::parse(typed).unwrap()
}

pub(crate) fn group_profile(called: &str, rule: Option<&str>) -> GroupProfile {
    GroupProfile {
        name: name(called),
        description: Description::default(),
        kind: GroupKind::Security,
        rule: rule.map(|rule| GroupRule::parse(rule).unwrap()),
        owners_manage_membership: true,
    }
}

impl Cast {
    pub(crate) fn on(dialect: Dialect) -> Self {
        let database = TestDatabase::on(dialect);
        let clock = Clock::fixed(Timestamp::from_micros(1_795_000_000_000_000));
        let directory = database.open(clock.clone());
        directory.migrate().unwrap();
        let adam = directory.write(found).unwrap();
        let [olivia, oscar, mia] = ["Olivia", "Oscar", "Mia"].map(|person| member(&directory, &adam, person));
        let (app, group) = directory.write(|tx| salesforce(tx, &adam, olivia.id)).unwrap();
        Self { directory, clock, adam, olivia, oscar, mia, app, group, database }
    }

    pub(crate) fn read<T>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T>) -> T {
        self.directory.read(f).unwrap()
    }

    pub(crate) fn write<T>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T>) -> T {
        self.directory.write(f).unwrap()
    }

    pub(crate) fn as_administrator<T>(
        &self,
        f: impl Fn(&mut Tx<'_>, &Administrator) -> Result<T>,
    ) -> Result<T> {
        self.directory.write(|tx| {
            let administrator = Administrator::find(tx, &self.adam)?;
            f(tx, &administrator)
        })
    }

    /// Does something as the manager of Salesforce.
    pub(crate) fn as_manager<T>(
        &self,
        actor: &Actor,
        f: impl Fn(&mut Tx<'_>, &Manager) -> Result<T>,
    ) -> Result<T> {
        self.directory.write(|tx| {
            let manager = Manager::of_app(tx, actor, &self.app.slug)?;
            f(tx, &manager)
        })
    }

    /// Somebody sets a password in a session that begins just now.
    pub(crate) fn set_password(&self, actor: &Actor, hash: &str) -> Result<()> {
        self.write(|tx| Session::begin(tx, hash, actor, ""));
        self.set_password_in(hash, hash)
    }

    /// Whose session has this key sets a password.
    pub(crate) fn set_password_in(&self, key: &str, hash: &str) -> Result<()> {
        self.directory.write(|tx| {
            let visitor = Session::visitor(tx, key)?.unwrap();
            user::set_password(tx, &visitor, hash)
        })
    }

    pub(crate) fn settings(&self, change: impl Fn(&mut TenantSettings)) {
        self.as_administrator(|tx, administrator| {
            let organisation = Organisation::load(tx)?;
            let mut settings = organisation.settings.clone();
            change(&mut settings);
            Organisation::change(tx, administrator, &organisation.profile, &settings, organisation.version)
        })
        .unwrap();
    }

    /// What the outbox holds for this address, sent: the links are read from here, as a guest does.
    pub(crate) fn letters_to(&self, to: &str) -> Vec<Letter> {
        let mut letters = Vec::new();
        while let Some(claimed) =
            self.directory.write(|tx| delivery::claim(tx, "test", TimeDelta::minutes(1))).unwrap()
        {
            self.directory.write(|tx| delivery::sent(tx, &claimed, "250 ok")).unwrap();
            if claimed.to == to {
                letters.push(claimed.letter);
            }
        }
        letters
    }

    /// The token of the newest invitation mailed to this address.
    pub(crate) fn token_for(&self, to: &str) -> String {
        let letters = self.letters_to(to);
        let path = letters.iter().rev().find_map(|letter| match letter {
            Letter::Invitation(letter) => Some(letter.path.clone()),
            Letter::Added(_) | Letter::Code(_) => None,
        });
        path.unwrap().strip_prefix("/invitations/").unwrap().to_owned()
    }

    /// The newest code mailed to this address.
    pub(crate) fn code_for(&self, to: &str) -> String {
        let letters = self.letters_to(to);
        let code = letters.into_iter().rev().find_map(|letter| match letter {
            Letter::Code(letter) => Some(letter.code),
            Letter::Added(_) | Letter::Invitation(_) => None,
        });
        code.unwrap()
    }
}

pub(crate) fn meridian() -> Profile {
    Profile {
        name: "Meridian Labs".into(),
        primary_domain: "meridian.test".into(),
        other_domains: String::new(),
        time_zone: "Europe/Amsterdam".into(),
        default_language: Language::English,
        privacy_url: None,
    }
}

fn found(tx: &mut Tx<'_>) -> Result<Actor> {
    Organisation::found(tx, &meridian())?;
    let first = FirstAdministrator {
        name: name("Adam Admin"),
        address: address("adam@meridian.test"),
        password_hash: "not a hash".into(),
    };
    let user = setup_link::add_administrator(tx, &first)?;
    Ok(Actor::of(&user).unwrap())
}

fn member(directory: &Directory, adam: &Actor, person: &str) -> Actor {
    let to = address(&format!("{}@meridian.test", person.to_lowercase()));
    let profile =
        UserProfile { department: Label::parse("Sales").unwrap(), ..UserProfile::named(name(person)) };
    let user = directory
        .write(|tx| {
            let administrator = Administrator::find(tx, adam)?;
            User::add_member(tx, &administrator, &to, &profile)
        })
        .unwrap();
    Actor::of(&user).unwrap()
}

pub(crate) fn app_properties(called: &str) -> AppProperties {
    AppProperties {
        name: name(called),
        description: Description::default(),
        collection: Label::default(),
        home_page: HomePage::parse("https://salesforce.example/").unwrap(),
        enabled: true,
        visible: true,
        assignment_required: true,
    }
}

fn salesforce(tx: &mut Tx<'_>, adam: &Actor, owner: Id<User>) -> Result<(App, Group)> {
    let administrator = Administrator::find(tx, adam)?;
    let app = App::add(tx, &administrator, &app_properties("Salesforce"), None)?;
    let wanted = SetUp { owner, group: None, other_apps_confirmed: false };
    let app = app_self_service::set_up(tx, &administrator, &app.slug, &wanted)?;
    let group = Group::find(tx, app.target_group_id.unwrap())?;
    Ok((app, group))
}

/// Gives somebody ownership of a group and the app, so that both owners manage it.
pub(crate) fn second_owner(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        group_owner::add(tx, administrator, &cast.group, cast.oscar.id)?;
        app_assignment::add(tx, administrator, &cast.app, &Assignment::to(Assignee::User(cast.oscar.id)))
    })
    .unwrap();
}
