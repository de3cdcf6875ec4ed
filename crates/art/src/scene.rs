//! Where a thing stands or lies: wall, ground, light, and now and then a companion.

use crate::canvas::Canvas;
use crate::palette::{CREAM, Hue, MOSS, PERSIMMON, SAND, VERMILION};
use crate::shape::{block, comb, oval, poly};

/// How a product is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// On a table, seen from the side.
    Stand,
    /// On a table, too wide for company.
    Wide,
    /// On a sheet, seen from above.
    Flat,
    /// On the wall, from a peg.
    Hang,
}

/// Paints the surroundings; `new` gives the sun its vermilion.
pub(crate) fn paint(c: &mut Canvas, stage: Stage, new: bool) {
    let wall = c.hues.wall;
    c.fill("M0 0h600v600H0z", wall);
    match stage {
        Stage::Stand => {
            stand(c, new);
            companion(c);
        }
        Stage::Wide => stand(c, new),
        Stage::Flat => flat(c, new),
        Stage::Hang => hang(c, new),
    }
}

fn sun_hue(c: &Canvas, new: bool) -> Hue {
    if new { VERMILION } else { c.hues.glow }
}

fn stand(c: &mut Canvas, new: bool) {
    let backdrop = if new { 4 } else { c.seed.below(6) };
    let sun = sun_hue(c, new);
    match backdrop {
        0 => window_light(c, 150, 60),
        1 => c.disc(300, 250, 190, sun),
        2 => niche(c),
        3 => window_light(c, 250, 30),
        4 => {
            let side = c.seed.pick([132, 452]);
            c.disc(side, 150, 74, sun);
            hills(c);
        }
        _ => screen(c),
    }
    ground(c, backdrop);
}

fn ground(c: &mut Canvas, backdrop: usize) {
    let hue = c.hues.ground;
    if backdrop == 1 || backdrop == 2 {
        c.fill(&oval(300, 610, 430, 196), hue);
    } else {
        c.fill("M0 428h600v172H0z", hue);
    }
}

/// Light falling through a southern window: the sign of this shop.
fn window_light(c: &mut Canvas, x: i32, y: i32) {
    let glow = c.hues.glow;
    for (column, row) in [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2)] {
        let (left, top) = (x + column * 112 - row * 34, y + row * 122);
        c.fill(&poly(&[(left, top), (left + 98, top + 22), (left + 68, top + 130), (left - 30, top + 108)]), glow);
    }
}

fn niche(c: &mut Canvas) {
    let glow = c.hues.glow;
    c.fill("M104 600V270a196 196 0 0 1 392 0v330z", glow);
}

fn hills(c: &mut Canvas) {
    let (glow, ground) = (c.hues.glow, c.hues.ground);
    c.fill("M0 350q120-120 230-30q90-110 200-20q80-50 170 10v130H0z", glow);
    c.veil("M0 400q150-110 300-20q140-90 300 10v50H0z", ground, 55);
}

/// A folding screen of four leaves.
fn screen(c: &mut Canvas) {
    let (glow, ground) = (c.hues.glow, c.hues.ground);
    c.fill(&block(70, 90, 460, 350, 0), glow);
    c.line(&comb(70, 90, 115, 0, 5, "v340"), ground, 4);
    c.line("M70 90h460", ground, 4);
}

fn flat(c: &mut Canvas, new: bool) {
    let (glow, ground) = (c.hues.glow, c.hues.ground);
    match c.seed.below(5) {
        0 => c.disc(300, 300, 226, glow),
        1 => window_light(c, 190, 100),
        2 => c.fill("M0 600L600 120v480z", ground),
        3 => c.fill(&block(64, 64, 472, 472, 0), glow),
        _ => c.fill("M0 0h300v600H0z", glow),
    }
    if new {
        c.disc(96, 96, 62, VERMILION);
    }
}

fn hang(c: &mut Canvas, new: bool) {
    let (ground, glow) = (c.hues.ground, c.hues.glow);
    match c.seed.below(3) {
        0 => c.disc(300, 300, 214, glow),
        1 => window_light(c, 210, 90),
        _ => niche(c),
    }
    if new {
        c.disc(500, 200, 56, VERMILION);
    }
    c.fill("M0 546h600v54H0z", ground);
}

/// A small thing beside the product gives it its scale.
fn companion(c: &mut Canvas) {
    let x = c.seed.pick([88, 514]);
    match c.seed.below(6) {
        0 => fruit(c, x),
        1 => pebbles(c, x),
        2 => sprig(c, x),
        _ => {}
    }
}

pub(crate) fn fruit(c: &mut Canvas, x: i32) {
    c.veil(&oval(x + 12, 508, 46, 11), "#1f1d1a", 18);
    c.solid(&oval(x, 476, 38, 34), PERSIMMON);
    c.fill(&format!("M{x} 446q-22-12-26 2q14 10 26 2q14 8 26-2q-6-14-26-2z"), MOSS);
}

fn pebbles(c: &mut Canvas, x: i32) {
    let second = c.hues.glow;
    c.veil(&oval(x + 14, 514, 60, 12), "#1f1d1a", 18);
    c.solid(&oval(x, 496, 46, 20), second);
    c.solid(&oval(x + 6, 466, 32, 16), SAND);
    c.solid(&oval(x, 442, 20, 12), CREAM);
}

pub(crate) fn sprig(c: &mut Canvas, x: i32) {
    let leaf = c.against(c.hues.wall, MOSS, c.hues.glow);
    c.veil(&oval(x + 12, 512, 44, 11), "#1f1d1a", 18);
    c.line(&format!("M{x} 450q-6-90 14-160"), leaf, 4);
    let leaves: String = (0..4).map(|step| leaf_pair(x + 2 + step * 3, 420 - step * 34)).collect();
    c.fill(&leaves, leaf);
    c.solid(&format!("M{} 440h24q2 20 16 34t-4 40h-48q-18-24-4-40t16-34z", x - 12), CREAM);
}

fn leaf_pair(x: i32, y: i32) -> String {
    format!("M{x} {y}q-32 0-40-26q32-4 40 26zM{x} {y}q6-32 38-32q-4 30-38 32z")
}
