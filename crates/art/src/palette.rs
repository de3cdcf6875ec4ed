//! A fixed set of printing inks, and the schemes in which they go together.

use crate::seed::Seed;

/// A colour as SVG writes it.
pub(crate) type Hue = &'static str;

pub(crate) const PAPER: Hue = "#faf7f2";
pub(crate) const INK: Hue = "#1f1d1a";
pub(crate) const VERMILION: Hue = "#c8371b";
pub(crate) const CREAM: Hue = "#f4e9d6";
pub(crate) const SAND: Hue = "#e2cfac";
pub(crate) const WHEAT: Hue = "#dcb56a";
pub(crate) const OCHRE: Hue = "#c68f3a";
pub(crate) const PERSIMMON: Hue = "#d9772f";
pub(crate) const CLAY: Hue = "#b8603c";
pub(crate) const BRICK: Hue = "#8c402c";
pub(crate) const MOSS: Hue = "#77804b";
pub(crate) const SAGE: Hue = "#aab48f";
pub(crate) const CELADON: Hue = "#bcd0bb";
pub(crate) const PINE: Hue = "#3b5346";
pub(crate) const INDIGO: Hue = "#31455e";
pub(crate) const SLATE: Hue = "#7f97a3";
pub(crate) const MIST: Hue = "#d2dcd9";
pub(crate) const ROSE: Hue = "#e3b7a4";
pub(crate) const UMBER: Hue = "#4d3a2d";
pub(crate) const COAL: Hue = "#3a3733";
pub(crate) const WOOD: Hue = "#b98550";
pub(crate) const WALNUT: Hue = "#7d5537";

/// The inks of one picture.
#[derive(Clone, Copy)]
pub(crate) struct Scheme {
    pub(crate) wall: Hue,
    pub(crate) ground: Hue,
    /// What stands in the light: the panes on the wall, the disc behind.
    pub(crate) glow: Hue,
    pub(crate) main: Hue,
    pub(crate) second: Hue,
    pub(crate) accent: Hue,
}

const fn scheme(wall: Hue, ground: Hue, glow: Hue, main: Hue, second: Hue, accent: Hue) -> Scheme {
    Scheme { wall, ground, glow, main, second, accent }
}

const SCHEMES: [Scheme; 14] = [
    scheme("#efe2c9", "#d8bd90", "#f8efdd", CLAY, PINE, OCHRE),
    scheme("#d3ddcb", "#a9ba9f", "#e6ecdd", PINE, CLAY, WHEAT),
    scheme("#e6c37c", "#cb9a4a", "#f0d79f", INDIGO, CREAM, BRICK),
    scheme("#ebcbb9", "#d2a08a", "#f5e0d3", PINE, CREAM, PERSIMMON),
    scheme("#ccd8d8", "#9fb1b4", "#e0e8e6", INDIGO, WHEAT, CLAY),
    scheme("#4f6657", "#3b5043", "#63796a", CREAM, WHEAT, PERSIMMON),
    scheme("#f2e8d8", "#c9b99c", "#fbf6ec", INDIGO, CLAY, WHEAT),
    scheme("#c4714a", "#a35636", "#d18862", CREAM, PINE, WHEAT),
    scheme("#8fa6ae", "#6d8791", "#a6b9bf", CREAM, BRICK, WHEAT),
    scheme("#e9dcc0", "#b9a67f", "#f5ecd8", MOSS, UMBER, PERSIMMON),
    scheme("#5b483b", "#46372d", "#6d594b", WHEAT, CLAY, CREAM),
    scheme("#dfe0cf", "#c3a27a", "#eef0e3", OCHRE, PINE, CLAY),
    scheme("#3c4f66", "#2d3c50", "#4c617a", CREAM, WHEAT, PERSIMMON),
    scheme("#e7d3c4", "#b98f7a", "#f3e6dc", BRICK, SAGE, WHEAT),
];

/// The schemes a department prefers, so that a page of it hangs together.
fn preferred(category: &str) -> [usize; 7] {
    match category {
        "tea" => [0, 1, 9, 5, 11, 10, 2],
        "kitchen" => [2, 7, 0, 4, 6, 11, 8],
        "textile" => [3, 6, 8, 13, 4, 12, 0],
        "stationery" => [6, 4, 2, 12, 9, 3, 8],
        "body" => [1, 13, 3, 8, 11, 4, 9],
        _ => [0, 4, 9, 7, 2, 6, 1],
    }
}

/// Words that name a colour or a material, so that a celadon cup is celadon and an indigo curtain is blue.
const HINTS: [(&str, Hue); 21] = [
    ("zhuni", BRICK),
    ("celadon", "#9dbda6"),
    ("indigo", INDIGO),
    ("charcoal", COAL),
    ("brass", OCHRE),
    ("iron-wok", COAL),
    ("inkstone", COAL),
    ("osmanthus", OCHRE),
    ("jasmine", CELADON),
    ("longjing", MOSS),
    ("puer", UMBER),
    ("chili", CLAY),
    ("soy-sauce", UMBER),
    ("coffee", UMBER),
    ("mugwort", MOSS),
    ("camellia", ROSE),
    ("yuzu", WHEAT),
    ("ginger", PERSIMMON),
    ("white-tea", CREAM),
    ("sandalwood", MOSS),
    ("rush", WHEAT),
];

fn hint(handle: &str) -> Option<Hue> {
    HINTS.iter().find(|(word, _)| handle.contains(word)).map(|(_, hue)| *hue)
}

/// Perceived brightness of a colour, 0 to 255.
pub(crate) fn brightness(hue: Hue) -> i32 {
    let channel = |from: usize| hue.get(from..from + 2).and_then(|hex| i32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    (channel(1) * 30 + channel(3) * 59 + channel(5) * 11) / 100
}

fn stands_out(main: Hue, scheme: &Scheme) -> bool {
    let away = |other| (brightness(main) - brightness(other)).abs();
    away(scheme.wall) > 45 && away(scheme.ground) > 22
}

/// The inks for a product: its department's, its own material's, and readable against each other.
pub(crate) fn choose(category: &str, handle: &str, seed: &mut Seed) -> Scheme {
    let list = preferred(category);
    let first = seed.below(list.len());
    let options = || (0..list.len()).map(move |step| SCHEMES[list[(first + step) % list.len()]]);
    let Some(main) = hint(handle) else { return options().next().unwrap_or(SCHEMES[0]) };
    let fitting = options().find(|scheme| stands_out(main, scheme));
    let chosen = fitting.or_else(|| SCHEMES.iter().copied().find(|scheme| stands_out(main, scheme)));
    let chosen = chosen.unwrap_or(SCHEMES[0]);
    let second = if chosen.second == main { chosen.main } else { chosen.second };
    Scheme { main, second, ..chosen }
}

/// A light scheme, for pictures that stand behind words.
pub(crate) fn airy(seed: &mut Seed) -> Scheme {
    SCHEMES[seed.pick([0, 1, 4, 6, 9, 11])]
}
