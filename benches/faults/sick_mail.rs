//! A mail relay in every sickness: nobody waits for it, the page tells the truth, nothing goes in clear, and all is
//! delivered once it is well (SECURITY H2 to H6, H9).

use std::time::Duration;

use directory::Dialect;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::{
    Form,
    browser::{self, Browser},
    figures::Figures,
    gate::{Gate, State},
    mailbox::{Mailbox, Mood, Reaction},
    owner::{Answer, Owner, percentile},
    place::{PERSON, Place},
    process::{Panel, Running},
};

/// Add, at the 95th percentile: 100 ms as it is released. The short form measures a debug build while ten panels and a
/// browser's worth of other tests share two processors, where only waiting for the relay (15 s and more) is told apart.
const ADD: (Duration, Duration) = (Duration::from_millis(1500), Duration::from_millis(100));
/// From the relay's recovery to the last mail.
const DELIVERY: Duration = Duration::from_mins(5);
/// More threads or sockets than before are growth; so are more megabytes.
const FEW: usize = 12;
const MEGABYTES: f64 = 24.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sickness {
    Refused,
    SilentAfterAccept,
    HangsAfterData,
    OneByteASecond,
    NotNow,
    RefusesUs,
    RefusesSome,
    ClosingDown,
    ClosesIdle,
    NoStartTls,
    WrongCertificate,
}

use Sickness::{
    ClosesIdle, ClosingDown, HangsAfterData, NoStartTls, NotNow, OneByteASecond, Refused, RefusesSome,
    RefusesUs, SilentAfterAccept, WrongCertificate,
};

const ALL: [(Sickness, &str); 11] = [
    (Refused, "refuses connections"),
    (SilentAfterAccept, "says nothing"),
    (HangsAfterData, "hangs after DATA"),
    (OneByteASecond, "speaks one byte a second"),
    (NotNow, "answers 451"),
    (RefusesUs, "takes nothing from this client"),
    (RefusesSome, "answers 550 for one guest"),
    (ClosingDown, "answers 421"),
    (ClosesIdle, "hangs up on the idle"),
    (NoStartTls, "offers no STARTTLS"),
    (WrongCertificate, "has another's certificate"),
];

/// What the relay refuses for good, and what it never recovers for.
const REFUSED: &str = "refused@partner.test";

impl Sickness {
    fn relay(self) -> Mailbox {
        match self {
            WrongCertificate => Mailbox::start_with_tls("elsewhere.test"),
            _ => Mailbox::start(),
        }
    }

    /// How the panel is told to reach it.
    fn url(self, mailbox: &Mailbox, gate: &Gate) -> String {
        match self {
            // What is not said about encryption is that there must be some.
            NoStartTls => format!("smtp://localhost:{}", gate.address.port()),
            WrongCertificate => mailbox.url(),
            _ => format!("smtp://127.0.0.1:{}?tls=none", gate.address.port()),
        }
    }

    fn begin(self, mailbox: &Mailbox, gate: &Gate) {
        match self {
            Refused => gate.set(State::Refusing),
            SilentAfterAccept => mailbox.mood(Mood::Silent),
            HangsAfterData => mailbox.react("*", Reaction::HangAtData, u32::MAX),
            OneByteASecond => mailbox.mood(Mood::Trickling),
            NotNow => mailbox.react("*", Reaction::Answer("451 4.3.0 not now"), u32::MAX),
            RefusesUs => mailbox.react("*", Reaction::Answer("554 5.7.1 Client host rejected"), u32::MAX),
            RefusesSome => mailbox.react(REFUSED, Reaction::Answer("550 5.1.1 no such person"), u32::MAX),
            ClosingDown => mailbox.mood(Mood::ClosingDown),
            ClosesIdle => mailbox.hang_up_after(Duration::from_millis(300)),
            NoStartTls | WrongCertificate => {}
        }
    }

    fn end(self, mailbox: &Mailbox, gate: &Gate) {
        match self {
            Refused => gate.set(State::Open),
            SilentAfterAccept | OneByteASecond | ClosingDown => mailbox.mood(Mood::Fine),
            HangsAfterData | NotNow | RefusesUs => mailbox.react("*", Reaction::Answer("250 ok"), 0),
            RefusesSome | ClosesIdle | NoStartTls | WrongCertificate => {}
        }
    }

    /// Nothing mends these but another relay.
    fn stays(self) -> bool {
        matches!(self, NoStartTls | WrongCertificate)
    }

    /// Mails are sent all the same.
    fn delivers(self) -> bool {
        matches!(self, RefusesSome | ClosesIdle)
    }
}

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "sick-mail";

/// A panel with a relay for each, all at the same time.
pub(crate) async fn go_through(databases: &[Dialect], form: Form) -> anyhow::Result<()> {
    let (mut wards, mut tasks) = (Vec::new(), JoinSet::new());
    for dialect in databases.iter().copied() {
        for (sickness, name) in ALL {
            // The mail is the same on both; the short form looks at what is written of it on the second.
            if form.long || dialect == Dialect::Sqlite || matches!(sickness, NotNow | RefusesSome) {
                let title = format!("A relay that {name}, {dialect:?}");
                wards.push((title, Ward::open(sickness, dialect).await?));
            }
        }
    }
    for (title, ward) in wards {
        tasks.spawn(async move {
            let outcome = suffer(ward, &title, form).await;
            (title, outcome)
        });
    }
    while let Some(done) = tasks.join_next().await {
        let (title, outcome) = done?;
        match outcome {
            Ok(figures) => figures.print(),
            Err(error) => super::figures::failed(&title, &error),
        }
    }
    Ok(())
}

struct Ward {
    sickness: Sickness,
    mailbox: Mailbox,
    gate: Gate,
    place: Place,
    running: Running,
    owner: Owner,
    administrator: Browser,
}

impl Ward {
    async fn open(sickness: Sickness, dialect: Dialect) -> anyhow::Result<Ward> {
        let (place, mailbox) = (Place::on(dialect)?, sickness.relay());
        let gate = Gate::to(([127, 0, 0, 1], mailbox.port()).into())?;
        let panel = Panel::new(place.database.url(), &place.folder)?.mailing(sickness.url(&mailbox, &gate));
        let running = panel.start().await?.0;
        let owner = Owner::at(&panel, &place.app).await?;
        let administrator = promoted(&place, &panel).await?;
        Ok(Ward { sickness, mailbox, gate, place, running, owner, administrator })
    }

    /// Adds guests and opens pages for a while.
    async fn work(&self, time: Duration, name: &str) -> (Vec<Answer>, Vec<Answer>) {
        let (mut adds, mut pages) = (Vec::new(), Vec::new());
        let (began, at) = (Instant::now(), self.running.panel.address);
        while began.elapsed() < time {
            adds.push(self.owner.add(at, &format!("{name}-{}@partner.test", adds.len())).await);
            pages.push(self.owner.open(at, "/apps").await);
            sleep(Duration::from_millis(200)).await;
        }
        (adds, pages)
    }

    /// What the administrator is shown of the mails in this state.
    async fn shown(&self, state: &str) -> anyhow::Result<String> {
        self.administrator.clone().open(&format!("/admin/mail?show={state}")).await
    }

    fn waiting(&self) -> usize {
        let open =
            "SELECT CAST(count(*) AS TEXT) AS line FROM deliveries WHERE state IN ('queued', 'retrying')";
        self.place.database.ask(open).first().and_then(|line| line.parse().ok()).unwrap_or(usize::MAX)
    }

    /// Waits until nothing waits any more; answers how long.
    async fn drained(&self) -> Duration {
        let began = Instant::now();
        while self.waiting() > 0 && began.elapsed() < DELIVERY + Duration::from_secs(30) {
            sleep(Duration::from_millis(250)).await;
        }
        began.elapsed()
    }
}

/// Somebody who became an administrator after signing in: administrators sign in by a code, which a sick relay keeps.
async fn promoted(place: &Place, panel: &Panel) -> anyhow::Result<Browser> {
    let signed_in = browser::sign_in(panel.address, PERSON).await?;
    let promoted = format!("UPDATE users SET administrator = TRUE WHERE address_key = '{PERSON}'");
    place.database.tell(&promoted);
    Ok(signed_in)
}

async fn suffer(ward: Ward, title: &str, form: Form) -> anyhow::Result<Figures> {
    let sickness = ward.sickness;
    // Connections are made when they are first needed: to lose, and to tell growth from them.
    ward.work(Duration::from_secs(form.pick(1, 5)), "before").await;
    ward.shown("sent").await?;
    if !sickness.stays() {
        ward.drained().await;
    }
    let before = ward.running.size()?;
    sickness.begin(&ward.mailbox, &ward.gate);
    if sickness == RefusesSome {
        ward.owner.add(ward.running.panel.address, REFUSED).await;
    }
    let (adds, pages) = ward.work(Duration::from_secs(form.pick(8, 75)), "guest").await;
    let mut figures = Figures::of(title);
    figures.none("Adds that were not kept", adds.iter().filter(|answer| !answer.is_kept()).count());
    figures.within("Add, p95", form.pick(ADD.0, ADD.1), percentile(&adds, 95));
    figures.within("My Apps, p95", form.pick(ADD.0, ADD.1), percentile(&pages, 95));
    figures.none("other pages that failed", pages.iter().filter(|answer| answer.status != Some(200)).count());
    if !sickness.delivers() {
        told(&ward, &mut figures).await?;
    }
    grown(&mut figures, before, ward.running.size()?);
    if sickness.stays() {
        figures.none("mails that went out in clear or to another", ward.mailbox.mails().len());
        return Ok(figures);
    }
    sickness.end(&ward.mailbox, &ward.gate);
    figures.within("all delivered after recovery", DELIVERY, ward.drained().await);
    let lost = adds.len().saturating_sub(arrived(&ward));
    figures.none("Adds whose mail did not arrive", lost);
    if sickness == RefusesSome {
        let page = ward.shown("failed").await?;
        let failed = ward.place.database.ask("SELECT answer AS line FROM deliveries WHERE state = 'failed'");
        let shown = page.contains(REFUSED) && failed.iter().all(|answer| page.contains(answer));
        let true_state = failed.len() == 1 && failed[0].contains("550") && shown;
        figures.goal(
            "the administrator sees that the refused mail failed, and why",
            "yes",
            failed.join(", "),
            true_state,
        );
    }
    Ok(figures)
}

fn arrived(ward: &Ward) -> usize {
    let mails = ward.mailbox.mails();
    let guests: std::collections::BTreeSet<&str> =
        mails.iter().map(|mail| mail.to.as_str()).filter(|to| to.starts_with("guest-")).collect();
    guests.len()
}

/// While the relay is sick: no mail is said to be sent that is not, and each that was tried says why not. A connection
/// from before may have served a few.
async fn told(ward: &Ward, figures: &mut Figures) -> anyhow::Result<()> {
    let ask = |question: &str| -> anyhow::Result<usize> {
        let question = format!("SELECT CAST(count(*) AS TEXT) AS line FROM deliveries WHERE {question}");
        Ok(ward.place.database.ask(&question).concat().parse()?)
    };
    let said = ward.place.database.ask("SELECT recipient AS line FROM deliveries WHERE state = 'sent'");
    let mails = ward.mailbox.mails();
    let unsent = said.iter().filter(|recipient| !mails.iter().any(|mail| mail.to == **recipient)).count();
    figures.none("mails said to be sent that are not", unsent);
    figures.none("mails given up", ask("state = 'failed'")?);
    figures.none("mails put off without a reason", ask("state = 'retrying' AND answer = ''")?);
    let newest =
        "SELECT recipient AS line FROM deliveries WHERE state = 'retrying' ORDER BY id DESC LIMIT 20";
    let (retrying, page) = (ward.place.database.ask(newest), ward.shown("retrying").await?);
    let missing = retrying.iter().filter(|recipient| !page.contains(recipient.as_str())).count();
    let shown = format!("of {} that are tried again, not so on the administrator's page", retrying.len());
    figures.none(shown, missing);
    Ok(())
}

fn grown(figures: &mut Figures, before: (usize, usize, f64), after: (usize, usize, f64)) {
    let more = |name: &str, before: usize, after: usize, figures: &mut Figures| {
        let measured = format!("{before} to {after}");
        figures.goal(name, format!("at most {FEW} more"), measured, after <= before + FEW);
    };
    more("threads", before.0, after.0, figures);
    more("files and sockets", before.1, after.1, figures);
    let measured = format!("{:.0} to {:.0} MB", before.2, after.2);
    figures.goal("memory", format!("at most {MEGABYTES} MB more"), measured, after.2 <= before.2 + MEGABYTES);
}
