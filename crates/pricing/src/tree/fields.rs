//! The fields of a struct, one after the other.

use super::{Fault, Read, Tree};

/// The values of a struct's fields in the struct's own order. The first fault ends the reading; what follows is passed over.
pub(crate) struct Fields {
    names: &'static [&'static str],
    values: std::vec::IntoIter<Option<Tree>>,
    fault: Option<Fault>,
}

impl Fields {
    pub(crate) fn new(tree: Tree, what: &str, names: &'static [&'static str]) -> Self {
        match sorted(tree, what, names) {
            Ok(values) => Self { names, values: values.into_iter(), fault: None },
            Err(fault) => Self { names, values: Vec::new().into_iter(), fault: Some(fault) },
        }
    }

    fn next(&mut self) -> Option<Tree> {
        if self.fault.is_some() { None } else { self.values.next()? }
    }

    fn name(&self) -> &'static str {
        self.names[self.names.len() - self.values.len() - 1]
    }

    fn fail(&mut self, fault: Fault) {
        self.fault = Some(fault.in_field(self.name()));
    }

    /// Reads the next field, if the document has it, over what holds without it.
    pub(crate) fn get<T: Read>(&mut self, slot: &mut T) {
        match self.next().map(T::read) {
            None => {}
            Some(Ok(value)) => *slot = value,
            Some(Err(fault)) => self.fail(fault),
        }
    }

    /// Reads the next field, which the document has to have.
    pub(crate) fn need<T: Read>(&mut self, slot: &mut Option<T>) {
        match self.next().map(T::read) {
            None => self.miss(),
            Some(Ok(value)) => *slot = Some(value),
            Some(Err(fault)) => self.fail(fault),
        }
    }

    /// What cannot be after [`Fields::end`]; said once for all structs.
    #[cold]
    pub(crate) fn lack() -> ! {
        unreachable!("a needed field that is missing is a fault")
    }

    fn miss(&mut self) {
        if self.fault.is_none() {
            self.fault = Some(Fault::new(format!("missing field `{}`", self.name())));
        }
    }

    /// The fault that ended the reading, if there was one.
    pub(crate) fn end(self) -> Result<(), Fault> {
        self.fault.map_or(Ok(()), Err)
    }
}

fn sorted(tree: Tree, what: &str, names: &[&'static str]) -> Result<Vec<Option<Tree>>, Fault> {
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
            fn read(tree: $crate::tree::Tree) -> Result<Self, $crate::tree::Fault> {
                const NAMES: &[&str] = &[$(stringify!($needed),)* $($($crate::tree::key!($field $($key)?),)*)?];
                let mut fields = $crate::tree::Fields::new(tree, concat!("struct ", stringify!($name)), NAMES);
                $(let mut $needed = None; fields.need(&mut $needed);)*
                $($(let mut $field = $default; fields.get(&mut $field);)*)?
                fields.end()?;
                #[allow(irrefutable_let_patterns, reason = "some structs need no field")]
                let ($(Some($needed),)*) = ($($needed,)*) else {
                    $crate::tree::Fields::lack()
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
            fn read(tree: $crate::tree::Tree) -> Result<Self, $crate::tree::Fault> {
                tree.text()?.try_into().map_err(|error| $crate::tree::Fault::of(&error))
            }
        }
    )+};
}

pub(crate) use {key, reads, texts, words};
