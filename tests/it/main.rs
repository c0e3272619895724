//! Everything about the product that is tested from outside of it. One binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accessibility;
mod account;
mod admin_apps;
mod admin_forms;
mod admin_groups;
mod admin_users;
mod administration;
mod architecture;
mod audit;
mod budgets;
mod check;
mod courier;
mod deliveries_by_smtp;
mod demo;
mod drill;
mod every_form;
mod every_route;
mod fellows;
mod filling;
mod foundations;
mod gallery;
mod guest_inviters;
mod health;
mod invited_rows;
mod journeys;
mod log_lines;
mod metrics;
mod owners;
mod redemption;
mod security;
mod setup;
mod sign_in;
mod starting;
mod support;
mod taking_away;
mod words;
