//! What every request can reach.

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use actix_web::{HttpRequest, web};
use directory::{Directory, Error, Keys, Tx};
use tokio::sync::{Notify, OwnedSemaphorePermit};

use super::{
    Introduction,
    cookies::Cookies,
    hosts::Hosts,
    outages::Outages,
    patience,
    turns::{Turn, Turns},
};
use crate::{
    settings::{PublicUrl, Settings},
    telemetry::{CourierMetrics, Metrics},
};

/// Wakes a task of this process that waits for work. Clones wake the same one.
#[derive(Debug, Clone, Default)]
pub struct Nudge(Arc<Notify>);

/// The application's parts that pages use; one for all workers.
#[derive(Clone)]
pub(crate) struct State {
    /// People, groups, apps and the rules between them.
    pub(crate) directory: Directory,
    /// What the operator set.
    pub(crate) settings: Arc<Settings>,
    /// Where people reach the panel.
    pub(crate) public_url: PublicUrl,
    /// Wakes the courier: [`State::write`] does when a mail is owed.
    pub(crate) courier: Nudge,
    /// Wakes whoever works out the rules of groups.
    pub(crate) rules: Nudge,
    /// What `/metrics` tells.
    pub(crate) metrics: Arc<Metrics>,
    /// What the courier of this process did.
    pub(crate) courier_metrics: Arc<CourierMetrics>,
    /// When the database did not answer.
    pub(crate) outages: Arc<Outages>,
    pub(crate) introduction: Option<Introduction>,
    pub(crate) keys: Keys,
    pub(crate) hosts: Hosts,
    pub(crate) cookies: Cookies,
    stopping: Arc<AtomicBool>,
    turns: Turns,
}

impl Nudge {
    /// There is something to do.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    /// What the task waits on.
    #[must_use]
    pub fn notify(&self) -> Arc<Notify> {
        Arc::clone(&self.0)
    }
}

impl State {
    /// The parts of a panel that people reach under this address.
    #[must_use]
    pub(crate) fn new(
        directory: Directory,
        keys: Keys,
        settings: Arc<Settings>,
        public_url: PublicUrl,
    ) -> State {
        State {
            turns: Turns::new(settings.sizes),
            directory,
            keys,
            settings,
            courier: Nudge::default(),
            rules: Nudge::default(),
            metrics: Arc::default(),
            courier_metrics: Arc::default(),
            outages: Arc::default(),
            introduction: None,
            hosts: Hosts::new(&public_url),
            cookies: Cookies::new(public_url.is_https()),
            public_url,
            stopping: Arc::default(),
        }
    }

    /// The same panel, as the demo introduces it.
    #[must_use]
    pub(crate) fn introduced(self, introduction: Option<Introduction>) -> State {
        State { introduction, ..self }
    }

    /// The same panel, which tells what this courier did.
    #[must_use]
    pub(crate) fn with_courier_metrics(self, courier_metrics: Arc<CourierMetrics>) -> State {
        State { courier_metrics, ..self }
    }

    /// The parts, from the request they serve.
    pub(crate) fn of(request: &HttpRequest) -> Option<&web::Data<State>> {
        request.app_data::<web::Data<State>>()
    }

    /// Looks something up in one unchanging state of the directory.
    ///
    /// # Errors
    /// What `verb` answers; [`Error::Unavailable`] when the database keeps everybody waiting.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let directory = self.directory.clone();
        self.noted(self.patiently(Turn::Read, move |_| directory.read(verb)).await)
    }

    /// Looks up what one question answers; see [`Directory::ask`].
    ///
    /// # Errors
    /// As [`State::read`].
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let directory = self.directory.clone();
        self.noted(self.patiently(Turn::Read, move |_| directory.ask(verb)).await)
    }

    /// Waits for a turn to search a list from end to end. Move the permit into the closure that searches: the search
    /// may outlive the request, and keeps its turn until it ends.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when others who search keep everybody waiting.
    pub(super) async fn turn_to_search(&self) -> directory::Result<Option<OwnedSemaphorePermit>> {
        let turn = patience::wait_for(self.turns.take_search()).await;
        turn.ok_or_else(|| Error::Unavailable("others are searching".to_owned()))
    }

    /// Changes something in one transaction, and wakes the courier when a mail is owed afterwards. `verb` may run
    /// several times.
    ///
    /// # Errors
    /// As [`State::read`].
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let (directory, courier) = (self.directory.clone(), self.courier.clone());
        let written = self.patiently(Turn::Write, move |awaited| {
            let owes_mail = Cell::new(false);
            let done = directory.write(|tx| {
                // However long the lock was waited for: what nobody waits for is undone.
                awaited.check()?;
                let done = verb(tx)?;
                owes_mail.set(tx.owes_mail());
                awaited.check().map(|()| done)
            })?;
            if owes_mail.get() {
                courier.wake();
            }
            Ok(done)
        });
        self.noted(written.await)
    }

    /// Runs on a blocking thread. Work that nobody waits for any more is neither begun nor kept: a person who was told
    /// to try again must not find it done behind their back.
    async fn patiently<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce(&Awaited) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let awaited = Awaited::default();
        let at_work = awaited.clone();
        let task = async {
            let turn = self.turns.take(turn).await;
            web::block(move || {
                // Until the work is done, which may be long after anybody waited for it.
                let _turn = turn;
                at_work.check().and_then(|()| work(&at_work))
            })
            .await
        };
        match patience::wait_for(task).await {
            Some(Ok(outcome)) => outcome,
            Some(Err(stopped)) => Err(Error::Unavailable(stopped.to_string())),
            None => {
                awaited.give_up();
                Err(Error::Unavailable("the database keeps everybody waiting".to_owned()))
            }
        }
    }

    /// Notes for the operator what an answer tells: that the database is away, or that a rule said no.
    pub(super) fn noted<T>(&self, answer: directory::Result<T>) -> directory::Result<T> {
        if matches!(answer, Err(Error::Unavailable(_))) {
            self.outages.unanswered(self.directory.now());
        } else {
            self.outages.answered(|| self.directory.now());
        }
        if let Err(Error::Refused(refusal) | Error::Forbidden(refusal)) = &answer {
            self.metrics.refused(refusal.code());
        }
        answer
    }

    /// Says that this process is going away: it is not ready for new visitors any more.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether this process is going away.
    #[must_use]
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Whether a person still waits for an answer. Clones are about the same one.
#[derive(Clone, Default)]
struct Awaited {
    given_up: Arc<AtomicBool>,
}

impl Awaited {
    fn check(&self) -> directory::Result<()> {
        if self.given_up.load(Ordering::Acquire) {
            return Err(Error::Unavailable("nobody waits for this any more".to_owned()));
        }
        Ok(())
    }

    fn give_up(&self) {
        self.given_up.store(true, Ordering::Release);
    }
}
