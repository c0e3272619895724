//! A panel without a socket: the pages with all that a request passes, over a directory with one owner of one group.

use std::{future::Future, net::SocketAddr, pin::Pin, rc::Rc, sync::Arc};

use actix_web::{
    body::to_bytes,
    http::header::{self, HeaderMap},
    rt::{System, SystemRunner},
    test::{TestRequest, init_service},
};
use chrono::TimeDelta;
use directory::{
    Actor, Administrator, Clock, Directory, EmailAddress, Keys, Organisation, Result, Timestamp, Tx,
    delivery::{self, Letter},
    group::{Group, GroupKind, GroupProfile},
    group_owner,
    organisation::TenantSettings,
    setup_link::{self, FirstAdministrator},
    testing::TestDatabase,
    text::{Description, Name},
    user::{User, UserProfile},
};
use url::form_urlencoded::Serializer;

use crate::{app, settings::Settings, web::State};

/// Where people reach it.
pub(super) const ORIGIN: &str = "https://access.example.org";
/// The group whose owner is signed in.
pub(super) const GROUP: &str = "/groups/partners";
/// What a form says of itself.
pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const OWNER: &str = "olivia@meridian.test";

type Answering = Pin<Box<dyn Future<Output = Answer>>>;

/// A panel at which the owner of a group is signed in.
pub(super) struct Panel {
    pub(super) database: TestDatabase,
    /// The owner's cookies, as a browser sends them.
    pub(super) cookies: String,
    /// A token for the owner's forms.
    pub(super) token: String,
    ask: Box<dyn Fn(TestRequest) -> Answering>,
    system: SystemRunner,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Panel {
    pub(super) fn start() -> Panel {
        let database = TestDatabase::sqlite();
        let directory = database.open(Clock::fixed(Timestamp::from_micros(1_795_000_000_000_000)));
        directory.migrate().expect("an empty database takes the schema");
        directory.write(assemble).expect("a directory with an owner");
        let system = System::new();
        let ask = system.block_on(serve(directory.clone()));
        let mut panel = Panel { database, cookies: String::new(), token: String::new(), ask, system };
        panel.sign_in(&directory);
        panel
    }

    /// Sends this from a browser on this machine, to the name that the panel has.
    pub(super) fn send(&self, request: TestRequest) -> Answer {
        let from = SocketAddr::from(([127, 0, 0, 1], 50_000));
        let request = request.peer_addr(from).insert_header((header::HOST, "access.example.org"));
        self.system.block_on((self.ask)(request))
    }

    /// Through the pages, with the code that is mailed.
    fn sign_in(&mut self, directory: &Directory) {
        self.look("/sign-in");
        self.go_on(&[("email", OWNER), ("way", "code")]);
        let code = mailed_code(directory);
        self.go_on(&[("email", OWNER), ("way", "code"), ("code", &code)]);
        self.look("/account");
    }

    fn look(&mut self, path: &str) {
        let answer = self.send(TestRequest::get().uri(path).insert_header((header::COOKIE, &*self.cookies)));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        self.keep(&answer);
        let token = answer.body.split("name=\"csrf_token\" value=\"").nth(1);
        token.and_then(|rest| rest.split('"').next()).expect("a form").clone_into(&mut self.token);
    }

    fn go_on(&mut self, fields: &[(&str, &str)]) {
        let token = [("csrf_token", &*self.token)];
        let body = Serializer::new(String::new()).extend_pairs(token).extend_pairs(fields).finish();
        let request = TestRequest::post().uri("/sign-in").set_payload(body);
        let request = request.insert_header((header::CONTENT_TYPE, URL_ENCODED));
        let answer = self.send(request.insert_header((header::COOKIE, &*self.cookies)));
        assert!(answer.status < 400, "{}: {}", answer.status, answer.body);
        self.keep(&answer);
    }

    fn keep(&mut self, answer: &Answer) {
        let set = answer.headers.get_all(header::SET_COOKIE).filter_map(|cookie| cookie.to_str().ok());
        let fresh: Vec<&str> = set.filter_map(|cookie| cookie.split(';').next()).collect();
        let name = |cookie: &str| cookie.split('=').next().map(str::to_owned);
        let kept = self.cookies.split("; ").filter(|old| !old.is_empty());
        let kept = kept.filter(|old| fresh.iter().all(|new| name(new) != name(old)));
        self.cookies = kept.chain(fresh.iter().copied()).collect::<Vec<_>>().join("; ");
    }
}

/// The pages as the server has them, ready for requests.
async fn serve(directory: Directory) -> Box<dyn Fn(TestRequest) -> Answering> {
    let pairs = [("public_url", ORIGIN), ("data_dir", "/nonexistent"), ("log", "off")];
    let settings = Settings::from_pairs(&pairs).expect("settings");
    let public_url = settings.public_url(settings.bind);
    // The keys of `TestDatabase::open`.
    let state = State::new(directory, Keys::new([7; 32]), Arc::new(settings), public_url);
    let pages = Rc::new(init_service(app::pages(&state, None)).await);
    Box::new(move |request| {
        let pages = Rc::clone(&pages);
        Box::pin(async move {
            let answer = actix_web::test::call_service(&*pages, request.to_request()).await;
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            let body = to_bytes(answer.into_body()).await.unwrap_or_default();
            Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
        })
    })
}

fn mailed_code(directory: &Directory) -> String {
    let claimed = directory.write(|tx| delivery::claim(tx, "fuzzing", TimeDelta::minutes(1)));
    match claimed.expect("the outbox").expect("a mail").letter {
        Letter::Code(letter) => letter.code,
        Letter::Added(_) | Letter::Invitation(_) => panic!("only a code was asked for"),
    }
}

fn assemble(tx: &mut Tx<'_>) -> Result<()> {
    let organisation = Organisation::found(tx, &Organisation::default().profile)?;
    let first = FirstAdministrator {
        name: name("Adam"),
        address: address("adam@meridian.test"),
        password_hash: "none".to_owned(),
    };
    let adam = Actor::of(&setup_link::add_administrator(tx, &first)?).expect("somebody active");
    let adam = Administrator::find(tx, &adam)?;
    let settings = TenantSettings { owners_manage_groups: true, ..TenantSettings::default() };
    Organisation::change(tx, &adam, &organisation.profile, &settings, organisation.version)?;
    let olivia = User::add_member(tx, &adam, &address(OWNER), &UserProfile::named(name("Olivia")))?;
    let profile = GroupProfile {
        name: name("Partners"),
        description: Description::default(),
        kind: GroupKind::Security,
        rule: None,
        owners_manage_membership: true,
    };
    let group = Group::add(tx, &adam, &profile)?;
    group_owner::add(tx, &adam, &group, olivia.id).map(drop)
}

fn name(text: &str) -> Name {
    Name::parse(text).expect("a name")
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}
