//! The demo: made for one click, on this machine only, and no part of the panel that `serve` runs.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use vestibule::app::Stop;
use vestibule::demo::{Demo, Place};

use crate::support::{panel::Panel, visitor::Visitor};

const ILSE: &str = "ilse.bakker@meridiaan.example";

/// A demo that runs on a thread of its own until it is dropped.
struct Running {
    address: String,
    stop: tokio::sync::mpsc::Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    fn start() -> Self {
        let (tell, told) = mpsc::channel();
        let (stop, mut stopped) = tokio::sync::mpsc::channel(1);
        let thread = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let demo = Demo::start(Place { port: Some(0), ..Place::default() }, None).await.unwrap();
                tell.send(demo.application().public_url().to_string()).unwrap();
                let brake: Stop = demo.application().stop();
                actix_web::rt::spawn(async move {
                    // Ends when the test does, whichever way.
                    let _ = stopped.recv().await;
                    brake.gracefully().await;
                });
                demo.run_until_stopped().await.unwrap();
            });
        });
        Self { address: told.recv().unwrap(), stop, thread: Some(thread) }
    }

    async fn visitor_as(&self, address: &str) -> Visitor {
        let mut visitor = Visitor::new(&self.address);
        visitor.open("/sign-in").await;
        visitor.post("/demo/sign-in", &[("person", address)]).await.follow().await;
        visitor
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop.try_send(());
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(thread::panicking() || ended.is_none_or(|ended| ended.is_ok()), "the demo ended badly");
    }
}

#[actix_web::test]
async fn the_demo_listens_on_this_machine_only() {
    for ip in [IpAddr::V4(Ipv4Addr::UNSPECIFIED), "192.0.2.7".parse().unwrap(), "::".parse().unwrap()] {
        let refused = Demo::start(Place { ip, port: Some(0) }, None).await.err().unwrap();
        assert!(refused.to_string().contains("this machine only"), "{refused}");
    }
}

#[actix_web::test]
async fn nothing_of_the_demo_is_there_under_serve() {
    let panel = Panel::start();
    let mut visitor = panel.visitor();
    assert!(!visitor.open("/sign-in").await.html().contains("/demo"));
    for path in ["/demo", "/demo/mail", "/demo/mail/1", "/demo/mail/1/html", "/demo/apps/salesforce"] {
        assert_eq!(visitor.get(path).await.status(), 404, "{path}");
    }
    visitor.open("/sign-in").await;
    let answer = visitor.post("/demo/sign-in", &[("person", "adam@meridian.test")]).await;
    assert_eq!(answer.status(), 404);
}

#[actix_web::test]
async fn one_click_signs_in_as_any_of_five_people() {
    let demo = Running::start();
    let mut visitor = Visitor::new(&demo.address);
    visitor.open("/sign-in").await;
    for name in ["Sanne de Vries", ILSE, "Jonas Weber", "Noor van Dijk", "Amara Okafor"] {
        assert!(visitor.html().contains(name), "{name}");
    }
    let ilse = demo.visitor_as(ILSE).await;
    assert!(ilse.html().contains("Ledger") && ilse.html().contains("Ilse Bakker"));
    let amara = demo.visitor_as("amara@okafor-audit.example").await;
    assert!(amara.html().contains("Audit file") && !amara.html().contains("Bank room"));
}

#[actix_web::test]
async fn a_click_signs_nobody_in_who_could_not_sign_in() {
    let demo = Running::start();
    for (address, status) in [
        ("priya.raman@lindqvist.example", 404),
        ("ruben.smit@meridiaan.example", 404),
        ("nobody@meridiaan.example", 404),
        ("no address", 400),
    ] {
        let mut visitor = Visitor::new(&demo.address);
        visitor.open("/sign-in").await;
        assert_eq!(visitor.post("/demo/sign-in", &[("person", address)]).await.status(), status, "{address}");
    }
}

#[actix_web::test]
async fn the_mail_of_the_demo_can_be_read_as_it_was_sent() {
    let demo = Running::start();
    let mut visitor = Visitor::new(&demo.address);
    visitor.open("/demo/mail").await;
    visitor.click("Jonas Weber nodigt je uit voor External architects bij Meridiaan").await;
    assert!(visitor.html().contains("Content-Language: nl"));
    let frame = visitor.html().split("iframe src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = reqwest::get(format!("{}{frame}", demo.address)).await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
    let html = answer.text().await.unwrap();
    assert!(html.contains("<base target=\"_top\">"));
    let link = html.split("/invitations/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    visitor.open(&format!("/invitations/{link}")).await;
    assert_eq!(visitor.status(), 200);
}
