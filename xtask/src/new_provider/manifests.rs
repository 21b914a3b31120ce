//! The provider's entries in the manifests of the workspace and of the facade.

use std::path::PathBuf;

use toml_edit::{Array, DocumentMut, Item, Table, Value};
use xshell::Shell;

use super::{Name, Result};

const WORKSPACE: &str = "Cargo.toml";
const FACADE: &str = "crates/all/Cargo.toml";
const TLS: [&str; 3] = ["rustls", "rustls-ring", "native-tls"];

/// Both manifests with the provider in them.
pub(super) fn edited(shell: &Shell, name: &Name) -> Result<Vec<(PathBuf, String)>> {
    let workspace = workspace(&shell.read_file(WORKSPACE)?, name)?;
    let facade = facade(&shell.read_file(FACADE)?, name)?;
    Ok(vec![(WORKSPACE.into(), workspace), (FACADE.into(), facade)])
}

fn workspace(text: &str, name: &Name) -> Result<String> {
    let mut manifest: DocumentMut = text.parse()?;
    let parent = table(manifest.as_table_mut(), WORKSPACE, "workspace")?;
    let dependencies = table(parent, WORKSPACE, "dependencies")?;
    let folder = name.as_str();
    let dependency: Value =
        format!(r#"{{ path = "crates/{folder}", version = "0.1.0", default-features = false }}"#)
            .parse()?;
    insert_before(
        dependencies,
        &after_ours(&name.package()),
        &name.package(),
        dependency,
    );
    Ok(manifest.to_string())
}

fn facade(text: &str, name: &Name) -> Result<String> {
    let mut manifest: DocumentMut = text.parse()?;
    let package = name.package();
    let features = table(manifest.as_table_mut(), FACADE, "features")?;
    let brings: Array = ["dep:onay-http".to_owned(), format!("dep:{package}")]
        .into_iter()
        .collect();
    insert_before(features, &|key| key == "full", name.as_str(), brings.into());
    list(features, "full")?.push(name.as_str());
    for tls in TLS {
        list(features, tls)?.push(format!("{package}?/{tls}"));
    }
    let dependencies = table(manifest.as_table_mut(), FACADE, "dependencies")?;
    let dependency: Value = "{ workspace = true, optional = true }".parse()?;
    insert_before(dependencies, &after_ours(&package), &package, dependency);
    Ok(manifest.to_string())
}

/// Ours stand first, by the alphabet.
fn after_ours(package: &str) -> impl Fn(&str) -> bool {
    move |key| key > package || !key.starts_with("onay")
}

/// Puts an entry before the first whose key is such, or at the end.
fn insert_before(table: &mut Table, is_such: &dyn Fn(&str) -> bool, key: &str, value: Value) {
    let mut order: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let place = order.iter().position(|key| is_such(key));
    order.insert(place.unwrap_or(order.len()), key.to_owned());
    table.insert(key, Item::Value(value));
    let rank = |key: &str| order.iter().position(|known| known == key);
    table.sort_values_by(|one, _, other, _| rank(one.get()).cmp(&rank(other.get())));
}

fn table<'t>(parent: &'t mut Table, file: &str, key: &str) -> Result<&'t mut Table> {
    let found = parent.get_mut(key).and_then(Item::as_table_mut);
    found.ok_or_else(|| format!("{file} has no table {key}; nothing was written").into())
}

fn list<'t>(features: &'t mut Table, key: &str) -> Result<&'t mut Array> {
    let found = features.get_mut(key).and_then(Item::as_array_mut);
    found.ok_or_else(|| format!("{FACADE} has no feature {key}; nothing was written").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acme() -> Name {
        Name::parse("acme-pay", &[], &[]).expect("a name")
    }

    #[test]
    fn the_workspace_gets_a_dependency_in_its_place() {
        let before =
            "[workspace.dependencies]\nonay = 1 # ours\nonay-core = 1\n\n# Others.\nbytes = 1\n";
        let after = workspace(before, &acme()).expect("edited");
        assert_eq!(
            after,
            "[workspace.dependencies]\nonay = 1 # ours\nonay-acme-pay = { path = \"crates/acme-pay\", version = \
             \"0.1.0\", default-features = false }\nonay-core = 1\n\n# Others.\nbytes = 1\n"
        );
    }

    #[test]
    fn the_facade_gets_a_feature() {
        let before = "[features]\n# Providers.\npaynet = []\nfull = [\"paynet\"]\n# TLS.\nrustls = [\"a\"]\nrustls-ring = []\n\
            native-tls = []\n\n[dependencies]\nonay-zebra = 1\n";
        let after = facade(before, &acme()).expect("edited");
        assert_eq!(
            after,
            "[features]\n# Providers.\npaynet = []\nacme-pay = [\"dep:onay-http\", \"dep:onay-acme-pay\"]\n\
             full = [\"paynet\", \"acme-pay\"]\n# TLS.\nrustls = [\"a\", \"onay-acme-pay?/rustls\"]\n\
             rustls-ring = [\"onay-acme-pay?/rustls-ring\"]\nnative-tls = [\"onay-acme-pay?/native-tls\"]\n\n\
             [dependencies]\nonay-acme-pay = { workspace = true, optional = true }\nonay-zebra = 1\n"
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = workspace("[package]\n", &acme())
            .expect_err("no table")
            .to_string();
        assert!(
            error.contains("Cargo.toml has no table workspace"),
            "{error}"
        );
        let error = facade("[features]\nfull = []\n", &acme())
            .expect_err("no TLS")
            .to_string();
        assert!(error.contains("no feature rustls"), "{error}");
    }
}
