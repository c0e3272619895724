//! What the other tests stand on, tried by itself.

use actix_web::{App, HttpResponse, HttpServer, web};
use directory::Clock;
use directory::access::SeenTarget;

use crate::support::panel::Panel;
use crate::support::visitor::Visitor;
use crate::support::{cast, database};

#[test]
fn the_cast_stands_on_the_stage() {
    let (_database, directory) = database::migrated(Clock::system());
    cast::assemble(&directory);
    let sees_the_group = directory.read(|tx| {
        let gus = cast::actor(tx, cast::GUS);
        Ok(SeenTarget::group(tx, &gus, cast::SALES_PARTNERS).is_ok())
    });
    assert!(sees_the_group.unwrap());
    directory.read(|tx| Ok(cast::manager(tx, cast::OLIVIA))).unwrap();
}

const PAGE: &str = "<!doctype html><html lang=en dir=ltr><head><title>Hello</title></head><body>\
    <a class=skip href='#main'>Skip</a><main id=main><h1>Hello</h1><form method=post action=/greet>\
    <input type=hidden name=csrf_token value=t><label>Name <input name=name></label><button>Greet</button></form>\
    </main></body></html>";

async fn hello(who: web::Path<String>) -> HttpResponse {
    let page = PAGE.replace("<h1>Hello", &format!("<h1>Hello {who}"));
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

async fn greet(body: String) -> HttpResponse {
    let name = body.strip_prefix("csrf_token=t&name=").unwrap();
    HttpResponse::SeeOther().insert_header(("location", format!("/hello/{name}"))).finish()
}

#[actix_web::test]
async fn a_visitor_fills_in_a_form_and_goes_where_it_leads() {
    let app =
        || App::new().route("/hello/{who}", web::get().to(hello)).route("/greet", web::post().to(greet));
    let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let mut visitor = Visitor::new(&address);
    visitor.open("/hello/you").await.sees("Hello you");
    visitor.fill("name", "Mia").press("Greet").await.sees("Hello Mia").does_not_see("Hello you");
    assert_eq!((visitor.status(), visitor.path()), (303, "/hello/Mia"));
    visitor.post("/greet", &[("name", "Ben")]).await;
    assert_eq!(visitor.location().as_deref(), Some("/hello/Ben"));
    visitor.follow().await.sees("Hello Ben");
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_panel_serves_its_cast_and_ends_with_the_test() {
    let panel = Panel::start();
    let mut visitor = panel.visitor();
    visitor.get("/health/ready").await;
    assert_eq!(visitor.status(), 200);
    visitor.open("/nowhere").await;
    assert_eq!(visitor.status(), 404);
}
