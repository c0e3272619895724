//! The migrations are part of the program, so that a change of them rebuilds it.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
