//! How often a request asks the database: it is sent to the same panel on the same database, in a process that writes
//! down what its connections are asked.

use std::{collections::BTreeMap, slice, sync::Arc, time::Duration};

use actix_web::{HttpResponse, rt::System, web};
use directory::testing;
use tokio::time::sleep;
use vestibule::{
    app::{Application, Parts},
    settings::Settings,
};

use super::{
    acts::Act,
    browser,
    load::{self, Requests},
    place::Place,
    process::Process,
    sink::Sink,
    table::say,
};

/// The argument that makes this program the panel that counts.
pub(crate) const WORD: &str = "counted";
/// Answers how often the database was asked since this was asked last.
const ASKED: &str = "/asked";
/// What is asked again and again is counted when connections are made and statements known.
const TIMES: usize = 3;
/// Until the courier has sent what the last act caused: a transaction in its way would be counted twice.
const QUIET: Duration = Duration::from_millis(300);

/// Serves until it is killed.
pub(crate) fn serve(arguments: &[String]) -> anyhow::Result<()> {
    let [database, folder, relay] = arguments else { anyhow::bail!("{WORD} DATABASE FOLDER RELAY") };
    testing::count_queries();
    let settings = Settings::from_pairs(&[
        ("bind", "127.0.0.1:0"),
        ("database_url", database),
        ("data_dir", folder),
        ("smtp_url", relay),
        ("mail_from", "panel@meridian.test"),
        ("trusted_proxies", "127.0.0.1"),
    ])?;
    let extra = Arc::new(|config: &mut web::ServiceConfig| {
        config.route(ASKED, web::get().to(asked));
    });
    System::new().block_on(async {
        let application = Application::build(settings, Parts { extra: Some(extra), ..Parts::default() })?;
        say(&format!("The panel that counts listens at {}", application.public_url()));
        application.run_until_stopped().await
    })
}

async fn asked() -> HttpResponse {
    let of_pages = testing::asked().into_iter().filter(|transaction| !is_of_the_courier(transaction));
    let asked = of_pages.flatten().filter(|query| !is_seen(query)).count();
    HttpResponse::Ok().body(asked.to_string())
}

/// The courier looks for mails, and notes how they went, beside what is counted.
fn is_of_the_courier(transaction: &[String]) -> bool {
    transaction.first().is_some_and(|query| query.contains("lease_") && !query.starts_with("INSERT"))
}

/// Once a minute, and with no other request, it is noted that a session is in use.
fn is_seen(query: &str) -> bool {
    query.starts_with("UPDATE") && query.contains("last_seen_at")
}

/// How many questions each of these acts is, by its name.
pub(crate) async fn count(
    place: &Place,
    sink: &Sink,
    acts: &[Act],
) -> anyhow::Result<BTreeMap<&'static str, usize>> {
    let panel = Process::counted(place.database.url(), &place.folder, sink.address)?;
    let client = browser::client()?;
    let url = format!("http://{}{ASKED}", panel.address);
    let mut counts = BTreeMap::new();
    for act in acts {
        let times = if act.counted.is_endless() { TIMES } else { 1 };
        for _ in 0..times {
            sleep(QUIET).await;
            client.get(&url).send().await?.error_for_status()?;
            once(&panel, &act.counted).await?;
        }
        let asked = client.get(&url).send().await?.error_for_status()?.text().await?;
        counts.insert(act.name, asked.parse()?);
    }
    Ok(counts)
}

async fn once(panel: &Process, request: &Requests) -> anyhow::Result<()> {
    let outcome = load::run(panel.address, slice::from_ref(request), 1, Duration::ZERO).await?;
    anyhow::ensure!(outcome.failed == 0, "what is counted was refused");
    Ok(())
}
