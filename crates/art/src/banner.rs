//! The wide picture of the home page and the tall one of a kiosk at rest: a table under the southern window.

use crate::canvas::Canvas;
use crate::motif::{coffee_bag, cup, kettle, teapot, tin};
use crate::palette::{self, CLAY, CREAM, Hue, OCHRE, PINE, UMBER, VERMILION, WALNUT, WOOD};
use crate::pattern::Pattern;
use crate::scene::{fruit, sprig};
use crate::seed::Seed;
use crate::shape::{block, comb, oval, poly};

/// Where window and table are, in pixels of the picture.
struct Room {
    width: i32,
    height: i32,
    /// Left, top, width and height of the window.
    window: [i32; 4],
    table_top: i32,
    wide: bool,
}

/// The green of a celadon cup.
const GLAZE: Hue = "#9dbda6";

impl Room {
    /// A wide room keeps its left for words; a tall one keeps its foot.
    fn of(width: i32, height: i32) -> Self {
        let share = |whole: i32, percent: i32| whole * percent / 100;
        let wide = width * 10 > height * 13;
        let (left, top, across, down) = if wide { (46, 9, 47, 61) } else { (11, 8, 78, 50) };
        let window = [share(width, left), share(height, top), share(width, across), share(height, down)];
        let table_top = share(height, if wide { 76 } else { 66 });
        Self { width, height, window, table_top, wide }
    }

    /// Strokes grow with the picture.
    fn unit(&self) -> i32 {
        (self.window[2] / 90).max(2)
    }
}

/// A still life of `width` by `height` pixels; the seed chooses colours, light and what stands on the table.
#[must_use]
pub fn banner_svg(seed: &str, width: u32, height: u32) -> String {
    let side = |pixels: u32| i32::try_from(pixels.clamp(64, 8192)).unwrap_or(8192);
    let (width, height) = (side(width), side(height));
    let mut seed = Seed::of(seed);
    let hues = palette::airy(&mut seed);
    let mut canvas = Canvas::with_pattern(hues, seed, Pattern::Leaves);
    let room = Room::of(width, height);
    wall(&mut canvas, &room);
    view(&mut canvas, &room);
    lattice(&mut canvas, &room);
    table(&mut canvas, &room);
    still_life(&mut canvas, &room);
    canvas.finish(width.unsigned_abs(), height.unsigned_abs())
}

/// The wall, and the light that the window throws on it.
fn wall(c: &mut Canvas, room: &Room) {
    let (wall, glow) = (c.hues.wall, c.hues.glow);
    c.fill(&block(0, 0, room.width, room.height, 0), wall);
    let [left, _, across, down] = room.window;
    let (pane_width, pane_height) = (across / 9, down / 4);
    let start = left - across * 3 / 4;
    for index in 0..9 {
        let (column, row) = (index % 3, index / 3);
        let x = start + column * (pane_width + 12) - row * pane_width / 3;
        let y = down / 4 + row * (pane_height + 12) + column * pane_height / 6;
        let (lean, drop) = (pane_width / 3, pane_height / 6);
        let corners = [
            (x, y),
            (x + pane_width, y + drop),
            (x + pane_width - lean, y + drop + pane_height),
            (x - lean, y + pane_height),
        ];
        c.fill(&poly(&corners), glow);
    }
}

/// Hills, mist and the sun, all inside the frame.
fn view(c: &mut Canvas, room: &Room) {
    let [x, y, w, h] = room.window;
    let (glow, main, second) = (c.hues.glow, c.hues.main, c.hues.second);
    c.fill(&block(x, y, w, h, 0), "#f6d9a8");
    let sun = x + w * c.seed.between(52, 74) / 100;
    c.disc(sun, y + h * 36 / 100, h.min(w) / 7, VERMILION);
    ridge(c, room, 52, glow, 90);
    ridge(c, room, 62, second, 55);
    c.veil(&block(x, y + h * 68 / 100, w, h / 28, 0), CREAM, 45);
    ridge(c, room, 74, main, 70);
    c.veil(&block(x, y + h * 84 / 100, w, h / 40, 0), CREAM, 35);
    ridge(c, room, 90, main, 95);
}

/// One range of hills with its crest at `percent` of the window's height.
fn ridge(c: &mut Canvas, room: &Room, percent: i32, hue: Hue, opacity: u32) {
    let [x, y, w, h] = room.window;
    let crest = y + h * percent / 100;
    let rise = (h / 4).min(h * (100 - percent) / 50 + h / 12);
    let (first, second) = (c.seed.between(28, 46), c.seed.between(28, 40));
    let path = format!(
        "M{x} {crest}q{} -{rise} {} 0t{} 0q{} -{} {} 0V{}H{x}z",
        w * first / 200,
        w * first / 100,
        w * second / 100,
        w * (100 - first - second) / 200,
        rise / 2,
        w * (100 - first - second) / 100,
        y + h
    );
    c.veil(&path, hue, opacity);
}

/// The frame: tall panes below, a band of stepped lattice above.
fn lattice(c: &mut Canvas, room: &Room) {
    let [x, y, w, h] = room.window;
    let (unit, columns) = (room.unit(), if room.wide { 5 } else { 4 });
    let (cell, band) = (w / columns, h * 24 / 100);
    let bars = comb(x, y, cell, 0, columns + 1, &format!("v{h}")) + &format!("M{x} {}h{w}", y + band);
    c.line(&bars, UMBER, unit.unsigned_abs());
    let (inset, reach) = (cell / 4, band / 4);
    let step = format!("h{}v{}h-{}z", cell - 2 * inset, band - 2 * reach, cell - 2 * inset);
    let ties = format!("m{} -{reach}v{reach}m0 {}v{reach}", cell / 2 - inset, band - 2 * reach);
    let sides = format!("m-{} -{}h{inset}m{} 0h{inset}", cell / 2, band / 2, cell - 2 * inset);
    let fine = comb(x + inset, y + reach, cell, 0, columns, &(step + &ties + &sides));
    c.line(&fine, UMBER, (unit / 2).max(2).unsigned_abs());
    c.line(&block(x, y, w, h, 0), UMBER, (unit * 2).unsigned_abs());
    c.fill(&block(x - unit * 3, y + h, w + unit * 6, unit * 3, 0), WOOD);
    c.fill(&block(x - unit * 3, y + h + unit * 2, w + unit * 6, unit, 0), WALNUT);
}

fn table(c: &mut Canvas, room: &Room) {
    let ground = c.hues.ground;
    c.fill(&block(0, room.table_top, room.width, room.height - room.table_top, 0), ground);
    let [left, _, across, _] = room.window;
    let (top, foot) = (room.table_top, room.height);
    let glow = c.hues.glow;
    for pane in 0..3 {
        let x = left + across * pane / 3;
        let slant = (foot - top) / 2;
        c.veil(&poly(&[(x, top), (x + across / 4, top), (x + across / 4 - slant, foot), (x - slant, foot)]), glow, 30);
    }
}

/// Something on the table: how far along the window in percent, how much nearer to us, its size, hue and drawing.
type Thing = (i32, i32, i32, Hue, fn(&mut Canvas));

fn still_life(c: &mut Canvas, room: &Room) {
    let [left, _, across, _] = room.window;
    let kept = c.hues;
    let tall: (Hue, fn(&mut Canvas)) = c.seed.pick([(PINE, tin as fn(&mut Canvas)), (UMBER, coffee_bag)]);
    let enamel = if tall.0 == PINE { OCHRE } else { PINE };
    let things: [Thing; 4] =
        [(16, 0, 100, tall.0, tall.1), (43, 0, 94, enamel, kettle), (72, 2, 90, CLAY, teapot), (93, 5, 66, GLAZE, cup)];
    let foot = room.table_top + room.unit() * 5;
    let full = across * if room.wide { 8 } else { 9 } / 100;
    for (along, nearer, size, hue, draw) in things {
        c.hues.main = hue;
        place(c, left + across * along / 100, foot + nearer * room.unit(), full * size / 100, draw);
    }
    c.hues = kept;
    companions(c, room, foot);
}

/// A vase at the far left, fruit in front.
fn companions(c: &mut Canvas, room: &Room, foot: i32) {
    let [left, _, across, _] = room.window;
    let scale = across / 10;
    place(c, left - across / 60, foot + room.unit() * 2, scale * 3 / 2, |c| sprig(c, 300));
    for (percent, nearer) in [(29, 5), (34, 8)] {
        place(c, left + across * percent / 100, foot + nearer * room.unit(), scale, |c| fruit(c, 300));
    }
    c.veil(&oval(left + across / 3, foot + room.unit() * 9, across / 12, room.unit()), UMBER, 15);
}

/// Puts a drawing's foot at (`x`, `y`), at `percent` of its own size.
fn place(c: &mut Canvas, x: i32, y: i32, percent: i32, draw: impl FnOnce(&mut Canvas)) {
    let (dx, dy) = (x - 3 * percent, y - 486 * percent / 100);
    c.moved(&format!("translate({dx} {dy})scale({}.{:02})", percent / 100, percent % 100), draw);
}
