//! Sourcing told by examples, held against every possible assignment, and the ledger against a simple model.

#[cfg(test)]
mod examples;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod shops;
