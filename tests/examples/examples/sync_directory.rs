//! Makes a namespace equal to a directory: `cargo run --example sync_directory -- DIRECTORY`.
//!
//! A key is the path of a file. Files of the same size and modification time are not uploaded again. The example uses the
//! blocking client.

use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use workers_kv::blocking::Client;
use workers_kv::handles::NamespaceHandle;
use workers_kv_examples::connect_blocking;

/// Metadata of a value.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Version {
    size: u64,
    modified: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect_blocking()?;
    let kv = connection.namespace();
    let directory = env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("spec"), PathBuf::from);

    println!("first run: {}", sync(&kv, &directory)?);
    println!("second run: {}", sync(&kv, &directory)?);

    connection.close()?;
    Ok(())
}

/// Uploads new and changed files, and deletes keys without a file.
fn sync(kv: &NamespaceHandle<Client>, directory: &Path) -> Result<String, Box<dyn Error>> {
    let mut stored = HashMap::new();
    for key in kv.keys().list().iter() {
        let key = key?;
        let version = key.metadata.and_then(|json| json.parse::<Version>().ok());
        stored.insert(key.name, version);
    }

    let mut uploaded = 0;
    for path in files(directory)? {
        let name = path
            .strip_prefix(directory)?
            .to_str()
            .ok_or("a path is not UTF-8")?;
        let key = name.replace('\\', "/");
        let metadata = fs::metadata(&path)?;
        let version = Version {
            size: metadata.len(),
            modified: metadata.modified()?.duration_since(UNIX_EPOCH)?.as_secs(),
        };
        if stored.remove(&key) != Some(Some(version)) {
            // The file is read during the upload.
            kv.values()
                .update(key, File::open(&path)?)
                .metadata(version)
                .send()?;
            uploaded += 1;
        }
    }

    let deleted = stored.len();
    if deleted > 0 {
        kv.keys()
            .bulk_delete(stored.into_keys())
            .send_all()?
            .complete()?;
    }
    Ok(format!("{uploaded} uploaded, {deleted} deleted"))
}

/// Returns all files of a directory and its subdirectories.
fn files(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
