//! Load: so many connections that ask again as soon as they were answered.

use std::{
    borrow::Cow,
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// What is asked for, as the bytes that go over the wire. A body must come with its length.
#[derive(Clone)]
pub(crate) struct Requests {
    text: String,
    /// Replaced by the number of the request, so that no two are the same.
    numbered: bool,
}

/// Stands for the number of a request, and is as long as one.
pub(crate) const NUMBER: &str = "########";

/// How the answers came.
#[derive(Default)]
pub(crate) struct Outcome {
    /// From asking to having the whole answer.
    pub(crate) latencies: Vec<Duration>,
    /// Answers with another status than the one wanted.
    pub(crate) failed: u64,
    /// The size of an answer's body.
    pub(crate) bytes: usize,
    /// How long it took in all.
    pub(crate) elapsed: Duration,
    /// What the measured process used of the processor.
    pub(crate) processor: Duration,
}

impl Requests {
    pub(crate) fn get(path: &str, headers: &str) -> Requests {
        let text = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}\r\n");
        Requests { text, numbered: false }
    }

    /// A form; [`NUMBER`] in it becomes another number each time.
    pub(crate) fn post(path: &str, headers: &str, form: &str) -> Requests {
        let (kind, length) = ("application/x-www-form-urlencoded", form.len());
        let text = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{form}"
        );
        Requests { text, numbered: true }
    }

    fn next(&self) -> Cow<'_, str> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        if self.numbered {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            self.text.replace(NUMBER, &format!("{number:08}")).into()
        } else {
            self.text.as_str().into()
        }
    }
}

impl Outcome {
    /// Takes in another round of the same.
    pub(crate) fn add(&mut self, round: Outcome) {
        self.latencies.extend(round.latencies);
        self.failed += round.failed;
        self.bytes = round.bytes;
        self.elapsed += round.elapsed;
        self.processor += round.processor;
    }

    pub(crate) fn sort(&mut self) {
        self.latencies.sort_unstable();
    }

    #[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
    fn answers(&self) -> f64 {
        self.latencies.len().max(1) as f64
    }

    /// Requests in a second.
    pub(crate) fn rate(&self) -> f64 {
        self.answers() / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// Seconds of processor for one request.
    pub(crate) fn processor_time(&self) -> f64 {
        self.processor.as_secs_f64() / self.answers()
    }

    /// The latency that so many of a hundred keep within; of sorted latencies.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let place = (self.latencies.len() * percent).div_ceil(100).saturating_sub(1);
        self.latencies.get(place).copied().unwrap_or_default()
    }
}

/// Asks for so long over so many connections, of each at least once. They take the requests in turn.
pub(crate) async fn run(
    address: SocketAddr,
    requests: &[Requests],
    connections: usize,
    time: Duration,
) -> anyhow::Result<Outcome> {
    let mut tasks = JoinSet::new();
    let began = Instant::now();
    for requests in requests.iter().cycle().take(connections) {
        tasks.spawn(ask(address, requests.clone(), began + time));
    }
    let mut outcome = Outcome::default();
    while let Some(done) = tasks.join_next().await {
        outcome.add(done??);
    }
    outcome.elapsed = began.elapsed();
    Ok(outcome)
}

async fn ask(address: SocketAddr, requests: Requests, until: Instant) -> anyhow::Result<Outcome> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut outcome, mut buffer) = (Outcome::default(), Vec::with_capacity(128 * 1024));
    loop {
        let asked = Instant::now();
        stream.write_all(requests.next().as_bytes()).await?;
        let answer = read(&mut stream, &mut buffer).await?;
        outcome.latencies.push(asked.elapsed());
        outcome.failed += u64::from(!answer.good);
        outcome.bytes = answer.bytes;
        if Instant::now() >= until {
            return Ok(outcome);
        }
    }
}

struct Answer {
    good: bool,
    bytes: usize,
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<Answer> {
    buffer.clear();
    loop {
        let read = stream.read_buf(buffer).await?;
        anyhow::ensure!(read > 0, "the server hung up");
        if let Some(answer) = parse(buffer)? {
            return Ok(answer);
        }
    }
}

/// The answer, once it is there to its end.
fn parse(buffer: &[u8]) -> anyhow::Result<Option<Answer>> {
    let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return Ok(None) };
    let (head, body) = buffer.split_at(end + 4);
    let head = std::str::from_utf8(head).context("headers")?;
    let good = head.starts_with("HTTP/1.1 2") || head.starts_with("HTTP/1.1 3");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let whole = match length {
        Some(length) => body.len() == length.parse::<usize>().context("content-length")?,
        None => body.ends_with(b"0\r\n\r\n"),
    };
    Ok(whole.then_some(Answer { good, bytes: body.len() }))
}
