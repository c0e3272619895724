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
const ROUNDS: u32 = 3;
const ROUND: Duration = Duration::from_millis(500);
const WARM_UP: Duration = Duration::from_millis(150);
/// How often a comparison is made before its bound counts as broken.
const TRIES: u32 = 3;

/// The least part of the floor, by processor time: what was reached, less what machines differ by. Aimed at are 70 and
/// 60 %.
const MY_APPS: Bound = Bound::Least(0.45);
const MANAGE_APP: Bound = Bound::Least(0.25);
/// The most that a request may cost among 100,000 people beside 1,000. A scan of a table costs a hundred times.
const MY_APPS_GROWTH: Bound = Bound::Most(2.0);
const MANAGE_APP_GROWTH: Bound = Bound::Most(3.0);
/// A search reads more the more there is to find.
const SEARCH_GROWTH: Bound = Bound::Most(6.0);

#[derive(Clone, Copy)]
enum Bound {
    /// What it is compared with takes so much of its time.
    Least(f64),
    /// It takes so many times as long as what it is compared with.
    Most(f64),
}

/// A request, and what it is compared with.
struct Comparison<'a> {
    name: &'static str,
    asked: (&'a Process, Requests),
    beside: (&'a Process, Requests),
    bound: Bound,
}

/// Says every figure, and names those that are out of their bounds.
pub(crate) async fn check(dialect: Dialect) -> anyhow::Result<Vec<String>> {
    let mut broken = beside_the_floor(dialect).await?;
    broken.extend(beside_fewer_people(dialect).await?);
    Ok(broken.into_iter().map(|name| format!("{name} on {dialect:?}")).collect())
}

async fn beside_the_floor(dialect: Dialect) -> anyhow::Result<Vec<&'static str>> {
    let place = Place::on(dialect)?;
    let floor = Process::floor(place.database.url(), &place.folder)?;
    let panel = Process::panel(place.database.url(), &place.folder, None)?;
    let person = load::headers(&browser::sign_in(panel.address, PERSON).await?);
    let owner = load::headers(&browser::sign_in(panel.address, OWNER).await?);
    let manage = format!("{}/manage", place.app);
    let comparisons = [
        ("My Apps beside its floor", "/apps", &person, floor::APPS_PAGE, MY_APPS),
        ("Manage app beside its floor", manage.as_str(), &owner, floor::PEOPLE_PAGE, MANAGE_APP),
    ];
    broken(
        dialect,
        comparisons.map(|(name, path, headers, page, bound)| Comparison {
            name,
            asked: (&panel, Requests::get(path, headers)),
            beside: (&floor, Requests::get(page, "")),
            bound,
        }),
    )
    .await
}

async fn beside_fewer_people(dialect: Dialect) -> anyhow::Result<Vec<&'static str>> {
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
    let comparisons = [
        ("My Apps among 100,000 people", 0, "/apps", MY_APPS_GROWTH),
        ("Manage app among 100,000 people", 1, manage.as_str(), MANAGE_APP_GROWTH),
        ("Search by prefix among 100,000 people", 2, "/admin/users?q=anna", SEARCH_GROWTH),
    ];
    broken(
        dialect,
        comparisons.map(|(name, who, path, bound)| {
            let [beside, asked] =
                [&panels[0], &panels[1]].map(|(panel, headers)| (panel, Requests::get(path, &headers[who])));
            Comparison { name, asked, beside, bound }
        }),
    )
    .await
}

/// Names those that are out of bounds each time.
async fn broken<const N: usize>(
    dialect: Dialect,
    comparisons: [Comparison<'_>; N],
) -> anyhow::Result<Vec<&'static str>> {
    let mut broken = Vec::new();
    for comparison in &comparisons {
        let mut keeps = false;
        for _ in 0..TRIES {
            keeps = comparison.keeps(dialect).await?;
            if keeps {
                break;
            }
        }
        broken.extend((!keeps).then_some(comparison.name));
    }
    Ok(broken)
}

impl Comparison<'_> {
    /// Whether it is within its bound this time.
    async fn keeps(&self, dialect: Dialect) -> anyhow::Result<bool> {
        let [beside, asked] = costs([&self.beside, &self.asked]).await?;
        let (figure, keeps) = match self.bound {
            Bound::Least(least) => {
                let part = beside / asked;
                let told = format!("{:.0} % of it; at least {:.0} %", 100.0 * part, 100.0 * least);
                (told, part >= least)
            }
            Bound::Most(most) => {
                let times = asked / beside;
                (format!("{times:.2} times; at most {most}"), times <= most)
            }
        };
        let verdict = if keeps { "kept" } else { "broken" };
        say(&format!(
            "{dialect:?}: {}: {:.3} ms, compared with {:.3} ms: {figure}: {verdict}",
            self.name,
            1000.0 * asked,
            1000.0 * beside
        ));
        Ok(keeps)
    }
}

/// Seconds of processor for a request to each of the two, which take turns.
async fn costs(asked: [&(&Process, Requests); 2]) -> anyhow::Result<[f64; 2]> {
    let mut outcomes = asked.map(|_| load::Outcome::default());
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
