//! The fields of a struct, one after the other.

use super::{Fault, Read, Tree};

/// Where the value of a field goes. One piece of code fills all structs through this, whatever their fields are.
pub(crate) trait Slot {
    /// Reads the value.
    fn fill(&mut self, tree: Tree) -> Result<(), Fault>;

    /// True if the document has to have the field.
    fn is_needed(&self) -> bool {
        false
    }
}

/// A field over what holds without it.
impl<T: Read> Slot for T {
    #[inline(never)]
    fn fill(&mut self, tree: Tree) -> Result<(), Fault> {
        *self = T::read(tree)?;
        Ok(())
    }
}

/// A field that the document has to have.
pub(crate) struct Needed<T>(pub(crate) Option<T>);

impl<T: Read> Slot for Needed<T> {
    #[inline(never)]
    fn fill(&mut self, tree: Tree) -> Result<(), Fault> {
        self.0 = Some(T::read(tree)?);
        Ok(())
    }

    fn is_needed(&self) -> bool {
        true
    }
}

/// Reads a struct's fields in the struct's own order, up to the first fault.
pub(crate) fn fill(tree: Tree, what: &str, names: &[&str], slots: &mut [&mut dyn Slot]) -> Result<(), Fault> {
    for ((name, slot), value) in names.iter().zip(slots).zip(sorted(tree, what, names)?) {
        match value {
            Some(value) => slot.fill(value).map_err(|fault| fault.in_field(name))?,
            None if slot.is_needed() => {
                return Err(Fault::new(format!("missing field `{name}`")));
            }
            None => {}
        }
    }
    Ok(())
}

/// What cannot be after [`fill`]; said once for all structs.
#[cold]
pub(crate) fn lack() -> ! {
    unreachable!("a needed field that is missing is a fault")
}

fn sorted(tree: Tree, what: &str, names: &[&str]) -> Result<Vec<Option<Tree>>, Fault> {
    let Tree::Map(map) = tree else { return Err(Fault::wrong_type(&tree, what)) };
    let mut values: Vec<Option<Tree>> = names.iter().map(|_| None).collect();
    for (key, value) in map {
        let Some(at) = names.iter().position(|name| *name == key) else {
            return Err(Fault::unknown("field", &key, names));
        };
        if values[at].replace(value).is_some() {
            return Err(Fault::new(format!("duplicate field `{key}`")));
        }
    }
    Ok(values)
}

/// Reads structs: first the fields that a document has to have, then the others with what holds without them. A field is called as in JSON
/// unless it says otherwise. The derived `Deserialize` of the same struct, where it has one, has to read the same.
macro_rules! reads {
    ($($name:ident { $($needed:ident),* $(,)? $(; $($field:ident $(as $key:literal)? = $default:expr),* $(,)?)? })+) => {$(
        impl $crate::tree::Read for $name {
            #[inline]
            fn read(tree: $crate::tree::Tree) -> Result<Self, $crate::tree::Fault> {
                const NAMES: &[&str] = &[$(stringify!($needed),)* $($($crate::tree::key!($field $($key)?),)*)?];
                $(let mut $needed = $crate::tree::Needed(None);)*
                $($(let mut $field = $default;)*)?
                $crate::tree::fill(
                    tree,
                    concat!("struct ", stringify!($name)),
                    NAMES,
                    &mut [$(&mut $needed,)* $($(&mut $field,)*)?],
                )?;
                #[allow(irrefutable_let_patterns, reason = "some structs need no field")]
                let ($(Some($needed),)*) = ($($needed.0,)*) else {
                    $crate::tree::lack()
                };
                Ok(Self { $($needed,)* $($($field,)*)? })
            }
        }
    )+};
}

/// The name of a field in JSON.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

/// Reads enums whose variants are words.
macro_rules! words {
    ($($name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl $crate::tree::Read for $name {
            #[inline]
            fn read(tree: $crate::tree::Tree) -> Result<Self, $crate::tree::Fault> {
                Ok([$(Self::$variant),+][tree.choice(&[$($word),+])?])
            }
        }
    )+};
}

/// Reads what is made of a text and checks it.
macro_rules! texts {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::tree::Read for $name {
            #[inline]
            fn read(tree: $crate::tree::Tree) -> Result<Self, $crate::tree::Fault> {
                tree.text()?.try_into().map_err(|error| $crate::tree::Fault::of(&error))
            }
        }
    )+};
}

pub(crate) use {key, reads, texts, words};
