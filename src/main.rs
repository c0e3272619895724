//! The program `vestibule`: reads the command and runs it.

use std::process::ExitCode;

use actix_web::rt::System;
use clap::Parser;
use vestibule::cli::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match System::new().block_on(arguments.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vestibule: {error:#}");
            ExitCode::FAILURE
        }
    }
}
