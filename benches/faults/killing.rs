//! SIGKILL at any moment: nothing that was acknowledged is lost, nothing is half written, nothing is stuck
//! (SECURITY H1, J1, G-1).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use directory::Dialect;
use tokio::{
    join,
    task::JoinSet,
    time::{Instant, interval, sleep},
};

use super::{
    Form,
    figures::Figures,
    mailbox::{Mail, Mailbox, Reaction},
    owner::Owner,
    place::Place,
    process::{Panel, Running},
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "killing";
/// Ready again after a kill (SECURITY G-7).
const READY: Duration = Duration::from_secs(5);
/// Everything is sent after so much quiet; a killed courier's mails wait for its lease of 90 seconds.
const QUIET: Duration = Duration::from_mins(5);
/// 20 invitations a second.
const PACE: Duration = Duration::from_millis(50);

/// What an invitation and what goes with it must have; each question counts what lacks it.
pub(crate) const WHOLE: [(&str, &str); 4] = [
    (
        "mails that wait or are stuck in a lease",
        "SELECT CAST(count(*) AS TEXT) AS line FROM deliveries WHERE state IN ('queued', 'retrying')",
    ),
    (
        "invitations without a mail",
        "SELECT CAST(count(*) AS TEXT) AS line FROM invitations i \
         WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.invitation_id = i.id)",
    ),
    (
        "guests without an invitation",
        "SELECT CAST(count(*) AS TEXT) AS line FROM users u WHERE u.kind = 'guest' \
         AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.user_id = u.id)",
    ),
    (
        "invitations without a line in the audit",
        "SELECT CAST((SELECT count(*) FROM invitations) - \
         (SELECT count(*) FROM activities WHERE action = 'invitation.added') AS TEXT) AS line",
    ),
];

/// What the killing left behind, to be looked at after some quiet.
pub(crate) struct Aftermath {
    dialect: Dialect,
    place: Place,
    mailbox: Mailbox,
    running: Vec<Running>,
    acknowledged: BTreeSet<String>,
    refused: usize,
    kills: usize,
    drops: usize,
    slowest_start: Duration,
}

/// How many instances work together.
fn instances(dialect: Dialect) -> usize {
    if dialect == Dialect::Sqlite { 1 } else { 2 }
}

/// Kills while an owner invites.
pub(crate) async fn kill(dialect: Dialect, form: Form) -> anyhow::Result<Aftermath> {
    let place = Place::on(dialect)?;
    let mailbox = Mailbox::start();
    let first = Panel::new(place.database.url(), &place.folder)?.mailing(mailbox.url());
    let mut panels = vec![first];
    while panels.len() < instances(dialect) {
        panels.push(panels[0].sibling()?);
    }
    let mut running = Vec::new();
    for panel in &panels {
        running.push(panel.start().await?.0);
    }
    let owner = Owner::at(&panels[0], &place.app).await?;
    let done = Arc::new(AtomicBool::new(false));
    let drops = AtomicUsize::new(0);
    let inviting = invite(&owner, &panels, form.pick(60, 500), Arc::clone(&done));
    let killing = async {
        let killed = kill_in_turn(running, form.pick(8, 100), &mailbox, &drops).await;
        done.store(true, Ordering::Relaxed);
        killed
    };
    let ((acknowledged, refused), killed) = join!(inviting, killing);
    let (running, slowest_start) = killed?;
    mailbox.react("*", Reaction::DropAfterDot, 0);
    Ok(Aftermath {
        dialect,
        place,
        mailbox,
        running,
        acknowledged,
        refused,
        kills: form.pick(8, 100),
        drops: drops.into_inner(),
        slowest_start,
    })
}

/// Adds guests at a steady pace, whether somebody listens or not, until the killing is over and enough were kept.
/// Answers who was acknowledged, and how many answers were an error of the panel.
async fn invite(
    owner: &Owner,
    panels: &[Panel],
    enough: usize,
    done: Arc<AtomicBool>,
) -> (BTreeSet<String>, usize) {
    let (mut tasks, mut pace) = (JoinSet::new(), interval(PACE));
    let mut number = 0;
    let kept = Arc::new(AtomicUsize::new(0));
    while kept.load(Ordering::Relaxed) < enough || !done.load(Ordering::Relaxed) {
        pace.tick().await;
        let (owner, at, kept) = (owner.clone(), panels[number % panels.len()].address, Arc::clone(&kept));
        tasks.spawn(async move {
            let guest = format!("guest-{number}@partner.test");
            let answer = owner.add(at, &guest).await;
            kept.fetch_add(usize::from(answer.is_kept()), Ordering::Relaxed);
            (guest, answer)
        });
        number += 1;
    }
    let (mut acknowledged, mut wrong) = (BTreeSet::new(), 0);
    while let Some(Ok((guest, answer))) = tasks.join_next().await {
        if answer.is_kept() {
            acknowledged.insert(guest);
        } else if answer.status.is_some() && !answer.is_postponed() {
            wrong += 1;
        }
    }
    (acknowledged, wrong)
}

/// Kills one after the other and starts it again; now and then the relay drops a line after the final dot.
async fn kill_in_turn(
    mut running: Vec<Running>,
    kills: usize,
    mailbox: &Mailbox,
    drops: &AtomicUsize,
) -> anyhow::Result<(Vec<Running>, Duration)> {
    let mut slowest = Duration::ZERO;
    for kill in 0..kills {
        if kill % 3 == 0 {
            mailbox.react("*", Reaction::DropAfterDot, 1);
            drops.fetch_add(1, Ordering::Relaxed);
        }
        // Any moment of an invitation and of a mail.
        sleep(Duration::from_millis(rand::random::<u64>() % 400)).await;
        let victim = running.remove(0);
        let panel = victim.panel.clone();
        victim.kill()?;
        let (again, took) = panel.start().await?;
        slowest = slowest.max(took);
        running.push(again);
    }
    Ok((running, slowest))
}

impl Aftermath {
    /// Waits for quiet, and counts.
    pub(crate) async fn judge(self) -> anyhow::Result<()> {
        let began = Instant::now();
        while began.elapsed() < QUIET && self.open() > 0 {
            sleep(Duration::from_millis(500)).await;
        }
        let quiet = began.elapsed();
        let title = format!("SIGKILL, {:?}, {} instance(s)", self.dialect, self.running.len());
        let mut figures = Figures::of(title);
        let enough = format!("{} kills, {} lines dropped after the dot", self.kills, self.drops);
        figures.goal(
            "acknowledged invitations",
            enough,
            self.acknowledged.len(),
            !self.acknowledged.is_empty(),
        );
        figures.none("errors other than \"come back later\"", self.refused);
        figures.within("ready again after a kill, at the slowest", READY, self.slowest_start);
        figures.within("quiet until all was sent", QUIET, quiet);
        self.judge_mails(&mut figures);
        for (name, question) in WHOLE {
            figures.none(name, self.count(question));
        }
        if self.dialect == Dialect::Sqlite {
            let found = self.place.database.ask("SELECT integrity_check AS line FROM pragma_integrity_check");
            figures.goal("integrity_check", "ok", found.join(", "), found == ["ok"]);
        }
        figures.print();
        Ok(())
    }

    fn judge_mails(&self, figures: &mut Figures) {
        let mut mails: BTreeMap<String, Vec<Mail>> = BTreeMap::new();
        for mail in self.mailbox.mails() {
            mails.entry(mail.header("Message-ID").unwrap_or_default().to_owned()).or_default().push(mail);
        }
        let reached: BTreeSet<&str> = mails.values().flatten().map(|mail| mail.to.as_str()).collect();
        let lost = self.acknowledged.iter().filter(|guest| !reached.contains(guest.as_str())).count();
        let more: usize = mails.values().map(|same| same.len() - 1).sum();
        let allowed = self.kills + self.drops;
        let differ =
            mails.values().filter(|same| same.iter().any(|mail| mail.source != same[0].source)).count();
        figures.none("acknowledged without a mail", lost);
        figures.goal("mails more than once", format!("<= {allowed}"), more, more <= allowed);
        figures.none("of which not the same to the last byte", differ);
        figures.none("guests with two different mails", mails.len() - reached.len());
    }

    fn open(&self) -> usize {
        self.count(WHOLE[0].1)
    }

    fn count(&self, question: &str) -> usize {
        let counted = self.place.database.ask(question);
        // Whatever is no count is not right either.
        counted
            .first()
            .and_then(|line| line.parse::<i64>().ok())
            .map_or(usize::MAX, |n| usize::try_from(n.abs()).unwrap_or(usize::MAX))
    }
}
