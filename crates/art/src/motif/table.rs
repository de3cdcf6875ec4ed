//! What stands on the table.

use super::tea::steam;
use crate::canvas::Canvas;
use crate::palette::{CREAM, MOSS, PAPER, PERSIMMON, SLATE, VERMILION, WALNUT, WOOD};
use crate::shape::{block, comb, oval};

pub(crate) fn bowl(c: &mut Canvas) {
    let main = c.hues.main;
    c.shadow(130);
    c.solid("M250 452h100l12 34H238z", main);
    c.fill("M176 290q30-92 124-92t124 92z", PAPER);
    c.line(&comb(226, 268, 34, -4, 5, "l14-6"), "#e2d6c0", 6);
    c.print("M148 286h304q-4 128-92 172H240q-88-44-92-172z", main);
    c.veil(&block(148, 286, 304, 12, 0), PAPER, 55);
    steam(c, 300, 170);
}

pub(crate) fn noodle_bowl(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.shadow(150);
    c.line("M214 300L470 118M236 306L492 138", WALNUT, 9);
    c.solid("M246 456h108l10 30H236z", main);
    c.print("M118 300h364q-8 116-112 164H230q-104-48-112-164z", main);
    c.solid(&oval(300, 300, 182, 38), CREAM);
    c.fill(&oval(300, 304, 158, 27), "#d3a45f");
    c.line("M196 304q26-22 52 0t52 0t52 0M214 316q26-18 52 0t52 0", CREAM, 7);
    c.fill(&oval(376, 300, 34, 13), PAPER);
    c.fill(&oval(376, 299, 15, 7), PERSIMMON);
    c.line("M214 292l26 10M300 288l22 8", MOSS, 7);
    c.disc(262, 296, 6, accent);
}

pub(crate) fn plate(c: &mut Canvas) {
    let main = c.hues.main;
    let rim = c.seed.between(140, 162);
    c.lay_print(&oval(300, 300, 206, 206), main);
    c.fill(&oval(300, 300, rim, rim), CREAM);
    c.line(&oval(300, 300, rim - 10, rim - 10), "#e0d2b8", 3);
    c.cast(&oval(322, 300, 62, 60));
    c.solid(&oval(322, 300, 62, 60), PERSIMMON);
    c.fill("M322 292q-34-28-48-4q24 20 48 6q30 16 46-8q-18-22-46 6z", MOSS);
    c.line("M322 290l4-18", WALNUT, 6);
    c.fill("M190 330q10-56 66-62q-4 56-66 62z", MOSS);
}

pub(crate) fn fish_plate(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.moved("rotate(-24 300 300)", |c| {
        c.lay_print(&oval(300, 300, 250, 138), main);
        c.fill(&oval(300, 300, 206, 100), CREAM);
        let fish = c.against(CREAM, second, SLATE);
        c.cast("M146 300q60-70 170-66q80 4 106 62q-36 60-112 64q-100 4-164-60z");
        c.fill("M146 300q60-70 170-66q80 4 106 62q-36 60-112 64q-100 4-164-60z", fish);
        c.fill("M404 296l62-44q-10 44 4 92z", fish);
        c.line("M212 246q24 54 0 106", CREAM, 5);
        c.line(&comb(262, 276, 38, 0, 4, "q14 22 0 46"), CREAM, 5);
        c.disc(184, 290, 8, PAPER);
    });
}

pub(crate) fn chopsticks(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.moved("rotate(32 300 300)", |c| {
        for (x, lean) in [(268, -3), (330, 4)] {
            c.moved(&format!("rotate({lean} {x} 300)"), |c| {
                let stick = format!("M{} 40h28l-7 510q-7 12-14 0z", x - 14);
                c.lay(&stick, WOOD);
                c.fill(&format!("M{} 40h28l-1 92h-26z", x - 14), second);
                c.line(&format!("M{} 144h22", x - 11), accent, 7);
            });
        }
        c.lay_print(&block(206, 388, 188, 58, 28), main);
    });
}

pub(crate) fn carafe(c: &mut Canvas) {
    let (main, glass) = (c.hues.main, c.hues.accent);
    c.shadow(104);
    let body = "M252 190h96v66q52 44 52 130v70q0 30-30 30H230q-30 0-30-30v-70q0-86 52-130z";
    c.glass(body);
    c.veil("M201 372h198v84q0 30-30 30H231q-30 0-30-30z", glass, 60);
    c.fill(&oval(300, 372, 99, 12), PAPER);
    c.veil(&block(218, 330, 12, 120, 6), "#fff", 70);
    c.solid("M244 118h112l-8 82h-96z", main);
    c.fill("M336 372q-50 24-44 78q46-14 44-78z", MOSS);
}

pub(crate) fn runner(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.moved("rotate(24 300 300)", |c| {
        c.lay_print("M216-40h168v610h-168z", main);
        c.fill("M216 470h168v16h-168zM216 500h168v8h-168z", accent);
        c.line(&comb(222, 572, 12, 0, 14, "v34"), main, 4);
    });
    c.cast(&oval(300, 250, 96, 96));
    c.solid(&oval(300, 250, 96, 96), second);
    c.fill(&oval(300, 250, 76, 76), CREAM);
    c.solid(&oval(280, 246, 34, 32), PERSIMMON);
    c.solid(&oval(326, 262, 30, 28), VERMILION);
}
