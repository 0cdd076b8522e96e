//! Which verbs and options are there, and what does each do?
//!
//! The doc comments are the help texts; `docs/commands.md` is made from them by
//! `tests/docs.rs`, which also fails when a verb or option lacks a sentence.

use clap::{Args as Group, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use marsad_model::{EventType, LinkKind};
use marsad_store::Near;
use std::path::PathBuf;

/// The whole command line, for help texts and their tests.
pub fn command() -> clap::Command {
    Args::command()
}

/// Reads Arabic news into a sourced, deduplicated database of security incidents.
///
/// Every value keeps the sentence it was read from, unknown is not zero, and what sources say differently stays visible.
/// Works offline with one folder, the store. A table is printed on a terminal, one JSON object a line into a pipe.
#[derive(Debug, Parser)]
#[command(name = "marsad", version, after_help = MAIN_EXAMPLES, max_term_width = 110)]
pub struct Args {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

const MAIN_EXAMPLES: &str = "Examples:
  marsad ingest articles/                  read a folder into the store ./marsad
  marsad list --since 2021-07-01           the incidents, as a table
  marsad show ID --sources --conflicts     one incident: who says what
  marsad export --as csv --bom -o out.csv  for a spreadsheet
  marsad extract article.txt --explain     how one article is read, rule by rule

Exit codes: 0 done; 1 a check found something; 2 the command could not do its work; 3 part of the input could not be read.";

/// Options that every verb takes.
#[derive(Debug, Clone, Group)]
#[command(next_help_heading = "Options of every verb")]
pub struct Common {
    /// The folder of the store.
    #[arg(long, global = true, value_name = "DIR", env = "MARSAD_STORE", default_value = "marsad")]
    pub store: PathBuf,
    /// A folder of data files that replace or add to the shipped ones, by relative name.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language of messages and tables.
    #[arg(long, global = true, value_enum, default_value_t = Lang::En)]
    pub lang: Lang,
    /// One JSON object a line, also on a terminal.
    #[arg(long, global = true, conflicts_with = "table")]
    pub json: bool,
    /// The form for people, also into a pipe or file.
    #[arg(long, global = true)]
    pub table: bool,
    /// How many threads read documents; all cores unless told otherwise.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// No progress, no notes on skipped files and no summary; errors are still said.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl Common {
    /// 0 means all cores.
    pub fn threads(&self) -> usize {
        self.threads.map_or(0, usize::from)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Ar,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Read articles into the store: read, extract, resolve, keep. Doing it twice changes nothing.
    #[command(after_help = "Examples:
  marsad ingest articles/ more.jsonl
  marsad ingest --published 2021-07-29 --outlet \"Al Araby TV\" article.txt
  cat article.txt | marsad ingest -

A folder is read with all below it; a store in it is passed over. The same bytes under another name, or from standard input, are the
same document.")]
    Ingest(Ingest),
    /// Print one reading a document and touch no store.
    #[command(after_help = "Examples:
  marsad extract article.txt --explain
  marsad extract articles/ > readings.ndjson
  cat article.txt | marsad extract - --published 2021-07-29 --mentions")]
    Extract(Extract),
    /// List the incidents of the store.
    #[command(after_help = "Examples:
  marsad list --type rocket_attack --country IQ --since 2021-07-01 --until 2021-07-31
  marsad list --near 33.30,44.39,10 --killed 1
  marsad list --within iq/baghdad --json | jq .id

A DATE is a day, a month (2021-07) or a year. An incident whose date is open is listed where it may lie in the days asked for; --dated
leaves out those of which not even a year is told.

In the table `?` means not known, 0 means that the text says none, 4–12 a range, ≥3 at least three, ~30 about thirty.")]
    List(List),
    /// Show one incident with the sentence behind each value.
    #[command(after_help = "Examples:
  marsad show 3f9a --sources --conflicts
  marsad show 3f9a --why --json

The first characters of an id suffice while only one incident begins with them.")]
    Show(Show),
    /// Write the incidents as CSV, GeoJSON or NDJSON, or the pages behind them as WACZ.
    #[command(after_help = "Examples:
  marsad export --as csv --bom -o incidents.csv
  marsad export --as geojson --country IQ > incidents.geojson
  marsad export --as wacz --since 2024-05 -o pages.wacz")]
    Export(Export),
    /// Say that two or more incidents are one; their reports stay together whatever is read later.
    #[command(after_help = "Examples:
  marsad merge 3f9a 7c21 --why \"same market, the second report is a day late\"
  marsad undo 118

What `merge`, `split`, `set` and `retract` decide is an entry of the log with its number, and any entry can be undone.")]
    Merge(Merge),
    /// Say that some reports of an incident tell of another one.
    #[command(after_help = "Examples:
  marsad show 3f9a --sources
  marsad split 3f9a --reports 51c2e,9ab01 --why \"two bombs on one evening\"")]
    Split(Split),
    /// Give an incident a value by hand; what the reports say is kept beside it.
    #[command(after_help = "Examples:
  marsad set 3f9a killed=4 --why \"names of the four are listed by the hospital\"
  marsad set 3f9a date=2021-07-01..2021-07-31 --why \"the report is a monthly review\"
  marsad set 3f9a place=iq/anbar/ain-al-asad --why \"the statement names the base\"

A FIELD is type, epistemic, date, killed, wounded or place (by its id in the gazetteer).")]
    Set(Set),
    /// Say how an incident stands to another: retaliation for it, a follow-up of it, of the same campaign, a part of it.
    #[command(after_help = "Examples:
  marsad link 7c21 3f9a --as retaliation-for --why \"the statement names it\"")]
    Link(Link),
    /// Take a report out of all incidents, without losing it.
    #[command(after_help = "Examples:
  marsad retract 51c2e --why \"the outlet withdrew it\"")]
    Retract(Retract),
    /// Take back an entry of the log, whichever; undoing an undo does it again.
    #[command(after_help = "Examples:
  marsad log
  marsad undo 118 --why \"they were two after all\"")]
    Undo(Undo),
    /// What was done to the store, entry by entry; of one incident, what concerns it.
    #[command(after_help = "Examples:
  marsad log
  marsad log 3f9a --json")]
    Log(Log),
    /// What changed between two states of the store: incidents that came, went, or are told otherwise.
    #[command(after_help = "Examples:
  marsad diff 2024-05-01
  marsad diff 2024-05-01 2024-06-01 --json
  marsad diff 117 118")]
    Diff(Diff),
    /// Compare what reports count (\"about 50 since January\") with the incidents of the store.
    #[command(after_help = "Examples:
  marsad audit
  marsad audit --json | jq 'select(.verdict == \"under_covered\")'")]
    Audit(Audit),
    /// Watch feeds: ask them politely, fetch the pages that they name, keep every answer, read it into the store.
    #[command(after_help = "Examples:
  marsad watch feeds.opml --contact desk@example.org
  marsad watch feeds.opml https://example.org/rss --once --contact https://example.org/bot

Robots files are obeyed (RFC 9309), a host is asked one question at a time, unchanged feeds are not sent again, what fails is asked
again after longer and longer times. Every answer is kept as a WARC record under raw/web/ in the store and can be shown later. The
command may be stopped or killed at any time and goes on where it was. Addresses of private networks are refused.")]
    Watch(Watch),
    /// Say how the watched feeds and their pages stand: kept, waiting, failed with reason and next attempt, gone.
    #[command(after_help = "Examples:
  marsad ledger --state failed
  marsad ledger --kind feed --json | jq .next
  marsad ledger https://example.org/rss      every visit to one address")]
    Ledger(Ledger),
    /// Check the linguistic data or begin a new entry.
    #[command(subcommand)]
    Data(Data),
    /// Measure the reading on a file of cases made by other people: times and numbers, places, sentences.
    #[command(subcommand)]
    Eval(Eval),
    /// Say which version and data this is, how fast it starts, and whether the store is whole; for people unless --json.
    #[command(after_help = "Examples:
  marsad doctor
  marsad doctor --store /srv/marsad --json")]
    Doctor,
}

/// What may be said about all articles of an input beforehand.
#[derive(Debug, Clone, Group)]
pub struct Given {
    /// Files, folders, or `-` for standard input: texts, saved pages, JSONL, JSON lists, feeds, web archives, ZIP and WACZ, Telegram exports,
    /// newsletters; the handbook lists their endings.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// The publication date of all articles that bring none of their own: 2021-07-29, 2021-07 or 2021.
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub published: Option<(Date, Date)>,
    /// The outlet of all articles that name none of their own.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Write a JSON line to this file for everything that was skipped: where it stands and why.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub struct Ingest {
    #[command(flatten)]
    pub given: Given,
    /// Resolve all incidents anew from the readings, not only those that new reports touch.
    #[arg(long)]
    pub anew: bool,
}

#[derive(Debug, Group)]
pub struct Merge {
    /// The incidents.
    #[arg(required = true, num_args = 2.., value_name = "ID")]
    pub ids: Vec<String>,
    /// Why; kept in the log.
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
}

#[derive(Debug, Group)]
pub struct Split {
    /// The incident.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The reports that tell of another one: first characters of their ids, addresses or files; several times or with commas.
    #[arg(long, required = true, value_name = "REPORT", value_delimiter = ',')]
    pub reports: Vec<String>,
    /// Why; kept in the log.
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
}

#[derive(Debug, Group)]
pub struct Set {
    /// The incident.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The field and its value.
    #[arg(value_name = "FIELD=VALUE")]
    pub value: String,
    /// Why; kept in the log.
    #[arg(long, required = true, value_name = "WORDS")]
    pub why: String,
}

#[derive(Debug, Group)]
pub struct Link {
    /// The incident.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The other one.
    #[arg(value_name = "ID")]
    pub other: String,
    /// How the first stands to the other.
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub kind: Standing,
    /// Why; kept in the log.
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Standing {
    /// It answers the other.
    RetaliationFor,
    /// It came of the other: a second bomb, a fire, a hunt.
    FollowUpOf,
    SameCampaignAs,
    /// It is one of several that the other is made of.
    PartOf,
}

impl From<Standing> for LinkKind {
    fn from(standing: Standing) -> LinkKind {
        match standing {
            Standing::RetaliationFor => LinkKind::RetaliationFor,
            Standing::FollowUpOf => LinkKind::FollowUpOf,
            Standing::SameCampaignAs => LinkKind::SameCampaignAs,
            Standing::PartOf => LinkKind::PartOf,
        }
    }
}

#[derive(Debug, Group)]
pub struct Retract {
    /// The report: first characters of its id, its address or file.
    #[arg(value_name = "REPORT")]
    pub document: String,
    /// Why; kept in the log.
    #[arg(long, required = true, value_name = "WORDS")]
    pub why: String,
}

#[derive(Debug, Group)]
pub struct Undo {
    /// The number of the entry.
    #[arg(value_name = "ENTRY")]
    pub entry: u64,
    /// Why; kept in the log.
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
}

#[derive(Debug, Group)]
pub struct Log {
    /// Only what concerns this incident.
    #[arg(value_name = "ID")]
    pub id: Option<String>,
}

#[derive(Debug, Group)]
pub struct Diff {
    /// The one state: the end of a day (UTC), or after an entry of the log.
    #[arg(value_name = "DATE|ENTRY")]
    pub from: String,
    /// The other; now unless told otherwise.
    #[arg(value_name = "DATE|ENTRY")]
    pub to: Option<String>,
}

#[derive(Debug, Group)]
pub struct Audit {
    /// As the store was at the end of this day (UTC), or after this entry of its log.
    #[arg(long, value_name = "DATE|ENTRY")]
    pub as_of: Option<String>,
}

#[derive(Debug, Group)]
pub struct Watch {
    /// Lists of feeds (OPML, or a text with one address a line), or addresses of feeds.
    #[arg(required = true, value_name = "LIST|URL")]
    pub lists: Vec<String>,
    /// How those who are visited can reach you: an e-mail address or a page. Part of the user agent.
    #[arg(long, value_name = "MAIL|URL", env = "MARSAD_CONTACT", value_parser = contact)]
    pub contact: String,
    /// Ask what is due, read it, and end.
    #[arg(long)]
    pub once: bool,
    /// Minutes between two questions to a feed that does not ask for more.
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub every: u32,
    /// Seconds between two questions to a host that does not ask for more.
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = seconds)]
    pub delay: f64,
    /// How many hosts are asked at a time.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub connections: u16,
    /// Seconds after which an answer is no longer waited for.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    pub timeout: f64,
    /// Read what the feeds themselves carry, and fetch no pages.
    #[arg(long)]
    pub feeds_only: bool,
    /// An address that may be asked although it is not public, such as a mirror of your own; may be given several times.
    #[arg(long = "allow-address", value_name = "IP:PORT")]
    pub allow: Vec<std::net::SocketAddr>,
}

#[derive(Debug, Group)]
pub struct Ledger {
    /// Tell every visit to this address instead.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
    /// Only these.
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<AddressKind>,
    /// Only those that stand so.
    #[arg(long, value_enum, value_name = "STATE")]
    pub state: Option<AddressState>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AddressKind {
    Feed,
    Page,
    Robots,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AddressState {
    /// Known, and not asked for yet.
    Waiting,
    /// Its answer is kept.
    Kept,
    /// No answer that is of use, so far.
    Failed,
    /// It will not come back, or was given up.
    Gone,
    /// The robots file of its host forbids it.
    Forbidden,
    /// It leads to where nothing is fetched from.
    Refused,
}

#[derive(Debug, Group)]
pub struct Extract {
    #[command(flatten)]
    pub given: Given,
    /// Also print what the text names: times, numbers, places, actors, weapons.
    #[arg(long)]
    pub mentions: bool,
    /// Print how each document was read, one line a rule, as a tree instead of JSON.
    #[arg(long, conflicts_with = "mentions")]
    pub explain: bool,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = ReadingFormat::Ndjson)]
    pub format: ReadingFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadingFormat {
    /// One JSON object a line.
    Ndjson,
}

/// Which incidents are meant; all conditions must hold. An incident of which a filtered value is unknown does not pass,
/// save for the date: an open one passes where it may lie in the days asked for.
#[derive(Debug, Clone, Group)]
pub struct Which {
    /// Only these types, such as rocket_attack; may be given several times or with commas.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    pub types: Vec<EventType>,
    /// Only these countries, by ISO code such as IQ; may be given several times or with commas.
    #[arg(long = "country", value_name = "CODE", value_delimiter = ',')]
    pub countries: Vec<String>,
    /// Incidents that may have happened on this day or later, undated ones included.
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub since: Option<(Date, Date)>,
    /// Incidents that may have happened on this day or earlier, undated ones included.
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub until: Option<(Date, Date)>,
    /// Only incidents of which at least the year is told.
    #[arg(long)]
    pub dated: bool,
    /// At least so many dead.
    #[arg(long, value_name = "N")]
    pub killed: Option<u32>,
    /// Within a distance of a point: latitude, longitude, kilometres.
    #[arg(long, value_name = "LAT,LON,KM", value_parser = near, allow_hyphen_values = true)]
    pub near: Option<Near>,
    /// In a place of the gazetteer, such as iq/baghdad.
    #[arg(long, value_name = "PLACE_ID")]
    pub within: Option<String>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// As the store was at the end of this day (UTC), or after this entry of its log.
    #[arg(long, value_name = "DATE|ENTRY")]
    pub as_of: Option<String>,
}

#[derive(Debug, Group)]
pub struct List {
    #[command(flatten)]
    pub which: Which,
}

#[derive(Debug, Group)]
pub struct Show {
    /// The incident's id, or as many of its first characters as tell it from the others.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Who tells it, voice by voice, each with the quoted sentence.
    #[arg(long)]
    pub sources: bool,
    /// Field by field what every report says, who says it there, when, and how sure it is.
    #[arg(long)]
    pub claims: bool,
    /// What the sources say differently, who says it, which value is shown and by which rule.
    #[arg(long)]
    pub conflicts: bool,
    /// Why the tellings were taken to be one incident.
    #[arg(long)]
    pub why: bool,
    /// As the store was at the end of this day (UTC), or after this entry of its log.
    #[arg(long, value_name = "DATE|ENTRY")]
    pub as_of: Option<String>,
}

#[derive(Debug, Group)]
pub struct Export {
    /// The form of the file.
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// Begin a CSV file with a byte order mark, by which Excel knows UTF-8.
    #[arg(long)]
    pub bom: bool,
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// For spreadsheets; the columns are described in the handbook.
    Csv,
    /// For maps.
    Geojson,
    /// One JSON object a line, for programs.
    Ndjson,
    /// The pages behind the incidents, as `watch` kept them, for a player of web archives such as ReplayWeb.page.
    Wacz,
}

#[derive(Debug, Subcommand)]
pub enum Data {
    /// Check hygiene and run the examples of every rule.
    #[command(after_help = "Examples:
  marsad data check
  marsad data check data/
  marsad data check --data my-words/")]
    Check {
        /// A whole data folder to check instead of the shipped one; use --data for a folder that only adds.
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Print an empty entry, or append it to the right file of the --data folder.
    #[command(after_help = "Examples:
  marsad data new trigger
  marsad data new --types
  marsad data new weapon fateh-110 --data my-words/")]
    New {
        /// What the entry describes.
        #[arg(value_enum, required_unless_present = "types")]
        kind: Option<Kind>,
        /// The id of the entry; with --data DIR the entry is appended to the file where it belongs.
        id: Option<String>,
        /// Print the event types with their labels instead: what a trigger may name under `event`.
        #[arg(long, conflicts_with = "kind")]
        types: bool,
    },
    /// Make a table of places for --data from a dump of GeoNames or from a CSV file.
    #[command(after_help = "Examples:
  marsad data import-geonames IQ.zip --alternate alternateNamesV2.zip -o overlay/gazetteer/bulk/iq.tsv
  marsad data import-geonames places.csv -o overlay/gazetteer/bulk/places.tsv
  marsad extract article.txt --data overlay

A dump is IQ.zip or IQ.txt of GeoNames, with 19 tab-separated columns. A CSV file has the headings name_ar,name_en,cc,lat,lon,population; a
column kind, type or extra may name the kind of place. What the shipped gazetteer has already, by name and point, is left out.")]
    ImportGeonames(ImportGeonames),
}

#[derive(Debug, Group)]
pub struct ImportGeonames {
    /// The dump (.zip or .txt) or the list (.csv).
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The alternate names of GeoNames (alternateNamesV2, .zip or .txt), of which the Arabic ones are taken.
    #[arg(long, value_name = "FILE")]
    pub alternate: Option<PathBuf>,
    /// Write the table to this file, best DIR/gazetteer/bulk/NAME.tsv, instead of standard output.
    #[arg(long, short, value_name = "OUT.tsv")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Eval {
    /// Times and numbers, in the forms of Recognizers-Text, Duckling and NeMo.
    #[command(after_help = "Examples:
  marsad eval times cases.jsonl --misses
  marsad eval times cases.jsonl --refused corpus/refused/times.toml")]
    Times(Cases),
    /// Places: mentions with coordinates (IDRISI), or headlines with coordinates (CSV).
    #[command(after_help = "Examples:
  marsad eval places posts.jsonl --misses
  marsad eval places headlines.csv --data overlay/")]
    Places(Cases),
    /// Saved pages: body, date, and that nothing else on them is told.
    #[command(after_help = "Examples:
  marsad eval pages corpus/pages/pages.jsonl --misses")]
    Pages(Cases),
    /// Sentences that coders judged to tell of an attack or not.
    #[command(after_help = "Examples:
  marsad eval events sentences.jsonl --misses")]
    Events(Cases),
}

#[derive(Debug, Group)]
pub struct Cases {
    /// The cases: JSON objects, one a line, or a .csv file with a heading.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A TOML file of cases not to be judged by, each with its reason.
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
    /// Also print each case that came out wrong, one JSON object a line.
    #[arg(long)]
    pub misses: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Words that announce an event.
    Trigger,
    /// A place of the gazetteer.
    Place,
    /// An armed group, a force, an agency, an official body.
    Actor,
    /// A weapon with its names.
    Weapon,
    /// A newspaper, agency or station.
    Outlet,
    /// A word that rules ask for by name.
    Word,
}

fn event_type(word: &str) -> Result<EventType, String> {
    EventType::from_name(word).ok_or_else(|| {
        let names: Vec<&str> = EventType::ALL.iter().map(|t| t.name()).collect();
        format!("no such type; the types are {}", names.join(", "))
    })
}

/// An address that a person answers at.
fn contact(text: &str) -> Result<String, String> {
    let is_plain =
        text.is_ascii() && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "()<>".contains(c));
    match is_plain && text.contains('.') && (text.contains('@') || text.contains("://")) {
        true => Ok(text.to_string()),
        false => Err("write an e-mail address or the address of a page, such as desk@example.org".to_string()),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|s| (0.0..=3600.0).contains(s));
    seconds.ok_or_else(|| "write seconds, from 0 to 3600".to_string())
}

/// First and last day of a date on the command line.
fn days(text: &str) -> Result<(Date, Date), String> {
    marsad_ingest::days(text).ok_or_else(|| "write it as 2021-07-29, 2021-07 or 2021".to_string())
}

fn near(text: &str) -> Result<Near, String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[lat, lon, distance_km_max])
            if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) && distance_km_max >= 0.0 =>
        {
            Ok(Near { lat, lon, distance_km_max })
        }
        _ => Err("expected latitude, longitude and kilometres, such as 33.30,44.39,10".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        command().debug_assert();
    }

    #[test]
    fn a_circle_needs_three_numbers_on_the_earth() {
        assert_eq!(near("33.3, 44.4,10").unwrap().distance_km_max, 10.0);
        for bad in ["33.3,44.4", "91,0,1", "0,0,-1", "a,b,c", "NaN,0,1"] {
            assert!(near(bad).is_err(), "{bad}");
        }
    }
}
