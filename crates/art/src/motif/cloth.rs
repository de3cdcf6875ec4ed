//! Cloth that is folded, laid or stuffed.

use super::emblem::mark;
use crate::canvas::Canvas;
use crate::palette::{CREAM, INK, SAND, UMBER, WALNUT, WHEAT, WOOD};
use crate::shape::{block, comb, oval};

/// Folded layers, one on the other; the top one shows its pattern.
pub(crate) fn stack(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.shadow(160);
    for (y, hue, half) in [(412, second, 158), (338, accent, 150), (264, CREAM, 154)] {
        c.solid(&fold(300 - half, y, 2 * half, 74), hue);
        c.veil(&format!("M{} {}h{}v4h-{}z", 330 - half, y + 35, 2 * half - 30, 2 * half - 30), INK, 18);
    }
    c.print(&fold(142, 178, 316, 86), main);
    c.veil("M176 219h282v4h-282z", INK, 20);
}

/// A folded edge: round where the cloth turns, square where it ends.
fn fold(x: i32, y: i32, width: i32, height: i32) -> String {
    let r = height / 2;
    format!(
        "M{} {y}h{}q8 0 8 8v{}q0 8-8 8h-{}a{r} {r} 0 0 1 0-{height}z",
        x + r,
        width - r - 8,
        height - 16,
        width - r - 8
    )
}

pub(crate) fn blanket(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(180);
    c.line("M150 370l-18 114M450 370l18 114M152 430h296", WALNUT, 16);
    c.solid(&block(112, 350, 376, 26, 6), WOOD);
    c.print("M150 352V204q0-46 46-46h208q46 0 46 46v148z", main);
    c.print("M196 144h180v268H196z", main);
    c.fill("M196 364h180v16H196zM196 388h180v8H196z", second);
    c.line(&comb(204, 414, 16, 0, 11, "v34"), main, 7);
    c.veil("M376 150h10v202h-10z", INK, 25);
}

pub(crate) fn cushion(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(150);
    c.moved("rotate(6 300 340)", |c| {
        c.solid("M160 190q150 26 286-6q-20 150 8 300q-150-22-302 2q24-150 8-296z", second);
    });
    c.moved("rotate(-7 300 340)", |c| {
        c.print("M150 208q140 24 276-6q-18 140 10 282q-140-20-292 4q22-140 6-280z", main);
    });
}

pub(crate) fn floor_cushion(c: &mut Canvas) {
    let main = c.against(c.hues.wall, c.hues.main, WHEAT);
    c.shadow(190);
    c.solid("M102 396v34q0 58 198 58t198-58v-34z", main);
    c.line("M104 424q20 48 196 48t196-48", UMBER, 3);
    c.fill(&oval(300, 396, 198, 72), main);
    for step in 1..6 {
        c.line(&oval(300, 396, 198 - step * 34, 72 - step * 12), UMBER, 3);
    }
    c.veil("M300 324a198 72 0 0 1 0 144q90-8 96-72t-96-72z", INK, 12);
}

pub(crate) fn bedding(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    c.veil(&oval(310, 502, 250, 18), INK, 18);
    c.solid(&block(86, 196, 428, 270, 20), WOOD);
    c.solid("M130 300q-14-70 30-74h120q36 4 24 74z", CREAM);
    c.solid("M304 300q-14-70 24-74h112q44 4 30 74z", accent);
    c.print("M78 330q0-44 44-44h356q44 0 44 44v150H78z", main);
    c.solid("M78 330q0-44 44-44h356q44 0 44 44v16H78z", second);
    c.fill("M96 480h30v24H96zM474 480h30v24h-30z", WALNUT);
}

pub(crate) fn pillow(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(190);
    c.moved("rotate(-5 300 300)", |c| {
        c.solid("M146 214q20-30 50-12q110 20 216-6q34-8 36 24q-10 70 12 140q4 34-34 30q-130-22-246 4q-40 4-34-32q16-80 0-148z", second);
    });
    c.print(
        "M104 318q-6-44 42-36q150 16 308 0q48-8 42 36q-10 60 8 118q10 52-42 48q-162-20-324 0q-52 4-42-48q18-58 8-118z",
        main,
    );
    c.line("M130 306l34 32M470 306l-34 32M128 460l30-28M472 460l-30-28", UMBER, 3);
    c.line(&comb(470, 512, 24, 5, 4, "l10-6"), UMBER, 8);
}

pub(crate) fn mat(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    let hue = c.against(main, second, SAND);
    c.moved("rotate(-12 300 300)", |c| {
        c.line(&comb(98, 176, 0, 18, 15, "h-26M502 176h26").replace("M502 176", "m404 0"), main, 6);
        c.lay(&block(92, 158, 416, 284, 26), main);
        let ripple = "q34-34 68 0t68 0t68 0t68 0t68 0";
        c.line(&comb(130, 212, 0, 44, 5, ripple), hue, 10);
    });
}

pub(crate) fn socks(c: &mut Canvas) {
    let (main, second, accent) = (c.hues.main, c.hues.second, c.hues.accent);
    for (x, y, hue) in [(196, 60, second), (92, 108, main)] {
        let leg = format!("M{x} {y}h116v208q6 30 44 52l54 34q42 30 18 70q-22 32-70 14l-120-54q-42-22-42-70z");
        if hue == main {
            c.lay_print(&leg, hue)
        } else {
            c.lay(&leg, hue)
        }
        c.fill(&format!("M{} {y}h128v54H{}z", x - 6, x - 6), accent);
        c.line(&comb(x + 8, y + 10, 20, 0, 6, "v34"), hue, 5);
        let toe = format!("M{} {}q42 30 18 70q-22 32-70 14l-16-8q52-22 42-94z", x + 214, y + 294);
        c.fill(&toe, accent);
    }
}

pub(crate) fn pouch(c: &mut Canvas) {
    let (main, accent) = (c.hues.main, c.hues.accent);
    c.shadow(130);
    c.line("M206 226q-58 34-40 110M394 226q58 30 44 96", accent, 8);
    c.disc(166, 340, 13, accent);
    c.disc(438, 326, 13, accent);
    c.solid("M210 220q-16-60-26-84q56 22 116 6q60 16 116-6q-10 24-26 84z", main);
    c.print("M210 232h180q70 96 62 190q-6 64-66 64H214q-60 0-66-64q-8-94 62-190z", main);
    c.line("M204 226h192", accent, 12);
    c.line(&comb(240, 244, 40, 0, 4, "v44"), UMBER, 3);
}

pub(crate) fn tote(c: &mut Canvas) {
    let (main, second) = (c.hues.main, c.hues.second);
    c.shadow(140);
    c.line("M236 246V150q0-52 64-52t64 52v96", second, 18);
    c.solid("M162 234h276l20 236q2 16-16 16H158q-18 0-16-16z", main);
    c.veil("M162 234h276l2 22H160z", INK, 14);
    c.line("M220 256h32M348 256h32", CREAM, 4);
    c.disc(300, 370, 70, CREAM);
    mark(c, 300, 370, 92, CREAM);
}
