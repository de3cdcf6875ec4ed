//! Distances between points of the earth, in whole kilometres and without floating point.

/// A point: latitude and longitude in millionths of a degree, north and east positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    lat: i64,
    lon: i64,
}

/// One degree.
const DEGREE: i64 = 1_000_000;
/// Sines are told in parts of this.
const ONE: i64 = 1_000_000_000;
/// The mean radius of the earth.
const RADIUS_METRES: i128 = 6_371_009;

/// Sines of whole degrees from 0 to 90.
#[rustfmt::skip]
const SINES: [i64; 91] = [
    0, 17_452_406, 34_899_497, 52_335_956, 69_756_474, 87_155_743, 104_528_463, 121_869_343,
    139_173_101, 156_434_465, 173_648_178, 190_808_995, 207_911_691, 224_951_054, 241_921_896, 258_819_045,
    275_637_356, 292_371_705, 309_016_994, 325_568_154, 342_020_143, 358_367_950, 374_606_593, 390_731_128,
    406_736_643, 422_618_262, 438_371_147, 453_990_500, 469_471_563, 484_809_620, 500_000_000, 515_038_075,
    529_919_264, 544_639_035, 559_192_903, 573_576_436, 587_785_252, 601_815_023, 615_661_475, 629_320_391,
    642_787_610, 656_059_029, 669_130_606, 681_998_360, 694_658_370, 707_106_781, 719_339_800, 731_353_702,
    743_144_825, 754_709_580, 766_044_443, 777_145_961, 788_010_754, 798_635_510, 809_016_994, 819_152_044,
    829_037_573, 838_670_568, 848_048_096, 857_167_301, 866_025_404, 874_619_707, 882_947_593, 891_006_524,
    898_794_046, 906_307_787, 913_545_458, 920_504_853, 927_183_855, 933_580_426, 939_692_621, 945_518_576,
    951_056_516, 956_304_756, 961_261_696, 965_925_826, 970_295_726, 974_370_065, 978_147_601, 981_627_183,
    984_807_753, 987_688_341, 990_268_069, 992_546_152, 994_521_895, 996_194_698, 997_564_050, 998_629_535,
    999_390_827, 999_847_695, 1_000_000_000,
];

/// The sine of an angle in millionths of a degree, from 0 to 90 degrees: the table, and two terms of the series for the rest of a degree.
fn sine_of_quarter(angle: i64) -> i64 {
    let whole = usize::try_from(angle / DEGREE).unwrap_or(0).min(90);
    // The rest in radians, in parts of ONE: π/180 is 0.017453293.
    let rest = (angle % DEGREE) * 17_453_293 / DEGREE;
    let (sine, cosine) = (SINES[whole], SINES[90 - whole]);
    sine + rest * cosine / ONE - rest * rest / ONE * sine / ONE / 2 - rest * rest / ONE * rest / ONE * cosine / ONE / 6
}

/// The sine of any angle in millionths of a degree, in parts of [`ONE`].
fn sine(angle: i64) -> i64 {
    let angle = angle.rem_euclid(360 * DEGREE);
    match angle / (90 * DEGREE) {
        0 => sine_of_quarter(angle),
        1 => sine_of_quarter(180 * DEGREE - angle),
        2 => -sine_of_quarter(angle - 180 * DEGREE),
        _ => -sine_of_quarter(360 * DEGREE - angle),
    }
}

fn cosine(angle: i64) -> i64 {
    sine(angle + 90 * DEGREE)
}

impl Point {
    /// A point from millionths of a degree; none if there is no such point.
    #[must_use]
    pub fn new(lat: i64, lon: i64) -> Option<Self> {
        let is_point = (-90 * DEGREE..=90 * DEGREE).contains(&lat) && (-180 * DEGREE..=180 * DEGREE).contains(&lon);
        is_point.then_some(Self { lat, lon })
    }

    /// Latitude in millionths of a degree.
    #[must_use]
    pub fn lat(&self) -> i64 {
        self.lat
    }

    /// Longitude in millionths of a degree.
    #[must_use]
    pub fn lon(&self) -> i64 {
        self.lon
    }

    /// Where the point is on a ball of radius [`ONE`].
    fn on_ball(&self) -> [i64; 3] {
        let across = cosine(self.lat);
        [across * cosine(self.lon) / ONE, across * sine(self.lon) / ONE, sine(self.lat)]
    }

    /// The distance over the ground, rounded to whole kilometres.
    #[must_use]
    pub fn km_to(&self, other: &Self) -> i64 {
        let square = self.on_ball().iter().zip(other.on_ball()).map(|(a, b)| (a - b) * (a - b)).sum::<i64>();
        // The straight line is twice the sine of half the angle, which grows with the angle: so the angle is found by halving.
        let half_line = square.isqrt() / 2;
        let (mut low, mut high) = (0, 90 * DEGREE);
        while high - low > 1 {
            let middle = i64::midpoint(low, high);
            if sine_of_quarter(middle) <= half_line { low = middle } else { high = middle }
        }
        let metres = i128::from(2 * low) * RADIUS_METRES * 17_453_293 / i128::from(DEGREE) / i128::from(ONE);
        i64::try_from((metres + 500) / 1000).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the haversine formula says, in floating point.
    fn haversine(a: Point, b: Point) -> f64 {
        let [a_lat, a_lon, b_lat, b_lon] = [a.lat, a.lon, b.lat, b.lon].map(|angle| (angle as f64 / 1e6).to_radians());
        let h =
            ((b_lat - a_lat) / 2.0).sin().powi(2) + a_lat.cos() * b_lat.cos() * ((b_lon - a_lon) / 2.0).sin().powi(2);
        2.0 * 6371.009 * h.sqrt().min(1.0).asin()
    }

    #[test]
    fn distances_are_those_of_the_haversine_formula() {
        let point = |lat, lon| Point::new(lat, lon).unwrap();
        let points = [
            point(31_208_500, 121_439_700),
            point(31_303_600, 121_508_100),
            point(30_630_200, 104_056_100),
            point(30_257_700, 120_145_100),
            point(43_825_600, 87_616_800),
            point(-33_868_800, 151_209_300),
            point(51_507_400, -127_800),
            point(0, 0),
            point(90_000_000, 0),
            point(21_000_000, -157_800_000),
            point(-21_000_000, 22_300_000),
        ];
        for a in points {
            for b in points {
                let (km, expected) = (a.km_to(&b), haversine(a, b));
                assert!((km as f64 - expected).abs() <= 1.0, "{a:?} to {b:?}: {km} instead of {expected}");
                assert_eq!(km, b.km_to(&a));
            }
        }
        assert_eq!(points[0].km_to(&points[2]), 1658);
        assert_eq!(points[0].km_to(&points[0]), 0);
    }

    #[test]
    fn there_are_no_points_beyond_the_poles() {
        assert_eq!(Point::new(90_000_001, 0), None);
        assert_eq!(Point::new(0, -180_000_001), None);
    }
}
