//! What one connection may keep for itself, and how many there may be (SECURITY C9).
//!
//! actix-web gives the first request on a connection its time, and a connection that is idle between two requests. The
//! head of a later request that begins and never ends is under neither limit, and an answer that nobody reads under none.

use std::{
    any::Any,
    cell::Cell,
    net::{Shutdown, TcpStream as Socket},
    os::fd::AsFd,
    rc::{Rc, Weak},
    time::Duration,
};

use actix_web::{
    dev::{Extensions, ServiceRequest},
    rt::{self, net::TcpStream},
};
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::time::{Instant, sleep};

/// How long an answer may wait for its reader, in milliseconds.
const UNREAD: u32 = 30_000;
/// How long a connection may be open without a request under way: long enough for the last bytes of a slow reader.
const SILENT: Duration = Duration::from_mins(2);
/// Open files that are for other things than connections: databases, mails, logos.
const OTHER_FILES: u64 = 256;
/// More open files than this are not asked for.
const FILES: u64 = 65_536;

/// A connection, as long as it is open.
struct Connection {
    /// A second name of the same socket, by which it can be closed.
    socket: Socket,
    under_way: Cell<u32>,
    silent_since: Cell<Instant>,
}

/// A request under way: as long as there is one, its connection is not silent.
pub(super) struct UnderWay(Rc<Connection>);

/// Watches a new connection. Over one that nobody reads from, the system gives up; one on which nothing whole is asked
/// for is closed.
pub(crate) fn watch(connection: &dyn Any, kept: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, UNREAD) {
        log::warn!("a connection has no limit for reading its answers: {error}");
    }
    match stream.as_fd().try_clone_to_owned() {
        Ok(socket) => {
            kept.insert(Connection::watched(socket.into(), SILENT));
        }
        Err(error) => log::warn!("a connection has no limit for being silent: {error}"),
    }
}

/// The request's connection has something to do until the answer is dropped; `None` where connections are not watched,
/// as in tests without a server.
pub(super) fn under_way(request: &ServiceRequest) -> Option<UnderWay> {
    request.conn_data::<Rc<Connection>>().map(UnderWay::on)
}

/// How many connections each of so many workers may hold. Each has two descriptors, and something is left for the rest
/// of the process: who comes later waits in the system's queue, and finds a panel that still reaches its database.
pub(crate) fn most_for_each(workers: usize) -> usize {
    let files = (allowed_files().saturating_sub(OTHER_FILES) / 2).max(64);
    (usize::try_from(files).unwrap_or(usize::MAX) / workers.max(1)).max(1)
}

/// How many files this process may open: as many as it may allow itself, which is more than most systems give at first.
fn allowed_files() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(FILES).min(FILES);
    let given = limit.current.unwrap_or(FILES);
    if given >= wanted {
        return given.min(FILES);
    }
    match setrlimit(Resource::Nofile, rustix::process::Rlimit { current: Some(wanted), ..limit }) {
        Ok(()) => wanted,
        Err(_) => given,
    }
}

impl Connection {
    fn watched(socket: Socket, patience: Duration) -> Rc<Self> {
        let connection =
            Rc::new(Self { socket, under_way: Cell::new(0), silent_since: Cell::new(Instant::now()) });
        rt::spawn(hang_up_when_silent(Rc::downgrade(&connection), patience));
        connection
    }

    fn is_silent(&self, patience: Duration) -> bool {
        self.under_way.get() == 0 && self.silent_since.get().elapsed() > patience
    }
}

async fn hang_up_when_silent(connection: Weak<Connection>, patience: Duration) {
    loop {
        sleep(patience / 2).await;
        let Some(connection) = connection.upgrade() else { return };
        if connection.is_silent(patience) {
            // One that the other side has closed needs no closing.
            let _ = connection.socket.shutdown(Shutdown::Both);
            return;
        }
    }
}

impl UnderWay {
    fn on(connection: &Rc<Connection>) -> Self {
        connection.under_way.set(connection.under_way.get() + 1);
        Self(Rc::clone(connection))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.set(self.0.under_way.get().saturating_sub(1));
        self.0.silent_since.set(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Read, net::TcpListener};

    use super::*;

    const BRIEF: Duration = Duration::from_millis(100);

    fn connected() -> (Socket, Socket) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = Socket::connect(listener.local_addr().unwrap()).unwrap();
        client.set_nonblocking(true).unwrap();
        (client, listener.accept().unwrap().0)
    }

    fn is_closed(client: &mut Socket) -> bool {
        client.read(&mut [0; 1]).is_ok_and(|read| read == 0)
    }

    #[actix_web::test]
    async fn a_connection_on_which_nothing_whole_is_asked_for_is_closed_c9() {
        let (mut client, server) = connected();
        let connection = Connection::watched(server, BRIEF);
        let request = UnderWay::on(&connection);
        sleep(4 * BRIEF).await;
        assert!(!is_closed(&mut client), "a request is under way");
        drop(request);
        assert!(!connection.is_silent(BRIEF), "the answer is on its way");
        sleep(4 * BRIEF).await;
        assert!(is_closed(&mut client));
    }

    #[actix_web::test]
    async fn every_connection_is_watched_c9() {
        let (_client, server) = connected();
        server.set_nonblocking(true).unwrap();
        let stream = TcpStream::from_std(server).unwrap();
        let mut kept = Extensions::new();
        watch(&stream, &mut kept);
        assert!(kept.contains::<Rc<Connection>>());
        assert_eq!(rustix::net::sockopt::tcp_user_timeout(&stream), Ok(UNREAD));
    }

    #[test]
    fn connections_leave_files_for_the_rest_of_the_process_c9() {
        let files = allowed_files();
        for workers in [1, 2, 64] {
            let most = u64::try_from(most_for_each(workers) * workers).unwrap();
            assert!(
                most >= 1 && 2 * most + OTHER_FILES <= files.max(OTHER_FILES + 2 * 64),
                "{workers}: {most}"
            );
        }
    }
}
