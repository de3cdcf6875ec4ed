//! What lies on a desk.

use super::emblem::label;
use crate::canvas::Canvas;
use crate::palette::{COAL, CREAM, INK, MIST, OCHRE, PAPER, SAND, VERMILION, WALNUT, WHEAT, WOOD};
use crate::shape::{block, comb, oval};

pub(crate) fn fountain_pen(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.line("M70 480q60-60 90 0t90 0t90 0q40-40 90-10", c.against(c.hues.wall, second, INK), 7);
    c.moved("rotate(40 300 300)", |c| {
        c.lay("M270-20h60v300q0 40-12 90h-36q-12-50-12-90z", main);
        c.veil("M306-20h24v300q0 40-12 90h-12z", INK, 18);
        c.fill("M266 196h68v26h-68zM268 232h64v8h-64z", accent);
        c.lay("M282 370h36q14 56-18 130q-32-74-18-130z", WHEAT);
        c.line("M300 420v74", COAL, 3);
        c.disc(300, 416, 6, COAL);
    });
}

pub(crate) fn gel_pens(c: &mut Canvas) {
    let (second, accent) = (c.hues.second, c.hues.accent);
    let main = c.against(CREAM, c.hues.main, VERMILION);
    c.moved("rotate(24 300 300)", |c| {
        for (x, y, hue) in [(196, 96, main), (286, 50, second), (376, 108, accent)] {
            c.lay(&format!("M{x} {y}h40v330l-12 62h-16l-12-62z"), CREAM);
            c.fill(&format!("M{x} {}h40v66l-12 62h-16l-12-62z", y + 264), hue);
            c.fill(&format!("M{x} {y}h40v60h-40z"), hue);
            c.line(&format!("M{} {}v116", x + 46, y + 14), hue, 9);
            c.line(&format!("M{} {}v20", x + 20, y + 392), COAL, 5);
        }
    });
}

pub(crate) fn pencils(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(150);
    for (index, top) in [170, 134, 182, 120, 156].into_iter().enumerate() {
        let x = 174 + index as i32 * 52;
        let hue = [main, accent, second, main, accent][index];
        c.solid(&block(x, top + 76, 44, 380 - top, 0), hue);
        c.fill(&format!("M{x} {}q11-14 22 0q11 14 22 0l-22-76z", top + 76), SAND);
        c.fill(&format!("M{} {}l7 24h-14z", x + 22, top), COAL);
    }
    c.print(&block(152, 362, 296, 124, 8), main);
    label(c, 250, 380, 100, 88);
}

pub(crate) fn ink_bottle(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(140);
    c.glass("M160 300q0-30 30-30h220q30 0 30 30v156q0 30-30 30H190q-30 0-30-30z");
    c.solid("M174 336h252v114q0 22-22 22H196q-22 0-22-22z", main);
    c.veil(&oval(300, 336, 126, 14), PAPER, 40);
    c.solid(&block(240, 232, 120, 44, 6), MIST);
    c.solid(&block(224, 156, 152, 84, 12), second);
    c.line(&comb(246, 172, 22, 0, 6, "v52"), INK, 2);
    label(c, 244, 356, 112, 92);
    c.fill("M470 430q34 46 0 60q-34-14 0-60z", c.against(c.hues.ground, main, accent));
}

/// A brush, and the circle it has just drawn.
pub(crate) fn brush(c: &mut Canvas) {
    let (accent, wall) = (c.hues.accent, c.hues.wall);
    let ink = c.against(wall, INK, CREAM);
    c.line("M214 462A186 186 0 1 1 404 458", ink, 40);
    c.line("M404 458q26-12 44-32", ink, 18);
    c.moved("rotate(30 300 300)", |c| {
        c.lay("M286-40h28v380h-28z", WHEAT);
        c.line("M286 60h28M286 170h28M286 262h28", WALNUT, 4);
        c.fill("M282 336h36v34h-36z", accent);
        c.lay("M282 370h36q26 60-18 150q-44-90-18-150z", CREAM);
        c.fill("M277 436h46q-4 44-23 84q-19-40-23-84z", INK);
    });
}

pub(crate) fn inkstone(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.moved("rotate(-10 300 300)", |c| {
        c.lay(
            "M140 130q4-44 60-42q110-8 190 4q36 6 36 48q8 150-4 310q-4 50-56 50q-90 10-176 0q-48-2-50-56q-8-150 0-314z",
            main,
        );
        c.fill("M172 300a110 112 0 0 1 220 0v104q0 64-64 64h-92q-64 0-64-64z", "#57524b");
        c.fill("M192 256q0-110 90-110t90 110q-40 40-90 34t-90-34z", INK);
        c.veil("M222 214q20-40 60-44q-14 30-60 44z", "#fff", 30);
        c.line("M230 330l18 26M300 350l12 40M350 320l6 22M250 410l12 18M330 420l14 10", OCHRE, 5);
    });
    c.moved("rotate(16 460 350)", |c| {
        c.lay(&block(438, 150, 62, 290, 4), COAL);
        c.fill(&block(450, 184, 38, 130, 2), accent);
        c.fill(&block(438, 404, 62, 36, 4), INK);
    });
}

pub(crate) fn ruler(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.lay("M120 500L420 500 420 130z", second);
    c.fill("M236 452h136V284z", c.hues.wall);
    c.moved("rotate(-36 300 300)", |c| {
        c.lay(&block(30, 244, 540, 92, 4), main);
        c.line(&comb(56, 244, 27, 0, 19, "v22"), INK, 3);
        c.line(&comb(56, 244, 135, 0, 4, "v40"), INK, 4);
        c.disc(540, 306, 10, c.hues.wall);
    });
}

pub(crate) fn tray(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.lay(&block(70, 130, 460, 340, 34), WALNUT);
    for (x, y, width, height) in [(94, 156, 412, 116), (94, 296, 260, 148), (378, 296, 128, 148)] {
        c.fill(&block(x, y, width, height, 24), "#674429");
    }
    c.lay(&block(124, 196, 330, 30, 14), main);
    c.fill("M454 196l34 15-34 15z", WHEAT);
    c.fill(&block(380, 196, 20, 30, 0), CREAM);
    c.line("M442 352a28 28 0 1 0 1 0zM442 408v26", OCHRE, 10);
    c.lay(&block(130, 330, 90, 84, 8), accent);
    c.line("M260 340h60v60h-44v-40h28", MIST, 7);
}

pub(crate) fn scissors(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.lay_print(&block(86, 96, 250, 190, 2), second);
    c.moved("rotate(-40 300 300)", |c| {
        for side in [1, -1] {
            c.moved(&format!("translate(300 300)scale({side} 1)rotate(9)"), |c| {
                c.lay("M-16-270q36 120 32 290h-30q-10-140-2-290z", MIST);
                c.line("M4 16q14 50 30 74", COAL, 24);
                c.moved("rotate(-14 46 150)", |c| c.line(&oval(50, 152, 38, 62), main, 20));
            });
        }
        c.disc(300, 306, 13, WOOD);
    });
    c.disc(118, 470, 20, VERMILION);
}
