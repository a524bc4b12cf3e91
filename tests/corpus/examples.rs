//! Decodes and encodes the examples of a document with the types of its crate. A separate program reads a line with the
//! number of a type and an example, and prints a line with the result.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use codegen::{Sample, Samples, Source};
use serde_json::Value;

use crate::compare::{Difference, difference};
use crate::crates::Crates;
use crate::schema_match::mismatch;

#[derive(Default)]
pub(crate) struct Examples {
    pub(crate) all: usize,
    /// Equal after decoding and encoding, except for nulls that the schema allows and the type omits.
    pub(crate) back: usize,
    /// The equal examples whose type is free-form JSON, which accepts everything.
    pub(crate) free: usize,
    /// Examples that do not match their schema.
    pub(crate) unfit: Vec<Finding>,
    /// Examples that match their schema, but differ after decoding and encoding.
    pub(crate) failed: Vec<Finding>,
}

/// An example that failed.
pub(crate) struct Finding {
    at: String,
    ty: String,
    why: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as {}: {}", self.at, self.ty, self.why)
    }
}

/// Runs the examples. The inner error is an error of the program.
pub(crate) fn examples(
    document: &Path,
    folder: &Path,
    crates: &mut Crates,
) -> Result<Result<Examples, String>> {
    let config = document.with_extension("toml");
    let config = config.exists().then(|| source(&config)).transpose()?;
    let found = codegen::samples(&source(document)?, config.as_ref());
    let Some(found) = found.filter(|found| !found.samples.is_empty()) else {
        return Ok(Ok(Examples::default()));
    };
    crates.compile_dependencies(folder)?;
    let types = types(&found.samples);
    let package = package(folder)?;
    fs::write(folder.join("src/samples.rs"), program(&types))?;
    let mut lines = String::new();
    for Sample { ty, value, .. } in &found.samples {
        let number = types.get(ty.as_str()).copied().unwrap_or_default();
        let _ = writeln!(lines, "{number} {value}");
    }
    let input = folder.join("samples.txt");
    fs::write(&input, lines)?;
    let mut run = crates.cargo("run", &package)?;
    run.args(["--quiet", "--no-default-features", "--"]);
    let output = run.arg(&input).output().context("cannot run cargo")?;
    if !output.status.success() {
        return Ok(Err(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let outputs = String::from_utf8_lossy(&output.stdout);
    Ok(Ok(sorted(&found, outputs.lines())))
}

fn source(path: &Path) -> Result<Source> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Source::new(path.display().to_string(), bytes))
}

/// Returns each type once, with its number.
fn types(samples: &[Sample]) -> BTreeMap<&str, usize> {
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for sample in samples {
        let next = types.len();
        types.entry(&sample.ty).or_insert(next);
    }
    types
}

/// Creates a package that contains only the program. It includes the types and the runtime of the crate as modules, so
/// only the code for the examples is compiled.
fn package(folder: &Path) -> Result<PathBuf> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
    // Documents with equal titles and versions give packages with equal names. Cargo confuses these packages and does
    // not detect changes outside their folders.
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    let manifest = manifest.replacen("\nname = \"", &format!("\nname = \"of-{name}-"), 1);
    let (before, library) = manifest
        .split_once("[lib]\n")
        .context("the manifest has no library")?;
    let (_, after) = library.split_once("\n\n").unwrap_or_default();
    let program = "[[bin]]\nname = \"samples\"\npath = \"../src/samples.rs\"\n\n";
    let package = folder.join("samples");
    fs::create_dir(&package)?;
    fs::write(package.join("README.md"), "")?;
    fs::write(
        package.join("Cargo.toml"),
        format!("{before}{program}{after}"),
    )?;
    Ok(package)
}

fn program(types: &BTreeMap<&str, usize>) -> String {
    let mut numbered: Vec<(&str, usize)> =
        types.iter().map(|(ty, number)| (*ty, *number)).collect();
    numbered.sort_by_key(|(_, number)| *number);
    let table = numbered
        .iter()
        .map(|(ty, _)| format!("    round_trip::<{ty}>,\n"));
    let table: String = table.collect();
    let module = table.contains("types ::").then_some("mod types;\n");
    let module = module.unwrap_or_default();
    // A crate without free-form JSON does not contain the type.
    let json = table
        .contains("Json")
        .then_some("use runtime::json::value::Json;\n");
    let json = json.unwrap_or_default();
    format!(
        "#![allow(warnings)]

mod runtime;
{module}
use std::collections::BTreeMap;
{json}
fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, serde_json::Error> {{
    serde_json::to_string(&serde_json::from_str::<T>(text)?)
}}

const TYPES: &[fn(&str) -> Result<String, serde_json::Error>] = &[
{table}];

fn main() {{
    let path = std::env::args().nth(1).expect(\"a path\");
    for line in std::fs::read_to_string(path).expect(\"a file\").lines() {{
        let (number, text) = line.split_once(' ').expect(\"two words\");
        match TYPES[number.parse::<usize>().expect(\"a number\")](text) {{
            Ok(text) => println!(\"+{{text}}\"),
            Err(error) => println!(\"-{{}}\", error.to_string().replace('\\n', \" \")),
        }}
    }}
}}
"
    )
}

/// Returns the results of the program in the order of the examples.
fn sorted<'l>(found: &Samples, outputs: impl Iterator<Item = &'l str>) -> Examples {
    let mut examples = Examples {
        all: found.samples.len(),
        ..Examples::default()
    };
    for (sample, output) in found.samples.iter().zip(outputs) {
        let differs = difference_of(&sample.value, output);
        let free = usize::from(sample.ty == "Json");
        let mismatch = || mismatch(&found.document, &sample.schema, &sample.value);
        let finding = |why| Finding {
            at: sample.at.clone(),
            ty: sample.ty.replace(' ', ""),
            why,
        };
        match differs.map(|difference| (difference, mismatch())) {
            None | Some((Difference::NullsLeftOut, None)) => {
                examples.back += 1;
                examples.free += free;
            }
            Some((difference, None)) => examples.failed.push(finding(difference.to_string())),
            Some((difference, Some(mismatch))) => {
                examples
                    .unfit
                    .push(finding(format!("{mismatch} ({difference})")));
            }
        }
    }
    examples
}

/// Returns the difference after decoding and encoding.
fn difference_of(value: &Value, output: &str) -> Option<Difference> {
    match output.strip_prefix('+').map(serde_json::from_str::<Value>) {
        Some(Ok(back)) => difference(value, &back),
        Some(Err(error)) => Some(Difference::Other(error.to_string())),
        None => Some(Difference::Other(output.trim_start_matches('-').to_owned())),
    }
}
