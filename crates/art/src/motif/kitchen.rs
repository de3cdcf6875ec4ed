//! What stands on the stove and hangs beside it.

use super::emblem::{label, mark};
use super::tea::steam;
use crate::canvas::Canvas;
use crate::palette::{COAL, CREAM, MIST, MOSS, OCHRE, PAPER, PERSIMMON, SAND, WALNUT, WHEAT, WOOD};
use crate::shape::{block, comb, oval};

pub(crate) fn pot(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let knob = c.against(c.hues.wall, OCHRE, second);
    c.shadow(170);
    c.line("M150 340h-34q-20 0-20 22t20 22h34M450 340h34q20 0 20 22t-20 22h-34", main, 20);
    c.solid("M142 300h316v130q0 56-56 56H198q-56 0-56-56z", main);
    c.solid("M130 300q0-24 24-26q36-68 146-68t146 68q24 2 24 26z", main);
    c.veil(&block(130, 292, 340, 12, 4), "#1f1d1a", 22);
    c.solid(&block(264, 176, 72, 32, 14), knob);
    mark(c, 300, 392, 92, main);
}

pub(crate) fn wok(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.shadow(140);
    c.line("M430 316l122-60", WALNUT, 26);
    c.line("M430 316l40-20", main, 18);
    c.line("M126 316q-34-10-30-38", main, 16);
    c.solid("M104 312h392q-24 132-144 174H248q-120-42-144-174z", main);
    c.solid(&oval(300, 312, 196, 34), COAL);
    c.disc(244, 300, 24, accent);
    c.fill("M292 304q10-52 60-56q-2 50-60 56zM330 310q40-34 76-10q-28 30-76 10z", MOSS);
    c.disc(292, 308, 17, PERSIMMON);
    steam(c, 300, 224);
}

pub(crate) fn board(c: &mut Canvas) {
    let accent = c.hues.accent;
    c.moved("rotate(-18 300 300)", |c| {
        c.lay("M170 150q0-26 26-26h76v-50q0-34 28-34t28 34v50h76q26 0 26 26v340q0 26-26 26H196q-26 0-26-26z", WOOD);
        c.line("M196 200q70-22 208 6M196 300q90 26 208-8M196 420q100-30 208 4M196 476q80 18 208 0", "#a8743f", 5);
        c.disc(300, 86, 13, WALNUT);
    });
    for (x, y) in [(250, 330), (330, 370), (296, 268)] {
        c.cast(&oval(x, y, 38, 38));
        c.disc(x, y, 38, accent);
        c.disc(x, y, 30, CREAM);
        c.line(&format!("M{} {y}h44M{x} {}v44", x - 22, y - 22), accent, 4);
    }
    c.line("M330 470q60-90 150-120M344 486q70-70 150-90", MOSS, 10);
}

pub(crate) fn knife(c: &mut Canvas) {
    let second = c.hues.second;
    c.moved("rotate(-38 300 300)", |c| {
        c.lay("M40 256h300v92H150Q70 340 40 256z", MIST);
        c.fill("M66 306q30 36 84 42h190v-16H150q-52 0-84-26z", PAPER);
        c.line("M100 280h160", "#b3c0c0", 4);
        c.lay(&block(344, 254, 216, 60, 22), WALNUT);
        c.fill("M340 254h26v94h-26z", second);
        for x in [400, 454, 508] {
            c.disc(x, 284, 8, WHEAT);
        }
    });
    c.disc(420, 420, 46, MOSS);
    c.disc(420, 420, 36, CREAM);
    c.disc(420, 420, 22, MOSS);
    c.disc(420, 420, 14, CREAM);
}

pub(crate) fn spoon(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.lay_print(&block(96, 330, 408, 170, 10), main);
    c.moved("rotate(38 300 300)", |c| {
        c.lay("M286 210h28l10 330q-24 28-48 0z", WOOD);
        c.lay("M300 22q76 10 78 112q0 84-62 92h-32q-62-8-62-92q2-102 78-112z", WOOD);
        c.veil("M300 50q50 10 52 84q0 58-52 64q-52-6-52-64q2-74 52-84z", "#4d3a2d", 30);
        c.line("M284 500h32", accent, 9);
    });
}

pub(crate) fn steamer(c: &mut Canvas) {
    let (second, accent) = (c.hues.second, c.hues.accent);
    let bamboo = c.against(c.hues.wall, WHEAT, WALNUT);
    c.shadow(160);
    for y in [398, 312] {
        c.solid(&block(138, y, 324, 88, 10), bamboo);
        c.veil(&format!("M138 {y}h324v18h-324zM138 {}h324v14h-324z", y + 74), "#7d5537", 60);
        c.line(&comb(176, y + 30, 62, 0, 5, "v32"), second, 6);
    }
    c.solid("M130 312q10-74 170-74t170 74z", bamboo);
    c.line("M160 300q60-46 140-46M220 304q60-40 130-44M300 306q60-30 90-40", WALNUT, 4);
    c.line("M270 240q30-40 60 0", accent, 12);
    steam(c, 300, 182);
}

pub(crate) fn sauce_bottle(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let lean = c.seed.between(0, 16);
    c.shadow(84);
    c.solid(
        &format!("M270 128h60v{}q62 34 62 104v124q0 28-28 28H236q-28 0-28-28V{}q0-70 62-104z", 100 + lean, 334 + lean),
        main,
    );
    c.solid(&block(262, 84, 76, 52, 10), second);
    c.veil(&block(224, 350, 10, 100, 5), "#fff", 40);
    label(c, 246, 322, 108, 132);
}

pub(crate) fn apron(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    peg(c);
    c.line("M236 200Q270 110 300 84Q330 110 364 200", main, 12);
    c.line("M168 330q-40 40-30 110M432 330q40 40 30 110", main, 10);
    c.print("M230 196h140q4 90 76 116v210H154V312q72-26 76-116z", main);
    c.fill(&block(212, 366, 176, 96, 8), second);
    c.line("M300 366v96", SAND, 4);
}

/// The peg that things hang from.
pub(crate) fn peg(c: &mut Canvas) {
    c.fill(&block(40, 64, 520, 30, 4), WOOD);
    c.disc(300, 82, 15, WALNUT);
}
