//! What **Add** is compared with: a writer that writes the rows of an invitation and asks nothing before, and commits
//! together what has gathered while it committed last.

use std::{
    iter,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use actix_web::{
    HttpResponse,
    web::{Bytes, Data},
};
use directory::{Directory, testing::Pattern};
use tokio::sync::oneshot;

use super::floor::Floor;

/// How many invitations share a commit at most.
const MOST: usize = 64;

/// Who waits for an invitation to be safe.
type Waiting = oneshot::Sender<()>;

/// The writer, on a thread of its own.
pub(super) struct Writer(Sender<Waiting>);

impl Writer {
    pub(super) fn start(directory: Directory) -> anyhow::Result<Writer> {
        let pattern = directory.read(Pattern::newest)?;
        let (sender, waiting) = channel();
        thread::spawn(move || write(&directory, &pattern, &waiting));
        Ok(Writer(sender))
    }
}

fn write(directory: &Directory, pattern: &Pattern, waiting: &Receiver<Waiting>) {
    let mut written = 0;
    while let Ok(first) = waiting.recv() {
        let together: Vec<Waiting> = iter::once(first).chain(waiting.try_iter().take(MOST - 1)).collect();
        let next = written + i64::try_from(together.len()).unwrap_or_default();
        let kept = directory
            .write(|tx| (written..next).try_for_each(|number| pattern.write_another(tx, number + 1)));
        written = next;
        if kept.is_ok() {
            for waiting in together {
                // Who has gone away needs no answer.
                let _ = waiting.send(());
            }
        }
    }
}

/// `POST /invitations`
pub(super) async fn create(floor: Data<Floor>, _form: Bytes) -> HttpResponse {
    let (waiting, kept) = oneshot::channel();
    if floor.writer.0.send(waiting).is_ok() && kept.await.is_ok() {
        HttpResponse::SeeOther().insert_header(("location", "/")).finish()
    } else {
        HttpResponse::ServiceUnavailable().finish()
    }
}
