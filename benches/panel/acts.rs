//! What people do in a large organisation, as requests that are ready to be sent.

use std::slice;

use anyhow::Context;
use directory::{
    Actor, Directory, EmailAddress, Error, Manager,
    app::App,
    fill::EVERYBODYS_APP,
    group_member,
    invitation::{self, Draft, Outcome},
    token::InvitationToken,
    user::{self, User, UserFilter, UserKind, UserState},
};
use reqwest::StatusCode;

use super::{
    browser::{self, Browser},
    load::{self, NUMBER, Requests, posted},
    place::{self, ADMINISTRATOR, PERSON, Place},
    process::Process,
    sink::Sink,
};

/// How many members sign in. Some hundred at half load take half a second and more: a disk that stalls once for a moment is
/// not the 95th percentile yet.
const SIGN_INS: i64 = 900;
/// How many guests are invited to redeem.
const REDEMPTIONS: usize = 1_600;
/// How many people are taken out of the group, in all.
const REMOVALS: i64 = 900;
/// A manager's searches in a minute, for all three of them and both rounds.
const SEARCHES: usize = 18;

/// Something that people do.
pub(crate) struct Act {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// As fast as it goes, and then at half of that.
    pub(crate) requests: [Vec<Requests>; 2],
    /// What is asked when its questions are counted.
    pub(crate) counted: Requests,
    pub(crate) connections: usize,
}

/// By which bounds it is judged.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Page,
    Search,
    Change,
    /// Somebody alone redeems: also by the median.
    Redemption,
}

/// Everything that is measured, in its order.
pub(crate) async fn all(place: &Place, panel: &Process, sink: &Sink) -> anyhow::Result<Vec<Act>> {
    let directory = vestibule::app::open_directory(&place.settings()?)?;
    let mut acts = pages(place, panel, sink).await?;
    acts.extend(searches(place, panel).await?);
    acts.push(add(place, panel).await?);
    acts.push(each("Remove", Kind::Change, &remove(place, panel, &directory).await?)?);
    let redemptions = redemptions(panel, sink, &directory).await?;
    let (alone, together) = redemptions.split_at(redemptions.len() / 2);
    let redeem = each("Redeem, one client", Kind::Redemption, alone)?;
    acts.push(Act { connections: 1, ..redeem });
    acts.push(each("Redeem, 8 at once", Kind::Change, together)?);
    acts.push(each("Sign in by code", Kind::Change, &sign_ins(panel, sink, &directory).await?)?);
    Ok(acts)
}

fn page(name: &'static str, path: &str, headers: &str) -> Act {
    let requests = Requests::get(path, headers);
    let kind = if name.contains("search") { Kind::Search } else { Kind::Page };
    Act::again_and_again((name, kind), vec![requests], 32)
}

/// Forms of which each can be sent once: one is counted, some are sent as fast as it goes, and the others at half of
/// that.
fn each(name: &'static str, kind: Kind, texts: &[String]) -> anyhow::Result<Act> {
    let (counted, texts) = texts.split_first().with_context(|| format!("{name}: nothing to ask"))?;
    let (full, half) = texts.split_at(texts.len() / 2);
    let requests = [full, half].map(|texts| vec![Requests::each(texts)]);
    let counted = Requests::each(slice::from_ref(counted));
    Ok(Act { name, kind, requests, counted, connections: 8 })
}

impl Act {
    fn again_and_again(
        (name, kind): (&'static str, Kind),
        requests: Vec<Requests>,
        connections: usize,
    ) -> Act {
        let counted = requests.first().cloned().unwrap_or_else(|| Requests::each(&[]));
        Act { name, kind, requests: [requests.clone(), requests], counted, connections }
    }
}

async fn pages(place: &Place, panel: &Process, sink: &Sink) -> anyhow::Result<Vec<Act>> {
    let person = load::headers(&browser::sign_in(panel.address, PERSON).await?);
    let owner = load::headers(&browser::sign_in(panel.address, place::OWNER).await?);
    let administrator = load::headers(&sink.sign_in(panel.address, ADMINISTRATOR).await?);
    let manage = format!("{}/manage", place.app);
    let after = |name: &str| format!("{manage}?name={name}&after=00000000-0000-0000-0000-000000000000");
    Ok(vec![
        page("My Apps, 20 apps", "/apps", &person),
        page("Manage app, first page", &manage, &owner),
        page("Manage app, middle", &after("kees"), &owner),
        page("Manage app, last", &after("zofia%20v"), &owner),
        page("Manage app, search", &format!("{manage}?q=anna"), &owner),
        page("Manage app, search for something rare", &format!("{manage}?q=ijkst"), &owner),
        page("Users", "/admin/users", &administrator),
        page("Users, search by prefix", "/admin/users?q=anna", &administrator),
        page("Users, search by infix", "/admin/users?q=ijkst", &administrator),
        page("Users, search by address", "/admin/users?q=owner-3%40meridian.test", &administrator),
        page("Audit, first page", "/admin/audit", &administrator),
    ])
}

/// A manager looks for colleagues, within what a person may look in a minute.
async fn searches(place: &Place, panel: &Process) -> anyhow::Result<Vec<Act>> {
    let path = format!("{}/manage/add", place.app);
    let kinds = [
        ("People, by prefix", "anna"),
        ("People, by infix", "ijkst"),
        ("People, by domain", "meridian.test"),
    ];
    let mut texts = kinds.map(|_| Vec::new());
    for owner in place::owners() {
        let mut owner = browser::sign_in(panel.address, &owner).await?;
        let token = owner.token(&path).await?;
        for ((_, sought), texts) in kinds.iter().zip(&mut texts) {
            let form = format!("csrf_token={token}&email={sought}");
            texts.extend(vec![posted(&path, &load::headers(&owner), &form); SEARCHES]);
        }
    }
    kinds.iter().zip(texts).map(|((name, _), texts)| each(name, Kind::Search, &texts)).collect()
}

/// Sixteen connections of the eight owners.
async fn add(place: &Place, panel: &Process) -> anyhow::Result<Act> {
    Ok(Act::again_and_again(("Add, 16 at once", Kind::Change), adding(place, panel).await?, 16))
}

/// What each of the owners sends to add one more guest.
pub(crate) async fn adding(place: &Place, panel: &Process) -> anyhow::Result<Vec<Requests>> {
    let mut requests = Vec::new();
    for owner in place::owners() {
        let mut owner = browser::sign_in(panel.address, &owner).await?;
        let token = owner.token(&format!("{}/manage/add", place.app)).await?;
        let form =
            format!("csrf_token={token}&email=new-{NUMBER}%40supplier.test&message=Welcome&language=en");
        requests.push(Requests::post(
            &format!("{}/manage/members", place.app),
            &load::headers(&owner),
            &form,
        ));
    }
    Ok(requests)
}

/// An owner takes people out of the group.
async fn remove(place: &Place, panel: &Process, directory: &Directory) -> anyhow::Result<Vec<String>> {
    let manage = format!("{}/manage", place.app);
    let mut owner = browser::sign_in(panel.address, place::OWNER).await?;
    let token = owner.token(&format!("{manage}/add")).await?;
    let people = directory.read(|tx| {
        let group = App::by_slug(tx, EVERYBODYS_APP)?.target_group_id.ok_or(Error::Hidden)?;
        group_member::list(tx, group, None, REMOVALS)
    })?;
    let others = people.rows.iter().filter(|person| !person.address.starts_with("owner-"));
    let form = format!("csrf_token={token}");
    let text = |person: &User| {
        posted(&format!("{manage}/members/{}/remove", person.id), &load::headers(&owner), &form)
    };
    Ok(others.map(text).collect())
}

/// Guests who have typed the code of their mail and are about to accept.
async fn redemptions(panel: &Process, sink: &Sink, directory: &Directory) -> anyhow::Result<Vec<String>> {
    let open = directory.write(|tx| {
        let owner = EmailAddress::parse(place::OWNER).map_err(|_| Error::Hidden)?;
        let owner = User::by_address(tx, &owner)?.as_ref().and_then(Actor::of).ok_or(Error::Hidden)?;
        let mut links = Vec::new();
        for number in 0..REDEMPTIONS {
            let manager = Manager::of_app(tx, &owner, EVERYBODYS_APP)?;
            let address = format!("redeems-{number}@partner.test");
            let outcome = invitation::add(tx, &manager, &address, &Draft::default())?;
            let Outcome::Invited(invitation) = outcome else { return Err(Error::Stale) };
            let token = InvitationToken { invitation: invitation.id, generation: invitation.generation };
            links.push((token.text(tx.keys()), address));
        }
        Ok(links)
    })?;
    let client = browser::client()?;
    let mut waiting = Vec::new();
    for (link, address) in open {
        let mut guest = Browser::new(&client, panel.address);
        let token = guest.token(&format!("/invitations/{link}")).await?;
        let answer = guest.post(&format!("/invitations/{link}/code"), &token, &[]).await?;
        anyhow::ensure!(answer.status() == StatusCode::SEE_OTHER, "no code is sent: {}", answer.status());
        waiting.push((guest, format!("/invitations/{link}/accept"), token, address));
    }
    let mut texts = Vec::new();
    for (guest, path, token, address) in waiting {
        let form = format!("csrf_token={token}&code={}", sink.code(&address).await?);
        texts.push(posted(&path, &load::headers(&guest), &form));
    }
    Ok(texts)
}

/// Members who have typed the code of their mail.
async fn sign_ins(panel: &Process, sink: &Sink, directory: &Directory) -> anyhow::Result<Vec<String>> {
    let filter =
        UserFilter { kind: Some(UserKind::Member), state: Some(UserState::Active), ..UserFilter::default() };
    let members = directory.read(|tx| user::list(tx, &filter, SIGN_INS))?;
    let client = browser::client()?;
    let mut waiting = Vec::new();
    for member in members.rows.into_iter().filter(|member| !member.administrator) {
        let mut browser = Browser::new(&client, panel.address);
        let token = browser.token("/sign-in").await?;
        browser.post("/sign-in", &token, &[("email", &member.address), ("way", "code")]).await?;
        waiting.push((browser, token, member.address_key));
    }
    let mut texts = Vec::new();
    for (browser, token, address) in waiting {
        let code = sink.code(&address).await?;
        let form = format!("csrf_token={token}&email={}&way=code&code={code}", address.replace('@', "%40"));
        texts.push(posted("/sign-in", &load::headers(&browser), &form));
    }
    Ok(texts)
}
