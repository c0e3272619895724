//! A mail relay on loopback that takes everything at once, counts it, and remembers the codes.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    runtime::Builder,
    time::sleep,
};

use super::browser::{self, Browser};

const PATIENCE: Duration = Duration::from_secs(20);

/// The relay, on a thread of its own that ends with the program.
pub(crate) struct Sink {
    pub(crate) address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    mails: u64,
    /// The newest code for each address.
    codes: HashMap<String, String>,
}

impl Sink {
    pub(crate) fn start() -> anyhow::Result<Sink> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let sink = Sink { address: listener.local_addr()?, kept: Arc::default() };
        let kept = Arc::clone(&sink.kept);
        thread::spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(converse(stream, Arc::clone(&kept)));
                }
            });
        });
        Ok(sink)
    }

    /// Signs an administrator in at this panel: with the password, and the code of a mail.
    pub(crate) async fn sign_in(&self, panel: SocketAddr, email: &str) -> anyhow::Result<Browser> {
        let mut browser = Browser::new(&browser::client()?, panel);
        browser.type_password(email).await?;
        let token = browser.token("/sign-in?step=code").await?;
        let code = self.code(email).await?;
        let fields = [("email", email), ("way", "code"), ("code", code.as_str())];
        let answer = browser.post("/sign-in", &token, &fields).await?;
        browser::arrived(email, &answer)?;
        Ok(browser)
    }

    /// How many mails came so far.
    pub(crate) fn mails(&self) -> u64 {
        lock(&self.kept).mails
    }

    /// The code that was mailed to this address, once it is there. It is told once.
    pub(crate) async fn code(&self, address: &str) -> anyhow::Result<String> {
        let began = Instant::now();
        loop {
            let code = lock(&self.kept).codes.remove(address);
            match code {
                Some(code) => return Ok(code),
                None if began.elapsed() > PATIENCE => anyhow::bail!("no code came for {address}"),
                None => sleep(Duration::from_millis(2)).await,
            }
        }
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn converse(stream: TcpStream, kept: Arc<Mutex<Kept>>) -> anyhow::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let (mut line, mut to) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer: &[u8] = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => b"250-sink\r\n250 8BITMIME\r\n",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).context("RCPT")?.to_ascii_lowercase();
                b"250 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go ahead\r\n").await?;
                let code = data(&mut stream).await?;
                let mut kept = lock(&kept);
                kept.mails += 1;
                kept.codes.extend(code.map(|code| (to.clone(), code)));
                b"250 ok\r\n"
            }
            "QUIT" => return Ok(stream.write_all(b"221 bye\r\n").await?),
            _ => b"250 ok\r\n",
        };
        stream.write_all(answer).await?;
    }
}

/// Reads a mail to its end; the line that is a code, if there is one.
async fn data(stream: &mut BufReader<TcpStream>) -> anyhow::Result<Option<String>> {
    let (mut line, mut code) = (String::new(), None);
    loop {
        line.clear();
        anyhow::ensure!(stream.read_line(&mut line).await? > 0, "a mail without an end");
        match line.trim_end() {
            "." => return Ok(code),
            digits if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                code = Some(digits.to_owned());
            }
            _ => {}
        }
    }
}
