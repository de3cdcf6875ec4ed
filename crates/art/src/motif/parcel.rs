//! Gift boxes, and the four packages in which a grocery sells everything.

use super::emblem::{label, mark};
use crate::canvas::Canvas;
use crate::palette::{CREAM, MIST, SAND, VERMILION};
use crate::shape::{block, comb, oval, poly};

pub(crate) fn gift_box(c: &mut Canvas) {
    let main = c.hues.main;
    let ribbon = c.against(main, VERMILION, c.hues.accent);
    c.shadow(170);
    c.print(&block(138, 290, 324, 196, 4), main);
    c.solid(&block(122, 232, 356, 70, 6), main);
    c.veil(&block(138, 302, 324, 10, 0), "#1f1d1a", 25);
    c.fill(&block(278, 232, 44, 254, 0), ribbon);
    c.line("M300 226q-96-96-110-34q-6 40 110 34q96-96 110-34q6 40-110 34", ribbon, 15);
    c.line("M296 228l-34 70M304 228l40 66", ribbon, 13);
    c.disc(300, 228, 20, ribbon);
}

pub(crate) fn can(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let half = c.seed.between(96, 124);
    let top = c.seed.between(196, 236);
    c.shadow(half);
    c.solid(&block(300 - half, top, 2 * half, 486 - top, 14), MIST);
    c.print(&block(300 - half, top + 26, 2 * half, 434 - top, 0), main);
    c.fill(&oval(300, top + 6, half - 6, 15), "#b8c4c2");
    c.line(&oval(300, top + 6, half - 20, 9), MIST, 3);
    c.fill(&block(300 - half, top + 60, 2 * half, 16, 0), second);
    c.disc(300, (top + 520) / 2, 66, CREAM);
    mark(c, 300, (top + 520) / 2, 92, CREAM);
}

pub(crate) fn grocery_box(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let top = c.seed.between(140, 210);
    c.shadow(130);
    c.print(&poly(&[(180, top), (376, top), (376, 486), (180, 486)]), main);
    let side = poly(&[(376, top), (430, top - 30), (430, 456), (376, 486)]);
    c.fill(&side, second);
    c.veil(&side, "#1f1d1a", 22);
    c.fill(&poly(&[(180, top), (234, top - 30), (430, top - 30), (376, top)]), second);
    label(c, 210, top + 40, 136, 180);
}

pub(crate) fn grocery_bag(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(130);
    c.print("M188 156q112-16 224 0q-14 40 6 150q-4 90 14 168q-132 24-264 0q18-78 14-168q20-110 6-150z", main);
    c.veil("M188 156q112-16 224 0l-4 30q-108-14-216 0z", SAND, 75);
    c.line(&comb(200, 156, 20, 0, 11, "v22"), second, 3);
    c.disc(300, 326, 84, CREAM);
    mark(c, 300, 326, 112, CREAM);
}
