//! The native side of `cargo xtask parity`. The WebAssembly side, `tests/parity/side.mjs`, knows the same commands and prints the same lines:
//! `generators`; `digests GENERATOR FIRST BOOKS BLOCK`, a line for each block of books; `answers GENERATOR SEED` and `cases FILE...`, a JSON
//! object for each quote.

use conformance::parity::{self, Answer, GENERATORS};
use std::io::{Write, stdout};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["generators"] => Ok(GENERATORS.iter().try_for_each(|one| writeln!(stdout(), "{}", one.name))?),
        ["digests", name, first, books, block] => digests(name, first.parse()?, books.parse()?, block.parse()?),
        ["answers", name, seed] => print(&parity::answers(parity::generator(name)?, seed.parse()?)),
        ["cases", files @ ..] => files.iter().try_for_each(|file| {
            print(&parity::of_cases(&std::fs::read_to_string(file)?).map_err(|error| format!("{file}: {error}"))?)
        }),
        _ => {
            Err("parity generators | digests GENERATOR FIRST BOOKS BLOCK | answers GENERATOR SEED | cases FILE..."
                .into())
        }
    }
}

fn digests(name: &str, first: u64, books: u64, block: u64) -> Outcome {
    let generator = parity::generator(name)?;
    let end = first + books;
    let mut at = first;
    while at < end {
        let next = end.min(at + block.max(1));
        writeln!(stdout(), "{}", parity::digest(generator, at, next - at))?;
        at = next;
    }
    Ok(())
}

fn print(answers: &[Answer]) -> Outcome {
    answers.iter().try_for_each(|one| Ok(writeln!(stdout(), "{}", serde_json::to_string(one)?)?))
}
