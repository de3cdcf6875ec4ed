//! Tea, coffee, and what they are brewed in.

use super::emblem::{label, mark};
use crate::canvas::Canvas;
use crate::palette::{COAL, CREAM, MIST, PAPER, UMBER, WALNUT};
use crate::shape::{block, comb, oval, poly};

pub(crate) fn tin(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let half = c.seed.between(92, 112);
    c.shadow(half);
    c.print(&block(300 - half, 214, 2 * half, 272, 12), main);
    c.solid(&block(306 - half, 158, 2 * half - 12, 60, 12), second);
    c.veil(&block(300 - half, 214, 2 * half, 8, 0), "#1f1d1a", 25);
    label(c, 246, 268, 108, 158);
}

pub(crate) fn packet(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(110);
    c.print(&poly(&[(204, 196), (396, 196), (412, 486), (188, 486)]), main);
    c.solid(&poly(&[(204, 150), (396, 150), (396, 206), (204, 206)]), second);
    c.line("M190 178h220", accent, 9);
    label(c, 254, 240, 92, 200);
}

/// A pressed cake, half out of its wrapper's folds.
pub(crate) fn cake(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    let paper = if main == CREAM { PAPER } else { CREAM };
    c.shadow(130);
    c.solid(&oval(352, 352, 126, 132), main);
    c.solid(&oval(270, 336, 148, 150), paper);
    for turn in [0, 45, 90, 135] {
        c.moved(&format!("rotate({turn} 270 336)"), |c| c.line("M128 336h42M370 336h42", "#d8c7a8", 4));
    }
    c.disc(270, 336, 84, second);
    c.disc(270, 336, 72, paper);
    mark(c, 270, 336, 84, paper);
    c.disc(196, 420, 13, accent);
}

pub(crate) fn jar(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let wide = c.seed.between(104, 122);
    c.shadow(wide);
    c.glass(&block(300 - wide, 204, 2 * wide, 282, 40));
    c.print(&format!("M{} 300h{}v146q0 32-32 32h-{}q-32 0-32-32z", 308 - wide, 2 * wide - 16, 2 * wide - 80), main);
    c.solid(&block(310 - wide, 158, 2 * wide - 20, 54, 14), second);
    c.veil(&block(316 - wide, 236, 12, 200, 6), "#fff", 60);
    label(c, 250, 330, 100, 100);
}

pub(crate) fn coffee_bag(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(118);
    c.print(&poly(&[(200, 182), (400, 182), (416, 486), (184, 486)]), main);
    c.veil(&poly(&[(184, 486), (200, 182), (224, 210), (214, 486)]), "#1f1d1a", 18);
    c.solid(&poly(&[(198, 128), (402, 128), (402, 190), (198, 190)]), main);
    c.line("M180 160h240", accent, 11);
    c.disc(300, 222, 12, second);
    c.disc(300, 222, 4, UMBER);
    label(c, 236, 268, 128, 158);
}

pub(crate) fn kettle(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(130);
    c.line("M376 440q58-10 62-96q4-84 44-104", main, 24);
    c.line("M470 236l26 4", main, 14);
    c.line("M212 262q-84-6-92 80q-4 62 34 90", WALNUT, 24);
    c.solid("M218 250h164q30 120 40 214q2 22-20 22H198q-22 0-20-22q10-94 40-214z", main);
    c.solid(&block(208, 224, 184, 34, 12), second);
    c.solid("M240 226q60-44 120 0z", main);
    c.disc(300, 192, 17, WALNUT);
}

pub(crate) fn dripper(c: &mut Canvas) {
    let main = c.hues.main;
    c.shadow(112);
    c.glass("M246 316h108q-4 30 34 66q34 34 22 104h-220q-12-70 22-104q38-36 34-66z");
    c.fill("M199 430h202q10 22 6 48q0 6-8 6h-198q-8 0-8-6q-4-26 6-48z", UMBER);
    c.line("M398 384q60-10 54 40q-6 40-44 42", main, 16);
    c.solid(&block(216, 300, 168, 24, 10), main);
    c.print("M172 168h256l-84 136h-88z", main);
    c.solid(&oval(300, 168, 128, 22), CREAM);
    c.fill(&oval(300, 170, 108, 15), UMBER);
    steam(c, 300, 136);
}

pub(crate) fn teapot(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.shadow(140);
    c.line("M196 320q-96-40-96 40q0 72 106 66", main, 22);
    c.solid("M390 390q52-10 62-72q4-26 34-30l10 12q-18 16-22 60q-10 74-84 84z", main);
    c.solid("M184 376q0-92 116-92t116 92q0 76-56 110H240q-56-34-56-110z", main);
    c.solid("M226 296q6-46 74-46t74 46q-74 22-148 0z", main);
    c.line("M224 298q76 24 152 0", UMBER, 4);
    c.solid(&oval(300, 240, 20, 18), main);
    c.disc(300, 384, 26, accent);
    c.veil(&block(236, 478, 128, 8, 4), "#1f1d1a", 30);
}

pub(crate) fn cup(c: &mut Canvas) {
    let main = c.hues.main;
    let tall = c.seed.between(0, 30);
    c.shadow(120);
    c.solid(&oval(300, 476, 138, 18), WALNUT);
    c.solid("M262 440h76l10 32H252z", main);
    c.print(&format!("M172 {}h256q0 150-84 184h-88q-84-34-84-184z", 270 - tall), main);
    c.solid(&oval(300, 270 - tall, 128, 24), CREAM);
    c.fill(&oval(300, 274 - tall, 110, 15), "#c99a4e");
    steam(c, 300, 226 - tall);
}

pub(crate) fn carton(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(150);
    c.print(&poly(&[(150, 262), (384, 262), (384, 486), (150, 486)]), main);
    c.fill(&poly(&[(150, 262), (212, 216), (446, 216), (384, 262)]), second);
    c.fill(&poly(&[(384, 262), (446, 216), (446, 440), (384, 486)]), main);
    c.veil(&poly(&[(384, 262), (446, 216), (446, 440), (384, 486)]), "#1f1d1a", 28);
    label(c, 206, 300, 122, 148);
}

/// A shallow box whose four wells each hold another tea.
pub(crate) fn sampler(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.lay(&block(128, 128, 344, 344, 14), main);
    for (index, (x, y)) in [(150, 150), (306, 150), (150, 306), (306, 306)].into_iter().enumerate() {
        c.fill(&block(x, y, 144, 144, 8), [CREAM, second, accent, MIST][index]);
        let tea = [second, CREAM, CREAM, COAL][index];
        c.disc(x + 72, y + 72, 44, tea);
        c.line(&comb(x + 50, y + 60, 0, 14, 3, "q22-16 44 0"), [accent, main, main, second][index], 5);
    }
}

/// Warmth, in two strokes.
pub(crate) fn steam(c: &mut Canvas, x: i32, y: i32) {
    let hue = c.against(c.hues.wall, PAPER, c.hues.ground);
    c.line(&comb(x - 22, y, 40, -10, 2, "q-18-24 0-46t0-46"), hue, 7);
}
