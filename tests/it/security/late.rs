//! Forms that come late: what has ended since their request arrived is not done any more (SECURITY B9, C4).

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use directory::access::Administrator;
use directory::session::{self, Session};
use directory::user::{User, UserProfile, UserState};

use crate::support::cast::{self, ADAM, MIA};
use crate::support::panel::Panel;
use crate::support::stage;
use crate::support::visitor::Visitor;

const EVE: &str = "eve@meridian.test";

/// A request of which the panel knows whose it is, and whose form is still under way.
struct Late {
    line: TcpStream,
    form: String,
}

impl Late {
    /// Sends all but the form, from the page that the visitor is at.
    async fn begin(
        panel: &Panel,
        (visitor, address): (&Visitor, &str),
        path: &str,
        fields: &[(&str, &str)],
    ) -> Self {
        // A request is written down once a minute.
        panel.clock.advance(TimeDelta::minutes(2));
        let token = visitor.token();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let form = form.append_pair("csrf_token", &token).extend_pairs(fields).finish();
        let host = panel.address().strip_prefix("http://").unwrap().trim_end_matches('/');
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            visitor.cookies(),
            form.len(),
        );
        let mut line = TcpStream::connect(host).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        line.write_all(head.as_bytes()).unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        while !is_seen(panel, address) {
            assert!(Instant::now() < until, "the panel does not know whose request it is");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self { line, form }
    }

    /// Sends the form; the first line and the headers of the answer.
    fn finish(mut self) -> String {
        self.line.write_all(self.form.as_bytes()).unwrap();
        let mut answer = String::new();
        self.line.read_to_string(&mut answer).unwrap();
        answer.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase()
    }
}

/// Whether the panel has found out at this moment whose request it is.
fn is_seen(panel: &Panel, address: &str) -> bool {
    let now = panel.clock.now();
    sessions(panel, address).iter().any(|session| session.last_seen_at == now)
}

fn sessions(panel: &Panel, address: &str) -> Vec<Session> {
    panel.read(|tx| {
        let user = stage::user(tx, address)?;
        session::list_of(tx, user.id)
    })
}

fn goes_to_sign_in(answer: &str) -> bool {
    answer.starts_with("http/1.1 303") && answer.contains("location: /sign-in")
}

#[actix_web::test]
async fn a_session_that_was_ended_meanwhile_does_not_outlive_it_c4() {
    let panel = Panel::start();
    for (path, fields) in [
        ("/account/sessions/others/end", &[][..]),
        ("/account/password", &[("new_password", "a whole new phrase")][..]),
    ] {
        let mut thief = panel.signed_in(MIA).await;
        thief.get("/account").await;
        let late = Late::begin(&panel, (&thief, MIA), path, fields).await;
        let mut mia = panel.signed_in(MIA).await;
        mia.open("/account").await.post("/account/sessions/others/end", &[]).await;
        let answer = late.finish();
        assert!(goes_to_sign_in(&answer), "{path}: {answer}");
        assert_eq!(sessions(&panel, MIA).len(), 1, "{path}");
        assert_eq!(mia.get("/account").await.status(), 200, "the one that ended the other goes on");
        let mia = panel.read(|tx| stage::user(tx, MIA));
        assert_eq!(mia.password_hash, None);
    }
}

#[actix_web::test]
async fn who_is_no_administrator_any_more_changes_nothing_b9() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let mia = panel.read(|tx| stage::user(tx, MIA));
    let path = format!("/admin/users/{}/block", mia.id);
    adam.get(&path).await;
    assert_eq!(adam.status(), 200, "{adam}");
    let late = Late::begin(&panel, (&adam, ADAM), &path, &[("version", &mia.version.to_string())]).await;
    panel.write(|tx| {
        let profile = UserProfile { administrator: true, ..UserProfile::named(cast::name("Eve Adams")) };
        let password = Some("hash".to_owned());
        User::add_from_the_system(tx, &cast::parse_address(EVE), &profile, password)?;
        let (eve, adam) = (cast::actor(tx, EVE), cast::actor(tx, ADAM));
        let eve = Administrator::find(tx, &eve)?;
        User::block(tx, &eve, adam.id)
    });
    let answer = late.finish();
    assert!(answer.starts_with("http/1.1 404"), "{answer}");
    assert_eq!(panel.read(|tx| stage::user(tx, MIA)).state, UserState::Active);
}
