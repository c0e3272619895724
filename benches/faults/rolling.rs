//! Two instances behind a proxy are started anew, one after the other, and nobody notices (SECURITY J2, G-6).

use std::{
    fs::{self, File},
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
    figures::{self, Figures},
    owner::{Answer, Owner, percentile},
    place::Place,
    process::{Panel, Running},
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "rolling";
/// How often each instance is started anew.
const ROUNDS: usize = 10;
/// What the proxy says of each request and of each instance.
const LOG: &str = "haproxy.log";
/// What lines of the example begin with that want root, the user of Debian's package, or TLS.
const LEFT_OUT: [&str; 5] = ["user ", "group ", "chroot ", "bind :80\n", "http-request redirect "];
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
    let running = restarted?;
    let restarts = running.len() * ROUNDS;
    let failed: Vec<String> = answers
        .iter()
        .filter(|answer| !matches!(answer.status, Some(200 | 303)))
        .map(|answer| answer.status.map_or_else(|| "cut off".to_owned(), |status| status.to_string()))
        .collect();
    let mut figures =
        Figures::of("Rolling restart of two instances behind haproxy, PostgreSQL, 100 requests a second");
    let asked = format!("of {} requests during {restarts} restarts, failed", answers.len());
    figures.goal(asked, 0, format!("{} {}", failed.len(), failed.join(" ")), failed.is_empty());
    figures.within("answers, p99", Duration::from_secs(3), percentile(&answers, 99));
    figures.print();
    if !failed.is_empty() {
        figures::say(&format!("\nWhat haproxy says of them:\n\n```\n{}\n```", refused(&place)));
    }
    Ok(())
}

/// The lines of the proxy's log about requests that were not served.
fn refused(place: &Place) -> String {
    let log = fs::read_to_string(place.folder.join(LOG)).unwrap_or_default();
    let failed = |line: &&str| {
        line.contains("HTTP/") && ![" 200 ", " 303 "].iter().any(|status| line.contains(status))
    };
    log.lines().filter(failed).collect::<Vec<_>>().join("\n")
}

/// Answers those that run at the end, who still have requests to serve.
async fn restart_in_turn(mut running: Vec<Running>, rounds: usize) -> anyhow::Result<Vec<Running>> {
    for _ in 0..rounds * running.len() {
        let mut old = running.remove(0);
        old.signal("TERM")?;
        old.ended().await?;
        running.push(old.panel.start().await?.0);
        // The proxy is to find it ready before the next one goes.
        sleep(Duration::from_secs(1)).await;
    }
    Ok(running)
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

/// The example that operators are given, but for whom it runs as, where it listens and what it logs.
fn proxy(place: &Place, public: SocketAddr, panels: &[Panel; 2]) -> anyhow::Result<Proxy> {
    let file = place.folder.join("haproxy.cfg");
    let kept = |line: &&str| !LEFT_OUT.iter().any(|other| line.trim_start().starts_with(other));
    let text = include_str!("../../packaging/haproxy.cfg")
        .split_inclusive('\n')
        .filter(kept)
        .collect::<String>()
        .replace(":443 ssl crt /etc/haproxy/access.example.org.pem alpn h2,http/1.1", &public.to_string())
        .replace("127.0.0.1:8080", &panels[0].address.to_string())
        .replace("127.0.0.1:8081", &panels[1].address.to_string())
        .replace("mode http", "mode http\n    log stdout format raw local0\n    option httplog");
    fs::write(&file, text)?;
    let log = File::create(place.folder.join(LOG))?;
    let child = Command::new("haproxy").arg("-f").arg(&file).stdout(log).stderr(Stdio::null()).spawn()?;
    Ok(Proxy(child))
}
