//! Load: so many connections that ask again as soon as they were answered.

use std::{
    borrow::Cow,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use super::browser::Browser;

/// What is asked for, as the bytes that go over the wire. A body must come with its length.
#[derive(Clone)]
pub(crate) struct Requests {
    texts: Arc<[String]>,
    order: Order,
}

/// Which text comes next.
#[derive(Clone)]
enum Order {
    /// The only one.
    Same,
    /// The only one, with the number of the request in it, so that no two are the same.
    Numbered,
    /// One after another, each once, whichever connection asks.
    Each(Arc<AtomicUsize>),
}

/// The header lines that say who asks, each with its end.
pub(crate) fn headers(browser: &Browser) -> String {
    format!("cookie: {}\r\nx-forwarded-for: {}\r\n", browser.cookie(), browser.forwarded)
}

/// Stands for the number of a request, and is as long as one.
pub(crate) const NUMBER: &str = "########";

/// How the answers came.
#[derive(Clone, Default)]
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
        Requests { texts: [text].into(), order: Order::Same }
    }

    /// A form; [`NUMBER`] in it becomes another number each time.
    pub(crate) fn post(path: &str, headers: &str, form: &str) -> Requests {
        Requests { texts: [posted(path, headers, form)].into(), order: Order::Numbered }
    }

    /// These forms, each once; then nothing more is asked.
    pub(crate) fn each(texts: &[String]) -> Requests {
        Requests { texts: texts.into(), order: Order::Each(Arc::default()) }
    }

    /// The same can be asked again and again.
    pub(crate) fn is_endless(&self) -> bool {
        !matches!(self.order, Order::Each(_))
    }

    fn next(&self) -> Option<Cow<'_, str>> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let first = self.texts.first()?.as_str();
        match &self.order {
            Order::Same => Some(first.into()),
            Order::Numbered => {
                let number = NEXT.fetch_add(1, Ordering::Relaxed);
                Some(first.replace(NUMBER, &format!("{number:08}")).into())
            }
            Order::Each(next) => {
                self.texts.get(next.fetch_add(1, Ordering::Relaxed)).map(|text| text.as_str().into())
            }
        }
    }
}

/// A form, as the bytes that go over the wire.
pub(crate) fn posted(path: &str, headers: &str, form: &str) -> String {
    let (kind, length) = ("application/x-www-form-urlencoded", form.len());
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{form}"
    )
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

    /// Requests in a second that were answered as wanted: being refused is fast.
    #[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
    pub(crate) fn rate(&self) -> f64 {
        (self.answers() - self.failed as f64) / self.elapsed.as_secs_f64().max(1e-9)
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
    go(address, requests, connections, (time, None)).await
}

/// Asks so often in a second, at even distances, whether answers have come or not: what had to wait for its turn counts
/// from when that was.
pub(crate) async fn paced(
    address: SocketAddr,
    requests: &[Requests],
    connections: usize,
    (time, rate): (Duration, f64),
) -> anyhow::Result<Outcome> {
    let many = u32::try_from(connections).unwrap_or(u32::MAX);
    let every = Duration::from_secs_f64(f64::from(many) / rate.max(0.1));
    go(address, requests, connections, (time, Some(every))).await
}

async fn go(
    address: SocketAddr,
    requests: &[Requests],
    connections: usize,
    (time, every): (Duration, Option<Duration>),
) -> anyhow::Result<Outcome> {
    let mut tasks = JoinSet::new();
    let began = Instant::now();
    for (turn, requests) in (0_u32..).zip(requests.iter().cycle().take(connections)) {
        let pace = every.map(|every| {
            let others = u32::try_from(connections).unwrap_or(u32::MAX).max(1);
            Pace { due: began + every * turn / others, every }
        });
        tasks.spawn(ask(address, requests.clone(), began + time, pace));
    }
    let mut outcome = Outcome::default();
    while let Some(done) = tasks.join_next().await {
        outcome.add(done??);
    }
    outcome.elapsed = began.elapsed();
    Ok(outcome)
}

/// When a connection asks next.
struct Pace {
    due: Instant,
    every: Duration,
}

impl Pace {
    /// Waits for the turn, and tells when that was.
    async fn turn(&mut self) -> Instant {
        let due = self.due;
        self.due += self.every;
        tokio::time::sleep_until(due.into()).await;
        due
    }
}

async fn ask(
    address: SocketAddr,
    requests: Requests,
    until: Instant,
    mut pace: Option<Pace>,
) -> anyhow::Result<Outcome> {
    let mut stream = connect(address).await?;
    let (mut outcome, mut buffer) = (Outcome::default(), Vec::with_capacity(128 * 1024));
    loop {
        let asked = match &mut pace {
            Some(pace) => pace.turn().await,
            None => Instant::now(),
        };
        let Some(request) = requests.next() else { return Ok(outcome) };
        let answer = if let Ok(answer) = exchange(&mut stream, &request, &mut buffer).await {
            answer
        } else {
            // A connection that was idle for long is closed by the server.
            stream = connect(address).await?;
            exchange(&mut stream, &request, &mut buffer).await?
        };
        outcome.latencies.push(asked.elapsed());
        outcome.failed += u64::from(!answer.good);
        outcome.bytes = answer.bytes;
        if Instant::now() >= until {
            return Ok(outcome);
        }
    }
}

async fn connect(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn exchange(stream: &mut TcpStream, request: &str, buffer: &mut Vec<u8>) -> anyhow::Result<Answer> {
    stream.write_all(request.as_bytes()).await?;
    read(stream, buffer).await
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
