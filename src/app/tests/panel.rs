//! A panel on a port of its own with a few pages that only these tests have, and a browser to visit it with.

use std::{path::PathBuf, sync::Arc};

use actix_web::{
    HttpResponse,
    http::StatusCode,
    rt,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::{
    Actor, Clock, Directory, EmailAddress, Organisation, Timestamp, session::Entrance, text::Name,
    user::User, user::UserProfile,
};
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};

use crate::{
    app::{Application, Parts, Stop},
    settings::Settings,
    web::{Administrating, Flash, Page, PageError, Posted, SignedIn, Uploaded, Visit},
};

#[derive(Template)]
#[template(
    source = r#"<html>token:{{ page.csrf }}:{% if let Some(flash) = page.flash %}{{ flash.text }}{% endif %}</html>"#,
    ext = "html"
)]
struct Plain {
    page: Page,
}

async fn form(visit: Visit) -> Result<HttpResponse, PageError> {
    visit.html(StatusCode::OK, &Plain { page: visit.page("nav-apps") })
}

async fn sign_in(visit: Visit, Posted(form): Posted) -> Result<HttpResponse, PageError> {
    let address = EmailAddress::parse(form.value("email")).map_err(|_| PageError::BadRequest)?;
    let user = visit
        .sign_in(
            move |tx| User::by_address(tx, &address),
            |user| Some(Entrance::Proved(Box::new(Actor::of(user.as_ref()?)?))),
        )
        .await?;
    user.ok_or(PageError::NotFound)?;
    Ok(visit.see_other("/t/me", Flash::ok("people").with("count", 2)))
}

async fn sign_out(visit: SignedIn, _: Posted) -> Result<HttpResponse, PageError> {
    visit.sign_out().await?;
    Ok(visit.see_other("/t/form", None))
}

async fn me(visit: SignedIn) -> Result<HttpResponse, PageError> {
    visit.html(StatusCode::OK, &Plain { page: visit.page_titled(visit.actor.name.clone()) })
}

async fn admin(visit: Administrating) -> Result<HttpResponse, PageError> {
    visit.html(StatusCode::OK, &Plain { page: visit.page("nav-apps").administering("/admin/users") })
}

async fn upload(_: Visit, uploaded: Uploaded) -> Result<HttpResponse, PageError> {
    let size = uploaded.file("logo").map_or(0, |file| file.content.len());
    Ok(HttpResponse::Ok().body(size.to_string()))
}

fn pages(config: &mut ServiceConfig) {
    config
        .route("/t/form", web::get().to(form))
        .route("/t/sign-in", web::post().to(sign_in))
        .route("/t/sign-out", web::post().to(sign_out))
        .route("/t/me", web::get().to(me))
        .route("/t/admin", web::get().to(admin))
        .route("/t/upload", web::post().to(upload));
}

/// A panel that is running, with Ann (a member) and Ada (an administrator).
pub(super) struct Panel {
    pub(super) url: String,
    pub(super) directory: Directory,
    pub(super) clock: Clock,
    stop: Stop,
    folder: PathBuf,
}

impl Panel {
    pub(super) fn start() -> Panel {
        Panel::start_with(&[])
    }

    pub(super) fn start_with(more: &[(&str, &str)]) -> Panel {
        let folder = std::env::temp_dir().join(format!("vestibule-kit-{:016x}", rand::random::<u64>()));
        let told = [("bind", "127.0.0.1:0"), ("data_dir", folder.to_str().unwrap()), ("log", "off")];
        let settings = Settings::from_pairs(&[&told, more].concat()).unwrap();
        let clock = Clock::fixed(Timestamp::from_micros(1_763_600_000_000_000));
        let parts = Parts { clock: clock.clone(), extra: Some(Arc::new(pages)), ..Parts::default() };
        let application = Application::build(settings, parts).unwrap();
        let (directory, stop) = (application.directory().clone(), application.stop());
        add(&directory, "ann@example.org", false);
        add(&directory, "ada@example.org", true);
        let url = format!("http://127.0.0.1:{}", application.port());
        rt::spawn(application.run_until_stopped());
        Panel { url, directory, clock, stop, folder }
    }

    /// What SIGTERM does first.
    pub(super) fn announces_its_end(&self) {
        self.stop.state.stop();
    }

    pub(super) fn visitor(&self) -> Visitor {
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
        Visitor { client, url: self.url.clone() }
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        let stop = self.stop.clone();
        rt::spawn(async move { stop.gracefully().await });
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn add(directory: &Directory, address: &str, administrator: bool) {
    let address = EmailAddress::parse(address).unwrap();
    let profile =
        UserProfile { administrator, ..UserProfile::named(Name::parse(address.local_part()).unwrap()) };
    let added = directory.write(|tx| {
        Organisation::found(tx, &Organisation::default().profile)?;
        User::add_from_the_system(tx, &address, &profile, None)
    });
    added.unwrap();
}

/// A browser.
pub(super) struct Visitor {
    pub(super) client: Client,
    url: String,
}

impl Visitor {
    pub(super) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    pub(super) fn post(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.url)).form(fields)
    }

    pub(super) async fn token(&self, path: &str) -> String {
        let page = self.get(path).send().await.unwrap().text().await.unwrap();
        page.split(':').nth(1).unwrap().to_owned()
    }

    pub(super) async fn signs_in(&self, address: &str) -> Response {
        let token = self.token("/t/form").await;
        self.post("/t/sign-in", &[("csrf_token", &token), ("email", address)]).send().await.unwrap()
    }
}
