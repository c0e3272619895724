//! Everything about the product that is tested from outside of it. One binary, so that it is linked once.

mod gallery;
mod support;
mod words;
