//! Pages that are looked at.

use std::{array, slice, time::Duration};

use directory::Dialect;

use super::{
    browser, floor,
    load::{self, Outcome, Requests},
    place::{OWNER, PERSON, Place},
    process::Process,
    table::{self, Row},
};

const CONNECTIONS: usize = 32;
/// The rows take turns, so that what else the machine does meets all of them.
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_secs(1);
const WARM_UP: Duration = Duration::from_millis(300);
const FLOOR: &str = "floor";

/// What is asked of whom.
struct Asked<'a> {
    name: &'static str,
    process: &'a Process,
    requests: Requests,
}

pub(crate) async fn measure(dialect: Dialect) -> anyhow::Result<()> {
    let place = Place::on(dialect)?;
    let floor = Process::floor(place.database.url(), &place.folder)?;
    let panel = Process::panel(place.database.url(), &place.folder, None)?;
    let person = load::headers(&browser::sign_in(panel.address, PERSON).await?);
    let owner = load::headers(&browser::sign_in(panel.address, OWNER).await?);
    let get = |name, process, path: &str, headers: &str| Asked {
        name,
        process,
        requests: Requests::get(path, headers),
    };
    let rows = take_turns([
        get("constant", &floor, floor::CONSTANT, ""),
        get(FLOOR, &floor, floor::APPS_PAGE, ""),
        get("My Apps, 20 apps", &panel, "/apps", &person),
        get("My Apps, in brotli", &panel, "/apps", &format!("{person}accept-encoding: br\r\n")),
        get("Manage app, 50 people", &panel, &format!("{}/manage", place.app), &owner),
    ])
    .await?;
    let title = format!("{dialect:?}, {CONNECTIONS} connections, {} s each", (ROUND * ROUNDS).as_secs());
    table::print(&title, &rows, Some(FLOOR));
    Ok(())
}

async fn take_turns<const N: usize>(asked: [Asked<'_>; N]) -> anyhow::Result<[Row; N]> {
    let mut outcomes: [Outcome; N] = array::from_fn(|_| Outcome::default());
    for _ in 0..ROUNDS {
        for (asked, outcome) in asked.iter().zip(&mut outcomes) {
            outcome.add(round(asked).await?);
        }
    }
    let mut names = asked.iter().map(|asked| asked.name);
    Ok(outcomes.map(|mut outcome| {
        outcome.sort();
        Row { name: names.next().unwrap_or_default(), outcome }
    }))
}

async fn round(Asked { process, requests, .. }: &Asked<'_>) -> anyhow::Result<Outcome> {
    let requests = slice::from_ref(requests);
    load::run(process.address, requests, CONNECTIONS, WARM_UP).await?;
    let before = process.processor()?;
    let mut outcome = load::run(process.address, requests, CONNECTIONS, ROUND).await?;
    outcome.processor = process.processor()?.saturating_sub(before);
    Ok(outcome)
}
