//! The small printed marks on labels: no words, so they need no language.

use crate::canvas::Canvas;
use crate::palette::{CREAM, Hue, PERSIMMON, UMBER};
use crate::shape::{block, comb};

/// A paper label with a mark on it.
pub(crate) fn label(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32) {
    let paper = if c.hues.main == CREAM { c.hues.glow } else { CREAM };
    c.fill(&block(x, y, width, height, 4), paper);
    let size = width.min(height) * 2 / 3;
    let centre_y = if height > width * 4 / 3 { y + width / 2 + 4 } else { y + height / 2 };
    mark(c, x + width / 2, centre_y, size, paper);
    if height > width * 4 / 3 {
        caption(c, x + width / 2, centre_y + width / 2, y + height);
    }
}

/// A few strokes where the words would be.
fn caption(c: &mut Canvas, x: i32, top: i32, bottom: i32) {
    let hue = c.hues.second;
    let hue = c.against(CREAM, hue, UMBER);
    let count = ((bottom - top - 12) / 13).clamp(0, 3);
    c.line(&comb(x - 16, top + 8, 0, 13, count, "h32"), hue, 4);
}

/// A mark of about `size` across, in those of the picture's inks that show on `under`.
pub(crate) fn mark(c: &mut Canvas, x: i32, y: i32, size: i32, under: Hue) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    let first = c.against(under, main, second);
    let other = if accent == under { c.against(under, CREAM, PERSIMMON) } else { accent };
    let draw = c.seed.pick([leaf, hill, sun, waves, flower, pane]);
    let scale = f64::from(size) / 100.0;
    c.moved(&format!("translate({x} {y})scale({scale:.2})"), |c| draw(c, Inks { first, other, under }));
}

/// What a mark is printed with, and on.
struct Inks {
    first: Hue,
    other: Hue,
    under: Hue,
}

fn leaf(c: &mut Canvas, inks: Inks) {
    c.fill("M-44 40Q-50-40 46-46Q40 50-44 40z", inks.first);
    c.line("M-44 40Q-10 0 26-26", inks.under, 5);
}

fn hill(c: &mut Canvas, inks: Inks) {
    c.disc(22, -20, 22, inks.other);
    c.fill("M-50 40L-14-26L10 12L22-4L50 40z", inks.first);
}

fn sun(c: &mut Canvas, inks: Inks) {
    c.disc(0, -4, 34, inks.other);
    c.line("M-48 16h96M-38 32h76M-22 48h44", inks.first, 8);
}

fn waves(c: &mut Canvas, inks: Inks) {
    c.disc(0, -20, 22, inks.other);
    c.line("M-48 12q12-18 24 0t24 0t24 0t24 0M-48 38q12-18 24 0t24 0t24 0t24 0", inks.first, 8);
}

fn flower(c: &mut Canvas, inks: Inks) {
    c.fill("M0 0c-30-60 30-60 0 0c42-48 62 8 0 0c62 24 20 62 0 0c-20 62-62 24 0 0c-62 8-42-48 0 0", inks.first);
    c.disc(0, 0, 10, inks.other);
}

fn pane(c: &mut Canvas, inks: Inks) {
    c.disc(0, 0, 46, inks.first);
    c.line("M0-46v92M-46 0h92M-30-34v68M30-34v68M-34-30h68M-34 30h68", inks.under, 5);
    c.disc(0, 0, 9, inks.other);
}
