//! Vestibule, a self-hosted access panel: the edges (pages, mail, commands) around the `directory` crate.
//!
//! `settings` and `telemetry` are what everything stands on.

pub mod letter;
pub mod mail;
pub mod settings;
pub mod telemetry;
pub mod text;
pub mod web;
