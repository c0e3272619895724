//! While the database is in trouble: what people are answered meanwhile, and how soon all is well again.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    task::JoinSet,
    time::{Instant, interval, sleep},
};

use super::{
    figures::Figures,
    killing::WHOLE,
    owner::{Answer, Owner, slowest},
    place::Place,
};

/// The page that says "come back later" is there within this.
const SAID: Duration = Duration::from_secs(3);
/// All is well again so soon after the trouble, without a restart (SECURITY I3).
const WELL: Duration = Duration::from_secs(5);
/// How long wellness is waited for at all.
const PATIENCE: Duration = Duration::from_mins(1);

/// What people were answered, with the guests whom they added.
#[derive(Default)]
pub(crate) struct Answers {
    pub(crate) adds: Vec<(String, Answer)>,
    pub(crate) pages: Vec<Answer>,
}

/// Somebody adds a guest and somebody opens a page, five times a second, whether they are answered or not.
pub(crate) async fn ask(owner: &Owner, at: SocketAddr, time: Duration, name: &str) -> Answers {
    let (mut adds, mut pages, mut pace) =
        (JoinSet::new(), JoinSet::new(), interval(Duration::from_millis(200)));
    let began = Instant::now();
    let mut number = 0;
    while began.elapsed() < time {
        pace.tick().await;
        let (adding, opening) = (owner.clone(), owner.clone());
        let guest = format!("{name}-{number}@partner.test");
        adds.spawn(async move { (guest.clone(), adding.add(at, &guest).await) });
        pages.spawn(async move { opening.open(at, "/apps").await });
        number += 1;
    }
    Answers { adds: adds.join_all().await, pages: pages.join_all().await }
}

/// Waits until a guest can be added again; answers how long that took.
pub(crate) async fn well_again(owner: &Owner, at: SocketAddr, name: &str) -> Duration {
    let began = Instant::now();
    for number in 0.. {
        let guest = format!("{name}-well-{number}@partner.test");
        if owner.add(at, &guest).await.is_kept() || began.elapsed() > PATIENCE {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    began.elapsed()
}

/// What is wanted of every trouble.
pub(crate) fn judge(figures: &mut Figures, place: &Place, answers: &Answers, well: Duration) {
    let adds: Vec<Answer> = answers.adds.iter().map(|(_, answer)| answer.clone()).collect();
    let all: Vec<Answer> = adds.iter().chain(&answers.pages).cloned().collect();
    let postponed = all.iter().filter(|answer| answer.is_postponed()).count();
    let served = all.iter().filter(|answer| matches!(answer.status, Some(200 | 303))).count();
    let other = all.len() - postponed - served;
    figures.goal(
        "answers: served, told to come back later",
        "all",
        format!("{served}, {postponed}"),
        other == 0,
    );
    let others: Vec<String> = all
        .iter()
        .filter(|answer| !answer.is_postponed() && !matches!(answer.status, Some(200 | 303)))
        .map(|answer| answer.status.map_or_else(|| "none".to_owned(), |status| status.to_string()))
        .collect();
    figures.goal(
        "answers of any other kind, or none",
        0,
        format!("{other} {}", others.join(" ")),
        other == 0,
    );
    figures.within("the slowest answer", SAID, slowest(&all));
    figures.within("well again without a restart", WELL, well);
    let known = place.database.ask("SELECT recipient AS line FROM deliveries");
    let kept = answers.adds.iter().filter(|(_, answer)| answer.is_kept());
    figures.none("acknowledged and not there", kept.filter(|(guest, _)| !known.contains(guest)).count());
    for (name, question) in &WHOLE[1..] {
        let counted = place.database.ask(question).concat().parse::<i64>().unwrap_or(i64::MAX);
        figures.none(name, usize::try_from(counted.abs()).unwrap_or(usize::MAX));
    }
}
