//! The file that keeps the data. Each write is one durable transaction.

use std::io;
use std::path::Path;

use bytes::Bytes;
use redb::{Database, ReadableDatabase, ReadableTable, Table, TableDefinition, WriteTransaction};
use serde_json::value::RawValue;

use super::{Accounts, Change, Entry, Namespaces};

/// The version of the tables below, in the row `format`.
const FORMAT: u64 = 1;
const PROPERTIES: TableDefinition<&str, u64> = TableDefinition::new("properties");

/// The namespaces by account and id.
const NAMESPACES: TableDefinition<NamespaceId, Properties> = TableDefinition::new("namespaces");
type NamespaceId = (&'static str, &'static str);
/// Title and jurisdiction.
type Properties = (&'static str, Option<&'static str>);

/// The pairs by account, namespace and key.
const PAIRS: TableDefinition<PairId, Stored> = TableDefinition::new("pairs");
type PairId = (&'static str, &'static str, &'static str);
/// Value, metadata and expiration.
type Stored = (&'static [u8], Option<&'static str>, Option<i64>);

pub(super) struct Disk {
    database: Database,
}

impl Disk {
    /// Opens a file, or creates it. A file can be open only once.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let database = Database::create(path).map_err(|error| {
            io::Error::other(format!("cannot open the store {}: {error}", path.display()))
        })?;
        let disk = Self { database };
        disk.check_format(path)?;
        Ok(disk)
    }

    /// Reads all namespaces and pairs.
    pub(super) fn read(&self) -> io::Result<Accounts> {
        self.load().map_err(io::Error::other)
    }

    /// Makes all changes of a namespace, or none. They are durable when this function returns.
    pub(super) fn write(
        &self,
        account: &str,
        namespace: &str,
        changes: &[Change],
    ) -> io::Result<()> {
        let write = || -> Result<(), redb::Error> {
            let transaction = self.database.begin_write()?;
            let mut tables = Tables::open(&transaction)?;
            for change in changes {
                tables.write(account, namespace, change)?;
            }
            drop(tables);
            Ok(transaction.commit()?)
        };
        write().map_err(io::Error::other)
    }

    fn check_format(&self, path: &Path) -> io::Result<()> {
        let found = self.format().map_err(io::Error::other)?;
        if found == FORMAT {
            return Ok(());
        }
        let path = path.display();
        Err(io::Error::other(format!(
            "the store {path} has format {found}, and this version reads format {FORMAT}"
        )))
    }

    /// Returns the format of the file. Creates the tables of a new file.
    fn format(&self) -> Result<u64, redb::Error> {
        let transaction = self.database.begin_write()?;
        let mut properties = transaction.open_table(PROPERTIES)?;
        let found = properties.get("format")?.map(|format| format.value());
        if found.is_none() {
            properties.insert("format", FORMAT)?;
            Tables::open(&transaction)?;
        }
        drop(properties);
        transaction.commit()?;
        Ok(found.unwrap_or(FORMAT))
    }

    fn load(&self) -> Result<Accounts, redb::Error> {
        let mut accounts = Accounts::new();
        let transaction = self.database.begin_read()?;
        for row in transaction.open_table(NAMESPACES)?.iter()? {
            let (id, properties) = row?;
            let (account, namespace) = id.value();
            let (title, jurisdiction) = properties.value();
            let change = Change::SetNamespace {
                title: title.to_owned(),
                jurisdiction: jurisdiction.map(str::to_owned),
            };
            change.apply(of_account(&mut accounts, account), namespace);
        }
        for row in transaction.open_table(PAIRS)?.iter()? {
            let (id, stored) = row?;
            let (account, namespace, key) = id.value();
            let change = Change::Put {
                key: key.to_owned(),
                entry: entry(stored.value()),
            };
            change.apply(of_account(&mut accounts, account), namespace);
        }
        Ok(accounts)
    }
}

fn of_account<'a>(accounts: &'a mut Accounts, account: &str) -> &'a mut Namespaces {
    accounts.entry(account.to_owned()).or_default()
}

fn entry((value, metadata, expiration): (&[u8], Option<&str>, Option<i64>)) -> Entry {
    // The metadata was valid JSON when it was written.
    let metadata = metadata.and_then(|text| RawValue::from_string(text.to_owned()).ok());
    Entry {
        value: Bytes::copy_from_slice(value),
        metadata,
        expiration,
    }
}

/// The tables in a transaction.
struct Tables<'a> {
    namespaces: Table<'a, NamespaceId, Properties>,
    pairs: Table<'a, PairId, Stored>,
}

impl<'a> Tables<'a> {
    fn open(transaction: &'a WriteTransaction) -> Result<Self, redb::Error> {
        Ok(Self {
            namespaces: transaction.open_table(NAMESPACES)?,
            pairs: transaction.open_table(PAIRS)?,
        })
    }

    fn write(&mut self, account: &str, namespace: &str, change: &Change) -> redb::Result {
        match change {
            Change::SetNamespace {
                title,
                jurisdiction,
            } => {
                let properties = (title.as_str(), jurisdiction.as_deref());
                self.namespaces.insert((account, namespace), properties)?;
            }
            Change::RemoveNamespace => {
                self.namespaces.remove((account, namespace))?;
                // The next possible id of a namespace.
                let end = format!("{namespace}\0");
                let pairs = (account, namespace, "")..(account, end.as_str(), "");
                self.pairs.retain_in(pairs, |_, _| false)?;
            }
            Change::Put { key, entry } => {
                let stored = (&*entry.value, entry.metadata_text(), entry.expiration);
                self.pairs
                    .insert((account, namespace, key.as_str()), stored)?;
            }
            Change::Delete { key } => {
                self.pairs.remove((account, namespace, key.as_str()))?;
            }
        }
        Ok(())
    }
}
