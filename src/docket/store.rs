//! The database of a docket: SQLite in one file, or PostgreSQL where several desks work. No rule of the desk stands here.
//!
//! Both speak one dialect of SQL, by `sqlx`'s `Any` driver, and get their tables by the same migrations. One connection
//! does one thing at a time, so the futures are run right here, by a runtime of one thread, and no caller is async.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::any::{AnyArguments, AnyConnectOptions, AnyRow, install_default_drivers};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, ConnectOptions, FromRow};
use tokio::runtime::{Builder, Runtime};

use super::act::Record;
use super::decision::{Decision, State};
use super::error::Error;
use crate::authority::Workspace;
use crate::keyfile;

static MIGRATIONS: Migrator = sqlx::migrate!("src/docket/migrations");

/// How many rows are read at once, or gathered before they are written.
pub(super) const PAGE: usize = 500;
/// How many rows are written by one statement. SQLite looks for each parameter among all before it.
const ROWS: usize = 50;
/// How many numbers of decisions are looked at together.
const WINDOW: u64 = 2_000;
/// What stands between the fields of a line, and between lines; in none of them, since JSON escapes both.
const FIELD: &str = "\u{1f}";
const LINE: &str = "\u{1e}";

/// Where a docket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file of SQLite.
    File(PathBuf),
    /// On a server of PostgreSQL, by its URL; a password is better kept in the file that `PGPASSFILE` names.
    Server(String),
}

impl Place {
    /// What a person writes: a URL, the path of a file, or the folder of a workspace, whose `authority.toml` may say
    /// where its docket is.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Server(text.to_owned()));
        }
        let path = Path::new(text);
        if text.is_empty() || text.contains("://") {
            return Err(Error::Place { text: text.to_owned() });
        }
        if !path.is_dir() {
            return Ok(Self::File(path.to_owned()));
        }
        match Workspace::new(path).docket()? {
            said if said.contains("://") => Self::parse(&said),
            said => Ok(Self::File(path.join(said))),
        }
    }

    /// For messages; without what could be a password.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Server(url) => {
                let place = url.split('?').next().unwrap_or(url);
                match place.rsplit_once('@') {
                    Some((_, host)) => format!("postgres://…@{host}"),
                    None if url.contains('@') => "postgres://…".to_owned(),
                    None => place.to_owned(),
                }
            }
        }
    }

    fn url(&self) -> Result<String, Error> {
        match self {
            Self::Server(url) => Ok(url.clone()),
            Self::File(path) => {
                let wrong = |source| Error::Write { place: self.shown(), source };
                let path = std::path::absolute(path).map_err(wrong)?;
                let text = path.to_str().ok_or_else(|| Error::Place { text: self.shown() })?;
                let segments =
                    text.split('/').map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string());
                Ok(format!("sqlite://{}?mode=rw", segments.collect::<Vec<_>>().join("/")))
            }
        }
    }
}

/// Which decisions are meant.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this list.
    pub list: Option<String>,
    /// In one of these states; in any where there are none.
    pub states: Vec<State>,
    /// On this very name.
    pub name: Option<String>,
    /// Of this case.
    pub case: Option<String>,
    /// That this act concerned.
    pub act: Option<u64>,
}

/// Decisions in the order of their numbers, read window by window. However few are meant of however many, the database reads
/// each once and sorts nothing.
pub(super) struct Cursor {
    filter: Filter,
    page: std::vec::IntoIter<Decision>,
    /// The first number that was not read yet; none before any was.
    next: Option<u64>,
}

impl Cursor {
    pub(super) fn new(filter: Filter) -> Self {
        Self { filter, page: Vec::new().into_iter(), next: None }
    }

    pub(super) fn pull(&mut self, store: &mut Store) -> Result<Option<Decision>, Error> {
        while self.page.as_slice().is_empty() {
            let Some(first) = store.first_decision(self.next)? else { return Ok(None) };
            self.page = store.window(first, &self.filter)?.into_iter();
            self.next = Some(first + WINDOW);
        }
        Ok(self.page.next())
    }
}

/// The database of a docket.
pub(super) struct Store {
    runtime: Runtime,
    connection: AnyConnection,
    is_server: bool,
}

impl Store {
    /// Makes the database of a docket, or the tables of it on a server.
    pub(super) fn create(place: &Place) -> Result<Self, Error> {
        if let Place::File(path) = place {
            // Nobody else reads who proposed what.
            match keyfile::create(path, &[], keyfile::SECRET) {
                // One that a founding left behind, or somebody else.
                Err(source) if source.kind() == ErrorKind::AlreadyExists => {}
                done => done.map_err(|source| Error::Write { place: place.shown(), source })?,
            }
        }
        let mut store = Self::connect(place)?;
        // A founding that was cut short left tables of ours, or none; a file with anything else is somebody else's.
        if !store.is_server && store.newest_migration().is_err() {
            let tables = store.rows::<(i64,)>(sqlx::query("SELECT COUNT(*) FROM sqlite_master"))?;
            if tables.first().is_none_or(|count| count.0 > 0) {
                return Err(Error::Exists { place: place.shown() });
            }
        }
        store.migrate(place)?;
        match store.head()? {
            Some(_) => Err(Error::Exists { place: place.shown() }),
            None => Ok(store),
        }
    }

    /// Opens a docket, bringing its tables to the form of today.
    pub(super) fn open(place: &Place) -> Result<Self, Error> {
        if let Place::File(path) = place
            && !path.exists()
        {
            return Err(Error::NoDocket { place: place.shown() });
        }
        let mut store = Self::connect(place)?;
        store.migrate(place)?;
        Ok(store)
    }

    fn connect(place: &Place) -> Result<Self, Error> {
        install_default_drivers();
        let runtime = Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)?;
        let open = |source| Error::Open { place: place.shown(), source: Box::new(source) };
        let options = AnyConnectOptions::from_str(&place.url()?).map_err(open)?.disable_statement_logging();
        let connection = runtime.block_on(options.connect()).map_err(open)?;
        let is_server = matches!(place, Place::Server(_));
        let mut store = Self { runtime, connection, is_server };
        if !is_server {
            // Who verifies a long docket is waited for.
            store
                .run("PRAGMA cache_size = -65536; PRAGMA busy_timeout = 120000")
                .map_err(|_| Error::NoDocket { place: place.shown() })?;
        }
        Ok(store)
    }

    /// Brings the tables to the form of today. Where they have it nothing is written, so that whoever may only read the
    /// database can look at the docket.
    fn migrate(&mut self, place: &Place) -> Result<(), Error> {
        let newest = MIGRATIONS.iter().map(|migration| migration.version).max();
        if self.newest_migration().is_ok_and(|version| version == newest) {
            return Ok(());
        }
        let failed = |source: MigrateError| Error::Migrate { place: place.shown(), source: Box::new(source) };
        self.runtime.block_on(MIGRATIONS.run(&mut self.connection)).map_err(failed)
    }

    /// The last migration that ran. An error where none ever did: its table is not there.
    fn newest_migration(&mut self) -> Result<Option<i64>, Error> {
        let sql = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";
        Ok(self.rows::<(Option<i64>,)>(sqlx::query(sql))?.pop().and_then(|row| row.0))
    }

    /// Does something as one: all of it, or nothing; and nobody else writes meanwhile.
    pub(super) fn alone<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.is_server {
            self.run("BEGIN")?;
            self.run("LOCK TABLE acts IN EXCLUSIVE MODE")?;
        } else {
            self.run("BEGIN IMMEDIATE")?;
        }
        let done = work(self).and_then(|done| self.run("COMMIT").map(|()| done));
        if done.is_err() {
            // What failed is told; a connection that cannot roll back is closed with the program, which does.
            _ = self.run("ROLLBACK");
        }
        done
    }

    /// Reads the docket as it is at one moment, whatever others do meanwhile. With SQLite they wait.
    pub(super) fn at_once<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self.is_server {
            true => self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?,
            false => self.run("BEGIN")?,
        }
        let done = work(self);
        // Nothing was written, so nothing can be lost by it.
        _ = self.run("ROLLBACK");
        done
    }

    /// Number and hash of the last act, with its text.
    pub(super) fn head(&mut self) -> Result<Option<Record>, Error> {
        let sql = "SELECT number, kind, body, hash, signature FROM acts ORDER BY number DESC LIMIT 1";
        Ok(self.rows::<RecordRow>(sqlx::query(sql))?.into_iter().next().map(Record::from))
    }

    /// One act.
    pub(super) fn act(&mut self, act: u64) -> Result<Option<Record>, Error> {
        let query = sqlx::query("SELECT number, kind, body, hash, signature FROM acts WHERE number = $1");
        Ok(self.rows::<RecordRow>(query.bind(number(act)?))?.pop().map(Record::from))
    }

    /// The acts after one, a page of them; of these kinds alone, where there are some.
    pub(super) fn acts(&mut self, after: u64, kinds: &[&str]) -> Result<Vec<Record>, Error> {
        let mut sql = "SELECT number, kind, body, hash, signature FROM acts WHERE number > $1".to_owned();
        if !kinds.is_empty() {
            let places: Vec<String> = (2..kinds.len() + 2).map(|index| format!("${index}")).collect();
            _ = write!(sql, " AND kind IN ({})", places.join(", "));
        }
        _ = write!(sql, " ORDER BY number LIMIT {PAGE}");
        let query = sqlx::query(AssertSqlSafe(sql)).bind(number(after)?);
        let query = kinds.iter().fold(query, |query, kind| query.bind((*kind).to_owned()));
        Ok(self.rows::<RecordRow>(query)?.into_iter().map(Record::from).collect())
    }

    /// Adds an act.
    pub(super) fn add_act(&mut self, act: &Record) -> Result<(), Error> {
        let query =
            sqlx::query("INSERT INTO acts (number, kind, body, hash, signature) VALUES ($1, $2, $3, $4, $5)");
        let query = query.bind(number(act.number)?).bind(act.kind.clone()).bind(act.body.clone());
        self.execute(query.bind(act.hash.clone()).bind(act.signature.clone()))
    }

    /// Adds what an act did to decisions.
    pub(super) fn add_events(&mut self, act: u64, events: &[(u64, String)]) -> Result<(), Error> {
        for events in events.chunks(ROWS) {
            let sql = format!("INSERT INTO events (act, decision, body) VALUES {}", places(events.len(), 3));
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (decision, body) in events {
                query = query.bind(number(act)?).bind(number(*decision)?).bind(body.clone());
            }
            self.execute(query)?;
        }
        Ok(())
    }

    /// Writes where decisions stand.
    pub(super) fn put_decisions(&mut self, decisions: &[Decision]) -> Result<(), Error> {
        for decisions in decisions.chunks(ROWS) {
            let sql = format!(
                "INSERT INTO decisions (id, list, name, state, case_number, expires, body) VALUES {} \
                 ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body",
                places(decisions.len(), 7)
            );
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for decision in decisions {
                let row = DecisionRow::of(decision)?;
                query = query.bind(row.id).bind(row.list).bind(row.name).bind(row.state);
                query = query.bind(row.case_number).bind(row.expires).bind(row.body);
            }
            self.execute(query)?;
        }
        Ok(())
    }

    /// The first number that a decision has, from one on or at all.
    fn first_decision(&mut self, from: Option<u64>) -> Result<Option<u64>, Error> {
        let from = from.map_or(Ok(i64::MIN), number)?;
        let query = sqlx::query("SELECT MIN(id) FROM decisions WHERE id >= $1").bind(from);
        let first = self.rows::<(Option<i64>,)>(query)?.pop().and_then(|row| row.0);
        first.map(|id| positive(id).map_err(|_| Error::Row)).transpose()
    }

    /// The last number that a decision has, 0 where there is none.
    pub(super) fn last_decision(&mut self) -> Result<u64, Error> {
        let rows = self.rows::<(i64,)>(sqlx::query("SELECT COALESCE(MAX(id), 0) FROM decisions"))?;
        positive(rows.first().map_or(0, |row| row.0))
    }

    /// The decisions that are meant among a window of numbers, in their order.
    fn window(&mut self, first: u64, filter: &Filter) -> Result<Vec<Decision>, Error> {
        let mut sql = "SELECT d.* FROM decisions d".to_owned();
        if filter.act.is_some() {
            sql.push_str(" JOIN events e ON e.decision = d.id");
        }
        sql.push_str(" WHERE d.id >= $1 AND d.id < $2");
        let mut values: Vec<String> = Vec::new();
        let mut place = |value: &str| {
            values.push(value.to_owned());
            format!("${}", values.len() + 2)
        };
        for (column, value) in [("list", &filter.list), ("name", &filter.name), ("case_number", &filter.case)]
        {
            if let Some(value) = value {
                _ = write!(sql, " AND d.{column} = {}", place(value));
            }
        }
        if !filter.states.is_empty() {
            let states: Vec<String> = filter.states.iter().map(|state| place(state.word())).collect();
            _ = write!(sql, " AND d.state IN ({})", states.join(", "));
        }
        if let Some(act) = filter.act {
            _ = write!(sql, " AND e.act = {act}");
        }
        let query =
            lines(&DecisionRow::COLUMNS, &sql, "id").bind(number(first)?).bind(number(first + WINDOW)?);
        self.decisions(values.into_iter().fold(query, Query::bind))
    }

    /// Decisions, from a query for their lines.
    fn decisions(&mut self, query: Query<'_, Any, AnyArguments>) -> Result<Vec<Decision>, Error> {
        self.text(query)?.split_terminator(LINE).map(DecisionRow::open).collect()
    }

    /// Decisions by their numbers, no more than a page.
    pub(super) fn decisions_of(&mut self, ids: &[u64]) -> Result<Vec<Decision>, Error> {
        self.decisions_where("id IN", ids, |id| number(*id))
    }

    /// Decisions on names, no more than a page of them, whatever became of them.
    pub(super) fn decisions_on(&mut self, names: &[String]) -> Result<Vec<Decision>, Error> {
        self.decisions_where("name IN", names, |name| Ok(name.clone()))
    }

    fn decisions_where<T, V>(
        &mut self,
        condition: &str,
        values: &[T],
        bound: impl Fn(&T) -> Result<V, Error>,
    ) -> Result<Vec<Decision>, Error>
    where
        V: for<'q> sqlx::Encode<'q, Any> + sqlx::Type<Any>,
    {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT * FROM decisions WHERE {condition} {}", places(1, values.len()));
        let mut query = lines(&DecisionRow::COLUMNS, &sql, "id");
        for value in values {
            query = query.bind(bound(value)?);
        }
        self.decisions(query)
    }

    /// How many decisions of each list are in each state.
    pub(super) fn counts(&mut self) -> Result<Vec<(String, String, u64)>, Error> {
        let sql = "SELECT list, state, COUNT(*) FROM decisions GROUP BY list, state ORDER BY list, state";
        let rows = self.rows::<(String, String, i64)>(sqlx::query(sql))?;
        rows.into_iter().map(|(list, state, count)| Ok((list, state, positive(count)?))).collect()
    }

    /// What happened to decisions, by act and then by decision, a page after one: act, decision, event.
    pub(super) fn events_by_act(&mut self, after: (u64, u64)) -> Result<Vec<(u64, u64, String)>, Error> {
        self.events("act, decision", after)
    }

    /// The same by decision and then by act; `after` is decision and act.
    pub(super) fn events_by_decision(&mut self, after: (u64, u64)) -> Result<Vec<(u64, u64, String)>, Error> {
        self.events("decision, act", after)
    }

    fn events(&mut self, order: &str, after: (u64, u64)) -> Result<Vec<(u64, u64, String)>, Error> {
        let sql =
            format!("SELECT * FROM events WHERE ({order}) > ($1, $2) ORDER BY {order} LIMIT {}", PAGE * 10);
        let query = lines(&["act", "decision", "body"], &sql, order);
        let text = self.text(query.bind(number(after.0)?).bind(number(after.1)?))?;
        let event = |line: &str| {
            let mut fields = line.splitn(3, FIELD);
            let mut number = || fields.next()?.parse().ok();
            let (act, decision) = (number()?, number()?);
            Some((act, decision, fields.next()?.to_owned()))
        };
        text.split_terminator(LINE).map(|line| event(line).ok_or(Error::Row)).collect()
    }

    /// What happened to one decision, by the number of the act.
    pub(super) fn events_of(&mut self, decision: u64) -> Result<Vec<(u64, String)>, Error> {
        let query = sqlx::query("SELECT act, body FROM events WHERE decision = $1 ORDER BY act");
        let rows = self.rows::<(i64, String)>(query.bind(number(decision)?))?;
        rows.into_iter().map(|(act, body)| Ok((positive(act)?, body))).collect()
    }

    /// Keeps an encrypted key under its id. None is ever replaced.
    pub(super) fn put_key(&mut self, id: &str, pem: &str) -> Result<(), Error> {
        let query = sqlx::query("INSERT INTO keys (id, pem) VALUES ($1, $2)");
        self.execute(query.bind(id.to_owned()).bind(pem.to_owned()))
    }

    /// The encrypted key of an id.
    pub(super) fn key(&mut self, id: &str) -> Result<Option<String>, Error> {
        let query = sqlx::query("SELECT pem FROM keys WHERE id = $1").bind(id.to_owned());
        Ok(self.rows::<(String,)>(query)?.pop().map(|row| row.0))
    }

    pub(super) fn run(&mut self, sql: &'static str) -> Result<(), Error> {
        self.runtime.block_on(sqlx::raw_sql(sql).execute(&mut self.connection))?;
        Ok(())
    }

    fn execute(&mut self, query: Query<'_, Any, AnyArguments>) -> Result<(), Error> {
        self.runtime.block_on(query.execute(&mut self.connection))?;
        Ok(())
    }

    /// The text of a query for [`lines`]. No row hides in another, nor is one left out.
    fn text(&mut self, query: Query<'_, Any, AnyArguments>) -> Result<String, Error> {
        let (count, text) = self.rows::<(i64, Option<String>)>(query)?.pop().ok_or(Error::Row)?;
        let text = text.unwrap_or_default();
        let lines = text.split_terminator(LINE).count();
        if i64::try_from(lines) == Ok(count) { Ok(text) } else { Err(Error::Row) }
    }

    fn rows<T>(&mut self, query: Query<'_, Any, AnyArguments>) -> Result<Vec<T>, Error>
    where
        T: for<'r> FromRow<'r, AnyRow>,
    {
        let rows = self.runtime.block_on(query.fetch_all(&mut self.connection))?;
        Ok(rows.iter().map(T::from_row).collect::<Result<_, _>>()?)
    }
}

#[derive(FromRow)]
struct RecordRow {
    number: i64,
    kind: String,
    body: String,
    hash: String,
    signature: String,
}

impl From<RecordRow> for Record {
    fn from(row: RecordRow) -> Self {
        let RecordRow { number, kind, body, hash, signature } = row;
        // A number that no act has is found out where it is compared with the one in the text.
        Self { number: u64::try_from(number).unwrap_or(0), kind, body, hash, signature }
    }
}

/// A query for rows as one text, a line for each in an order: a driver hands over one long text in a fraction of the time that
/// it takes for as many rows and columns.
fn lines<'q>(columns: &[&str], rows: &str, order: &str) -> Query<'q, Any, AnyArguments> {
    let line = columns.join(&format!(" || '{FIELD}' || "));
    let sql =
        format!("SELECT COUNT(*), string_agg({line} || '{LINE}', '' ORDER BY {order}) FROM ({rows}) AS page");
    sqlx::query(AssertSqlSafe(sql))
}

struct DecisionRow {
    id: i64,
    list: String,
    name: String,
    state: String,
    case_number: String,
    expires: i64,
    body: String,
}

impl DecisionRow {
    const COLUMNS: [&str; 7] = ["id", "list", "name", "state", "case_number", "expires", "body"];

    fn of(decision: &Decision) -> Result<Self, Error> {
        Ok(Self {
            id: number(decision.id)?,
            list: decision.subject.list.clone(),
            name: decision.subject.name.clone(),
            state: decision.state.word().to_owned(),
            case_number: decision.subject.case.clone(),
            expires: decision.subject.expires.as_second(),
            body: serde_json::to_string(decision).map_err(Error::Json)?,
        })
    }

    fn line(&self) -> String {
        let Self { id, list, name, state, case_number, expires, body } = self;
        [&id.to_string(), list, name, state, case_number, &expires.to_string(), body]
            .map(String::as_str)
            .join(FIELD)
    }

    /// The decision of a line, if its columns agree with its text.
    fn open(line: &str) -> Result<Decision, Error> {
        let mut fields = line.splitn(Self::COLUMNS.len(), FIELD);
        let id = fields.next().and_then(|id| id.parse().ok()).ok_or(Error::Row)?;
        let body = fields.last().ok_or(Error::Row)?;
        let edited = |reason: String| Error::Decision { id, reason };
        let decision: Decision = serde_json::from_str(body).map_err(|cause| edited(cause.to_string()))?;
        match Self::of(&decision)?.line() == line {
            true => Ok(decision),
            false => Err(edited("its columns are not what its text says".to_owned())),
        }
    }
}

/// `($1, $2), ($3, $4)`: places for rows of values.
fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let row: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", row.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

fn number(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::Number)
}

fn positive(number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Number)
}
