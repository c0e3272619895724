//! A gate between the panel and a server, which can refuse, or hold back every byte as a cut line does.

use std::{net::SocketAddr, sync::Arc, thread};

use anyhow::Context;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    runtime::Builder,
    select, spawn,
    sync::watch,
};

/// What becomes of those who come and of those who are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Everybody passes.
    Open,
    /// Nobody listens, and who was inside is put out.
    Refusing,
    /// Connections stand, but no byte passes, in either direction.
    Holding,
}

/// The gate; stops when this is dropped.
pub(crate) struct Gate {
    pub(crate) address: SocketAddr,
    state: Arc<watch::Sender<State>>,
}

impl Gate {
    /// An open gate to this server.
    pub(crate) fn to(server: SocketAddr) -> anyhow::Result<Gate> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (state, seen) = watch::channel(State::Open);
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(keep(listener, server, seen))
        });
        Ok(Gate { address, state: Arc::new(state) })
    }

    pub(crate) fn set(&self, state: State) {
        self.state.send_replace(state);
    }
}

async fn keep(
    listener: std::net::TcpListener,
    server: SocketAddr,
    mut state: watch::Receiver<State>,
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    let mut listener = Some(TcpListener::from_std(listener)?);
    loop {
        let now = *state.borrow_and_update();
        if now == State::Refusing {
            listener = None;
        } else if listener.is_none() {
            listener = Some(TcpListener::bind(address).await?);
        }
        let Some(open) = &listener else {
            state.changed().await?;
            continue;
        };
        select! {
            changed = state.changed() => changed?,
            accepted = open.accept() => {
                let (guest, _) = accepted.context("the gate")?;
                spawn(lead_through(guest, server, state.clone()));
            }
        }
    }
}

async fn lead_through(guest: TcpStream, server: SocketAddr, mut state: watch::Receiver<State>) {
    let Ok(()) = open(&mut state).await else { return };
    let Ok(inside) = TcpStream::connect(server).await else { return };
    let _ = (guest.set_nodelay(true), inside.set_nodelay(true));
    let ((from_guest, to_guest), (from_inside, to_inside)) = (guest.into_split(), inside.into_split());
    let mut refused = state.clone();
    select! {
        () = carry(from_guest, to_inside, state.clone()) => {}
        () = carry(from_inside, to_guest, state) => {}
        _ = refused.wait_for(|state| *state == State::Refusing) => {}
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut state: watch::Receiver<State>) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if open(&mut state).await.is_err() || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}

/// Waits until bytes may pass.
async fn open(state: &mut watch::Receiver<State>) -> Result<(), watch::error::RecvError> {
    state.wait_for(|state| *state != State::Holding).await.map(drop)
}
