//! How do the tests run the real command?
//!
//! [`Bench`] is a temporary folder with its own store; each call runs the
//! binary without a terminal and without the caller's environment.
#![allow(dead_code)] // each test file uses its own part

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What one run of the command printed.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The lines of stdout as JSON.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }

    #[track_caller]
    pub fn ends_with(self, code: i32) -> Ran {
        assert_eq!(
            self.code,
            code,
            "stdout: {}\nstderr: {}",
            self.out.chars().take(2_000).collect::<String>(),
            self.err
        );
        self
    }

    /// Stderr has these words.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Ran {
        for word in words {
            assert!(self.err.contains(word), "expected {word:?} in: {}", self.err);
        }
        self
    }
}

/// A folder for one test.
pub struct Bench {
    pub dir: TempDir,
}

impl Bench {
    pub fn new() -> Bench {
        Bench { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        std::fs::write(&path, contents).expect("a file");
        path.to_string_lossy().into_owned()
    }

    /// Runs `marsad` with the bench's own store.
    pub fn marsad(&self, args: &[&str]) -> Ran {
        self.run(args, "")
    }

    pub fn run(&self, args: &[&str], stdin: &str) -> Ran {
        let mut command = Command::cargo_bin("marsad").expect("cargo builds the command for its tests");
        command.env_remove("MARSAD_STORE").env("MARSAD_STORE", self.path("store")).current_dir(self.dir.path());
        let output = command.args(args).write_stdin(stdin).output().expect("the command runs");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A folder or file of the repository.
pub fn repository(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
        .canonicalize()
        .expect(name)
        .to_string_lossy()
        .into_owned()
}

pub fn examples() -> String {
    repository("examples/articles")
}
