use crate::project::Failure;
use jsonschema::{Registry, Validator};
use serde_json::Value;
use std::path::Path;

/// The JSON Schemas of `vectors/schema/`, compiled.
#[derive(Debug)]
pub struct Schemas {
    vectors: Validator,
}

/// What the relative `$id`s of the schemas are resolved against; nothing is ever fetched.
const BASE: &str = "mimicheck:///schema/";
/// The schema of a whole file, and those that it refers to.
const FILES: [&str; 3] = ["vectors.schema.json", "message.schema.json", "operations.schema.json"];

/// Compiles one of `schemas` by its name, or what a fragment behind the name points to.
pub(crate) fn compile(schemas: &[(&str, Value)], name: &str) -> Result<Validator, Failure> {
    let fault = |e: &dyn std::fmt::Display| Failure::usage(format!("vectors/schema/{name}: {e}"));
    let mut registry = Registry::new();
    for (name, schema) in schemas {
        registry = registry.add(format!("{BASE}{name}"), schema).map_err(|e| fault(&e))?;
    }
    let registry = registry.prepare().map_err(|e| fault(&e))?;
    let root = serde_json::json!({"$ref": format!("{BASE}{name}")});
    jsonschema::options().with_registry(&registry).build(&root).map_err(|e| fault(&e))
}

impl Schemas {
    /// Reads and compiles them.
    ///
    /// # Errors
    /// Names the schema and what is wrong with it.
    pub fn load(dir: &Path) -> Result<Self, Failure> {
        let mut schemas = vec![];
        for name in FILES {
            let path = dir.join(name);
            let fault = |e: &dyn std::fmt::Display| Failure::usage(format!("{}: {e}", path.display()));
            let text = std::fs::read_to_string(&path).map_err(|e| fault(&e))?;
            let schema: Value = serde_json::from_str(&text).map_err(|e| fault(&e))?;
            jsonschema::draft202012::meta::validate(&schema).map_err(|e| fault(&e))?;
            schemas.push((name, schema));
        }
        Ok(Self { vectors: compile(&schemas, FILES[0])? })
    }

    /// What a file breaks: the place, as a JSON pointer, and the rule in words; the first `limit` of them.
    #[must_use]
    pub fn errors(&self, file: &Value, limit: usize) -> Vec<(String, String)> {
        const LONGEST: usize = 300;
        let describe = |e: jsonschema::ValidationError<'_>| {
            let place = e.instance_path().to_string();
            (place, e.masked().to_string().chars().take(LONGEST).collect())
        };
        self.vectors.iter_errors(file).take(limit).map(describe).collect()
    }
}
