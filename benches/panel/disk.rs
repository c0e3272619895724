//! How long this disk takes to keep something: no single promise can be kept faster.

use std::{
    fs::File,
    io::{Seek, Write},
    path::Path,
    time::{Duration, Instant},
};

const TIMES: usize = 100;

/// The median of one `fdatasync` of 8 KB, over bytes that are there already, as in a log that is used again.
pub(crate) fn sync(folder: &Path) -> anyhow::Result<Duration> {
    let path = folder.join("disk");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(TIMES);
    for number in 0..=TIMES {
        file.rewind()?;
        file.write_all(&[u8::try_from(number)?; 8 * 1024])?;
        let began = Instant::now();
        file.sync_data()?;
        times.push(began.elapsed());
    }
    std::fs::remove_file(path)?;
    // The first also makes the file.
    times.remove(0);
    times.sort_unstable();
    Ok(times[TIMES / 2])
}
