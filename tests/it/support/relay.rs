//! The conversations of the [`Mailbox`](super::mailbox::Mailbox): one SMTP session after another, as scripted.

use std::{
    collections::HashMap,
    io::Result,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_rustls::TlsAcceptor;

use super::mailbox::{Mail, Mood, Reaction};

/// What the relay got and heard, and how it is to behave.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) mails: Mutex<Vec<Mail>>,
    pub(super) sessions: Mutex<Vec<Vec<String>>>,
    pub(super) reactions: Mutex<HashMap<String, (Reaction, u32)>>,
    pub(super) mood: Mutex<Mood>,
    pub(super) idle: Mutex<Option<Duration>>,
}

/// Serves everybody who connects, until it is dropped.
pub(super) async fn accept(listener: &TcpListener, desk: &Arc<Desk>, tls: Option<&TlsAcceptor>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (desk, tls) = (Arc::clone(desk), tls.cloned());
        tokio::spawn(async move {
            // Whoever sees that the session is there may change the mood, which is not for this one any more.
            let mood = *lock(&desk.mood);
            let session = Session::open(desk);
            match mood {
                Mood::HangsUp => {}
                Mood::Silent => std::future::pending().await,
                Mood::ClosingDown => drop(session.say(&mut BufReader::new(stream), "421 closing down").await),
                Mood::Fine | Mood::RefusesSenders | Mood::Trickling => drop(session.serve(stream, tls).await),
            }
        });
    }
}

/// One connection, and the number of its transcript.
struct Session {
    desk: Arc<Desk>,
    number: usize,
}

enum End {
    Over,
    StartTls,
}

impl Session {
    fn open(desk: Arc<Desk>) -> Self {
        let number = lock(&desk.sessions).len();
        lock(&desk.sessions).push(Vec::new());
        Self { desk, number }
    }

    fn mood(&self) -> Mood {
        *lock(&self.desk.mood)
    }

    async fn serve(&self, stream: TcpStream, tls: Option<TlsAcceptor>) -> Result<()> {
        let mut plain = BufReader::new(stream);
        self.say(&mut plain, "220 mailbox.test").await?;
        if let End::StartTls = self.converse(&mut plain, tls.is_some()).await? {
            let encrypted = tls.unwrap().accept(plain.into_inner()).await?;
            self.converse(&mut BufReader::new(encrypted), false).await?;
        }
        Ok(())
    }

    async fn converse<S>(&self, stream: &mut BufReader<S>, offers_tls: bool) -> Result<End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let (mut from, mut to) = (String::new(), String::new());
        while let Some(line) = self.hear(stream).await? {
            let upper = line.to_ascii_uppercase();
            if upper.starts_with("EHLO") && offers_tls {
                self.say(stream, "250-mailbox.test\r\n250 STARTTLS").await?;
            } else if upper.starts_with("EHLO") {
                self.say(stream, "250-mailbox.test\r\n250 AUTH PLAIN LOGIN").await?;
            } else if upper == "STARTTLS" && offers_tls {
                self.say(stream, "220 go ahead").await?;
                return Ok(End::StartTls);
            } else if upper.starts_with("AUTH") {
                self.say(stream, "235 welcome").await?;
            } else if upper.starts_with("MAIL FROM:") && self.mood() == Mood::ClosingDown {
                self.say(stream, "421 closing down").await?;
                return Ok(End::Over);
            } else if upper.starts_with("MAIL FROM:") && self.mood() == Mood::RefusesSenders {
                self.say(stream, "550 5.7.1 nothing from you").await?;
            } else if upper.starts_with("MAIL FROM:") {
                from = address_of(&line);
                self.say(stream, "250 ok").await?;
            } else if upper.starts_with("RCPT TO:") {
                to = address_of(&line);
                let answer = self.answer_to(&to);
                self.say(stream, &answer).await?;
            } else if upper == "DATA" {
                if !self.data(stream, &from, &to).await? {
                    return Ok(End::Over);
                }
            } else if upper == "QUIT" {
                self.say(stream, "221 bye").await?;
                return Ok(End::Over);
            } else {
                self.say(stream, "250 ok").await?;
            }
        }
        Ok(End::Over)
    }

    fn answer_to(&self, to: &str) -> String {
        match self.reaction(to, |reaction| matches!(reaction, Reaction::Answer(_))) {
            Some(Reaction::Answer(line)) => line.to_owned(),
            _ => "250 ok".to_owned(),
        }
    }

    /// Takes a mail; false when the relay hangs up instead of an answer.
    async fn data<S>(&self, stream: &mut BufReader<S>, from: &str, to: &str) -> Result<bool>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let reaction = self.reaction(to, |reaction| !matches!(reaction, Reaction::Answer(_)));
        match reaction {
            Some(Reaction::HangAtData) => std::future::pending().await,
            Some(Reaction::Slow(by)) => sleep(by).await,
            _ => {}
        }
        self.say(stream, "354 go on").await?;
        let source = read_data(stream).await?;
        lock(&self.desk.mails).push(Mail::read(from, to, &source));
        if let Some(Reaction::DropAfterDot) = reaction {
            return Ok(false);
        }
        self.say(stream, "250 taken").await?;
        Ok(true)
    }

    /// The reaction that is due for this address, if it is of this kind; counts it.
    fn reaction(&self, to: &str, is_kind: impl Fn(&Reaction) -> bool) -> Option<Reaction> {
        let mut reactions = lock(&self.desk.reactions);
        let key = if reactions.contains_key(to) { to } else { "*" };
        let (reaction, times) = reactions.get_mut(key)?;
        if *times == 0 || !is_kind(reaction) {
            return None;
        }
        *times -= 1;
        Some(reaction.clone())
    }

    async fn say<S: AsyncWrite + Unpin>(&self, stream: &mut S, text: &str) -> Result<()> {
        self.note(format!("S: {text}"));
        let line = format!("{text}\r\n");
        if self.mood() == Mood::Trickling {
            return trickle(stream, line.as_bytes()).await;
        }
        stream.write_all(line.as_bytes()).await?;
        stream.flush().await
    }

    async fn hear<S: AsyncRead + Unpin>(&self, stream: &mut BufReader<S>) -> Result<Option<String>> {
        let mut line = String::new();
        let idle = lock(&self.desk.idle).unwrap_or(Duration::from_mins(10));
        match tokio::time::timeout(idle, stream.read_line(&mut line)).await {
            Err(_) | Ok(Ok(0)) => Ok(None),
            Ok(read) => {
                read?;
                let line = line.trim_end().to_owned();
                self.note(format!("C: {line}"));
                Ok(Some(line))
            }
        }
    }

    fn note(&self, line: String) {
        lock(&self.desk.sessions)[self.number].push(line);
    }
}

async fn trickle<S: AsyncWrite + Unpin>(stream: &mut S, line: &[u8]) -> Result<()> {
    for byte in line {
        stream.write_all(&[*byte]).await?;
        stream.flush().await?;
        sleep(Duration::from_secs(1)).await;
    }
    Ok(())
}

/// Up to the lonely dot, with dot-stuffing undone.
async fn read_data<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Result<Vec<u8>> {
    let mut source = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(source);
        }
        source.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn address_of(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
