//! The short form: what a request costs the processor beside the floor, and beside itself among fewer people. Other load
//! on the machine disturbs these ratios least, so that continuous integration can hold to them.

use std::{slice, time::Duration};

use directory::Dialect;

use super::{
    browser, floor,
    load::{self, Requests},
    place::{ADMINISTRATOR, OWNER, PERSON, Place},
    process::Process,
    sink::Sink,
    table::say,
};

const CONNECTIONS: usize = 32;
const ROUNDS: u32 = 4;
const ROUND: Duration = Duration::from_millis(750);
const WARM_UP: Duration = Duration::from_millis(300);

/// The least part of the floor, by processor time: below what is aimed at (70 and 60 %), for machines that differ.
const MY_APPS: f64 = 0.50;
const MANAGE_APP: f64 = 0.25;
/// The most that a request may cost among 100,000 people beside 1,000. A scan of a table costs a hundred times.
const MY_APPS_GROWTH: f64 = 2.0;
/// People are counted up to ten thousand, and of seven hundred open invitations the first in the alphabet are found.
const MANAGE_APP_GROWTH: f64 = 15.0;
/// A search reads the names in their order until it has a page of hits.
const SEARCH_GROWTH: f64 = 20.0;

/// Says every figure, and fails when one is out of its bound.
pub(crate) async fn check(dialect: Dialect) -> anyhow::Result<()> {
    let mut broken = beside_the_floor(dialect).await?;
    broken.extend(beside_fewer_people(dialect).await?);
    anyhow::ensure!(broken.is_empty(), "out of bounds on {dialect:?}: {}", broken.join(", "));
    Ok(())
}

async fn beside_the_floor(dialect: Dialect) -> anyhow::Result<Vec<String>> {
    let place = Place::on(dialect)?;
    let floor = Process::floor(place.database.url(), &place.folder)?;
    let panel = Process::panel(place.database.url(), &place.folder, None)?;
    let person = load::headers(&browser::sign_in(panel.address, PERSON).await?);
    let owner = load::headers(&browser::sign_in(panel.address, OWNER).await?);
    let manage = format!("{}/manage", place.app);
    let mut broken = Vec::new();
    for (name, page, path, headers, least) in [
        ("My Apps", floor::APPS_PAGE, "/apps", &person, MY_APPS),
        ("Manage app", floor::PEOPLE_PAGE, manage.as_str(), &owner, MANAGE_APP),
    ] {
        let asked = [(&floor, Requests::get(page, "")), (&panel, Requests::get(path, headers))];
        let [low, high] = costs(asked).await?;
        say(&format!(
            "{dialect:?}: {name} {:.3} ms, its floor {:.3} ms: {:.0} % of the floor; at least {:.0} %",
            1000.0 * high,
            1000.0 * low,
            100.0 * low / high,
            100.0 * least
        ));
        broken.extend((low / high < least).then(|| format!("{name} beside its floor")));
    }
    Ok(broken)
}

async fn beside_fewer_people(dialect: Dialect) -> anyhow::Result<Vec<String>> {
    let sink = Sink::start()?;
    let (few, many) = (Place::of(1_000, dialect)?, Place::of(100_000, dialect)?);
    let mut panels = Vec::new();
    for place in [&few, &many] {
        let panel = Process::panel(place.database.url(), &place.folder, Some(sink.address))?;
        let person = load::headers(&browser::sign_in(panel.address, PERSON).await?);
        let owner = load::headers(&browser::sign_in(panel.address, OWNER).await?);
        let administrator = load::headers(&sink.sign_in(panel.address, ADMINISTRATOR).await?);
        panels.push((panel, [person, owner, administrator]));
    }
    let manage = format!("{}/manage", many.app);
    let mut broken = Vec::new();
    for (name, who, path, most) in [
        ("My Apps", 0, "/apps", MY_APPS_GROWTH),
        ("Manage app", 1, manage.as_str(), MANAGE_APP_GROWTH),
        ("Search by prefix", 2, "/admin/users?q=anna", SEARCH_GROWTH),
    ] {
        let [few, many] =
            [&panels[0], &panels[1]].map(|(panel, headers)| (panel, Requests::get(path, &headers[who])));
        let [low, high] = costs([few, many]).await?;
        say(&format!(
            "{dialect:?}: {name} {:.3} ms among 100,000 people, {:.3} ms among 1,000: {:.2} times; at most {most}",
            1000.0 * high,
            1000.0 * low,
            high / low
        ));
        broken.extend((high / low > most).then(|| format!("{name} among 100,000 people")));
    }
    Ok(broken)
}

/// Seconds of processor for a request to each of the two, which take turns.
async fn costs(asked: [(&Process, Requests); 2]) -> anyhow::Result<[f64; 2]> {
    let mut outcomes = asked.each_ref().map(|_| load::Outcome::default());
    for _ in 0..ROUNDS {
        for ((process, requests), outcome) in asked.iter().zip(&mut outcomes) {
            let requests = slice::from_ref(requests);
            load::run(process.address, requests, CONNECTIONS, WARM_UP).await?;
            let before = process.processor()?;
            let mut round = load::run(process.address, requests, CONNECTIONS, ROUND).await?;
            round.processor = process.processor()?.saturating_sub(before);
            outcome.add(round);
        }
    }
    anyhow::ensure!(outcomes.iter().all(|outcome| outcome.failed == 0), "a page was not shown");
    Ok(outcomes.map(|outcome| outcome.processor_time()))
}
