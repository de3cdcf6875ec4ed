//! Patterns as they are printed on paper and cloth, and the grain of the sheet itself.

use crate::palette::{Hue, INK};
use crate::seed::Seed;
use std::fmt::Write;

#[derive(Clone, Copy)]
pub(crate) enum Pattern {
    Stripes,
    Bands,
    Dots,
    Grid,
    Waves,
    /// 青海波, scales of the sea.
    Seigaiha,
    /// 祥云, a lucky cloud.
    Cloud,
    /// 窗格, the lattice of a window.
    Lattice,
    Stitches,
    Leaves,
}

pub(crate) fn choose(seed: &mut Seed) -> Pattern {
    use Pattern::{Bands, Cloud, Dots, Grid, Lattice, Leaves, Seigaiha, Stitches, Stripes, Waves};
    seed.pick([Stripes, Bands, Dots, Grid, Waves, Seigaiha, Cloud, Lattice, Stitches, Leaves])
}

/// The definition of a pattern in `hue`; `under` is what it is printed on.
pub(crate) fn define(pattern: Pattern, id: &str, hue: Hue, under: Hue) -> String {
    let (width, height, art) = tile(pattern, id, under);
    format!(
        "<pattern id=\"{id}p\" width=\"{width}\" height=\"{height}\" patternUnits=\"userSpaceOnUse\"><g fill=\"none\" stroke=\"{hue}\" stroke-width=\"3\" opacity=\".6\">{art}</g></pattern>"
    )
}

fn tile(pattern: Pattern, id: &str, under: Hue) -> (u32, u32, String) {
    let line = |path: &str| format!("<path d=\"{path}\"/>");
    match pattern {
        Pattern::Stripes => (26, 26, line("M8 0v26M14 0v26")),
        Pattern::Bands => (34, 34, line("M0 8h34M0 15h34M0 22h34")),
        Pattern::Dots => {
            (32, 32, line("M7 8h2M23 24h2").replace("/>", " stroke-width=\"7\" stroke-linecap=\"round\"/>"))
        }
        Pattern::Grid => (30, 30, line("M0 15h30M15 0v30")),
        Pattern::Waves => (40, 22, line("M0 11q10-12 20 0t20 0")),
        Pattern::Seigaiha => (48, 24, seigaiha(id, under)),
        Pattern::Cloud => (64, 52, line("M6 36h40a9 9 0 0 0 0-18a12 12 0 0 0-23-4a9 9 0 0 0-9 11a6 6 0 0 0 11 0")),
        Pattern::Lattice => (44, 44, line("M0 0h44v44M12 12h20v20h-20zM0 22h12M32 22h12M22 0v12M22 32v12M0 0v44h44")),
        Pattern::Stitches => (26, 20, line("M3 5h10M16 15h10")),
        Pattern::Leaves => (44, 44, line("M4 20q8-14 18-14q-2 12-18 14M26 42q8-14 18-14q-2 12-18 14")),
    }
}

/// Rows of rings, each covering the feet of the row above.
fn seigaiha(id: &str, under: Hue) -> String {
    let rings = "<circle r=\"23\"/><circle r=\"15\"/><circle r=\"7\"/>";
    let mut art = format!("<g id=\"{id}o\" fill=\"{under}\" transform=\"translate(24)\">{rings}</g>");
    for (x, y) in [(-24, 12), (24, 12), (0, 24), (-24, 36), (24, 36)] {
        let _ = write!(art, "<use href=\"#{id}o\" x=\"{x}\" y=\"{y}\"/>");
    }
    art
}

/// Flecks of fibre, as in good wrapping paper: barely seen, missed when absent.
pub(crate) fn grain(id: &str, seed: &mut Seed) -> String {
    let mut flecks = String::new();
    for _ in 0..13 {
        let (x, y) = (seed.between(2, 92), seed.between(2, 94));
        let _ = write!(flecks, "M{x} {y}l{} {}", seed.between(-2, 3), seed.between(1, 3));
    }
    format!(
        "<pattern id=\"{id}g\" width=\"96\" height=\"96\" patternUnits=\"userSpaceOnUse\"><path d=\"{flecks}\" stroke=\"{INK}\" opacity=\".13\"/></pattern>"
    )
}
