//! The style sheets, joined and minified: one for the shop, and one for each folder of pages that few people open.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};

use super::wasm::Asset;
use crate::workspace;

const FOLDER: &str = "style";
/// The sheet that every page loads.
const SHOP: &str = "concord.css";

/// The sheets by name: the shop's own, and one for each folder in `style`, which only its own pages load after the first.
pub fn build() -> Result<Vec<Asset>> {
    let mut joined = BTreeMap::from([(SHOP.to_owned(), String::new())]);
    for path in sheets()? {
        let source = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        joined.entry(name_of(&path)).or_default().push_str(&minify(&source, &workspace::relative(&path))?);
    }
    Ok(joined.into_iter().map(|(name, text)| Asset { name, content: text.into_bytes() }).collect())
}

/// `style/x.css` belongs to the shop's sheet, `style/desk/x.css` to `desk.css`.
fn name_of(path: &Path) -> String {
    let below = path.strip_prefix(workspace::root().join(FOLDER)).unwrap_or(path);
    match below.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}.css", folder.to_string_lossy()),
        None => SHOP.to_owned(),
    }
}

/// By name, but the tokens come first: everything else is written in terms of them.
fn sheets() -> Result<Vec<PathBuf>> {
    let mut paths = workspace::files(&workspace::root().join(FOLDER))?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    paths.sort_by_key(|path| (!is_tokens(path), path.clone()));
    Ok(paths)
}

fn is_tokens(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|stem| stem.to_string_lossy().trim_start_matches(|c: char| !c.is_alphabetic()) == "tokens")
}

/// One sheet. Each is parsed alone, so that a mistake is reported with its file and line.
fn minify(source: &str, name: &str) -> Result<String> {
    let options = ParserOptions { filename: name.to_owned(), ..ParserOptions::default() };
    let mut sheet = StyleSheet::parse(source, options).map_err(|error| anyhow!("style sheet: {error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("style sheet: {error}"))?;
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    Ok(sheet.to_css(options).map_err(|error| anyhow!("style sheet: {error}"))?.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minifies_and_keeps_layers_and_nesting() {
        let css = "@layer a {\n  .x { color: var(--ink); &:hover { color: red; } }\n}\n";
        assert_eq!(minify(css, "x.css").unwrap(), "@layer a{.x{color:var(--ink);&:hover{color:red}}}");
    }

    #[test]
    fn a_mistake_names_its_file() {
        let error = minify(".x { color: }}", "style/bad.css").unwrap_err().to_string();
        assert!(error.contains("style/bad.css"), "{error}");
    }

    #[test]
    fn a_folder_has_a_sheet_of_its_own() {
        let style = workspace::root().join(FOLDER);
        assert_eq!(name_of(&style.join("43-cart.css")), "concord.css");
        assert_eq!(name_of(&style.join("desk/10-desk.css")), "desk.css");
    }

    #[test]
    fn tokens_come_first() {
        assert!(is_tokens(Path::new("style/tokens.css")) && is_tokens(Path::new("style/00-tokens.css")));
        assert!(!is_tokens(Path::new("style/cart.css")));
    }
}
