//! A door between the panel and its PostgreSQL, to shut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use directory::testing::POSTGRES_URL;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A way through to the PostgreSQL for tests, on a port of its own.
pub(crate) struct Door {
    port: u16,
    shut: Arc<AtomicBool>,
}

impl Door {
    /// A door that stands open.
    pub(crate) fn open() -> Self {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shut = Arc::new(AtomicBool::new(false));
        let is_shut = Arc::clone(&shut);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(keep(listener, is_shut));
        });
        Self { port, shut }
    }

    /// Nobody gets through, and who was inside is put out.
    pub(crate) async fn shut(&self) {
        self.shut.store(true, Ordering::Release);
        // Long enough for everybody inside to be out.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }

    /// Whoever knocks gets through again.
    pub(crate) fn unlock(&self) {
        self.shut.store(false, Ordering::Release);
    }

    /// The address of a database, by way of the door.
    pub(crate) fn through(&self, url: &str) -> String {
        let mut url = Url::parse(url).unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.port)).unwrap();
        url.into()
    }
}

async fn keep(listener: std::net::TcpListener, shut: Arc<AtomicBool>) {
    let listener = TcpListener::from_std(listener).unwrap();
    let server = server();
    let local = tokio::task::LocalSet::new();
    local
        .run_until(async move {
            while let Ok((mut guest, _)) = listener.accept().await {
                let (shut, server) = (Arc::clone(&shut), server.clone());
                tokio::task::spawn_local(async move {
                    if shut.load(Ordering::Acquire) {
                        return;
                    }
                    let Ok(mut inside) = TcpStream::connect(server).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut guest, &mut inside) => {}
                        () = until(&shut) => {}
                    }
                });
            }
        })
        .await;
}

async fn until(shut: &AtomicBool) {
    while !shut.load(Ordering::Acquire) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn server() -> String {
    #[expect(clippy::disallowed_methods, reason = "the test's own setting, not the panel's")]
    let url = Url::parse(&std::env::var(POSTGRES_URL).unwrap()).unwrap();
    format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432))
}
