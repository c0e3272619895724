//! An SMTP relay on loopback that keeps what it gets, writes down every conversation, and misbehaves as it is told.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, thread, time::Duration};

use mail_parser::MessageParser;
use tokio::{
    net::TcpListener,
    sync::oneshot,
    time::{Instant, sleep},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, pem::PemObject},
    },
};

use super::relay::{Desk, accept, lock};

/// How long a test waits for a mail that should come.
const PATIENCE: Duration = Duration::from_secs(10);

/// The relay. Stops when it is dropped.
pub(crate) struct Mailbox {
    address: SocketAddr,
    desk: Arc<Desk>,
    authority: Option<PathBuf>,
    stop: Option<oneshot::Sender<()>>,
}

/// What the relay does instead of taking a mail.
#[derive(Clone, Debug)]
pub(crate) enum Reaction {
    /// Answers RCPT with this line.
    Answer(&'static str),
    /// Takes the mail after a while.
    Slow(Duration),
    /// Never answers DATA.
    HangAtData,
    /// Takes the whole mail, keeps it, and hangs up without an answer.
    DropAfterDot,
}

/// What the relay does with everybody who connects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Greets.
    #[default]
    Fine,
    /// Hangs up at once.
    HangsUp,
    /// Accepts the connection and says nothing.
    Silent,
    /// Greets with 421.
    ClosingDown,
    /// Greets, and takes no mail whoever sends it.
    RefusesSenders,
    /// Greets and answers with one byte a second.
    Trickling,
}

/// One mail as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// The address of the envelope.
    pub to: String,
    /// The address of the envelope's sender.
    pub from: String,
    /// Decoded.
    pub subject: String,
    /// The text part, decoded.
    pub text: String,
    /// The HTML part, decoded.
    pub html: String,
    /// The header lines as they came, folded ones joined.
    pub headers: Vec<(String, String)>,
    /// All of it, as it came.
    pub source: String,
}

impl Mailbox {
    /// A relay without encryption.
    pub(crate) fn start() -> Self {
        Self::open(None, None)
    }

    /// A relay that offers STARTTLS with a certificate for `name`, signed by itself.
    pub(crate) fn start_with_tls(name: &str) -> Self {
        let (acceptor, authority) = certificate(name);
        Self::open(Some(acceptor), Some(authority))
    }

    fn open(tls: Option<TlsAcceptor>, authority: Option<PathBuf>) -> Self {
        let desk = Arc::new(Desk::default());
        let (stop, stopped) = oneshot::channel();
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let clerk = Arc::clone(&desk);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                tokio::select! { _ = stopped => {}, () = accept(&listener, &clerk, tls.as_ref()) => {} }
            });
        });
        Self { address, desk, authority, stop: Some(stop) }
    }

    /// What `VESTIBULE_SMTP_URL` takes.
    pub(crate) fn url(&self) -> String {
        match &self.authority {
            Some(path) => format!("smtp://localhost:{}?ca={}", self.address.port(), path.display()),
            None => format!("smtp://127.0.0.1:{}?tls=none", self.address.port()),
        }
    }

    /// Its port on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// From now on, so many mails to this address (`*`: to anybody) meet this reaction.
    pub(crate) fn react(&self, address: &str, reaction: Reaction, times: u32) {
        lock(&self.desk.reactions).insert(address.to_owned(), (reaction, times));
    }

    /// From now on, everybody who connects meets this.
    pub(crate) fn mood(&self, mood: Mood) {
        *lock(&self.desk.mood) = mood;
    }

    /// From now on, clients that say nothing for so long are hung up on.
    pub(crate) fn hang_up_after(&self, idle: Duration) {
        *lock(&self.desk.idle) = Some(idle);
    }

    /// All mails so far, in the order of their arrival.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        lock(&self.desk.mails).clone()
    }

    /// What was said in each connection, clients' lines with `C: ` and the relay's with `S: ` before them.
    pub(crate) fn sessions(&self) -> Vec<Vec<String>> {
        lock(&self.desk.sessions).clone()
    }

    /// The latest mail to this address; waits for it.
    pub(crate) async fn wait_for(&self, address: &str) -> Mail {
        self.wait_for_nth(address, 1).await
    }

    /// The nth mail to this address, counted from one; waits for it.
    pub(crate) async fn wait_for_nth(&self, address: &str, nth: usize) -> Mail {
        self.wait_for_nth_that(address, nth, |_| true).await
    }

    /// The code in the nth mail to this address that has one; waits for it, whatever else is on its way.
    pub(crate) async fn wait_for_nth_code(&self, address: &str, nth: usize) -> String {
        self.wait_for_nth_that(address, nth, Mail::has_a_code).await.code()
    }

    /// How many codes were mailed to this address.
    pub(crate) fn codes(&self, address: &str) -> usize {
        self.mails().iter().filter(|mail| mail.to == address && mail.has_a_code()).count()
    }

    async fn wait_for_nth_that(&self, address: &str, nth: usize, that: impl Fn(&Mail) -> bool) -> Mail {
        let until = Instant::now() + PATIENCE;
        let is_one = |mail: &Mail| mail.to == address && that(mail);
        loop {
            let mut to_them: Vec<Mail> = self.mails().into_iter().filter(is_one).collect();
            if to_them.len() >= nth {
                return to_them.pop().unwrap();
            }
            assert!(Instant::now() < until, "no mail to {address} came; sessions: {:#?}", self.sessions());
            sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

impl Mail {
    /// The first value of a header, as it came.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    }

    /// The link of the button.
    pub(crate) fn link(&self) -> String {
        let html = scraper::Html::parse_document(&self.html);
        let anchor = scraper::Selector::parse(".cta a").unwrap();
        html.select(&anchor)
            .next()
            .and_then(|a| a.attr("href"))
            .unwrap_or_else(|| panic!("no link in {}", self.text))
            .to_owned()
    }

    /// The six digits of a mailed code.
    pub(crate) fn code(&self) -> String {
        self.digits().unwrap_or_else(|| panic!("no code in {}", self.text)).to_owned()
    }

    fn has_a_code(&self) -> bool {
        self.digits().is_some()
    }

    fn digits(&self) -> Option<&str> {
        let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
        self.text.lines().find(is_code)
    }

    pub(super) fn read(from: &str, to: &str, source: &[u8]) -> Self {
        let parsed = MessageParser::default().parse(source).unwrap();
        let source = String::from_utf8_lossy(source).into_owned();
        Self {
            to: to.to_owned(),
            from: from.to_owned(),
            subject: parsed.subject().unwrap_or_default().to_owned(),
            text: parsed.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
            html: parsed.body_html(0).unwrap_or_default().into_owned(),
            headers: headers(&source),
            source,
        }
    }
}

fn headers(source: &str) -> Vec<(String, String)> {
    let head = source.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    head.lines().filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn certificate(name: &str) -> (TlsAcceptor, PathBuf) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let key = PrivateKeyDer::from_pem_slice(made.signing_key.serialize_pem().as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let path = std::env::temp_dir().join(format!("vestibule-mailbox-{:016x}.pem", rand::random::<u64>()));
    std::fs::write(&path, made.cert.pem()).unwrap();
    (TlsAcceptor::from(Arc::new(config)), path)
}
