//! Cloth that hangs from a rod or a peg.

use super::kitchen::peg;
use crate::canvas::Canvas;
use crate::palette::{CREAM, Hue, INK, WALNUT, WOOD};
use crate::shape::{block, comb};

pub(crate) fn towel(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let drop = c.seed.between(300, 350);
    c.line("M70 128h460", WALNUT, 18);
    c.fill(&block(86, 96, 20, 64, 6), WOOD);
    c.fill(&block(494, 96, 20, 64, 6), WOOD);
    c.solid(&block(330, 118, 130, drop - 60, 4), second);
    c.line(&comb(340, drop + 62, 16, 0, 8, "v18"), second, 6);
    c.print(&block(150, 114, 196, drop, 4), main);
    c.fill(&block(150, drop + 50, 196, 14, 0), CREAM);
    c.fill(&block(150, drop + 74, 196, 6, 0), CREAM);
    c.veil(&block(150, 114, 196, 14, 4), INK, 15);
}

/// Drawn through a ring, so that it fans out.
pub(crate) fn hand_towel(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    peg(c);
    c.line("M300 88v40", WALNUT, 12);
    c.line("M246 196a54 54 0 1 1 108 0", WALNUT, 12);
    c.solid("M258 196h110q50 130 66 270l-120 10z", second);
    c.print("M232 196h128q30 150 28 322H166q10-180 66-322z", main);
    c.fill("M171 470h217l1 14H169z", CREAM);
    c.veil("M262 214q-34 130-40 300M310 214q4 150 0 300h8q4-150-8-300z", INK, 16);
    c.line("M246 196a54 54 0 0 0 108 0", WALNUT, 12);
}

/// 暖帘: two panels, so that one can walk through.
pub(crate) fn curtain(c: &mut Canvas) {
    let main = c.hues.main;
    c.line("M60 112h480", WALNUT, 16);
    for (x, sway) in [(108, -8), (304, 8)] {
        c.fill(&format!("M{} 96h30v36h-30zM{} 96h30v36h-30zM{} 96h30v36h-30z", x + 12, x + 80, x + 146), main);
        c.print(&format!("M{x} 124h188l{sway} 380h-{}z", 188 + sway / 2), main);
    }
    c.disc(300, 300, 92, CREAM);
    c.disc(300, 300, 74, main);
    c.line("M300 226v148M226 300h148", CREAM, 12);
    c.line("M300 124v380", c.hues.wall, 6);
}

pub(crate) fn robe(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.line("M300 120q0-40 22-40t16-22", WALNUT, 8);
    c.line("M170 164L300 118l130 46", WALNUT, 12);
    c.print("M228 140l-108 60-34 196 74 14 24-90v200h232V320l24 90 74-14-34-196-108-60q-72 40-144 0z", main);
    c.fill("M250 138l50 170 50-170 28 10-62 190v182h-32V338l-62-190z", second);
    c.fill(&block(182, 330, 236, 30, 6), second);
    c.line("M316 356l10 90M290 356l-16 74", second, 14);
    c.line("M206 412h56M338 412h56", INK, 3);
}

/// Clothes from other shops: a shirt says "something to wear" for all of them.
pub(crate) fn shirt(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.line("M300 120q0-40 22-40t16-22", WALNUT, 8);
    c.print("M226 142l-110 70 44 104 40-22v210h200V294l40 22 44-104-110-70q-74 44-148 0z", main);
    c.fill("M226 142q74 44 148 0l-30-12q-44 30-88 0z", second);
    c.line("M300 178v322", second, 4);
    c.line(&comb(300, 220, 0, 62, 5, "h1"), accent, 12);
}

pub(crate) fn scarf(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.line("M110 112h380", WALNUT, 18);
    check(c, 318, 290, [second, main]);
    check(c, 176, 372, [main, second]);
}

/// A checked length of cloth over the rod, with its fringe.
fn check(c: &mut Canvas, x: i32, length: i32, [ground, stripe]: [Hue; 2]) {
    let accent = c.hues.accent;
    c.line(&comb(x + 8, 102 + length, 15, 0, 9, "v38"), ground, 6);
    c.solid(&block(x, 100, 136, length, 3), ground);
    let across: String = (0..length / 84).map(|row| block(x, 132 + row * 84, 136, 22, 0)).collect();
    c.veil(&format!("M{} 100h22v{length}h-22zM{} 100h22v{length}h-22z{across}", x + 26, x + 86), stripe, 80);
    let thin = comb(x + 2, 182, 0, 84, length / 84, "h132") + &format!("M{} 102v{}", x + 68, length - 4);
    c.line(&thin, accent, 4);
    c.veil(&block(x, 100, 136, 14, 3), INK, 18);
}
