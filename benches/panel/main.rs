//! Measures the running panel; `bin/bench` starts it and prints beside what it was measured.
//!
//! Every figure comes from a process of its own under the load of this one, and the processor time is that of the
//! measured process alone. Compare the rows of one run: on a busy machine requests per second move by a factor of
//! four, processor time by half, and the ratio to the floor hardly at all.

mod acts;
mod adding;
mod browser;
mod counting;
mod disk;
mod filled;
mod floor;
mod floor_people;
mod floor_writer;
mod gate;
mod growth;
mod inviting;
mod load;
mod place;
mod process;
mod reading;
mod sink;
mod start;
mod summary;
mod table;

use std::env;

use directory::{Dialect, testing::POSTGRES_URL};
use tokio::runtime::Builder;

use summary::Summary;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, word, rest @ ..] = arguments.as_slice() {
        match word.as_str() {
            floor::WORD => return floor::serve(rest),
            counting::WORD => return counting::serve(rest),
            _ => {}
        }
    }
    let form = match () {
        () if arguments.iter().any(|argument| argument == "--long") => Form::Long,
        () if arguments.iter().any(|argument| argument == "--gate") => Form::Gate,
        () => Form::Usual,
    };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let sizes: Vec<u32> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    runtime.block_on(measure(form, &sizes))
}

/// How much is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Pages of a small organisation beside a floor.
    Usual,
    /// Everything, as the organisation grows.
    Long,
    /// Ratios with bounds.
    Gate,
}

async fn measure(form: Form, sizes: &[u32]) -> anyhow::Result<()> {
    let (mut summary, mut broken) = (Summary::default(), Vec::new());
    if form == Form::Usual {
        start::measure().await?;
    }
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        if dialect == Dialect::Postgres && env::var_os(POSTGRES_URL).is_none() {
            table::say(&format!("\nPostgreSQL is left out: {POSTGRES_URL} is not set."));
            continue;
        }
        match form {
            Form::Usual => {
                reading::measure(dialect).await?;
                adding::measure(dialect).await?;
            }
            Form::Long => growth::measure(dialect, sizes, &mut summary).await?,
            Form::Gate => broken.extend(gate::check(dialect).await?),
        }
    }
    if form == Form::Long {
        summary.print();
    }
    anyhow::ensure!(broken.is_empty(), "out of bounds: {}", broken.join("; "));
    Ok(())
}
