//! Two instances behind a proxy are started anew, one after the other, and nobody notices (SECURITY J2, G-6).

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
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
    figures::Figures,
    owner::{Answer, Owner, percentile},
    place::Place,
    process::{Panel, Running},
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "rolling";
/// How often each instance is started anew.
const ROUNDS: usize = 10;
/// 100 requests a second.
const PACE: Duration = Duration::from_millis(10);

/// The proxy, as Debian ships it; ends with this.
struct Proxy(Child);

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether there is a proxy to go through.
pub(crate) fn has_proxy() -> bool {
    let asked = Command::new("haproxy").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

pub(crate) async fn go_through() -> anyhow::Result<()> {
    let place = Place::on(Dialect::Postgres)?;
    let public = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let first = Panel::new(place.database.url(), &place.folder)?.behind(public);
    let panels = [first.clone(), first.sibling()?];
    let mut running = Vec::new();
    for panel in &panels {
        running.push(panel.start().await?.0);
    }
    let _proxy = proxy(&place, public, &panels)?;
    sleep(Duration::from_secs(2)).await;
    let owner = Owner::through(public, &place.app).await?;
    let done = Arc::new(AtomicBool::new(false));
    let restarting = async {
        let restarted = restart_in_turn(running, ROUNDS).await;
        done.store(true, Ordering::Relaxed);
        restarted
    };
    let (answers, restarted) = join!(ask(&owner, public, Arc::clone(&done)), restarting);
    let restarts = restarted?;
    let failed = answers.iter().filter(|answer| !matches!(answer.status, Some(200 | 303))).count();
    let mut figures =
        Figures::of("Rolling restart of two instances behind haproxy, PostgreSQL, 100 requests a second");
    figures.none(format!("of {} requests during {restarts} restarts, failed", answers.len()), failed);
    figures.within("answers, p99", Duration::from_secs(3), percentile(&answers, 99));
    figures.print();
    Ok(())
}

async fn restart_in_turn(mut running: Vec<Running>, rounds: usize) -> anyhow::Result<usize> {
    let restarts = rounds * running.len();
    for _ in 0..restarts {
        let mut old = running.remove(0);
        old.signal("TERM")?;
        old.ended().await?;
        running.push(old.panel.start().await?.0);
        // The proxy is to find it ready before the next one goes.
        sleep(Duration::from_secs(1)).await;
    }
    Ok(restarts)
}

/// Looks at My Apps and, each tenth time, adds somebody.
async fn ask(owner: &Owner, at: SocketAddr, done: Arc<AtomicBool>) -> Vec<Answer> {
    let (mut tasks, mut pace, began) = (JoinSet::new(), interval(PACE), Instant::now());
    for number in 0_u64.. {
        if done.load(Ordering::Relaxed) && began.elapsed() > Duration::from_secs(5) {
            break;
        }
        pace.tick().await;
        let owner = owner.clone();
        tasks.spawn(async move {
            match number % 10 {
                0 => owner.add(at, &format!("rolling-{number}@partner.test")).await,
                _ => owner.open(at, "/apps").await,
            }
        });
    }
    tasks.join_all().await
}

fn proxy(place: &Place, public: SocketAddr, panels: &[Panel]) -> anyhow::Result<Proxy> {
    let file = place.folder.join("haproxy.cfg");
    let servers: Vec<String> = (1..)
        .zip(panels)
        .map(|(number, panel)| {
            format!("  server panel{number} {} check inter 200ms fall 1 rise 1", panel.address)
        })
        .collect();
    let text = format!(
        "defaults\n  mode http\n  timeout connect 2s\n  timeout client 30s\n  timeout server 30s\n  \
         option redispatch\n  retries 3\n\
         frontend public\n  bind {public}\n  default_backend panels\n\
         backend panels\n  option httpchk\n  http-check send meth GET uri /health/ready hdr Host {public}\n{}\n",
        servers.join("\n")
    );
    fs::write(&file, text)?;
    let child =
        Command::new("haproxy").arg("-f").arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    Ok(Proxy(child))
}
