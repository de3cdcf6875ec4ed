//! Path data for the few shapes that everything is drawn with.

/// A rectangle with rounded corners.
pub(crate) fn block(x: i32, y: i32, width: i32, height: i32, radius: i32) -> String {
    if radius == 0 {
        return format!("M{x} {y}h{width}v{height}h-{width}z");
    }
    let (across, down, r) = (width - 2 * radius, height - 2 * radius, radius);
    format!(
        "M{} {y}h{across}q{r} 0 {r} {r}v{down}q0 {r}-{r} {r}h-{across}q-{r} 0-{r}-{r}v-{down}q0-{r} {r}-{r}z",
        x + r
    )
}

/// An ellipse.
pub(crate) fn oval(cx: i32, cy: i32, rx: i32, ry: i32) -> String {
    format!("M{} {cy}a{rx} {ry} 0 1 1 {} 0a{rx} {ry} 0 1 1-{} 0z", cx - rx, 2 * rx, 2 * rx)
}

/// A closed polygon.
pub(crate) fn poly(points: &[(i32, i32)]) -> String {
    let corners: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
    format!("M{}z", corners.join("L"))
}

/// Parallel strokes: `count` copies of `segment`, the pen moved by (`dx`, `dy`) between them.
pub(crate) fn comb(x: i32, y: i32, dx: i32, dy: i32, count: i32, segment: &str) -> String {
    (0..count).map(|index| format!("M{} {}{segment}", x + index * dx, y + index * dy)).collect()
}
