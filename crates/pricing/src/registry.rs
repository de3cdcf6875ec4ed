//! How conditions and benefits are listed: one file each, and one line in the list of their kind.

/// Makes the document enum of a kind of rule from its list. A rule is a struct with a `KEY`; a JSON object that has this key is that rule.
/// Where an object has the keys of two rules, the one listed first is meant, so the lists are sorted and that order is kept.
macro_rules! registry {
    ($(#[$doc:meta])* $name:ident, $rule:path, $output:ty, $kind:literal, { $($module:ident :: $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $(
                #[doc = concat!("The rule of the page [`", stringify!($module), "`](pages::", stringify!($module), ").")]
                $variant($module::$variant),
            )+
        }

        /// The rules of this list, one page each: its JSON, carts before and after, edge cases, how it rounds. Made of `docs/rules` for the
        /// documentation and its tests only.
        #[cfg(any(doc, doctest))]
        pub mod pages {
            $(
                #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules/", stringify!($module), ".md"))]
                pub mod $module {}
            )+
        }

        impl $name {
            /// The keys of all rules, in the order of the list.
            pub const KEYS: &[&str] = &[$(<$module::$variant as $rule>::KEY),+];

            #[inline]
            pub(crate) fn compile(&self, compiler: &mut crate::book::Compiler) -> Result<$output, String> {
                match self {
                    $(Self::$variant(rule) => <$module::$variant as $rule>::compile(rule, compiler)),+
                }
            }

            /// Reads a rule from an object whose keys are sorted.
            #[inline]
            fn grow(tree: crate::tree::Tree) -> Result<Self, crate::tree::Fault> {
                $(
                    if <$module::$variant as $rule>::named(&tree) {
                        let rule = crate::tree::Read::read(tree).map(Self::$variant);
                        return rule.map_err(|fault| fault.of_rule($kind, <$module::$variant as $rule>::KEY));
                    }
                )+
                Err(tree.of_no_rule($kind, Self::KEYS))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(rule) => rule.serialize(serializer)),+
                }
            }
        }
    };
}

pub(crate) use registry;
