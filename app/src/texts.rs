//! How texts are written: both languages side by side, in one table per feature.

/// Makes a `Texts` type of a feature. Each row is a name, its arguments if it has any, the Chinese and the English text;
/// a row without one of the languages does not compile.
///
/// ```text
/// texts! {
///     add = "加入购物车" | "Add to cart";
///     one_more(amount) = "再加一件 {amount}" | "{amount} with one more";
/// }
/// ```
macro_rules! texts {
    ($($name:ident $(($($arg:ident),+))? = $zh:literal | $en:literal;)+) => {
        /// The texts of this feature in one language.
        #[derive(Clone, Copy)]
        pub(crate) struct Texts(pub money::Locale);

        impl Texts {
            $($crate::texts::texts!(@row $name $(($($arg),+))? $zh $en);)+
        }
    };
    (@row $name:ident $zh:literal $en:literal) => {
        pub(crate) fn $name(self) -> &'static str {
            match self.0 {
                money::Locale::Zh => $zh,
                money::Locale::En => $en,
            }
        }
    };
    (@row $name:ident ($($arg:ident),+) $zh:literal $en:literal) => {
        pub(crate) fn $name(self, $($arg: &str),+) -> String {
            match self.0 {
                money::Locale::Zh => format!($zh),
                money::Locale::En => format!($en),
            }
        }
    };
}

pub(crate) use texts;
