//! The sheet a picture is printed on: layers of flat shapes, and the definitions they used.

use crate::palette::{Hue, INK, PAPER, SLATE, Scheme, brightness};
use crate::pattern::{self, Pattern};
use crate::seed::Seed;
use crate::shape::oval;

/// A picture in the making.
pub(crate) struct Canvas {
    layers: String,
    /// Several pictures may stand in one page, so every definition carries the picture's own name.
    id: String,
    pattern: Pattern,
    pub(crate) hues: Scheme,
    pub(crate) seed: Seed,
}

impl Canvas {
    pub(crate) fn new(hues: Scheme, mut seed: Seed) -> Self {
        let pattern = pattern::choose(&mut seed);
        Self::with_pattern(hues, seed, pattern)
    }

    pub(crate) fn with_pattern(hues: Scheme, mut seed: Seed, pattern: Pattern) -> Self {
        let id = format!("a{:x}", seed.next() & 0xf_ffff);
        Self { layers: String::new(), id, pattern, hues, seed }
    }

    /// A flat shape.
    pub(crate) fn fill(&mut self, path: &str, hue: Hue) {
        self.push(&format!("<path d=\"{path}\" fill=\"{hue}\"/>"));
    }

    /// A flat shape through which the one below can be seen.
    pub(crate) fn veil(&mut self, path: &str, hue: Hue, percent: u32) {
        self.push(&format!("<path d=\"{path}\" fill=\"{hue}\" opacity=\".{percent:02}\"/>"));
    }

    /// A shape lit from the left, as everything in this house is.
    pub(crate) fn solid(&mut self, path: &str, hue: Hue) {
        self.fill(path, hue);
        self.push(&format!("<path d=\"{path}\" fill=\"url(#{}s)\"/>", self.id));
    }

    /// A lit shape with the picture's pattern printed on it.
    pub(crate) fn print(&mut self, path: &str, hue: Hue) {
        self.fill(path, hue);
        self.push(&format!("<path d=\"{path}\" fill=\"url(#{}p)\"/>", self.id));
        self.push(&format!("<path d=\"{path}\" fill=\"url(#{}s)\"/>", self.id));
    }

    /// A shape lying on a table, seen from above: its shadow falls to the lower right.
    pub(crate) fn lay(&mut self, path: &str, hue: Hue) {
        self.cast(path);
        self.fill(path, hue);
    }

    /// A lying shape with the pattern printed on it.
    pub(crate) fn lay_print(&mut self, path: &str, hue: Hue) {
        self.lay(path, hue);
        self.push(&format!("<path d=\"{path}\" fill=\"url(#{}p)\"/>", self.id));
    }

    /// The shadow of a lying shape, alone.
    pub(crate) fn cast(&mut self, path: &str) {
        self.push(&format!("<path d=\"{path}\" fill=\"{INK}\" opacity=\".16\" transform=\"translate(12 16)\"/>"));
    }

    /// A line with round ends.
    pub(crate) fn line(&mut self, path: &str, hue: Hue, width: u32) {
        self.push(&format!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{hue}\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
        ));
    }

    /// A disc.
    pub(crate) fn disc(&mut self, cx: i32, cy: i32, radius: i32, hue: Hue) {
        self.push(&format!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{radius}\" fill=\"{hue}\"/>"));
    }

    /// The soft shadow of a standing thing, drawn before it.
    pub(crate) fn shadow(&mut self, half_width: i32) {
        self.veil(&oval(322, 484, half_width + 34, 20), INK, 18);
    }

    /// Everything that `draw` adds, moved by an SVG transform.
    pub(crate) fn moved(&mut self, transform: &str, draw: impl FnOnce(&mut Self)) {
        self.push(&format!("<g transform=\"{transform}\">"));
        draw(self);
        self.push("</g>");
    }

    /// Clear glass: lighter than a dark room, darker than a bright one.
    pub(crate) fn glass(&mut self, path: &str) {
        let hue = self.against(self.hues.glow, PAPER, SLATE);
        self.veil(path, hue, 40);
    }

    /// Whichever of the two hues is easier to see on `under`.
    pub(crate) fn against(&self, under: Hue, one: Hue, other: Hue) -> Hue {
        let away = |hue| (brightness(hue) - brightness(under)).abs();
        if away(one) >= away(other) { one } else { other }
    }

    fn push(&mut self, element: &str) {
        self.layers.push_str(element);
    }

    /// The finished picture; only definitions that were used are written.
    pub(crate) fn finish(self, width: u32, height: u32) -> String {
        let id = &self.id;
        let mut defs = pattern::grain(id, &mut self.seed.clone());
        if self.layers.contains("s)") {
            defs += &shade(id);
        }
        if self.layers.contains("p)") {
            let under = self.hues.main;
            let hue = self.against(under, PAPER, self.hues.second);
            defs += &pattern::define(self.pattern, id, hue, under);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><defs>{defs}</defs>{}<path d=\"M0 0h{width}v{height}H0z\" fill=\"url(#{id}g)\"/></svg>",
            self.layers
        )
    }
}

/// Two hard edges instead of a soft gradient: a highlight on the left, the side in shadow on the right.
fn shade(id: &str) -> String {
    format!(
        "<linearGradient id=\"{id}s\"><stop offset=\".09\" stop-color=\"#fff\" stop-opacity=\".22\"/><stop offset=\".09\" stop-color=\"#fff\" stop-opacity=\"0\"/><stop offset=\".64\" stop-color=\"{INK}\" stop-opacity=\"0\"/><stop offset=\".64\" stop-color=\"{INK}\" stop-opacity=\".15\"/></linearGradient>"
    )
}
