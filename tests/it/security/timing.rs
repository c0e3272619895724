//! C7, A4 and B10: what the time of an answer tells.
//!
//! What is measured is one request from its first byte to the last one of its answer. The kinds that are compared take
//! turns in an order that is drawn anew each round, so that whatever else the machine does, and whatever a request
//! leaves to be done after it, falls on all of them alike.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use directory::invitation::{self, Invitation};
use directory::session::Session;
use directory::token::InvitationToken;
use directory::{Keys, Organisation, Tx, user};
use rand::seq::SliceRandom;
use reqwest::{Client, RequestBuilder, redirect};

use crate::support::cast::{self, BEN, GUS, MIA, OLIVIA, SALESFORCE};
use crate::support::panel::Panel;
use crate::support::stage::{self, PIA, QUINN};
use crate::support::visitor::Visitor;

/// How often each kind is tried.
const ROUNDS: usize = 60;
/// How far the middle answers may lie apart (SECURITY C7).
const APART: Duration = Duration::from_millis(10);
/// A machine that was busy with something else is asked so often before it counts.
const ATTEMPTS: usize = 3;

const NOBODY: &str = "nobody@partner.test";
/// Known and without a password, known with one, invited, blocked, unknown.
const ADDRESSES: [&str; 5] = [GUS, MIA, PIA, BEN, NOBODY];

/// A page that is open in a browser, reduced to what is timed: no page is read, no rule of pages is looked at.
struct Tab {
    client: Client,
    panel: String,
    cookies: String,
    token: String,
}

impl Tab {
    /// The page that this visitor has open, which has a form.
    fn of(panel: &Panel, visitor: &Visitor) -> Self {
        // A connection for each request: the panel hangs up on one that was idle.
        let client =
            Client::builder().no_proxy().redirect(redirect::Policy::none()).pool_max_idle_per_host(0);
        let client = client.build().unwrap();
        let (cookies, token) = (visitor.cookies(), visitor.token());
        Self { client, panel: panel.address().to_owned(), cookies, token }
    }

    fn get(&self, address: &str) -> RequestBuilder {
        self.client.get(format!("{}{address}", self.panel)).header("cookie", &self.cookies)
    }

    fn post(&self, address: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let token = ("csrf_token", self.token.as_str());
        let fields: Vec<(&str, &str)> = [token].iter().chain(fields).copied().collect();
        let request = self.client.post(format!("{}{address}", self.panel)).form(&fields);
        request.header("cookie", &self.cookies)
    }
}

/// The status of an answer, and how long it took to the end.
async fn timed(request: RequestBuilder) -> (u16, Duration) {
    let began = Instant::now();
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    answer.bytes().await.unwrap();
    (status, began.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How long the requests take that `ask` makes, one of each kind in each round, after which the clock goes on by so
/// much: beyond what one place may try, among other things.
async fn medians<const KINDS: usize>(
    panel: &Panel,
    ask: &impl Fn(usize) -> RequestBuilder,
    (statuses, pause): ([u16; KINDS], TimeDelta),
) -> [Duration; KINDS] {
    let mut times: [Vec<Duration>; KINDS] = std::array::from_fn(|_| Vec::new());
    let mut order: [usize; KINDS] = std::array::from_fn(|kind| kind);
    for round in 0..ROUNDS {
        order.shuffle(&mut rand::rng());
        for kind in order {
            let (status, took) = timed(ask(kind)).await;
            assert_eq!(status, statuses[kind], "kind {kind} in round {round}");
            times[kind].push(took);
        }
        panel.clock.advance(pause);
    }
    times.map(median)
}

/// Fails unless the requests of all kinds take the same time.
async fn take_the_same_time<const KINDS: usize>(
    panel: &Panel,
    ask: impl Fn(usize) -> RequestBuilder,
    how: ([u16; KINDS], TimeDelta),
) {
    let apart =
        |times: &[Duration; KINDS]| times.iter().max().unwrap().abs_diff(*times.iter().min().unwrap());
    let mut seen = Vec::new();
    while seen.len() < ATTEMPTS {
        let times = medians(panel, &ask, how).await;
        if apart(&times) < APART {
            return;
        }
        seen.push(times);
    }
    panic!("the times of the answers tell the kinds apart: {seen:?}");
}

/// Mia has a password, made as the panel makes them: tests elsewhere have cheaper ones.
fn give_a_password(panel: &Panel) {
    let hash = vestibule::password::hash("correct horse battery").unwrap();
    panel.write(|tx| {
        let mia = cast::actor(tx, MIA);
        Session::begin(tx, "hers", &mia, "")?;
        let visitor = Session::visitor(tx, "hers")?.unwrap();
        user::set_password(tx, &visitor, &hash)
    });
}

/// Everybody's try to sign in, in this way.
async fn signing_in_takes_the_same_time(way: &[(&str, &str)], status: u16) {
    let panel = stage::set();
    give_a_password(&panel);
    let mut visitor = panel.visitor();
    let tab = Tab::of(&panel, visitor.open("/sign-in").await);
    let ask = |kind: usize| {
        let fields: Vec<(&str, &str)> = [("email", ADDRESSES[kind])].iter().chain(way).copied().collect();
        tab.post("/sign-in", &fields)
    };
    take_the_same_time(&panel, ask, ([status; ADDRESSES.len()], TimeDelta::hours(2))).await;
}

#[actix_web::test]
async fn asking_for_a_code_takes_as_long_for_an_unknown_address_c7() {
    signing_in_takes_the_same_time(&[("way", "code")], 303).await;
}

#[actix_web::test]
async fn a_wrong_password_takes_as_long_for_an_unknown_address_c7() {
    signing_in_takes_the_same_time(&[("way", "password"), ("password", "not the password")], 422).await;
}

#[actix_web::test]
async fn wrong_digits_take_as_long_for_an_unknown_address_c7() {
    signing_in_takes_the_same_time(&[("way", "code"), ("code", "000000")], 422).await;
}

/// Links that open no invitation and are answered in the same words: no link at all, one that was altered, one of an
/// invitation that never was, one that another panel made for an invitation of this one.
fn unknown_links(panel: &Panel, real: &str) -> [String; 4] {
    let altered = real.strip_suffix(|_: char| true).unwrap();
    let end = if real.ends_with('A') { 'E' } else { 'A' };
    let elsewhere = Keys::new([7; 32]);
    let id = panel.read(|tx| Ok(newest(tx, GUS)?.id));
    let never = "00000000-0000-7000-8000-000000000000".parse().unwrap();
    let made = |invitation| InvitationToken { invitation, generation: 1 }.text(&elsewhere);
    let [never, foreign] = [never, id].map(|id| format!("/invitations/{}", made(id)));
    ["/invitations/no-link".to_owned(), format!("{altered}{end}"), never, foreign]
}

/// Links that were real once: taken back, used, expired.
async fn dead_links(panel: &Panel) -> [String; 3] {
    let (revoked, expired) = ("revoked@partner.test", "expired@partner.test");
    for address in [revoked, expired] {
        panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, address));
    }
    panel.write(|tx| {
        let (olivia, invitation) = (cast::manager(tx, OLIVIA), newest(tx, revoked)?);
        invitation::revoke(tx, &olivia, invitation.id).map(drop)
    });
    panel.until_mails_are_tried().await;
    panel.clock.advance(TimeDelta::days(8));
    [revoked, GUS, expired].map(|address| link(panel, address))
}

/// The newest invitation of somebody.
fn newest(tx: &mut Tx<'_>, address: &str) -> directory::Result<Invitation> {
    let (user, organisation) = (stage::user(tx, address)?, Organisation::load(tx)?);
    Ok(invitation::list_of_user(tx, &organisation, user.id, 1)?.remove(0).invitation)
}

fn link(panel: &Panel, address: &str) -> String {
    panel.read(|tx| {
        let Invitation { id: invitation, generation, .. } = newest(tx, address)?;
        Ok(format!("/invitations/{}", InvitationToken { invitation, generation }.text(tx.keys())))
    })
}

/// A step at the end of each of these links takes the same time; without fields, it is looked at only.
async fn links_take_the_same_time<const KINDS: usize>(
    panel: &Panel,
    (step, fields): (&str, Option<&[(&str, &str)]>),
    (links, statuses): ([&String; KINDS], [u16; KINDS]),
) {
    let mut visitor = panel.visitor();
    let tab = Tab::of(panel, visitor.open("/sign-in").await);
    let ask = |kind: usize| {
        let address = format!("{}{step}", links[kind]);
        fields.map_or_else(|| tab.get(&address), |fields| tab.post(&address, fields))
    };
    // Beyond every limit.
    take_the_same_time(panel, ask, (statuses, TimeDelta::days(2))).await;
}

const ACCEPT: (&str, Option<&[(&str, &str)]>) = ("/accept", Some(&[("code", "000000")]));
const CODE: (&str, Option<&[(&str, &str)]>) = ("/code", Some(&[]));
const FRESH: (&str, Option<&[(&str, &str)]>) = ("/fresh", Some(&[]));

#[actix_web::test]
async fn a_forged_link_opens_as_fast_as_one_that_is_dead_a4_c7() {
    let panel = Panel::start();
    let [revoked, used, expired] = &dead_links(&panel).await;
    let [_, altered, _, foreign] = &unknown_links(&panel, revoked);
    let links = [altered, foreign, revoked, used, expired];
    links_take_the_same_time(&panel, ("", None), (links, [404, 404, 410, 410, 410])).await;
}

#[actix_web::test]
async fn nothing_tells_by_its_time_why_a_link_is_unknown_a4_c7() {
    let panel = Panel::start();
    let unknown = unknown_links(&panel, &link(&panel, GUS));
    for step in [("", None), ACCEPT, CODE, FRESH] {
        links_take_the_same_time(&panel, step, (unknown.each_ref(), [404; 4])).await;
    }
}

#[actix_web::test]
async fn nothing_tells_by_its_time_why_a_link_is_dead_c7() {
    let panel = Panel::start();
    let dead = dead_links(&panel).await;
    for step in [ACCEPT, CODE] {
        links_take_the_same_time(&panel, step, (dead.each_ref(), [410; 3])).await;
    }
    // To one that is only expired a fresh one is sent, and that is said.
    let [revoked, used, _] = &dead;
    links_take_the_same_time(&panel, FRESH, ([revoked, used], [410; 2])).await;
}

#[actix_web::test]
async fn looking_somebody_up_takes_as_long_if_there_is_nobody_b10() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let add = "/apps/salesforce/manage/add";
    let tab = Tab::of(&panel, olivia.open(add).await);
    for pair in [[QUINN, "nobody@supplier.test"], ["quinn", "nobod"]] {
        let ask = |kind: usize| tab.post(add, &[("email", pair[kind])]);
        take_the_same_time(&panel, ask, ([200; 2], TimeDelta::minutes(1))).await;
    }
}
