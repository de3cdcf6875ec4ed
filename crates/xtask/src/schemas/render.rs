//! From declared types to JSON Schema.

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Map, Value, json};
use syn::{Attribute, Field, Fields, Item, Type};

use super::known::{self, CHOICES, OF_EVERY_BENEFIT};
use super::source::{Source, is_rule};

/// A document's schema, with the types that it refers to under `$defs`.
pub fn document(source: &Source, root: &str) -> Result<Value> {
    let mut schema = all(source, &[root])?;
    let map = schema.as_object_mut().context("a schema is an object")?;
    map.remove("properties");
    map.remove("type");
    map.remove("required");
    map.insert("title".to_owned(), json!(root));
    map.insert("$ref".to_owned(), json!(format!("#/$defs/{root}")));
    Ok(schema)
}

/// A schema with a property for each document.
pub fn all(source: &Source, roots: &[&str]) -> Result<Value> {
    let mut defs = Defs { source, done: Map::new() };
    let mut properties = Map::new();
    for root in roots {
        properties.insert((*root).to_owned(), defs.reference("", root)?);
    }
    Ok(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object", "properties": properties, "required": roots, "$defs": defs.done
    }))
}

struct Defs<'s> {
    source: &'s Source,
    done: Map<String, Value>,
}

impl Defs<'_> {
    /// A reference to a type that a module names; its definition is made when it is met first.
    fn reference(&mut self, module: &str, name: &str) -> Result<Value> {
        let place = match self.source.find(module, name) {
            Ok(declared) if is_rule(&declared.module) => rule_name(&declared.module, name),
            _ => name.to_owned(),
        };
        if !self.done.contains_key(&place) {
            // Types refer to themselves, so the place is taken before the definition is there.
            self.done.insert(place.clone(), Value::Null);
            let schema = self.define(module, name).with_context(|| format!("{module}::{name}"))?;
            self.done.insert(place.clone(), schema);
        }
        Ok(json!({"$ref": format!("#/$defs/{place}")}))
    }

    fn define(&mut self, module: &str, name: &str) -> Result<Value> {
        if let Some((schema, names)) = known::schema(name) {
            names.iter().try_for_each(|name| self.reference("", name).map(|_| ()))?;
            return Ok(schema);
        }
        if let Some(docs) = self.source.ids.get(name) {
            return Ok(known::id(&described(docs)));
        }
        if let Some((_, list)) = CHOICES.iter().find(|(choice, _)| *choice == name) {
            return self.choice(list);
        }
        let source = self.source;
        let declared = source.find(module, name)?;
        match &declared.item {
            Item::Struct(one) => self.object(&declared.module, &one.attrs, &one.fields),
            Item::Enum(one) => self.variants(&declared.module, one),
            _ => bail!("{name} is neither struct nor enum"),
        }
    }

    /// Any of the rules of a list.
    fn choice(&mut self, list: &str) -> Result<Value> {
        let source = self.source;
        let registry = source.registries.get(list).ok_or_else(|| anyhow!("{list} has no registry"))?;
        let rules = registry.rules.iter().map(|(module, name)| self.reference(&format!("{list}::{module}"), name));
        let rules = rules.collect::<Result<Vec<_>>>()?;
        if list == "benefit" {
            let (field, of, description) = OF_EVERY_BENEFIT;
            let mut schema = self.reference("", of)?;
            schema["description"] = json!(description);
            let names = registry.rules.iter().map(|(module, name)| rule_name(&format!("{list}::{module}"), name));
            names.for_each(|name| self.done[&name]["properties"][field] = schema.clone());
        }
        Ok(json!({"description": described(&registry.docs), "anyOf": rules}))
    }

    fn object(&mut self, module: &str, attributes: &[Attribute], fields: &Fields) -> Result<Value> {
        let container = Serde::of(attributes)?;
        let (mut properties, mut required, mut optional) = (Map::new(), Vec::new(), Vec::new());
        for field in fields {
            let serde = Serde::of(&field.attrs)?;
            let name = field.ident.as_ref().context("a field without a name")?.to_string();
            let name = serde.rename.clone().unwrap_or(name);
            let may_lack = is_option(&field.ty);
            // What is read may leave an option out; what is written states it.
            if !(container.default || serde.default || may_lack && container.strict) {
                required.push(json!(name));
            } else if may_lack {
                optional.push(json!({"required": [name]}));
            }
            properties.insert(name, self.field(module, field)?);
        }
        let mut schema = json!({"description": described(attributes), "type": "object", "properties": properties});
        if container.strict {
            schema["additionalProperties"] = json!(false);
        }
        if !required.is_empty() {
            schema["required"] = json!(required);
        } else if is_rule(module) && !optional.is_empty() {
            // A rule is told by its keys: one must be there.
            optional.sort_by_key(ToString::to_string);
            schema["anyOf"] = json!(optional);
        }
        Ok(schema)
    }

    fn field(&mut self, module: &str, field: &Field) -> Result<Value> {
        let mut schema = self.of_type(module, &field.ty)?;
        let description = described(&field.attrs);
        if !description.is_empty() {
            schema["description"] = json!(description);
        }
        Ok(schema)
    }

    fn of_type(&mut self, module: &str, of: &Type) -> Result<Value> {
        if let Type::Tuple(pair) = of {
            let items = pair.elems.iter().map(|one| self.of_type(module, one)).collect::<Result<Vec<_>>>()?;
            let count = items.len();
            return Ok(json!({"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}));
        }
        let Type::Path(path) = of else { bail!("a field of a type without a name") };
        let last = path.path.segments.last().context("a type has a name")?;
        let name = last.ident.to_string();
        let inner = inner_types(last);
        Ok(match (name.as_str(), inner.as_slice()) {
            ("String", _) => json!({"type": "string"}),
            ("bool", _) => json!({"type": "boolean"}),
            ("i64" | "i32", _) => json!({"type": "integer"}),
            ("u32" | "u8", _) => json!({"type": "integer", "minimum": 0}),
            ("Box", [one]) => self.of_type(module, one)?,
            ("Option", [one]) => json!({"anyOf": [self.of_type(module, one)?, {"type": "null"}]}),
            ("Vec" | "List", [one]) => json!({"type": "array", "items": self.of_type(module, one)?}),
            ("BTreeMap", [_, one]) => json!({"type": "object", "additionalProperties": self.of_type(module, one)?}),
            (name, []) => self.reference(module, name)?,
            _ => bail!("no schema of the type {name} yet; add it to crates/xtask/src/schemas/render.rs"),
        })
    }

    fn variants(&mut self, module: &str, of: &syn::ItemEnum) -> Result<Value> {
        let serde = Serde::of(&of.attrs)?;
        let mut words = Vec::new();
        let mut forms = Vec::new();
        for variant in &of.variants {
            let word = snake(&variant.ident.to_string());
            let description = described(&variant.attrs);
            match (&serde.tag, &variant.fields) {
                (Some(tag), fields) => {
                    let mut form = self.object(module, &variant.attrs, fields)?;
                    form["properties"][tag] = json!({"const": word});
                    let required = form["required"].as_array().cloned().unwrap_or_default();
                    form["required"] = std::iter::once(json!(tag)).chain(required).collect();
                    forms.push(form);
                }
                (None, Fields::Unit) => words.push(json!({"const": word, "description": description})),
                (None, Fields::Unnamed(fields)) if fields.unnamed.len() == 1 => {
                    let inside = self.field(module, &fields.unnamed[0])?;
                    forms.push(json!({"description": description, "type": "object", "properties": {&word: inside}, "required": [word], "additionalProperties": false}));
                }
                _ => bail!("a variant of a form that no schema is made of yet: {}", variant.ident),
            }
        }
        words.extend(forms);
        Ok(json!({"description": described(&of.attrs), "oneOf": words}))
    }
}

/// What serde's attributes say of a type or field.
#[derive(Default)]
struct Serde {
    strict: bool,
    default: bool,
    rename: Option<String>,
    tag: Option<String>,
}

impl Serde {
    fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut serde = Self::default();
        for attribute in attributes.iter().filter(|one| one.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let text = if meta.input.peek(syn::Token![=]) {
                    Some(meta.value()?.parse::<syn::LitStr>()?.value())
                } else {
                    None
                };
                match word.as_str() {
                    "deny_unknown_fields" => serde.strict = true,
                    "default" => serde.default = true,
                    "rename" => serde.rename = text,
                    "tag" => serde.tag = text,
                    "skip_serializing_if" => {}
                    "rename_all" if text.as_deref() == Some("snake_case") => {}
                    _ => return Err(meta.error("no schema knows this attribute yet")),
                }
                Ok(())
            })?;
        }
        Ok(serde)
    }
}

/// `benefit::gift` and `Given` are `BenefitGiven`.
fn rule_name(module: &str, name: &str) -> String {
    let list = module.split("::").next().unwrap_or_default();
    let (first, rest) = list.split_at(1.min(list.len()));
    format!("{}{rest}{name}", first.to_uppercase())
}

fn is_option(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

fn inner_types(segment: &syn::PathSegment) -> Vec<&Type> {
    let syn::PathArguments::AngleBracketed(inside) = &segment.arguments else { return Vec::new() };
    inside
        .args
        .iter()
        .filter_map(|one| if let syn::GenericArgument::Type(of) = one { Some(of) } else { None })
        .collect()
}

/// A doc comment as one text; references to Rust items lose their brackets.
fn described(attributes: &[Attribute]) -> String {
    let docs = attributes.iter().filter_map(|one| one.meta.require_name_value().ok());
    let line = |one: &syn::MetaNameValue| match &one.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
        _ => None,
    };
    let lines: Vec<String> = docs.filter(|one| one.path.is_ident("doc")).filter_map(line).collect();
    lines.join(" ").replace("[`", "`").replace("`]", "`")
}

/// `HalfUp` is `half_up`.
fn snake(name: &str) -> String {
    let mut word = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}
