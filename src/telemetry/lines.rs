//! The log's way out: a thread of its own, so that a reader who has stopped reading, such as a pipe to a full disk, stops
//! nobody who answers. What does not fit meanwhile is lost, and counted.

use std::{
    io::{self, BufWriter, Write},
    iter,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

/// Lines that may wait to be written.
const WAITING: usize = 1024;
/// How long the end of the program waits for the lines before it.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long it waits before it looks again whether there is room for its word.
const PAUSE: Duration = Duration::from_millis(10);

/// The lines of this process.
static LINES: OnceLock<Lines> = OnceLock::new();

/// Where lines go. Clones lead to the same place.
#[derive(Clone)]
pub(super) struct Lines {
    waiting: SyncSender<Line>,
    lost: Arc<AtomicU64>,
}

enum Line {
    Text(Vec<u8>),
    /// Everything before it is written: somebody waits to hear that.
    Last(SyncSender<()>),
}

/// To standard error.
pub(super) fn to_stderr() -> Lines {
    LINES.get_or_init(|| Lines::to(io::stderr())).clone()
}

/// Waits, but not for long, until all lines so far are written.
pub(super) fn finish() {
    if let Some(lines) = LINES.get() {
        lines.finish();
    }
}

impl Lines {
    fn to(out: impl Write + Send + 'static) -> Lines {
        let (waiting, lines) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&lost);
        // Ends with the process.
        thread::spawn(move || write_all(out, &lines, &counted));
        Lines { waiting, lost }
    }

    #[expect(clippy::disallowed_methods, reason = "a full queue tells nobody when there is room again")]
    fn finish(&self) {
        let began = Instant::now();
        let (written, wait) = sync_channel(1);
        while self.waiting.try_send(Line::Last(written.clone())).is_err() {
            if began.elapsed() > PATIENCE {
                return;
            }
            thread::sleep(PAUSE);
        }
        // Whoever does not read does not keep us.
        let _ = wait.recv_timeout(PATIENCE);
    }
}

/// Writes at once what waits at once, and no more of it than can wait: then it says again what is missing.
fn write_all(out: impl Write, lines: &Receiver<Line>, lost: &AtomicU64) {
    let mut out = BufWriter::new(out);
    for first in lines {
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 {
            // There is nowhere else to say that the log cannot be written.
            let _ = writeln!(out, "{missing} lines of the log are lost: it was not read fast enough");
        }
        for line in iter::once(first).chain(lines.try_iter().take(WAITING)) {
            match line {
                Line::Text(text) => drop(out.write_all(&text)),
                Line::Last(written) => {
                    let _ = out.flush();
                    let _ = written.try_send(());
                }
            }
        }
        let _ = out.flush();
    }
}

impl Write for Lines {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if self.waiting.try_send(Line::Text(text.to_vec())).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use super::*;

    /// A place that takes nothing while somebody else holds it.
    #[derive(Clone, Default)]
    struct Place(Arc<Mutex<Vec<u8>>>);

    impl Place {
        fn held(&self) -> MutexGuard<'_, Vec<u8>> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    impl Write for Place {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.held().write(text)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_log_that_nobody_reads_stops_nobody_and_says_what_it_lost() {
        let place = Place::default();
        let mut lines = Lines::to(place.clone());
        let held = place.held();
        for number in 0..2 * WAITING {
            lines.write_all(format!("line {number}\n").as_bytes()).unwrap();
        }
        drop(held);
        while String::from_utf8_lossy(&place.held()).lines().count() < WAITING {
            thread::yield_now();
        }
        lines.write_all(b"the last\n").unwrap();
        lines.finish();
        let written = String::from_utf8(place.held().clone()).unwrap();
        assert!(written.starts_with("line 0\n") || written.contains("\nline 0\n"), "{written}");
        assert!(written.contains(" lines of the log are lost"), "{written}");
        assert!(written.ends_with("the last\n"), "{written}");
    }
}
