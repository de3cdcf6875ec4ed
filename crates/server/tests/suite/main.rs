//! The server as its clients see it: one program, because each one links the whole server anew.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

mod api;
mod bad_input;
mod cli;
mod common;
mod headers;
mod members;
mod openapi;
mod pages;
mod payments;
mod places;
mod privacy;
mod roles;
mod sessions;
mod versions;
