//! Connections that nobody means to use (SECURITY C9), and forms that are refused before anything of them is read.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::cast::MIA;
use crate::support::panel::Panel;

fn send(panel: &Panel, request: &str) -> TcpStream {
    let host = panel.address().strip_prefix("http://").unwrap().trim_end_matches('/');
    let mut line = TcpStream::connect(host).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    line.write_all(request.replace("HOST", host).as_bytes()).unwrap();
    line
}

/// What came until the panel closed the connection.
fn answer(mut line: TcpStream) -> String {
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    answer
}

#[actix_web::test]
async fn a_body_that_never_ends_is_refused_and_its_connection_is_closed_c9() {
    let panel = Panel::start();
    for first_line in ["GET /health/live", "POST /sign-in", "GET /nowhere"] {
        let head = format!("{first_line} HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n");
        let began = Instant::now();
        let told = answer(send(&panel, &head));
        assert!(told.starts_with("HTTP/1.1 411"), "{first_line}: {told}");
        assert!(began.elapsed() < Duration::from_secs(8), "{first_line}");
    }
}

/// Takes as long as the panel waits.
#[actix_web::test]
async fn an_answer_that_nobody_reads_is_given_up_c9() {
    let panel = Panel::start();
    let mut reader = panel.visitor();
    let page = reader.open("/sign-in").await.html().to_owned();
    let style = page.split('"').find(|part| part.ends_with("/panel.css")).unwrap();
    let asked = format!("GET {style} HTTP/1.1\r\nHost: HOST\r\n\r\n").repeat(400);
    let mut line = send(&panel, &asked);
    let began = Instant::now();
    while line.write_all(b"x").is_ok() {
        assert!(began.elapsed() < Duration::from_mins(1), "it is still held");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert!(began.elapsed() > Duration::from_secs(15), "whoever reads slowly is not cut off");
}

#[actix_web::test]
async fn who_sends_an_old_form_is_told_so_in_their_own_panel() {
    let panel = Panel::start();
    let mia = panel.signed_in(MIA).await;
    let form = "csrf_token=old&theme=dark";
    let told = answer(send(
        &panel,
        &format!(
            "POST /account/password HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
            mia.cookies(),
            form.len()
        ),
    ));
    assert!(told.starts_with("HTTP/1.1 403"), "{told}");
    assert!(told.contains("Meridian Labs") && told.contains("Sign out"), "{told}");
}
