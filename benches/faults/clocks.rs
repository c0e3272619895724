//! Clocks that disagree, and one that jumps (SECURITY J3, J4). The processes see another time by `faketime`, as Debian
//! ships it; what they wait by cannot jump, on a real machine no more than here.

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use directory::Dialect;
use tokio::time::{Instant, sleep};

use super::{
    figures::Figures,
    guest::Guest,
    mailbox::{Mailbox, Reaction},
    owner::Owner,
    place::Place,
    process::Panel,
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "clocks";
/// Mails that two couriers have to share, each with a clock of its own.
const MAILS: usize = 40;
/// From the moment that a clock is right again to the last mail.
const DELIVERY: Duration = Duration::from_mins(5);
/// A process reads its clock's file once a second.
const SEEN: Duration = Duration::from_millis(2500);
const REVOKED: &str = "revoked@partner.test";

/// What gives a process another time; `None` where it is not installed.
pub(crate) fn library() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let mut files = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    files.find(|file| file.exists())
}

/// How far a clock is from the right time, in the words of `faketime`.
struct Wrong {
    file: PathBuf,
}

impl Wrong {
    fn by(folder: &Path, name: &str, offset: &str) -> anyhow::Result<Wrong> {
        let wrong = Wrong { file: folder.join(name) };
        wrong.set(offset)?;
        Ok(wrong)
    }

    fn set(&self, offset: &str) -> anyhow::Result<()> {
        Ok(fs::write(&self.file, offset)?)
    }
}

/// Two instances, of which one is ten minutes behind and the other ten minutes ahead.
pub(crate) async fn disagree() -> anyhow::Result<()> {
    let (place, mailbox) = (Place::on(Dialect::Postgres)?, Mailbox::start());
    let panel = Panel::new(place.database.url(), &place.folder)?.mailing(mailbox.url());
    let (behind, ahead) =
        (Wrong::by(&place.folder, "behind", "-10m")?, Wrong::by(&place.folder, "ahead", "+10m")?);
    let panels = [panel.with_clock(&behind.file), panel.sibling()?.with_clock(&ahead.file)];
    let _running = [panels[0].start().await?.0, panels[1].start().await?.0];
    let at = [panels[0].address, panels[1].address];
    let owner = Owner::at(&panels[0], &place.app).await?;
    let mut figures = Figures::of("Two instances whose clocks are ten minutes behind and ahead, PostgreSQL");
    for panel in &panels {
        let apart = clock_of(panel).await?;
        let wrong = (590..=610).contains(&apart.abs());
        figures.goal("the clock of an instance, in seconds", "600 off", apart, wrong);
    }

    mailbox.react("*", Reaction::Slow(Duration::from_secs(2)), u32::MAX);
    let mut kept = 0;
    for number in 0..MAILS {
        let answer = owner.add(at[number % 2], &guest(number)).await;
        kept += usize::from(answer.is_kept());
    }
    figures.goal("invitations kept, by turns", MAILS, kept, kept == MAILS);
    figures.within("all delivered", DELIVERY, drained(&place).await);
    figures.none("mails more than once, as a lease held for one and not for the other", duplicates(&mailbox));
    let off = "SELECT CAST(count(*) AS TEXT) AS line FROM deliveries \
        WHERE abs(extract(epoch FROM created_at - (now() AT TIME ZONE 'utc'))) > 300";
    figures.none("rows with another time than the server's", count(&place, off));

    decided_alike(&mut figures, &place, &mailbox, &panels).await?;
    figures.print();
    Ok(())
}

/// A link and a code, each within its time and after it by less than the clocks are wrong.
async fn decided_alike(
    figures: &mut Figures,
    place: &Place,
    mailbox: &Mailbox,
    panels: &[Panel; 2],
) -> anyhow::Result<()> {
    let at = [panels[0].address, panels[1].address];
    for (first, second) in [(0, 1), (1, 0)] {
        let address = guest(first);
        let reader = Guest::reading(&mailbox.wait_for(&address).await, &panels[0])?;
        reader.ask_for_a_code(at[first]).await?;
        let code = mailbox.wait_for_nth(&address, 2).await.code();
        let status = reader.accept(at[second], &code).await?;
        let name = if first == 0 { "asked for behind, used ahead" } else { "asked for ahead, used behind" };
        figures.goal(format!("a code {name}"), "lets in (303)", status, status == 303);
    }
    let reader = Guest::reading(&mailbox.wait_for(&guest(2)).await, &panels[0])?;
    for (minutes, wanted) in [(5, 200), (-5, 410)] {
        place.database.tell(&format!(
            "UPDATE invitations SET expires_at = (now() AT TIME ZONE 'utc') + interval '{minutes} minutes' \
             WHERE state = 'pending'"
        ));
        let statuses = [reader.open(at[0]).await?, reader.open(at[1]).await?];
        let name = format!("a link that expires in {minutes} minutes, behind and ahead");
        figures.goal(name, wanted, format!("{}, {}", statuses[0], statuses[1]), statuses == [wanted; 2]);
    }
    Ok(())
}

/// A clock that jumps a day ahead and is set right again, under a running panel.
pub(crate) async fn jump() -> anyhow::Result<()> {
    let (place, mailbox) = (Place::on(Dialect::Sqlite)?, Mailbox::start());
    let clock = Wrong::by(&place.folder, "clock", "+0")?;
    let panel =
        Panel::new(place.database.url(), &place.folder)?.mailing(mailbox.url()).with_clock(&clock.file);
    let _running = panel.start().await?.0;
    let at = panel.address;
    let owner = Owner::at(&panel, &place.app).await?;
    let mut figures = Figures::of("A clock that jumps a day ahead and back, SQLite");
    add(&owner, at, "before").await?;
    owner.add(at, REVOKED).await;
    let reader = Guest::reading(&mailbox.wait_for(REVOKED).await, &panel)?;
    let id =
        place.database.ask(&format!("SELECT id AS line FROM invitations WHERE address_key = '{REVOKED}'"));
    let revoked = owner.revoke(at, &id.concat()).await;
    anyhow::ensure!(revoked.is_kept(), "not taken back: {:?}", revoked.status);
    let mut dead = vec![reader.open(at).await?];
    drained(&place).await;

    clock.set("+1d")?;
    sleep(SEEN).await;
    let apart = clock_of(&panel).await?;
    figures.goal("the clock, in seconds", "a day ahead", apart, (86_390..=86_410).contains(&apart));
    mailbox.react("*", Reaction::Answer("451 4.3.0 not now"), u32::MAX);
    // Nobody is signed in for a day without a sign of life.
    let owner = Owner::at(&panel, &place.app).await?;
    add(&owner, at, "ahead").await?;
    dead.push(reader.open(at).await?);
    sleep(SEEN).await;
    figures.goal("mails that the relay puts off meanwhile", 5, waiting(&place), waiting(&place) == 5);

    clock.set("+0")?;
    sleep(SEEN).await;
    mailbox.react("*", Reaction::Answer("250 ok"), 0);
    add(&owner, at, "after").await?;
    dead.push(reader.open(at).await?);
    figures.within("all delivered once the clock is right", DELIVERY, drained(&place).await);
    figures.none("mails more than once", duplicates(&mailbox));
    let open = dead.iter().filter(|status| **status != 410).count();
    figures.none("times that a link taken back worked: before, ahead, after", open);
    figures.print();
    Ok(())
}

async fn add(owner: &Owner, at: SocketAddr, name: &str) -> anyhow::Result<()> {
    for number in 0..5 {
        let answer = owner.add(at, &format!("{name}-{number}@partner.test")).await;
        anyhow::ensure!(answer.is_kept(), "{name}: {:?}", answer.status);
    }
    Ok(())
}

fn guest(number: usize) -> String {
    format!("guest-{number}@partner.test")
}

/// How far the clock that a panel's answers show is from the right one, in seconds.
async fn clock_of(panel: &Panel) -> anyhow::Result<i64> {
    let answer = reqwest::get(format!("http://{}/health/live", panel.address)).await?;
    let date = answer.headers().get("date").and_then(|date| date.to_str().ok()).unwrap_or_default();
    let shown = chrono::DateTime::parse_from_rfc2822(date)?;
    Ok(shown.timestamp() - directory::Clock::system().now().micros() / 1_000_000)
}

fn waiting(place: &Place) -> usize {
    count(
        place,
        "SELECT CAST(count(*) AS TEXT) AS line FROM deliveries WHERE state IN ('queued', 'retrying')",
    )
}

fn count(place: &Place, question: &str) -> usize {
    place.database.ask(question).concat().parse().unwrap_or(usize::MAX)
}

async fn drained(place: &Place) -> Duration {
    let began = Instant::now();
    while waiting(place) > 0 && began.elapsed() < DELIVERY {
        sleep(Duration::from_millis(250)).await;
    }
    began.elapsed()
}

fn duplicates(mailbox: &Mailbox) -> usize {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for mail in mailbox.mails() {
        *seen.entry(mail.header("Message-ID").unwrap_or_default().to_owned()).or_default() += 1;
    }
    seen.values().map(|times| times - 1).sum()
}
