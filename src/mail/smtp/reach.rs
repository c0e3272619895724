//! Reaching a relay that has several addresses, of which some may be dead.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{net::TcpStream, time::timeout};

/// For one address: one that swallows everything must leave time for those that answer.
pub(super) const ADDRESS: Duration = Duration::from_secs(4);

/// A connection to the first of these addresses that takes it in time; or what the last one said.
pub(super) async fn reach(
    addresses: impl IntoIterator<Item = SocketAddr>,
    patience: Duration,
) -> io::Result<TcpStream> {
    let mut failed = io::Error::new(io::ErrorKind::NotFound, "its name has no address");
    for address in addresses {
        match timeout(patience, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => failed = error,
            Err(late) => failed = late.into(),
        }
    }
    Err(failed)
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpSocket};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(200);

    /// An address whose queue is full: it answers nobody, like one behind a wall that swallows everything.
    async fn silent() -> (SocketAddr, TcpListener, Vec<TcpStream>) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        while let Ok(Ok(stream)) = timeout(PATIENCE, TcpStream::connect(address)).await {
            waiting.push(stream);
        }
        (address, listener, waiting)
    }

    #[tokio::test]
    async fn an_address_that_does_not_answer_hides_none_that_does() {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let silent = silent().await;
        let relay = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let live = relay.local_addr().unwrap();
        let found = reach([closed, silent.0, live], PATIENCE).await.unwrap();
        assert_eq!(found.peer_addr().unwrap(), live);
        assert_eq!(reach([silent.0], PATIENCE).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(reach([closed], ADDRESS).await.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
        assert_eq!(reach([], ADDRESS).await.unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
