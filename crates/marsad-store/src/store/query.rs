//! How does one ask what no filter asks? In SQL, for reading only.

use super::{Store, opened};
use crate::Error;
use crate::error::{Code, Failure};
use rusqlite::types::ValueRef;
use rusqlite::{OpenFlags, Statement};
use serde_json::Value;

/// The answer to a query: names of columns, and rows of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    /// Numbers, text and null; bytes as hexadecimal text.
    pub rows: Vec<Vec<Value>>,
}

impl Store {
    /// The answer to one SQL query, on a connection that cannot write.
    ///
    /// # Errors
    /// `bad_query` when the statement is wrong or would write.
    ///
    /// ```
    /// use marsad_store::Store;
    /// let folder = tempfile::tempdir()?;
    /// let store = Store::create(folder.path())?;
    /// let answer = store.query("SELECT count(*) AS n FROM claims")?;
    /// assert_eq!((answer.columns, answer.rows), (vec!["n".to_string()], vec![vec![0.into()]]));
    /// assert_eq!(store.query("DELETE FROM incidents").unwrap_err().code(), "bad_query");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query(&self, sql: &str) -> Result<Table, Error> {
        let db = opened(&self.database, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|e| e.within(&self.database))?;
        let mut statement = db.prepare(sql).map_err(|e| self.bad_query(e))?;
        if !statement.readonly() {
            return Err(Error::new(Code::BadQuery, &self.database, "this statement would write"));
        }
        answer(&mut statement).map_err(|e| self.bad_query(e))
    }

    fn bad_query(&self, error: rusqlite::Error) -> Error {
        match Failure::from(error).within(&self.database) {
            e if e.code() == "database" => e.coded(Code::BadQuery),
            e => e,
        }
    }
}

fn answer(statement: &mut Statement) -> rusqlite::Result<Table> {
    let columns: Vec<String> = statement.column_names().map(str::to_string).collect();
    let mut rows = statement.query([])?;
    let mut table = Table { columns, rows: vec![] };
    while let Some(row) = rows.next()? {
        let cells = (0..table.columns.len()).map(|i| Ok(json(row.get_ref(i)?)));
        table.rows.push(cells.collect::<rusqlite::Result<_>>()?);
    }
    Ok(table)
}

fn json(value: ValueRef) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into(),
    }
}
