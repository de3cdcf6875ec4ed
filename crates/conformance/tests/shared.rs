//! Runs the shared cases where the folder is there.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use pricing::book::Resolution;
use std::path::PathBuf;

fn folder() -> PathBuf {
    let shared = std::env::var_os("CONCORD_SHARED").map(PathBuf::from);
    shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared")).join("conformance")
}

#[test]
fn the_shared_cases_hold() {
    let Ok(entries) = std::fs::read_dir(folder()) else {
        eprintln!("skipped: no shared conformance cases at {}", folder().display());
        return;
    };
    let (mut passed, mut failed) = (0, Vec::new());
    for path in
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let cases = conformance::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in cases {
            match conformance::run(&case, Resolution::Pinned) {
                Err(error) => failed.push(format!("{}: {error}", case.id)),
                Ok(outcome) => match conformance::differences(&case.expect, &outcome.figures).as_slice() {
                    [] => passed += 1,
                    rows => failed.push(format!("{}: {rows:?}", case.id)),
                },
            }
        }
    }
    assert!(failed.is_empty(), "{passed} passed, {} failed:\n{}", failed.len(), failed.join("\n"));
    assert!(passed >= 237, "only {passed} cases were found");
}
