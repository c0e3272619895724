//! The program `vestibule`: reads the command and runs it.

use std::{
    io::{self, Write},
    process,
};

use actix_web::rt::System;
use clap::Parser;
use vestibule::cli::Arguments;

fn main() {
    let arguments = Arguments::parse();
    let runner = System::new();
    // Held for good: a worker that ends while the process exits would else be the last to let go of the system, which
    // wakes it, for which it is too late on that thread: the process would abort in the middle of a stop that went well.
    let _system = System::current();
    let outcome = runner.block_on(arguments.run());
    if let Err(error) = &outcome {
        // Where nobody reads it any more, there is nobody to tell.
        let _ = writeln!(io::stderr(), "vestibule: {error:#}");
    }
    // To drop the system is to wait for threads which wait for a database or a relay that may never answer.
    process::exit(i32::from(outcome.is_err()));
}
