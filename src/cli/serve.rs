//! `vestibule serve`: the panel itself.

use directory::setup_link;

use super::say;
use crate::{
    app::{Application, Parts},
    settings::Settings,
};

/// Serves until it is told to stop.
pub(super) async fn run(settings: Settings) -> anyhow::Result<()> {
    let mail = where_mail_goes(&settings);
    let application = Application::build(settings, Parts::default())?;
    say(&format!("Vestibule listens at {}", application.public_url()));
    say(&mail);
    if let Some(address) = application.internal_address() {
        say(&format!("Metrics are at http://{address}{}", crate::web::paths::METRICS));
    }
    offer_set_up(&application)?;
    application.run_until_stopped().await
}

fn where_mail_goes(settings: &Settings) -> String {
    match &settings.smtp_url {
        Some(relay) => format!("Mail goes to {relay}"),
        None => format!("Mail is written to {} (smtp_url is not set)", settings.mail_dir().display()),
    }
}

/// Without an administrator there is one way in: a link that only this output shows, once, for a day (SECURITY J9).
fn offer_set_up(application: &Application) -> anyhow::Result<()> {
    let random = rand::random();
    if let Some(token) = application.directory().write(|tx| setup_link::create(tx, random))? {
        let link = application.public_url().join(&crate::web::paths::set_up(&token));
        say("There is no administrator yet. This link makes the first one; it works once, for 24 hours:");
        say(&link);
    }
    Ok(())
}
