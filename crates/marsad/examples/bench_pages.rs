//! How fast do pages become readings, from a web archive, beside the readability library alone?
//!
//! Writes an archive of the pages of `corpus/pages`, over and over until it has
//! the asked size, reads it on one thread from bytes to JSON, and does with the
//! same pages, already decoded and in memory, what the library does alone.
//! `cargo run --release -p marsad --example bench_pages [MEGABYTES [ARCHIVE [FOLDER]]]`;
//! an archive that is named is kept, for `tools/bench_pages.py`, which measures
//! other programs on it; the `.html` files of a folder stand in for the corpus.

#[path = "../benches/common/cost.rs"]
mod cost;

use cost::{cpu_seconds, peak_memory_kb};
use flate2::Compression;
use flate2::write::GzEncoder;
use marsad::ingest::{Ingester, Item};
use marsad::store::wire;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let megabytes: usize = args.next().map_or(Ok(100), |n| n.parse())?;
    let kept = args.next().map(PathBuf::from);
    let path =
        kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("marsad-{}.warc.gz", std::process::id())));
    let pages = write(&path, megabytes << 20, &sources(args.next().map(PathBuf::from))?)?;
    let res = marsad::resources(None)?;
    let reader = marsad::extract::Reader::new(&res)?;
    let ingester = Ingester::new(&res);
    let before = peak_memory_kb();
    let (mut read, mut told) = (0, 0);
    let ours = cpu_seconds(|| {
        for item in marsad::ingest::articles(&path.to_string_lossy())? {
            let Item::Article(article) = item else { continue };
            let Ok(reading) = marsad::read_one(&reader, &ingester, article) else { continue };
            read += 1;
            told += reading.incidents.len();
            black_box(serde_json::to_string(&wire::reading(&reading))?);
        }
        Ok(())
    })?;
    let after = peak_memory_kb();
    let alone = cpu_seconds(|| {
        for page in &pages.decoded {
            let parsed = dom_smoothie::Readability::new(page.as_str(), None, None)
                .map(|mut r| r.parse().map(|a| a.text_content.len()));
            let _ = black_box(parsed); // a page without an article costs time too
        }
        Ok(())
    })? / pages.decoded.len() as f64;
    if kept.is_none() {
        std::fs::remove_file(&path)?;
    }
    let each = ours / read as f64;
    println!(
        "archive           {} pages, {:.0} MB, {:.0} MB packed",
        pages.count,
        pages.bytes as f64 / 1e6,
        pages.packed as f64 / 1e6
    );
    println!("read              {read} pages, {told} incidents");
    println!("WARC to readings  {:.0} pages/CPU-s, {:.1} MB/CPU-s", 1.0 / each, pages.bytes as f64 / 1e6 / ours);
    println!("dom_smoothie      {:.0} pages/CPU-s", 1.0 / alone);
    println!("ratio             {:.2}", each / alone);
    println!("peak memory       {} MB before, {} MB after", before.unwrap_or(0) / 1024, after.unwrap_or(0) / 1024);
    Ok(())
}

struct Pages {
    count: usize,
    bytes: usize,
    packed: u64,
    /// Each page of the corpus, as many times as measures well.
    decoded: Vec<String>,
}

/// Pages with the names of their encodings: of a folder, else the corpus.
fn sources(folder: Option<PathBuf>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    if let Some(folder) = folder {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_, std::io::Error>>()?;
        paths.retain(|p| p.extension().is_some_and(|e| e == "html"));
        paths.sort();
        return paths.iter().map(|p| Ok(("utf-8".to_string(), std::fs::read(p)?))).collect();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/pages");
    let list = std::fs::read_to_string(folder.join("pages.jsonl"))?;
    let page = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let file = folder.join(row["file"].as_str().ok_or("a row without file")?);
        Ok((row["encoding"].as_str().unwrap_or("utf-8").to_string(), std::fs::read(file)?))
    };
    list.lines().map(page).collect()
}

/// An archive with a packed member a page; each page differs from all others by a comment.
fn write(path: &Path, size: usize, pages: &[(String, Vec<u8>)]) -> Result<Pages, Failure> {
    let decode = |(label, bytes): &(String, Vec<u8>)| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        encoding.decode(bytes).0.into_owned()
    };
    let decoded: Vec<String> = pages.iter().map(decode).collect();
    let mut out = BufWriter::new(File::create(path)?);
    let (mut count, mut bytes) = (0, 0);
    while bytes < size {
        let (label, page) = &pages[count % pages.len()];
        let body = [page.as_slice(), format!("<!-- {count} -->").as_bytes()].concat();
        let block =
            [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={label}\r\n\r\n").as_bytes(), &body].concat();
        let mut member = GzEncoder::new(vec![], Compression::fast());
        write!(
            member,
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:marsad:{count}>\r\nWARC-Target-URI: https://outlet.example/{count}\r\n\
             WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            block.len()
        )?;
        member.write_all(&block)?;
        member.write_all(b"\r\n\r\n")?;
        out.write_all(&member.finish()?)?;
        (count, bytes) = (count + 1, bytes + body.len());
    }
    out.flush()?;
    drop(out);
    let rounds = 20;
    let decoded = decoded.iter().cycle().take(decoded.len() * rounds).cloned().collect();
    Ok(Pages { count, bytes, packed: std::fs::metadata(path)?.len(), decoded })
}
