//! Soap, bottles, scent and comb.

use super::emblem::{label, mark};
use crate::canvas::Canvas;
use crate::palette::{COAL, CREAM, MIST, PAPER, PERSIMMON, SAND, UMBER, WALNUT, WHEAT, WOOD};
use crate::shape::{block, comb, oval};

pub(crate) fn soap(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(170);
    c.solid(&block(120, 452, 360, 34, 10), WOOD);
    c.line(&comb(170, 470, 52, 0, 6, "h24"), WALNUT, 5);
    c.solid(&block(142, 344, 316, 110, 34), second);
    c.solid(&block(166, 232, 276, 116, 36), main);
    c.fill(&block(252, 232, 104, 116, 0), CREAM);
    mark(c, 304, 290, 76, CREAM);
    for (x, y, radius) in [(430, 196, 26), (470, 236, 15), (398, 160, 12)] {
        c.veil(&oval(x, y, radius, radius), PAPER, 60);
        c.disc(x - radius / 3, y - radius / 3, radius / 5 + 1, PAPER);
    }
}

pub(crate) fn pump(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let half = c.seed.between(92, 108);
    c.shadow(half);
    c.line("M300 214v-70", second, 18);
    c.solid("M216 112q0-22 22-22h94q16 0 16 16v34h-96q-36 0-36 22z", second);
    c.solid(&block(262, 176, 76, 54, 8), second);
    c.solid(&block(300 - half, 226, 2 * half, 260, 32), main);
    c.veil(&block(314 - half, 262, 12, 180, 6), "#fff", 40);
    label(c, 242, 282, 116, 166);
}

pub(crate) fn bottle(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let (half, top) = (c.seed.between(84, 102), c.seed.between(196, 226));
    c.shadow(half);
    c.solid(&block(246, top - 84, 108, 92, 12), second);
    c.solid(&block(300 - half, top, 2 * half, 486 - top, 40), main);
    c.veil(&block(314 - half, top + 44, 12, 170, 6), "#fff", 40);
    label(c, 246, 280, 108, 164);
}

pub(crate) fn refill(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(140);
    c.solid("M360 170l66-56 44 50-60 54z", accent);
    c.print("M172 148h186l72 76v230q6 32-26 32H196q-32 0-26-32z", main);
    c.veil("M172 148h186l24 26H172z", PAPER, 50);
    c.fill("M168 400q132 64 262 0v54q6 32-26 32H196q-32 0-26-32z", second);
    label(c, 226, 226, 130, 146);
}

pub(crate) fn tube(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(80);
    c.solid("M190 112h220l-44 300H234z", main);
    c.solid(&block(184, 92, 232, 36, 4), main);
    c.line(&comb(200, 98, 22, 0, 10, "v24"), PAPER, 3);
    c.solid(&block(240, 412, 120, 74, 10), second);
    label(c, 248, 166, 104, 176);
}

pub(crate) fn lip_balm(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(110);
    c.solid("M206 250q0-42 56-62q34 0 34 62v60h-90z", SAND);
    c.solid(&block(196, 300, 110, 60, 6), accent);
    c.print(&block(186, 350, 130, 136, 10), main);
    c.solid(&block(346, 276, 126, 210, 12), second);
    mark(c, 409, 376, 76, second);
}

pub(crate) fn wooden_comb(c: &mut Canvas) {
    let main = c.hues.main;
    let gap = c.seed.pick([24, 16]);
    c.moved("rotate(-22 300 300)", |c| {
        let teeth = comb(110, 300, gap, 0, 380 / gap + 1, "v140");
        c.moved("translate(12 16)", |c| c.line(&teeth, c.hues.ground, 8));
        c.line(&teeth, main, 9);
        c.lay("M80 330q-6-160 220-164t220 164q-220-30-440 0z", main);
        c.line("M130 262q50-62 170-64t170 64", c.hues.accent, 5);
        c.disc(300, 248, 15, c.hues.accent);
    });
}

pub(crate) fn candle(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let wax = c.against(main, CREAM, WHEAT);
    c.veil(&oval(300, 190, 150, 150), WHEAT, 35);
    c.shadow(124);
    c.glass(&block(176, 262, 248, 224, 24));
    c.solid("M186 318h228v138q0 22-22 22H208q-22 0-22-22z", main);
    c.fill(&oval(300, 318, 114, 18), wax);
    c.line("M300 314v-36", COAL, 6);
    c.fill("M300 176q46 56 32 86q-14 24-32 24t-32-24q-14-30 32-86z", PERSIMMON);
    c.fill("M300 222q22 28 14 44q-6 12-14 12t-14-12q-8-16 14-44z", CREAM);
    c.fill(&block(238, 352, 124, 104, 4), second);
    label(c, 246, 360, 108, 88);
}

pub(crate) fn incense(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    let smoke = c.against(c.hues.wall, PAPER, c.hues.ground);
    c.shadow(180);
    c.line("M232 238q-36-36 0-70t8-66q-14-20 14-34M320 190q26-26 6-54t8-46", smoke, 6);
    c.line("M286 440L232 240M300 440L320 192M314 440l74-166", UMBER, 7);
    for (x, y) in [(232, 240), (320, 192), (388, 274)] {
        c.disc(x, y, 8, accent);
    }
    c.solid("M214 430h172q-4 40-36 56H250q-32-16-36-56z", main);
    c.fill(&oval(300, 430, 86, 13), SAND);
    c.solid(&block(432, 268, 60, 218, 8), second);
    mark(c, 462, 360, 44, second);
}

pub(crate) fn bath_brush(c: &mut Canvas) {
    let accent = c.hues.accent;
    c.moved("rotate(-42 300 300)", |c| {
        c.line(&comb(34, 330, 17, 0, 12, "v62"), CREAM, 11);
        c.lay("M20 300q0-56 100-56q70 0 130 26h300q22 0 22 30t-22 30H250q-60 26-130 26q-100 0-100-56z", WOOD);
        c.line("M60 300q60-34 150-6", WALNUT, 5);
        c.line("M548 300q60 30 20 80", accent, 8);
    });
    for (x, y, radius) in [(430, 430, 34), (486, 384, 18), (380, 486, 20)] {
        c.veil(&oval(x, y, radius, radius), PAPER, 70);
    }
}

pub(crate) fn dropper(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(104);
    c.solid("M270 160q-10-84 30-84t30 84z", second);
    c.solid(&block(252, 156, 96, 72, 8), MIST);
    c.line(&comb(266, 168, 17, 0, 5, "v48"), COAL, 2);
    c.solid("M262 228h76v22q66 10 66 66v140q0 30-30 30H226q-30 0-30-30V316q0-56 66-66z", main);
    c.veil(&block(210, 316, 12, 130, 6), "#fff", 40);
    label(c, 244, 310, 112, 140);
}
