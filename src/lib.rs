//! Vestibule, a self-hosted access panel: the edges (pages, mail, commands) around the `directory` crate.
//!
//! - `cli`, `app` and `demo` start it: a file for each command, and what a running panel consists of
//! - `web` speaks HTTP, `mail` speaks SMTP, `letter` writes what a mail says
//! - `text` is the message catalogue that all of them speak from
//! - `settings`, `telemetry`, `password`, `draft` and `aside` are what they stand on
//! - `fuzzing` says what holds whatever is sent; it is no part of the program

use mimalloc::MiMalloc;

/// Of every program that has a panel in it (docs/decisions/0018-allocator.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

pub mod app;
mod aside;
pub mod cli;
pub mod demo;
mod draft;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod letter;
pub mod mail;
pub mod password;
pub mod settings;
pub mod telemetry;
pub mod text;
pub mod web;
