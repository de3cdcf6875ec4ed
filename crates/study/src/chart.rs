//! The chart: how many carts each way misses, and how much these pay too much. One SVG that is readable on light and dark pages.

use crate::{
    tally::{Figures, Tally},
    ways::Way,
};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 470.0;
const TOP: f64 = 132.0;
const BOTTOM: f64 = 390.0;
const PANEL: f64 = 400.0;

/// One half of the chart.
struct Panel<'t> {
    left: f64,
    zh: &'t str,
    en: &'t str,
    value: fn(&Figures) -> f64,
}

/// The text of the file.
pub fn svg(tallies: &[Tally]) -> String {
    let mut text = format!(
        "<svg class=\"study\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\">\n\
        <title id=\"title\">Simpler ways miss the best price · 简单算法错过最优价</title>\n<desc id=\"desc\">{}</desc>\n{STYLE}\n\
        <rect class=\"page\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"12\"/>\n",
        description(tallies)
    );
    text.push_str(&label(24.0, 34.0, "head", "start", "简单算法错过最优价 · Simpler ways miss the best price"));
    legend(&mut text);
    let panels = [
        Panel { left: 44.0, zh: "错过最优价的购物车", en: "carts missed, %", value: |of| of.missed },
        Panel { left: 532.0, zh: "其中平均多付", en: "mean overpaid among them, %", value: |of| of.mean_percent },
    ];
    panels.iter().for_each(|panel| panel.draw(&mut text, tallies));
    let foot = "同时生效的促销数 · promotions in force";
    panels
        .iter()
        .for_each(|panel| text.push_str(&label(panel.left + PANEL / 2.0, BOTTOM + 48.0, "note", "middle", foot)));
    text.push_str("</svg>\n");
    text
}

/// Every rule names the chart, since the documentation has it inside a page with styles of its own.
const STYLE: &str = "<style>\n\
    .study text{font:13px system-ui,-apple-system,'Segoe UI','PingFang SC','Noto Sans CJK SC',sans-serif;fill:#1f2937}\n\
    .study .page{fill:#ffffff}.study .head{font-size:18px;font-weight:600}.study .panel{font-size:14px;font-weight:600}\n\
    .study .note{fill:#4b5563}.study .value{font-size:11px}.study .grid{stroke:#e5e7eb}\n\
    .study .w0{fill:#6b7280}.study .w1{fill:#0d9488}.study .w2{fill:#2563eb}.study .w3{fill:#d97706}\n\
    @media(prefers-color-scheme:dark){.study text{fill:#e5e7eb}.study .page{fill:#111827}.study .note{fill:#9ca3af}.study .grid{stroke:#374151}\n\
    .study .w0{fill:#9ca3af}.study .w1{fill:#2dd4bf}.study .w2{fill:#60a5fa}.study .w3{fill:#fbbf24}}\n\
    </style>";

/// What a way is called in both languages.
fn name(way: Way) -> &'static str {
    match way {
        Way::Single => "只用一个 · one promotion",
        Way::SingleOnShelf => "标价外一个 · one on top of shelf prices",
        Way::Listed => "按优先级 · first by priority",
        Way::Greedy => "贪心 · greedy",
    }
}

/// The figures as a sentence, for those who don't see the chart.
fn description(tallies: &[Tally]) -> String {
    let of = |tally: &Tally| {
        let ways: Vec<String> = Way::ALL
            .iter()
            .map(|&way| format!("{} {:.1} %", crate::report::name(way), tally.figures(way).missed))
            .collect();
        format!("{} promotions: {}", tally.density, ways.join(", "))
    };
    format!("Carts that miss the best price. {}.", tallies.iter().map(of).collect::<Vec<_>>().join("; "))
}

fn label(x: f64, y: f64, class: &str, anchor: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\" text-anchor=\"{anchor}\">{text}</text>\n")
}

fn legend(text: &mut String) {
    let mut x = 24.0;
    for (at, way) in Way::ALL.into_iter().enumerate() {
        text.push_str(&format!("<rect class=\"w{at}\" x=\"{x:.1}\" y=\"52\" width=\"12\" height=\"12\" rx=\"2\"/>\n"));
        text.push_str(&label(x + 18.0, 63.0, "", "start", name(way)));
        let wide: f64 = name(way).chars().map(|one| if one.is_ascii() { 6.9 } else { 13.0 }).sum();
        x += wide + 38.0;
    }
}

impl Panel<'_> {
    fn draw(&self, text: &mut String, tallies: &[Tally]) {
        text.push_str(&label(self.left, TOP - 30.0, "panel", "start", &format!("{} · {}", self.zh, self.en)));
        let all = tallies.iter().flat_map(|tally| Way::ALL.map(|way| (self.value)(&tally.figures(way))));
        let (step, most) = scale(all.fold(0.0, f64::max));
        let height = |value: f64| (BOTTOM - TOP) * value / most;
        let mut mark = 0.0;
        while mark <= most + step / 2.0 {
            let y = BOTTOM - height(mark);
            text.push_str(&format!(
                "<line class=\"grid\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\n",
                self.left,
                self.left + PANEL
            ));
            text.push_str(&label(self.left - 6.0, y + 4.0, "note", "end", &format!("{mark}")));
            mark += step;
        }
        let group = PANEL / tallies.len() as f64;
        for (at, tally) in tallies.iter().enumerate() {
            let left = self.left + group * at as f64;
            text.push_str(&label(left + group / 2.0, BOTTOM + 22.0, "", "middle", &tally.density.to_string()));
            self.bars(text, tally, left + 8.0, (group - 16.0) / 4.0, &height);
        }
    }

    fn bars(&self, text: &mut String, tally: &Tally, left: f64, wide: f64, height: &dyn Fn(f64) -> f64) {
        for (at, way) in Way::ALL.into_iter().enumerate() {
            let value = (self.value)(&tally.figures(way));
            let (x, high) = (left + wide * at as f64, height(value));
            text.push_str(&format!(
                "<rect class=\"w{at}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\"/>\n",
                x + 1.0,
                BOTTOM - high,
                wide - 2.0
            ));
            let digits = usize::from(value < 9.95);
            let value = format!("{value:.digits$}");
            text.push_str(&label(x + wide / 2.0, BOTTOM - high - 5.0, "value", "middle", &value));
        }
    }
}

/// The step between marks and the last mark, so that there are four or five.
fn scale(most: f64) -> (f64, f64) {
    let steps = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0];
    let step = steps.into_iter().find(|step| step * 5.0 >= most).unwrap_or(25.0);
    (step, ((most / step).ceil() * step).max(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_above_the_largest_value() {
        for (most, expected) in [(0.0, (0.5, 0.5)), (3.2, (1.0, 4.0)), (48.0, (10.0, 50.0)), (97.0, (20.0, 100.0))] {
            assert_eq!(scale(most), expected, "{most}");
        }
    }

    #[test]
    fn every_text_has_both_languages_and_no_bar_leaves_its_panel() {
        let mut tally = Tally::new(4);
        let prices = crate::ways::Prices { best: 100, proved: true, ways: [150, 120, 110, 100], order_matters: true };
        tally.add(&prices);
        let svg = svg(&[tally]);
        assert!(svg.contains("错过最优价") && svg.contains("promotions in force"));
        let heights = svg.split("height=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
        assert!(heights.filter(|high| *high < HEIGHT).all(|high| high <= BOTTOM - TOP + 0.05));
    }
}
