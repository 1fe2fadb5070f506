//! Opening an archive: who may read it, whether it is one, and whether this newslint knows its tables.

use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{APPLICATION_ID, SCHEMA, SqliteArchive, SqliteWriter, explain, migrate};
use crate::corpus::archive::ArchiveError;

/// How long one waits for another that writes. Writers hold the file for well under a second at a time.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Memory that a connection may use for pages, in KiB.
const CACHE: i64 = 24 * 1024;

/// Pages in the log before they are moved into the file (64 MiB). Batches write many pages again and again: moved late, they are moved once.
const CHECKPOINT: u32 = 16 * 1024;

impl SqliteArchive {
    /// Opens an archive for reading. Nothing is written, not even in a folder that can be written to.
    pub fn open(path: &Path) -> Result<SqliteArchive, ArchiveError> {
        look(path)?;
        let archive = |immutable| SqliteArchive { path: path.to_owned(), immutable, pool: Mutex::default() };
        let mut opened = archive(false);
        let connection = match opened.connect() {
            Ok(connection) => connection,
            // A read-only folder has no room for the lock file that readers share: nobody can write there either.
            Err(ArchiveError::Database { .. } | ArchiveError::ReadOnly { .. } | ArchiveError::Shut { .. })
                if !log_is_open(path) =>
            {
                opened = archive(true);
                opened.connect()?
            }
            Err(error) => return Err(error),
        };
        opened.give_back(connection);
        Ok(opened)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(&self) -> Result<Connection, ArchiveError> {
        let explain = explain(&self.path);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if self.immutable {
            Connection::open_with_flags(immutable_uri(&self.path), flags | OpenFlags::SQLITE_OPEN_URI)
        } else {
            Connection::open_with_flags(&self.path, flags)
        };
        let connection = connection.map_err(&explain)?;
        connection.busy_timeout(PATIENCE).map_err(&explain)?;
        connection.pragma_update(None, "cache_size", -CACHE).map_err(&explain)?;
        connection.set_prepared_statement_cache_capacity(32);
        recognize(&connection, &self.path)?;
        Ok(connection)
    }

    /// Runs `work` with a connection of the pool, in one transaction: its answers are of one moment, and the file is locked once.
    pub(super) fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, ArchiveError> {
        let pooled = self.pool.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).pop();
        let connection = match pooled {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let result = connection.unchecked_transaction().and_then(|transaction| work(&transaction));
        self.give_back(connection);
        result.map_err(explain(&self.path))
    }

    fn give_back(&self, connection: Connection) {
        self.pool.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(connection);
    }
}

impl SqliteWriter {
    /// Opens an archive for writing, and makes it if it is not there.
    pub fn open(path: &Path) -> Result<SqliteWriter, ArchiveError> {
        if !path.exists() {
            create(path)?;
        }
        if fs::metadata(path).is_ok_and(|m| m.len() > 0) {
            look(path)?;
        }
        keep_private(path);
        let explain = explain(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(&explain)?;
        connection.busy_timeout(PATIENCE).map_err(&explain)?;
        connection.pragma_update(None, "cache_size", -2 * CACHE).map_err(&explain)?;
        connection.pragma_update(None, "secure_delete", true).map_err(&explain)?;
        connection.set_prepared_statement_cache_capacity(64);
        lay_out(&mut connection, path)?;
        match recognize(&connection, path) {
            Err(ArchiveError::Older { .. }) => {
                migrate::migrate(&mut connection).map_err(&explain)?;
                recognize(&connection, path)?;
            }
            known => known?,
        }
        // A committed batch may be lost with the power, never torn; the next run reads it again.
        connection.pragma_update(None, "synchronous", "NORMAL").map_err(&explain)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT).map_err(&explain)?;
        // The log is cut back after each checkpoint, so that neither it nor what was removed lingers.
        connection.pragma_update(None, "journal_size_limit", 0).map_err(&explain)?;
        Ok(SqliteWriter { path: path.to_owned(), connection, written: 0 })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes the tables in an empty file. Two that do it at once: the second finds them made.
fn lay_out(connection: &mut Connection, path: &Path) -> Result<(), ArchiveError> {
    let explain = explain(path);
    let made = |connection: &Connection| connection.pragma_query_value(None, "user_version", |r| r.get::<_, u32>(0));
    if made(connection).map_err(&explain)? != 0 {
        return Ok(());
    }
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL").map_err(&explain)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(&explain)?;
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(&explain)?;
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).map_err(&explain)?;
    if tables > 0 {
        return match made(&transaction).map_err(&explain)? {
            0 => Err(ArchiveError::Foreign { path: path.to_owned(), what: "a database of another program" }),
            _ => Ok(()),
        };
    }
    transaction.execute_batch(include_str!("schema.sql")).map_err(&explain)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(&explain)?;
    transaction.pragma_update(None, "user_version", SCHEMA).map_err(&explain)?;
    transaction.commit().map_err(&explain)
}

/// Whether the tables are ours, and of a version that is known.
fn recognize(connection: &Connection, path: &Path) -> Result<(), ArchiveError> {
    let explain = explain(path);
    let pragma = |name| connection.pragma_query_value(None, name, |r| r.get::<_, u32>(0));
    let application = pragma("application_id").map_err(&explain)?;
    let schema = pragma("user_version").map_err(&explain)?;
    let path = path.to_owned();
    if application != APPLICATION_ID {
        return Err(ArchiveError::Foreign { path, what: "a database of another program" });
    }
    if schema > SCHEMA {
        return Err(ArchiveError::Newer { path, found: schema, known: SCHEMA });
    }
    if schema < migrate::OLDEST {
        return Err(ArchiveError::TooOld { path, found: schema });
    }
    if schema < SCHEMA {
        return Err(ArchiveError::Older { path, found: schema, known: SCHEMA });
    }
    Ok(())
}

/// Whether the file looks like a database at all, before SQLite touches it.
fn look(path: &Path) -> Result<(), ArchiveError> {
    let io = |source| ArchiveError::Io { path: path.to_owned(), source };
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(ArchiveError::Missing { path: path.to_owned() });
        }
        Err(error) => return Err(io(error)),
    };
    if file.metadata().map_err(io)?.is_dir() {
        return Err(ArchiveError::Foreign { path: path.to_owned(), what: "a folder" });
    }
    let mut head = [0; 16];
    let read = file.read(&mut head).map_err(io)?;
    match read {
        0 => Err(ArchiveError::Foreign { path: path.to_owned(), what: "an empty file" }),
        _ if &head == b"SQLite format 3\0" => Ok(()),
        _ => Err(ArchiveError::Foreign { path: path.to_owned(), what: "not a database" }),
    }
}

/// Whether a writer left a log that only opening for writing can bring in.
fn log_is_open(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|m| m.len() > 0)
}

/// An empty file for its owner only, in a folder of its own that version control leaves alone.
fn create(path: &Path) -> Result<(), ArchiveError> {
    let io = |source| ArchiveError::Io { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty() && !f.exists()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(io)?;
        if folder.file_name().is_some_and(|name| name == ".newslint") {
            fs::write(folder.join(".gitignore"), "*\n").map_err(io)?;
        }
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(io)
}

/// Takes away what others were allowed, and gives the log files, which a reader may have made while the archive was read-only, the rights of the
/// archive.
fn keep_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(metadata) = fs::metadata(path) else { return };
        // Its owner may have made it read-only.
        let own = metadata.permissions().mode() & 0o700;
        for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
            if fs::metadata(&file).is_ok_and(|m| m.permissions().mode() & 0o777 != own) {
                // Where this fails the file is another's, and opening it for writing says so.
                fs::set_permissions(&file, fs::Permissions::from_mode(own)).ok();
            }
        }
    }
}

/// A log file of the archive.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The path as SQLite's URI, with the characters that mean something there escaped.
fn immutable_uri(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}
