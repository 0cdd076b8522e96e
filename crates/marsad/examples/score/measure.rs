//! How are the figures of a set made?
//!
//! By the commands that `corpus/scores.toml` names. In them `FILES` stands for
//! the files of the set, `READINGS` for what the command of `marsad` printed,
//! and `WORK` for a folder that is gone afterwards.

use super::figures::Figures;
use super::floors::{self, Set};
use super::{alarms, clusters, dated, own};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What came of a set.
pub enum Measured {
    Figures {
        figures: Figures,
        /// The hash of its files now, where it is not the one that the floors were set with.
        changed_to: Option<String>,
    },
    /// Its files are not here.
    Absent,
    /// A command that it needs did not do its work; says which and why.
    Failed(String),
}

/// Where things are.
pub struct Bench {
    pub root: PathBuf,
    pub marsad: PathBuf,
    pub work: PathBuf,
}

type Failure = Box<dyn std::error::Error>;

impl Bench {
    pub fn measure(&self, set: &Set) -> Measured {
        let Some(files) = floors::files(&self.root, set) else { return Measured::Absent };
        let measured = floors::hash(&files).map_err(Failure::from).and_then(|hash| {
            let changed_to = (hash != set.hash).then_some(hash);
            Ok(Measured::Figures { figures: self.figures(set, &files)?, changed_to })
        });
        measured.unwrap_or_else(|e| Measured::Failed(e.to_string()))
    }

    fn figures(&self, set: &Set, files: &[PathBuf]) -> Result<Figures, Failure> {
        let files = &self.kept(set, files)?;
        match set.scorer.first().map(String::as_str) {
            Some("own") => own::score_files(files),
            Some("alarms") => Ok(alarms::figures(&self.readings(set, files)?, &self.refused(set)?)?),
            Some("clusters") => Ok(self.clusters(set, files)?.0),
            Some(_) => Ok(Figures::parse(&self.scored(set, files, "--json")?)?),
            None => Ok(Figures::parse(&self.readings(set, files)?)?),
        }
    }

    /// What a person asks for who wants to see each miss of a set.
    ///
    /// # Errors
    /// When a command does not do its work.
    pub fn misses(&self, set: &Set) -> Result<String, Failure> {
        let files = floors::files(&self.root, set).ok_or("its files are not here")?;
        let files = &self.kept(set, &files)?;
        match set.scorer.first().map(String::as_str) {
            Some("own") => {
                Err("the own texts have no list of misses; compare with ../shared/tools/score.py ledes".into())
            }
            Some("alarms") => Ok(alarms::misses(&self.readings(set, files)?, &self.refused(set)?)?.join("\n")),
            Some("clusters") => Ok(self.clusters(set, files)?.1.join("\n")),
            Some(_) => self.scored(set, files, "--misses"),
            None => {
                let mut command = set.marsad.clone();
                command.push("--misses".to_string());
                self.prepare(set, files)?;
                self.marsad(&self.filled(&command, files))
            }
        }
    }

    /// The files, or of reports only those with a date that can be known.
    fn kept(&self, set: &Set, files: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        if !set.only_dated {
            return Ok(files.to_vec());
        }
        let kept = self.work.join(format!("{}.jsonl", set.name));
        let rows = files.iter().map(std::fs::read_to_string).collect::<Result<String, _>>()?;
        std::fs::write(&kept, dated::keep(&rows)?)?;
        Ok(vec![kept])
    }

    fn readings(&self, set: &Set, files: &[PathBuf]) -> Result<String, Failure> {
        self.prepare(set, files)?;
        self.marsad(&self.filled(&set.marsad, files))
    }

    fn prepare(&self, set: &Set, files: &[PathBuf]) -> Result<(), Failure> {
        let command = self.filled(&set.prepare, files);
        let outputs: Vec<&Path> = command.iter().map(Path::new).filter(|p| p.starts_with(&self.work)).collect();
        if command.is_empty() || (!outputs.is_empty() && outputs.iter().all(|o| o.is_file())) {
            return Ok(());
        }
        outputs.iter().filter_map(|o| o.parent()).try_for_each(std::fs::create_dir_all)?;
        self.marsad(&command).map(|_| ())
    }

    /// What a scorer beside the repository prints of a set's readings.
    fn scored(&self, set: &Set, files: &[PathBuf], option: &str) -> Result<String, Failure> {
        std::fs::write(self.readings_path(), self.readings(set, files)?)?;
        let words = self.filled(&set.scorer, files);
        let script = self.root.join("../shared/tools").join(&words[0]);
        run(Command::new("python3").arg(script).args(&words[1..]).arg(option), &self.root)
    }

    /// Its command of marsad keeps the readings in `WORK/` and the name of the set.
    fn clusters(&self, set: &Set, files: &[PathBuf]) -> Result<(Figures, Vec<String>), Failure> {
        self.readings(set, files)?;
        let [_, kind, more @ ..] = &set.scorer[..] else { return Err("clusters needs a kind".into()) };
        let beside = more.iter().map(|file| self.root.join(file));
        clusters::measured(kind, &self.work.join(&set.name), &files.iter().cloned().chain(beside).collect::<Vec<_>>())
    }

    fn refused(&self, set: &Set) -> Result<String, Failure> {
        let list = set.scorer.get(1).ok_or("alarms needs the file of the articles that do tell an attack")?;
        Ok(std::fs::read_to_string(self.root.join(list))?)
    }

    fn marsad(&self, words: &[String]) -> Result<String, Failure> {
        run(Command::new(&self.marsad).arg("--quiet").args(words), &self.root)
    }

    fn filled(&self, words: &[String], files: &[PathBuf]) -> Vec<String> {
        let shown = |path: &Path| path.to_string_lossy().into_owned();
        let fill = |word: &String| match word.as_str() {
            "FILES" => files.iter().map(|f| shown(f)).collect(),
            "READINGS" => vec![shown(&self.readings_path())],
            word => vec![word.replace("WORK", &shown(&self.work))],
        };
        words.iter().flat_map(fill).collect()
    }

    fn readings_path(&self) -> PathBuf {
        self.work.join("readings.ndjson")
    }
}

/// What a command prints; exit code 3 means that part of the input could not be read, which the figures show.
fn run(command: &mut Command, folder: &Path) -> Result<String, Failure> {
    let output = command.current_dir(folder).output().map_err(|e| format!("{:?}: {e}", command.get_program()))?;
    if !matches!(output.status.code(), Some(0 | 3)) {
        let said = String::from_utf8_lossy(&output.stderr);
        let words: Vec<_> =
            command.get_args().filter(|a| *a != "--quiet").take(4).map(|a| a.to_string_lossy()).collect();
        return Err(format!("{}: {}", words.join(" "), said.lines().next().unwrap_or("no word why")).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
