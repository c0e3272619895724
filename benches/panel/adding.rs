//! **Add** while the mail relay takes connections and says nothing: nobody waits for it (SPEC 4.1).

use std::{net::SocketAddr, time::Duration};

use directory::Dialect;
use tokio::{net::TcpListener, task::JoinHandle};

use super::{
    acts, load,
    place::Place,
    process::Process,
    table::{self, Row},
};

const TIME: Duration = Duration::from_secs(5);
/// How many people add somebody at the same moment, and again as soon as they are answered.
const AT_ONCE: [(&str, usize); 2] = [("Add, 1 owner", 1), ("Add, 8 owners at once", 8)];

pub(crate) async fn measure(dialect: Dialect) -> anyhow::Result<()> {
    let place = Place::on(dialect)?;
    let (relay, hanging) = hanging_relay().await?;
    let panel = Process::panel(place.database.url(), &place.folder, Some(relay))?;
    let requests = acts::adding(&place, &panel).await?;
    let mut rows = Vec::new();
    for (name, connections) in AT_ONCE {
        let before = panel.processor()?;
        let mut outcome = load::run(panel.address, &requests, connections, TIME).await?;
        outcome.processor = panel.processor()?.saturating_sub(before);
        outcome.sort();
        rows.push(Row { name, outcome });
    }
    hanging.abort();
    table::print(&format!("{dialect:?}, while the mail relay hangs"), &rows, None);
    Ok(())
}

/// A relay that takes connections, holds them, and says nothing.
pub(crate) async fn hanging_relay() -> anyhow::Result<(SocketAddr, JoinHandle<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let accept = async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    };
    Ok((address, tokio::spawn(accept)))
}
