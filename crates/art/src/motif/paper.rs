//! Paper, and things made of it.

use super::emblem::{label, mark};
use crate::canvas::Canvas;
use crate::palette::{CREAM, PAPER, SAND, VERMILION, WALNUT, WOOD};
use crate::shape::{block, comb, oval, poly};

/// A slight turn, different for each product, keeps a page of notebooks from looking stamped.
fn tilted(c: &mut Canvas, draw: impl FnOnce(&mut Canvas)) {
    let turn = c.seed.between(-14, 14);
    c.moved(&format!("rotate({turn} 300 300)"), draw);
}

/// 线装: four holes and the thread that goes round the spine.
pub(crate) fn bound_book(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let thread = c.against(main, CREAM, second);
    tilted(c, |c| {
        c.lay(&block(168, 104, 296, 412, 2), CREAM);
        c.lay_print(&block(150, 88, 300, 414, 2), main);
        c.line("M188 88v414M150 150h38M150 246h38M150 344h38M150 440h38", thread, 4);
        label(c, 344, 118, 78, 190);
    });
}

pub(crate) fn notebook(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    tilted(c, |c| {
        c.lay(&block(262, 118, 230, 346, 16), second);
    });
    tilted(c, |c| {
        c.lay(&block(136, 120, 246, 368, 18), main);
        c.veil("M136 138q0-18 18-18h22v368h-22q-18 0-18-18z", "#1f1d1a", 20);
        c.line("M350 120v368", accent, 9);
        c.disc(258, 262, 62, CREAM);
        mark(c, 258, 262, 84, CREAM);
    });
}

/// An open week: seven lines on the left, room on the right.
pub(crate) fn planner(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    tilted(c, |c| {
        c.lay(&block(58, 130, 484, 346, 12), main);
        c.fill("M74 142q120-20 226 8v310q-110-24-226-6z", CREAM);
        c.fill("M526 142q-120-20-226 8v310q110-24 226-6z", PAPER);
        c.line(&comb(100, 190, 0, 40, 7, "q86-8 172 6"), SAND, 4);
        for (index, y) in [190, 230, 270, 310, 350, 390].into_iter().enumerate() {
            let hue = [second, accent, main][index % 3];
            c.line(&format!("M100 {}h{}", y - 14, 40 + index * 17), hue, 8);
        }
        c.line("M300 150v310", SAND, 5);
        c.fill("M430 120h26v120l-13-14-13 14z", accent);
        mark(c, 412, 330, 110, PAPER);
    });
}

pub(crate) fn letters(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.moved("rotate(8 300 300)", |c| {
        c.lay(&block(196, 60, 258, 340, 2), PAPER);
        c.line(&comb(228, 96, 32, 0, 7, "v250"), SAND, 3);
        c.line("M420 104v120M388 104v180M356 104v90", second, 7);
    });
    c.moved("rotate(-8 300 400)", |c| {
        c.lay(&block(112, 276, 350, 226, 4), main);
        c.veil("M112 502l140-128h70l140 128z", "#1f1d1a", 14);
        c.fill("M112 276h350L300 410q-14 10-26 0z", second);
        c.disc(287, 398, 27, VERMILION);
        c.line("M275 398h24M287 386v24", CREAM, 4);
    });
}

pub(crate) fn tape(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(170);
    c.solid(&block(96, 444, 250, 42, 0), accent);
    c.line(&comb(112, 456, 26, 0, 9, "l10 18"), CREAM, 5);
    for (x, y, radius, hue) in [(384, 370, 116, second), (216, 330, 126, main)] {
        c.solid(&oval(x, y, radius, radius), hue);
        c.print(&oval(x, y, radius - 10, radius - 10), hue);
        c.disc(x, y, radius - 42, WOOD);
        c.disc(x, y, radius - 54, c.hues.wall);
    }
}

pub(crate) fn calendar(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(160);
    c.solid(&poly(&[(436, 190), (478, 486), (420, 486)]), WALNUT);
    c.solid(&poly(&[(148, 176), (440, 176), (452, 486), (136, 486)]), CREAM);
    c.fill(&poly(&[(166, 212), (424, 212), (430, 390), (160, 390)]), main);
    c.disc(370, 268, 36, accent);
    c.fill("M161 362q60-76 116-18q46-62 90-4q30-22 62 0l1 50H160z", second);
    c.line(&comb(178, 416, 44, 0, 6, "h20m-20 24h20"), "#b9a98c", 7);
    c.disc(363, 440, 13, VERMILION);
    c.line(&comb(176, 166, 28, 0, 9, "v24"), WALNUT, 6);
}
