//! The running panel: directory, pages and courier, put together once.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, Error, HttpServer,
    body::MessageBody,
    dev::{Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    rt::{self, time::timeout},
    web::{Data, ServiceConfig},
};
use anyhow::Context;
use directory::{Clock, Directory};
use tokio::{sync::watch, task::JoinHandle};

use self::signals::Signals;
use crate::{
    aside::aside,
    mail::{Courier, Folder, Mailer, Smtp},
    settings::{PublicUrl, Settings},
    web::{self, Introduction, State},
};

pub use opening::{key_is_another, key_is_missing, open_directory, open_under_another_key, open_without_key};

/// How long requests under way may take after a stop was asked for, in seconds.
const SHUTDOWN: u64 = 25;
/// How long a load balancer gets to notice that this process is not ready any more.
const NOTICE: Duration = Duration::from_secs(1);

/// How long the courier gets after that; what it has not finished is sent when its lease ends.
const COURIER: Duration = Duration::from_secs(12);

/// Further pages of a command, such as the demo's.
pub type Extra = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// What a command or a test brings instead of the usual.
pub struct Parts {
    /// Where every instant comes from.
    pub clock: Clock,
    /// Where mail goes; `None` as the settings say.
    pub mailer: Option<Mailer>,
    /// Pages beside those of the panel.
    pub extra: Option<Extra>,
    /// Whom a visitor of the demo can be.
    pub introduction: Option<Introduction>,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts { clock: Clock::system(), mailer: None, extra: None, introduction: None }
    }
}

/// A panel that listens, and serves once it is run.
pub struct Application {
    server: Server,
    internal: Option<Server>,
    address: SocketAddr,
    internal_address: Option<SocketAddr>,
    state: State,
    courier: Courier,
    signals: Signals,
}

/// Stops a running panel. Clones stop the same one.
#[derive(Clone)]
pub struct Stop {
    server: ServerHandle,
    state: State,
}

impl Stop {
    /// Finishes the requests under way, then stops.
    pub async fn gracefully(&self) {
        self.state.stop();
        self.server.stop(true).await;
    }
}

impl Application {
    /// Listens, opens the directory, and brings the schema up to date.
    ///
    /// # Errors
    /// When the key, the database, the relay or an address cannot be used.
    pub fn build(settings: Settings, parts: Parts) -> anyhow::Result<Application> {
        // What needs nothing but the settings comes first: a start that is refused makes neither a key nor a database.
        let listener =
            TcpListener::bind(settings.bind).with_context(|| format!("bind: {}", settings.bind))?;
        let internal = settings.internal_bind.map(TcpListener::bind).transpose().context("internal_bind")?;
        let address = listener.local_addr()?;
        let public_url = settings.public_url(address);
        let mailer = parts.mailer.map_or_else(|| mailer(&settings, &public_url), Ok)?;
        let keys = opening::keys(&settings)?;
        let directory = opening::open(&settings, keys.clone(), parts.clock)?;
        opening::require_own_key(&directory, &keys, &settings)?;
        // After all that can keep it from serving: an older program refuses to start on what this leaves.
        for applied in directory.migrate().context("database_url")? {
            log::info!("migrated the database: {applied}");
        }
        opening::remember_key(&directory, &settings)?;
        let courier =
            Courier::new(directory.clone(), Arc::new(mailer), public_url.clone(), settings.mail_from.clone());
        let state =
            State::new(directory, keys, Arc::new(settings), public_url).introduced(parts.introduction);
        let state = state.with_courier_metrics(courier.metrics());
        // Before anybody is told where it listens: who knows that may ask it to stop.
        let signals = Signals::listen().context("signals cannot be listened to")?;
        let internal_address = internal.as_ref().map(TcpListener::local_addr).transpose()?;
        let internal = internal.map(|listener| internal_server(listener, state.clone())).transpose()?;
        let server = server(listener, state.clone(), parts.extra)?;
        Ok(Application { server, internal, address, internal_address, state, courier, signals })
    }

    /// The port that was bound.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Where metrics are served, if anywhere.
    #[must_use]
    pub fn internal_address(&self) -> Option<SocketAddr> {
        self.internal_address
    }

    /// Where people reach it.
    #[must_use]
    pub fn public_url(&self) -> &PublicUrl {
        &self.state.public_url
    }

    /// What it serves.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.state.directory
    }

    /// Wakes its courier, for those who queue a mail in the directory itself.
    #[must_use]
    pub fn nudge(&self) -> web::Nudge {
        self.state.courier.clone()
    }

    /// What stops it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop { server: self.server.handle(), state: self.state.clone() }
    }

    /// Serves until it is stopped, by [`Stop`] or by a signal; then lets requests and mails under way finish.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run_until_stopped(self) -> anyhow::Result<()> {
        let stop = self.stop();
        let (stop_courier, stopped) = watch::channel(());
        let courier = deliver(self.courier.clone(), &self.state, stopped);
        let housekeeping = rt::spawn(housekeeping::keep_house(self.state.directory.clone()));
        let rules = rt::spawn(group_rules::work_out(self.state.directory.clone(), self.state.rules.notify()));
        let signals = rt::spawn(self.signals.obey(stop));
        let internal = self.internal.map(rt::spawn);
        let served = self.server.await;
        drop(stop_courier);
        match timeout(COURIER, courier).await {
            Ok(ended) => ended.context("the courier stopped")?,
            Err(_) => log::warn!("stopped before the courier, which waits for the database"),
        }
        if let Some(internal) = internal {
            internal.abort();
        }
        for task in [signals, housekeeping, rules] {
            task.abort();
        }
        let directory = self.state.directory.clone();
        match timeout(NOTICE, aside(move || directory.settle())).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => log::warn!("the last changes stay beside the database's file: {error}"),
            Err(_) => log::warn!("the last changes stay beside the database's file: it takes too long"),
        }
        served.context("the server stopped")
    }
}

fn mailer(settings: &Settings, public_url: &PublicUrl) -> anyhow::Result<Mailer> {
    Ok(match settings.smtp_url.clone() {
        Some(url) => Mailer::Smtp(Smtp::new(url, public_url.host()).context("smtp_url")?),
        None => Mailer::Folder(Folder::new(settings.mail_dir())),
    })
}

fn server(listener: TcpListener, state: State, extra: Option<Extra>) -> anyhow::Result<Server> {
    let sizes = state.settings.sizes;
    let server = HttpServer::new(move || pages(&state, extra.clone()))
        .workers(sizes.workers)
        .worker_max_blocking_threads(sizes.reading + sizes.writing + web::passwords::AT_ONCE)
        .tcp_nodelay(true)
        .client_request_timeout(Duration::from_secs(10))
        .on_connect(web::connection::watch)
        .max_connections(web::connection::most_for_each(sizes.workers))
        .shutdown_timeout(SHUTDOWN)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// The pages with all that a request passes on its way to them (docs/ARCHITECTURE.md).
pub(crate) fn pages(
    state: &State,
    extra: Option<Extra>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(Data::new(state.clone()))
        .configure(move |config| extra.iter().for_each(|extra| extra(config)))
        .configure(web::routes::public)
        .wrap(from_fn(web::error::render))
        .wrap(from_fn(web::browser::remember))
        .wrap(web::session::middleware(state))
        .wrap(from_fn(web::compression::compress))
        .wrap(from_fn(web::headers::protect))
        .wrap(from_fn(web::chunked::require_length))
        .wrap(from_fn(web::request::follow))
}

fn internal_server(listener: TcpListener, state: State) -> anyhow::Result<Server> {
    let turn = web::metrics::Turn::default();
    let serve = move || {
        App::new()
            .app_data(Data::new(state.clone()))
            .app_data(Data::new(turn.clone()))
            .configure(web::health::internal_routes)
    };
    Ok(HttpServer::new(serve).workers(1).disable_signals().listen(listener)?.run())
}

fn deliver(courier: Courier, state: &State, mut stopped: watch::Receiver<()>) -> JoinHandle<()> {
    let nudge = state.courier.notify();
    rt::spawn(courier.run(nudge, async move {
        // Ends when the sender is gone.
        let _ = stopped.changed().await;
    }))
}

mod group_rules;
mod housekeeping;
mod opening;
mod signals;
#[cfg(test)]
mod tests;
