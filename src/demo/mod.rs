//! `vestibule demo`: the panel with a sample organisation, on this machine only, gone when it ends (SPEC section 7).
//!
//! - [`Demo`] puts it together and runs it
//! - `sample` is the organisation Meridiaan: data, written through the directory's own verbs
//! - `pages` and `mailbox` are the pages under `/demo`, which `serve` does not have

mod folder;
mod mailbox;
mod pages;
mod paths;
mod sample;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    sync::Arc,
};

use actix_web::web::{Data, ServiceConfig};
use anyhow::{Context, ensure};
use directory::{Clock, DatabaseUrl, Directory, Keys, Options, Organisation};

use self::folder::Folder;
use crate::{
    app::{Application, Parts},
    mail::{Mailer, Memory},
    settings::{Settings, secret_key},
    web::Introduction,
};

/// Where the demo listens unless something else does.
const PORT: u16 = 8080;
/// How many mails it remembers.
const MAILS: usize = 1_000;
/// Who its mail comes from.
const SENDER: &str = "panel@meridiaan.example";

/// Where to listen.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// An address of this machine that no other can reach.
    pub ip: IpAddr,
    /// `None` is the usual port or, while that is taken, any; 0 is any.
    pub port: Option<u16>,
}

impl Default for Place {
    fn default() -> Place {
        Place { ip: Ipv4Addr::LOCALHOST.into(), port: None }
    }
}

/// A panel with the sample organisation in it, which listens and serves once it is run.
pub struct Demo {
    application: Application,
    /// Removed when the demo ends.
    _folder: Folder,
}

impl Demo {
    /// Makes the sample organisation and listens.
    ///
    /// # Errors
    /// For an address that other machines can reach; when the folder for temporary files, the port or the database
    /// cannot be used; for a database that has an organisation already.
    pub async fn start(place: Place, database_url: Option<&str>) -> anyhow::Result<Demo> {
        ensure!(
            place.ip.is_loopback(),
            "the demo lets anybody in as anybody, so it listens on this machine only, not on {}",
            place.ip
        );
        let address = free_address(place)?;
        let folder = Folder::new().context("the folder for temporary files")?;
        let settings = settings(address, folder.path(), database_url)?;
        let memory = Memory::new(MAILS);
        let people = fill(&settings, address, &memory).await.context("the sample organisation")?;
        let parts = Parts {
            mailer: Some(Mailer::Memory(memory.clone())),
            extra: Some(Arc::new(move |config| routes(config, &memory))),
            introduction: Some(people),
            ..Parts::default()
        };
        let application = Application::build(settings, parts)?;
        Ok(Demo { application, _folder: folder })
    }

    /// The panel.
    #[must_use]
    pub fn application(&self) -> &Application {
        &self.application
    }

    /// Serves until it is told to stop, then takes everything away.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run_until_stopped(self) -> anyhow::Result<()> {
        let Demo { application, _folder } = self;
        application.run_until_stopped().await
    }
}

/// The pages that only the demo has.
fn routes(config: &mut ServiceConfig, memory: &Memory) {
    config.app_data(Data::new(memory.clone())).configure(pages::routes).configure(mailbox::routes);
}

/// The links of the sample's mails need the port before anything listens on it.
fn free_address(place: Place) -> anyhow::Result<SocketAddr> {
    let at = |port| TcpListener::bind((place.ip, port)).and_then(|listener| listener.local_addr());
    match place.port {
        Some(port) => at(port).with_context(|| format!("port {port}")),
        None => at(PORT).or_else(|_| at(0)).context("a free port"),
    }
}

/// Everything is said here, so that neither a file nor the environment leads the demo to real data or a real relay.
fn settings(address: SocketAddr, folder: &Path, database_url: Option<&str>) -> anyhow::Result<Settings> {
    let (bind, folder) = (address.to_string(), folder.display().to_string());
    let mut pairs =
        vec![("bind", bind.as_str()), ("data_dir", &folder), ("mail_from", SENDER), ("log", "warn")];
    pairs.extend(database_url.map(|url| ("database_url", url)));
    Ok(Settings::from_pairs(&pairs)?)
}

async fn fill(settings: &Settings, address: SocketAddr, memory: &Memory) -> anyhow::Result<Introduction> {
    let keys = Keys::new(secret_key(&settings.secret_key_file)?);
    let directory = open(&settings.database_url, keys)?;
    let founded = directory.read(Organisation::load)?.version > 0;
    ensure!(!founded, "the demo fills an empty database, and this one has an organisation in it");
    let public_url = settings.public_url(address);
    let sample = directory.write(|tx| sample::fill(tx, &public_url, &settings.mail_from))?;
    let mailer = Mailer::Memory(memory.clone());
    for mail in &sample.mails {
        mailer.send(mail).await?;
    }
    Ok(sample.introduction)
}

fn open(url: &DatabaseUrl, keys: Keys) -> anyhow::Result<Directory> {
    let directory = Directory::open(url, Options { clock: Clock::system(), keys, connections: 1 })?;
    directory.migrate()?;
    Ok(directory)
}
