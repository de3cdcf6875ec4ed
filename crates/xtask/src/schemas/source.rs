//! The types that serde reads and writes, as the sources of the core declare them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Item, LitStr, Token};

use crate::workspace;

/// Where the documents' types are.
const FOLDERS: [&str; 3] = ["crates/pricing/src", "crates/money/src", "crates/ids/src"];

/// A type and the module that declares it: `benefit::gift` for the core's own.
pub struct Declared {
    pub module: String,
    pub item: Item,
}

/// A list of rules: the name that a document gives the choice, its doc comment, and module and type of each rule.
pub struct Registry {
    pub docs: Vec<Attribute>,
    pub rules: Vec<(String, String)>,
}

/// All that the schemas are made of.
#[derive(Default)]
pub struct Source {
    /// By name; a name may be declared in several modules.
    pub types: BTreeMap<String, Vec<Declared>>,
    /// Texts with a type of their own.
    pub ids: BTreeMap<String, Vec<Attribute>>,
    /// By the module that holds the list.
    pub registries: BTreeMap<String, Registry>,
}

impl Source {
    pub fn read() -> Result<Self> {
        let mut source = Self::default();
        for folder in FOLDERS {
            let folder = workspace::root().join(folder);
            for path in workspace::files(&folder)?.iter().filter(|path| path.extension().is_some_and(|end| end == "rs"))
            {
                let text = fs::read_to_string(path)?;
                let file = syn::parse_file(&text).with_context(|| format!("cannot parse {}", path.display()))?;
                let module = module_of(path.strip_prefix(&folder)?);
                file.items.into_iter().try_for_each(|item| source.add(&module, item))?;
            }
        }
        Ok(source)
    }

    fn add(&mut self, module: &str, item: Item) -> Result<()> {
        match &item {
            Item::Macro(call) if call.mac.path.is_ident("ids") => {
                let listed: Ids = syn::parse2(call.mac.tokens.clone())?;
                self.ids.extend(listed.0);
            }
            Item::Macro(call) if call.mac.path.is_ident("registry") => {
                self.registries.insert(module.to_owned(), syn::parse2(call.mac.tokens.clone())?);
            }
            Item::Struct(one) => self.declare(module, &one.ident.clone(), item),
            Item::Enum(one) => self.declare(module, &one.ident.clone(), item),
            _ => {}
        }
        Ok(())
    }

    fn declare(&mut self, module: &str, name: &Ident, item: Item) {
        let declared = Declared { module: module.to_owned(), item };
        self.types.entry(name.to_string()).or_default().push(declared);
    }

    /// The type that `name` means in a module: its own, or else the one of that name outside the rules.
    pub fn find(&self, module: &str, name: &str) -> Result<&Declared> {
        let all = self.types.get(name).map_or(&[][..], Vec::as_slice);
        let serves = |one: &&Declared| is_document(&one.item);
        let own = all.iter().filter(serves).find(|one| one.module == module);
        let mut others = all.iter().filter(serves).filter(|one| !is_rule(&one.module));
        own.or_else(|| others.next()).ok_or_else(|| anyhow!("{module} names {name}, which serde does not write"))
    }
}

/// True in the files of single rules.
pub fn is_rule(module: &str) -> bool {
    ["benefit::", "condition::"].iter().any(|list| module.starts_with(list)) && module != "benefit::target"
}

fn is_document(item: &Item) -> bool {
    let attributes = match item {
        Item::Struct(one) => &one.attrs,
        Item::Enum(one) => &one.attrs,
        _ => return false,
    };
    let derives = attributes.iter().filter(|one| one.path().is_ident("derive"));
    derives.filter_map(|one| one.meta.require_list().ok()).any(|list| list.tokens.to_string().contains("Serialize"))
}

/// `benefit/gift.rs` is `benefit::gift`, `benefit/mod.rs` is `benefit`.
fn module_of(path: &Path) -> String {
    let words = path.with_extension("");
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    words.into_iter().filter(|word| word != "mod" && word != "lib").collect::<Vec<_>>().join("::")
}

/// The inside of `ids!`: names with doc comments, each closed by a semicolon.
struct Ids(Vec<(String, Vec<Attribute>)>);

impl Parse for Ids {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut names = Vec::new();
        while !input.is_empty() {
            let docs = input.call(Attribute::parse_outer)?;
            names.push((input.parse::<Ident>()?.to_string(), docs));
            input.parse::<Token![;]>()?;
        }
        Ok(Self(names))
    }
}

/// The inside of `registry!`: doc comment, name, trait, output, kind, and the list.
impl Parse for Registry {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let docs = input.call(Attribute::parse_outer)?;
        input.parse::<Ident>()?;
        input.parse::<Token![,]>()?;
        input.parse::<syn::Path>()?;
        input.parse::<Token![,]>()?;
        input.parse::<syn::Type>()?;
        input.parse::<Token![,]>()?;
        input.parse::<LitStr>()?;
        input.parse::<Token![,]>()?;
        let list;
        syn::braced!(list in input);
        let rules = list.parse_terminated(syn::Path::parse_mod_style, Token![,])?;
        let word = |path: &syn::Path, at: usize| path.segments.iter().nth(at).map(|one| one.ident.to_string());
        let rules = rules.iter().filter_map(|path| Some((word(path, 0)?, word(path, 1)?))).collect();
        Ok(Self { docs, rules })
    }
}
