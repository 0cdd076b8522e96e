//! What happens when nothing more can be written?
//!
//! The real command against a full disk, a folder and a file that are for
//! reading only, and a limit on the size of files: each failure says what it is
//! about and what to do, the store is as it was, and nothing that was
//! acknowledged is lost. What this machine does not allow is said and left out;
//! the limit on the size of files and `/dev/full` need no rights.

#![cfg(target_os = "linux")]

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// How the command is started: as it is, or behind something that holds it back.
type Start<'s> = &'s dyn Fn(&[&str]) -> Command;

fn plainly(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
    command.args(args);
    command
}

/// A folder with articles, a store of them and a decision in it, which everybody may read.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let desk = Desk { folder };
        let articles = format!("{}/../../examples/articles", env!("CARGO_MANIFEST_DIR"));
        desk.done(&plainly, &["ingest", &articles]);
        let ids = desk.ids();
        desk.done(&plainly, &["merge", &ids[0], &ids[1]]);
        fs::write(desk.path("feeds.txt"), "http://127.0.0.1:9/feed\n").unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn store(&self) -> String {
        self.path("store").to_str().unwrap().to_string()
    }

    /// A new article each time.
    fn article(&self, n: usize) -> String {
        let path = self.path(&format!("{n}.txt"));
        let text =
            format!("انفجرت عبوة ناسفة في بعقوبة يوم {} مايو 2023، وأصيب {} أشخاص، رقم {n}.", 1 + n % 28, 3 + n % 7);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_string()
    }

    fn run(&self, start: Start, args: &[&str]) -> Output {
        start(&[args, &["--store", &self.store()]].concat()).output().unwrap()
    }

    fn done(&self, start: Start, args: &[&str]) -> String {
        let out = self.run(start, args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    fn ids(&self) -> Vec<String> {
        let list = self.done(&plainly, &["list"]);
        let id =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_string();
        list.lines().map(id).collect()
    }

    /// All that the store gives out.
    fn state(&self) -> String {
        self.done(&plainly, &["export", "--as", "ndjson"]) + &self.done(&plainly, &["log"])
    }

    fn is_sound(&self) {
        let said = self.done(&plainly, &["doctor"]);
        assert!(said.contains("all is well"), "{said}");
    }

    /// All that writes into the store.
    fn writers(&self) -> Vec<Vec<String>> {
        let ids = self.ids();
        let last = self.done(&plainly, &["log"]).lines().count() - 1;
        let words = |args: &[&str]| args.iter().map(|s| s.to_string()).collect::<Vec<String>>();
        vec![
            words(&["ingest", &self.article(0)]),
            words(&["merge", &ids[0], &ids[1]]),
            words(&["set", &ids[0], "killed=9", "--why", "counted"]),
            words(&["undo", &last.to_string()]),
            words(&["watch", self.path("feeds.txt").to_str().unwrap(), "--once", "--contact", "desk@marsad.example"]),
        ]
    }

    /// Each of these commands must be refused with one of the codes, and leave everything as it was.
    fn refuses(&self, start: Start, codes: &[&str]) {
        let before = self.state();
        for args in self.writers() {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            refused(&args, &self.run(start, &args), codes);
        }
        assert!(self.state() == before, "a refused command changed the store");
        self.is_sound();
    }
}

/// The exit code says so; the message has a code, names the file or folder, and says what to do.
fn refused(args: &[&str], out: &Output, codes: &[&str]) {
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
    assert!(codes.iter().any(|code| said.contains(&format!("error[{code}]: "))), "{args:?}: {said}");
    let names_what = said.contains('/') || said.contains("standard output");
    assert!(names_what && said.contains("  what to do: "), "{args:?}: {said}");
}

/// In steps of 512 bytes. Writing beyond gives an error instead of ending the process.
fn with_limit(blocks: usize) -> impl Fn(&[&str]) -> Command {
    limited(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""))
}

fn limited(script: String) -> impl Fn(&[&str]) -> Command {
    move |args| {
        let mut command = Command::new("sh");
        command.args(["-c", script.as_str(), "sh", env!("CARGO_BIN_EXE_marsad")]).args(args);
        command
    }
}

#[test]
fn files_that_may_not_grow_leave_the_store_as_it_was() {
    let desk = Desk::new();
    desk.refuses(&with_limit(8), &["io"]);
    // A process that the limit ends at once leaves no more behind.
    let before = desk.state();
    for args in desk.writers() {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let out = desk.run(&limited("ulimit -f 8; exec \"$@\"".to_string()), &args);
        assert!(!out.status.success(), "{args:?}");
    }
    assert!(desk.state() == before, "a command that was ended changed the store");
    desk.is_sound();
    let export = desk.path("all.csv");
    let args = ["export", "--as", "csv", "--output", export.to_str().unwrap()];
    refused(&args, &desk.run(&with_limit(1), &args), &["io"]);
    assert!(!export.exists() && !desk.path("all.csv.part").exists(), "no half file");
    // With more and more room: what was acknowledged is there, what was not can be done again.
    for (n, blocks) in [40, 72, 80, 100, 140, 200, 300, 500, 800].into_iter().enumerate() {
        let before = desk.state();
        let article = desk.article(n + 1);
        let out = desk.run(&with_limit(blocks), &["ingest", &article]);
        let is_kept = desk.done(&plainly, &["log"]).contains(&article);
        match out.status.code() {
            Some(0) => assert!(is_kept, "{blocks} blocks: acknowledged and lost"),
            Some(3) => assert!(is_kept, "{blocks} blocks: kept in part"),
            _ => {
                refused(&["ingest"], &out, &["io"]);
                assert!(is_kept || desk.state() == before, "{blocks} blocks: half done");
            }
        }
        desk.is_sound();
        desk.done(&plainly, &["ingest", &article]);
    }
    desk.is_sound();
}

#[test]
fn output_that_cannot_be_written_is_said() {
    let desk = Desk::new();
    let before = desk.state();
    let args = ["export", "--as", "csv", "--output", "/dev/full"];
    refused(&args, &desk.run(&plainly, &args), &["disk_full"]);
    let full = limited("exec \"$@\" > /dev/full".to_string());
    for args in [&["export", "--as", "geojson"][..], &["list"], &["audit"], &["log"]] {
        refused(args, &desk.run(&full, args), &["disk_full"]);
    }
    assert!(desk.state() == before);
}

/// Whoever may write everywhere becomes somebody who may not.
struct Somebody {
    folder: TempDir,
    is_root: bool,
}

impl Somebody {
    fn new() -> Somebody {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o555)).unwrap();
        let is_root = fs::write(closed.join("x"), "").is_ok();
        if is_root {
            // The program may lie where only root may look.
            fs::copy(env!("CARGO_BIN_EXE_marsad"), folder.path().join("marsad")).unwrap();
        }
        Somebody { folder, is_root }
    }

    fn command(&self, args: &[&str]) -> Command {
        if !self.is_root {
            return plainly(args);
        }
        let mut command = Command::new(self.folder.path().join("marsad"));
        command.args(args).uid(65534).gid(65534).current_dir("/");
        command
    }
}

fn set_mode(path: &Path, folders: u32, files: u32) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| set_mode(&entry.unwrap().path(), folders, files));
    }
    let mode = if path.is_dir() { folders } else { files };
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_for_reading_only_is_read_and_not_written() {
    let (desk, somebody) = (Desk::new(), Somebody::new());
    let as_somebody = |args: &[&str]| somebody.command(args);
    let (store, before) = (desk.path("store"), desk.state());
    let writers = desk.writers();
    for folders_are_closed in [true, false] {
        // Nobody reads or writes at this moment: no files of SQLite lie beside the database.
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(store.join(format!("marsad.db{end}")));
        }
        set_mode(&store, if folders_are_closed { 0o555 } else { 0o777 }, 0o444);
        for args in &writers {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            refused(&args, &desk.run(&as_somebody, &args), &["read_only"]);
        }
        let export = store.join("all.csv");
        let args = ["export", "--as", "csv", "--output", export.to_str().unwrap()];
        if folders_are_closed {
            refused(&args, &desk.run(&as_somebody, &args), &["io"]);
        }
        // Reading needs no right to write.
        let read = desk.done(&as_somebody, &["export", "--as", "ndjson"]) + &desk.done(&as_somebody, &["log"]);
        assert!(read == before);
        assert!(desk.done(&as_somebody, &["doctor"]).contains("all is well"));
        assert!(!desk.done(&as_somebody, &["show", &desk.ids()[0], "--table"]).is_empty());
        set_mode(&store, 0o755, 0o644);
        assert!(desk.state() == before, "a refused command changed the store");
        desk.is_sound();
    }
    // A store that is made where nothing may be made.
    let closed = desk.path("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o555)).unwrap();
    let article = desk.article(1);
    let args = ["ingest", &article, "--store", closed.to_str().unwrap()];
    refused(&args, &somebody.command(&args).output().unwrap(), &["read_only", "io"]);
    assert_eq!(fs::read_dir(&closed).unwrap().count(), 0);
}

/// A small disk of its own that only this test sees; it goes when the test ends.
struct SmallDisk {
    keeper: Child,
    mount: TempDir,
}

impl SmallDisk {
    fn new(size: &str) -> Result<SmallDisk, String> {
        let mount = tempfile::tempdir().unwrap();
        let script =
            format!("mount -t tmpfs -o size={size} tmpfs '{}' && echo ready && read end", mount.path().display());
        let mut command = Command::new("unshare");
        command.args(["-Urm", "sh", "-c", &script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut keeper = command.spawn().map_err(|e| format!("unshare: {e}"))?;
        let mut line = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let disk = |keeper| SmallDisk { keeper, mount };
        if line.trim() == "ready" {
            let disk = disk(keeper);
            let is_entered = disk.enter("true").status().is_ok_and(|status| status.success());
            return if is_entered { Ok(disk) } else { Err("nsenter is not allowed".to_string()) };
        }
        let mut why = String::new();
        let _ = keeper.stderr.take().unwrap().read_to_string(&mut why);
        let _ = keeper.wait();
        Err(why)
    }

    fn enter(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["-t", &self.keeper.id().to_string(), "-U", "-m", "--preserve-credentials", program]);
        command
    }

    fn marsad(&self, args: &[&str]) -> Output {
        let store = self.mount.path().join("store");
        let mut command = self.enter(env!("CARGO_BIN_EXE_marsad"));
        command.args(args).arg("--store").arg(store).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let out = self.marsad(args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    fn state(&self) -> String {
        self.done(&["export", "--as", "ndjson"]) + &self.done(&["log"])
    }

    /// Leaves so many bytes free.
    fn fill(&self, bytes_free: usize) {
        let script = format!(
            "rm -f \"$0/fill\" && n=$(stat -f -c '%a %S' \"$0\" | awk '{{print int(($1*$2-{bytes_free})/1024)}}') \
             && dd if=/dev/zero of=\"$0/fill\" bs=1k count=$n 2>/dev/null"
        );
        let mut command = self.enter("sh");
        assert!(command.args(["-c", &script]).arg(self.mount.path()).status().unwrap().success());
    }

    fn set(&self, options: &str) {
        let mut command = self.enter("mount");
        assert!(command.args(["-o", options]).arg(self.mount.path()).status().unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Its end of the pipe closes with it; the disk goes with the last process that sees it.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.kill();
        let _ = self.keeper.wait();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let desk = Desk::new();
    let disk = match SmallDisk::new("3m") {
        Ok(disk) => disk,
        Err(why) => {
            eprintln!(
                "left out: no small disk can be mounted here ({}); see the limit on the size of files",
                why.trim()
            );
            return;
        }
    };
    // A store that cannot even be made, and then can.
    let articles = format!("{}/../../examples/articles", env!("CARGO_MANIFEST_DIR"));
    let articles = fs::canonicalize(articles).unwrap();
    let ingest = ["ingest", articles.to_str().unwrap()];
    disk.fill(4096);
    refused(&ingest, &disk.marsad(&ingest), &["disk_full", "io"]);
    refused(&["list"], &disk.marsad(&["list"]), &["not_a_store"]);
    disk.fill(2 << 20);
    disk.done(&ingest);
    let writers = desk.writers();
    let ids: Vec<String> = disk
        .done(&["list"])
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].as_str().unwrap().to_string())
        .collect();
    disk.done(&["merge", &ids[0], &ids[1]]);
    // Full to the last byte.
    disk.fill(0);
    let before = disk.state();
    for args in &writers {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        refused(&args, &disk.marsad(&args), &["disk_full", "io"]);
    }
    let export = disk.mount.path().join("all.csv");
    let args = ["export", "--as", "csv", "--output", export.to_str().unwrap()];
    refused(&args, &disk.marsad(&args), &["disk_full"]);
    assert!(disk.state() == before, "a refused command changed the store");
    assert!(disk.done(&["doctor"]).contains("all is well"));
    // Until it is full: what was acknowledged is there.
    disk.fill(600 << 10);
    let (mut acknowledged, mut is_full) = (vec![], false);
    for n in 0..400 {
        let article = desk.article(n);
        let out = disk.marsad(&["ingest", &article]);
        if out.status.success() {
            acknowledged.push(article);
            continue;
        }
        let said = String::from_utf8_lossy(&out.stderr).to_string();
        assert!(said.contains("error[disk_full]") || said.contains("error[io]"), "{said}");
        is_full = true;
        break;
    }
    assert!(is_full && !acknowledged.is_empty(), "{} were kept", acknowledged.len());
    let log = disk.done(&["log"]);
    assert!(acknowledged.iter().all(|article| log.contains(article.as_str())), "acknowledged and lost");
    assert!(disk.done(&["doctor"]).contains("all is well"));
    // With some room everything goes on.
    disk.fill(400 << 10);
    disk.done(&["ingest", desk.folder.path().to_str().unwrap(), "--quiet"]);
    // A disk that is mounted for reading only.
    let before = disk.state();
    disk.set("remount,ro");
    for args in &writers {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        refused(&args, &disk.marsad(&args), &["read_only"]);
    }
    assert!(disk.state() == before);
    disk.set("remount,rw");
    assert!(disk.done(&["doctor"]).contains("all is well"));
}
