//! Which crate may depend on which: the architecture in one table.

use anyhow::{Context, Result, anyhow};
use serde_json::Value;

use crate::process::{capture, cargo};

/// What stands for: any of ours. Only programs and test crates may.
const ANY: &[&str] = &["*"];

/// Each crate of ours and the crates of ours that it may name in `[dependencies]`. A new crate needs a line here.
/// `[dev-dependencies]` may also name `testkit` and whatever else tests need, since nothing of them is shipped.
const LAYERS: &[(&str, &[&str])] = &[
    // Pure: no input, output, clock or randomness.
    ("ids", &[]),
    ("money", &[]),
    ("members", &["ids", "money"]),
    ("pricing", &["ids", "money"]),
    ("stock", &["ids", "money"]),
    ("orders", &["ids", "money", "pricing", "stock", "members"]),
    ("wire", &["ids", "money", "pricing"]),
    // Self-contained: pictures and the demo shop's data.
    ("art", &[]),
    ("demo", &[]),
    ("vault", &[]),
    // Behind the server.
    ("storage", &["ids", "members", "money", "orders", "pricing", "stock", "vault", "wire"]),
    ("services", &["ids", "members", "money", "orders", "pricing", "stock", "storage", "vault", "wire"]),
    ("gateways", &["ids", "money", "pricing", "services", "wire"]),
    ("messengers", &["ids", "money", "pricing", "services"]),
    // In front of it. Never storage or services: the same code runs in the browser.
    ("app", &["ids", "money", "pricing", "wire"]),
    ("frontend", &["app"]),
    ("pricing-wasm", &["ids", "money", "pricing", "wire"]),
    // Programs and tests.
    ("conformance", &["ids", "money", "pricing", "wire"]),
    ("parity-wasm", &["conformance"]),
    ("study", &["conformance", "ids", "money", "pricing"]),
    (
        "server",
        &[
            "app",
            "art",
            "conformance",
            "demo",
            "gateways",
            "ids",
            "members",
            "messengers",
            "money",
            "orders",
            "pricing",
            "services",
            "stock",
            "storage",
            "vault",
            "wire",
        ],
    ),
    ("testkit", ANY),
    ("simulate", ANY),
    ("bench", ANY),
    ("bench-wasm", &["bench"]),
    ("replay", &["ids", "money", "pricing"]),
    ("replay-wasm", &["replay"]),
    ("concord-tests", ANY),
    ("xtask", &[]),
];

/// What must never be compiled into the page, by whatever way.
const SERVER_ONLY: [&str; 8] = ["axum", "hyper", "services", "sqlx", "storage", "tokio", "tower-sessions", "demo"];

/// Dependencies that the table does not allow.
pub fn findings() -> Result<Vec<String>> {
    let text = capture(cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"].as_array().ok_or_else(|| anyhow!("cargo metadata lists no packages"))?;
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    Ok(packages.iter().flat_map(|package| package_findings(package, &names)).collect())
}

fn package_findings(package: &Value, ours: &[&str]) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let manifest = crate::workspace::relative(package["manifest_path"].as_str().unwrap_or_default().as_ref());
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
        return vec![format!("{manifest}:1: {name} is in no layer; give it a line in crates/xtask/src/tidy/layers.rs")];
    };
    let dependencies = package["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
    let ours_only = dependencies.iter().filter(|dependency| dependency["kind"].as_str() != Some("dev"));
    let named = ours_only.filter_map(|dependency| dependency["name"].as_str()).filter(|name| ours.contains(name));
    let forbidden = named.filter(|dependency| !is_allowed(dependency, allowed));
    forbidden
        .map(|dependency| format!("{manifest}: {name} may not depend on {dependency}, only on {allowed:?}"))
        .collect()
}

/// Nobody may depend on the page's entry or on this program.
fn is_allowed(dependency: &str, allowed: &[&str]) -> bool {
    let is_leaf = dependency == "frontend" || dependency == "xtask";
    allowed.contains(&dependency) || (allowed == ANY && !is_leaf)
}

/// Server crates in the page's dependency tree, also those that come through others.
pub fn page_findings() -> Result<Vec<String>> {
    let mut tree = cargo();
    tree.args(["tree", "--package", "frontend", "--target", "wasm32-unknown-unknown"]);
    tree.args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let text = capture(&mut tree)?;
    let crates = text.lines().filter_map(|line| line.split_whitespace().next());
    let mut found: Vec<&str> = crates.filter(|name| SERVER_ONLY.contains(name)).collect();
    found.sort_unstable();
    found.dedup();
    let message = |name| {
        format!("crates/frontend/Cargo.toml: {name} is in the page; `cargo tree -p frontend -i {name}` says why")
    };
    Ok(found.into_iter().map(message).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_points_one_way() {
        let position = |name: &str| LAYERS.iter().position(|(layer, _)| *layer == name);
        for (name, allowed) in LAYERS {
            for dependency in allowed.iter().filter(|dependency| **dependency != "*") {
                assert!(position(dependency) < position(name), "{name} may see {dependency}, which comes later");
            }
        }
    }

    #[test]
    fn a_forbidden_dependency_is_named() {
        let package = serde_json::json!({
            "name": "app",
            "manifest_path": "/x/app/Cargo.toml",
            "dependencies": [{ "name": "storage", "kind": null }, { "name": "wire", "kind": null }, { "name": "testkit", "kind": "dev" }],
        });
        let found = package_findings(&package, &["app", "storage", "wire", "testkit"]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("app may not depend on storage"), "{found:?}");
    }
}
