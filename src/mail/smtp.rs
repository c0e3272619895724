//! Speaking SMTP with one relay.
//!
//! lettre supplies the protocol; the connections are held here, for three reasons: its transport limits only the time
//! to connect, so a relay that falls silent would hold a mail for ever; its pool keeps connections that have died; and
//! it leaves Nagle's algorithm on, which costs 40 ms a mail.

use std::{
    fs, mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use lettre::transport::smtp::{
    Error,
    authentication::DEFAULT_MECHANISMS,
    client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
    commands::{Data, Mail, Rcpt, Rset},
    extension::ClientId,
};
use tokio::{
    net::lookup_host,
    time::{Instant, timeout, timeout_at},
};

use self::{
    cure::cure,
    reach::{ADDRESS, reach},
};
use super::{Failure, Outgoing, answer};
use crate::settings::{Protection, Sender, SmtpUrl};

mod cure;
mod reach;

/// For one mail, from the first byte to the relay's last answer.
const WHOLE_MAIL: Duration = Duration::from_secs(30);
/// Of which for reaching the relay, its greeting, encryption and signing in.
const GREETING: Duration = Duration::from_secs(15);
/// Relays hang up on idle clients; we do it first.
const IDLE: Duration = Duration::from_secs(4);
/// For saying goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// A relay and the connections kept open to it.
pub struct Smtp {
    url: SmtpUrl,
    hello: ClientId,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Where in the conversation something went wrong.
enum Trouble {
    /// Before the relay knew of any recipient: not this mail's fault.
    WithSender(Error),
    /// With this recipient or this message.
    WithMail(Error),
}

impl Smtp {
    /// Prepares to speak with the relay; `name` is the host name we greet it with, that of the public address.
    ///
    /// # Errors
    /// When the certificate authority's file cannot be read.
    pub fn new(url: SmtpUrl, name: &str) -> Result<Self, Failure> {
        let tls = tls_parameters(&url)?;
        Ok(Self { hello: ClientId::Domain(name.to_owned()), tls, idle: Mutex::default(), url })
    }

    /// Reaches the relay, encrypts, signs in, begins a mail from this sender, and says goodbye instead of going on: what
    /// `vestibule check` asks for. Many a relay refuses a client or a sender only then.
    ///
    /// # Errors
    /// Says what stands in the way.
    pub async fn check(&self, sender: &Sender) -> Result<(), Failure> {
        let mut connection = self.connect().await?;
        let from = Mail::new(Some(sender.address().clone()), Vec::new());
        let begun = connection.command(from).await;
        if begun.is_ok() {
            // Nothing hangs on the answer: what was not finished is not sent.
            let _ = connection.command(Rset).await;
        }
        say_goodbye(connection).await;
        begun.map(drop).map_err(|error| unwelcome("the relay takes no mail from our sender", &error))
    }

    pub(super) async fn send(&self, mail: &Outgoing) -> Result<String, Failure> {
        // Letting go of the unfinished conversation closes its connection.
        timeout(WHOLE_MAIL, self.deliver(mail)).await.unwrap_or_else(|_| {
            Err(Failure::Delayed(format!("the relay did not answer within {} seconds", WHOLE_MAIL.as_secs())))
        })
    }

    /// Closes connections that have been idle; the courier calls it when there is nothing to send.
    pub(super) async fn close_idle(&self) {
        for connection in self.take_stale() {
            say_goodbye(connection).await;
        }
    }

    async fn deliver(&self, mail: &Outgoing) -> Result<String, Failure> {
        while let Some(connection) = self.take_fresh() {
            match self.converse(connection, mail).await {
                // The relay hung up while the connection was idle. It has not heard of this mail yet.
                Err(Trouble::WithSender(error)) if error.status().is_none() => {}
                outcome => return outcome.map_err(|trouble| trouble.into_failure(mail)),
            }
        }
        let connection = self.connect().await?;
        self.converse(connection, mail).await.map_err(|trouble| trouble.into_failure(mail))
    }

    /// One mail over one connection, which is kept only when all went well.
    async fn converse(
        &self,
        mut connection: AsyncSmtpConnection,
        mail: &Outgoing,
    ) -> Result<String, Trouble> {
        match hand_over(&mut connection, mail).await {
            Ok(answer) => {
                self.keep(connection);
                Ok(answer::tidy(&answer, mail.recipient()))
            }
            Err(trouble) => {
                if trouble.error().status().is_some() {
                    tokio::spawn(say_goodbye(connection));
                }
                Err(trouble)
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let until = Instant::now() + GREETING;
        let mut connection = by(until, "no greeting", self.greet()).await??;
        if let (Protection::StartTls, Some(tls)) = (self.url.protection, &self.tls) {
            let encrypted = connection.starttls(tls.clone(), &self.hello);
            let encrypted = by(until, "no encryption", encrypted).await?;
            encrypted.map_err(|error| unwelcome("cannot encrypt the connection", &error))?;
        }
        // A URL with a password and without encryption is refused when it is read.
        if let Some(credentials) = &self.url.credentials {
            let signed_in = connection.auth(DEFAULT_MECHANISMS, credentials);
            let signed_in = by(until, "no answer to our signing in", signed_in).await?;
            signed_in.map_err(|error| unwelcome("the relay does not let us in", &error))?;
        }
        Ok(connection)
    }

    async fn greet(&self) -> Result<AsyncSmtpConnection, Failure> {
        let relay = (self.url.host_name(), self.url.port);
        if self.url.protection == Protection::Tls {
            let tls = self.tls.clone();
            let opened =
                AsyncSmtpConnection::connect_tokio1(relay, Some(ADDRESS), &self.hello, tls, None).await;
            return opened.map_err(|error| unwelcome("cannot reach the relay", &error));
        }
        let stream = match lookup_host(relay).await {
            Ok(addresses) => reach(addresses, ADDRESS).await,
            Err(error) => Err(error),
        };
        let stream = stream.and_then(|stream| stream.set_nodelay(true).map(|()| stream));
        let stream = stream.map_err(|error| away("cannot reach the relay", &error))?;
        let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await;
        greeted.map_err(|error| unwelcome("the relay does not greet us", &error))
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        self.lock().push(Idle { connection, since: Instant::now() });
    }

    fn take_fresh(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.lock();
        let newest = idle.pop()?;
        if newest.since.elapsed() < IDLE {
            return Some(newest.connection);
        }
        idle.push(newest);
        None
    }

    fn take_stale(&self) -> Vec<AsyncSmtpConnection> {
        let mut idle = self.lock();
        let (stale, fresh) = mem::take(&mut *idle).into_iter().partition(|kept| kept.since.elapsed() >= IDLE);
        *idle = fresh;
        let stale: Vec<Idle> = stale;
        stale.into_iter().map(|kept| kept.connection).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One step of the greeting, which has to be over at this moment; `missing` is what is said when it is not.
async fn by<T>(until: Instant, missing: &str, step: impl Future<Output = T>) -> Result<T, Failure> {
    let late = |_| Failure::RelayAway(format!("{missing} within {} seconds", GREETING.as_secs()));
    timeout_at(until, step).await.map_err(late)
}

/// The conversation about one mail, step by step, so that an answer can be told apart by what it answers.
async fn hand_over(connection: &mut AsyncSmtpConnection, mail: &Outgoing) -> Result<String, Trouble> {
    let envelope = mail.mime.envelope();
    let from = Mail::new(envelope.from().cloned(), Vec::new());
    connection.command(from).await.map_err(Trouble::WithSender)?;
    for recipient in envelope.to() {
        connection.command(Rcpt::new(recipient.clone(), Vec::new())).await.map_err(Trouble::WithMail)?;
    }
    connection.command(Data).await.map_err(Trouble::WithMail)?;
    let response = connection.message(&mail.source()).await.map_err(Trouble::WithMail)?;
    Ok(format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" ")))
}

async fn say_goodbye(mut connection: AsyncSmtpConnection) {
    // Nothing hangs on the answer.
    let _ = timeout(GOODBYE, connection.quit()).await;
}

impl Trouble {
    fn error(&self) -> &Error {
        match self {
            Self::WithSender(error) | Self::WithMail(error) => error,
        }
    }

    /// A sender, a session or a client that the relay refuses, often only once it knows the recipient, is no
    /// recipient's fault: such mails wait until somebody mends the settings, because an invitation must not be lost by
    /// them.
    fn into_failure(self, mail: &Outgoing) -> Failure {
        let reason = answer::tidy(&describe(self.error()), mail.recipient());
        let code = self.error().status().map(u16::from);
        match (self, code) {
            (_, Some(421 | 530)) | (Self::WithSender(_), None | Some(500..)) => Failure::RelayAway(reason),
            (Self::WithMail(_), Some(code @ 500..)) if answer::is_about_recipient(code, &reason) => {
                Failure::Refused(reason)
            }
            _ => Failure::Delayed(reason),
        }
    }
}

/// The relay's own words with their code, or what happened to the connection.
fn describe(error: &Error) -> String {
    match error.status() {
        Some(code) => format!("{code} {}", innermost(error)),
        None => innermost(error),
    }
}

fn unwelcome(what: &str, error: &Error) -> Failure {
    let reason = describe(error);
    Failure::RelayAway(answer::tidy(&format!("{what}: {reason}{}", cure(&reason)), ""))
}

fn away(what: &str, error: &dyn std::error::Error) -> Failure {
    Failure::RelayAway(answer::tidy(&format!("{what}: {}", innermost(error)), ""))
}

/// The cause at the bottom; the layers above it only say that there was one.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// TLS 1.2 or newer, the certificate checked for the relay's name against Mozilla's roots, or against the named
/// authority alone.
fn tls_parameters(url: &SmtpUrl) -> Result<Option<TlsParameters>, Failure> {
    if url.protection == Protection::None {
        return Ok(None);
    }
    let mut builder = TlsParameters::builder(url.host_name());
    builder = builder.certificate_store(CertificateStore::WebpkiRoots);
    if let Some(path) = &url.authority {
        let pem = fs::read(path).map_err(|error| away("cannot read the certificate authority", &error))?;
        let certificate = Certificate::from_pem(&pem)
            .map_err(|error| away("cannot read the certificate authority", &error))?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build().map(Some).map_err(|error| away("cannot prepare encryption", &error))
}
