//! What is found of the relay, and the mail that is a test.

use anyhow::Context;
use directory::{Clock, Language};
use tokio::time::timeout;

use super::{
    Found, PATIENCE,
    places::{is_there, must_be_writable},
};
use crate::{
    letter::Written,
    mail::{Envelope, Failure, Mailer, Smtp, compose},
    settings::{Settings, SmtpUrl},
};

fn smtp(settings: &Settings, relay: &SmtpUrl) -> Result<Smtp, Failure> {
    Smtp::new(relay.clone(), settings.public_url(settings.bind).host())
}

/// Reaches the relay, encrypts, signs in and names our sender; sends nothing.
pub(super) async fn relay(settings: &Settings) -> anyhow::Result<Found> {
    let Some(relay) = &settings.smtp_url else {
        let folder = settings.mail_dir();
        if is_there(&folder)? {
            must_be_writable(&folder)?;
        }
        let told = format!("is not set: mail is written to {} and reaches nobody", folder.display());
        return Ok(Found::Note(told));
    };
    timeout(PATIENCE, smtp(settings, relay)?.check(&settings.mail_from))
        .await
        .context("does not answer")??;
    if relay.is_exposed() {
        return Ok(Found::Note(format!("{relay} answers; mail crosses the network without encryption")));
    }
    Ok(Found::Right(format!("{relay} answers, lets us in and takes our sender; nothing was sent")))
}

/// Sends one mail that is no delivery of anybody's: nothing of it is in the directory.
pub(super) async fn test_mail(settings: &Settings, to: &str) -> anyhow::Result<Found> {
    let relay = settings.smtp_url.as_ref().context("there is no relay: set smtp_url")?;
    let id = format!("check-{:016x}", rand::random::<u64>());
    let envelope = Envelope { to, message_id: &id, date: Clock::system().now() };
    let mail = compose(letter(settings), envelope, &settings.mail_from)?;
    let mailer = Mailer::Smtp(smtp(settings, relay)?);
    let answer = mailer.send(&mail).await?;
    mailer.rest().await;
    Ok(Found::Right(format!("the relay took the mail and said: {answer}")))
}

fn letter(settings: &Settings) -> Written {
    let panel = settings.public_url(settings.bind);
    let text = format!("This is a test of the mail of Vestibule at {panel}.\nNothing is to be done.\n");
    Written {
        subject: "A test of Vestibule's mail".to_owned(),
        html: format!("<!doctype html><html lang=\"en\"><title>Test</title><pre>{text}</pre></html>"),
        text,
        language: Language::English,
        sender_name: "Vestibule".to_owned(),
        reply_to: None,
    }
}
