//! Sending mail: what the outbox owes leaves here (SPEC 4.2, 4.4).
//!
//! - `message` turns a written letter into a MIME message, through typed headers only;
//! - [`Mailer`] hands one message to where mail goes: a relay, a folder, or memory;
//! - [`Courier`] empties the outbox: claims a delivery, writes its letter, sends it, notes how it went.

mod answer;
mod backoff;
mod courier;
mod folder;
mod memory;
mod message;
mod note;
mod round;
mod smtp;

pub use courier::{Courier, Outcome};
pub use folder::Folder;
pub use memory::{Memory, SentMessage};
pub use message::{ComposeError, Envelope, Outgoing, compose};
pub use smtp::Smtp;

/// Where mail goes.
pub enum Mailer {
    /// To a relay that speaks SMTP.
    Smtp(Smtp),
    /// Into `.eml` files, when no relay is set.
    Folder(Folder),
    /// Into memory, where the demo and tests read it.
    Memory(Memory),
}

impl Mailer {
    /// Hands over one message. `Ok` carries the relay's answer: it has taken the responsibility.
    ///
    /// # Errors
    /// A [`Failure`] says whether the same message may be tried again.
    pub async fn send(&self, mail: &Outgoing) -> Result<String, Failure> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail).await,
            Self::Folder(folder) => folder.write(mail).await,
            Self::Memory(memory) => memory.keep(mail),
        }
    }

    /// Called when there is nothing to send: closes connections before the relay does.
    pub async fn rest(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.close_idle().await;
        }
    }
}

/// Why a message did not leave, in words that a list of mails can show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// This message cannot be delivered; trying again would not help.
    #[error("{0}")]
    Refused(String),
    /// This message may be delivered later; others may pass meanwhile.
    #[error("{0}")]
    Delayed(String),
    /// Nothing can be delivered at the moment: the relay is away, or does not accept us.
    #[error("{0}")]
    RelayAway(String),
}
