//! Mail kept in memory, readable as it would have been sent: for the demo and for tests.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Failure, Outgoing};

/// The last messages, newest last. Clones share them.
#[derive(Clone)]
pub struct Memory {
    kept: Arc<Mutex<VecDeque<SentMessage>>>,
    at_most: usize,
}

/// One message as it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// 1 for the first that was sent.
    pub number: u64,
    /// With its angle brackets; two deliveries of one letter share it.
    pub message_id: String,
    /// The address of the envelope.
    pub to: String,
    /// The decoded subject line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The whole MIME message.
    pub source: String,
}

impl Memory {
    /// Keeps the last `at_most` messages.
    #[must_use]
    pub fn new(at_most: usize) -> Self {
        Self { kept: Arc::default(), at_most }
    }

    /// What was sent, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<SentMessage> {
        self.lock().iter().cloned().collect()
    }

    #[expect(clippy::unnecessary_wraps, reason = "one signature for all ways of sending")]
    pub(super) fn keep(&self, mail: &Outgoing) -> Result<String, Failure> {
        let mut kept = self.lock();
        let number = kept.back().map_or(1, |last| last.number + 1);
        while kept.len() >= self.at_most.max(1) {
            kept.pop_front();
        }
        kept.push_back(SentMessage::of(mail, number));
        Ok("kept in memory".to_owned())
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<SentMessage>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SentMessage {
    fn of(mail: &Outgoing, number: u64) -> Self {
        Self {
            number,
            message_id: mail.message_id.clone(),
            to: mail.recipient().to_owned(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            html: mail.html.clone(),
            source: String::from_utf8_lossy(&mail.source()).into_owned(),
        }
    }
}
