//! How well, how fast and in how much memory are the claims of an invented world resolved?
//!
//!     cargo run --release -p marsad-resolve --example simulate -- CLAIMS [--seed N] [--noise PERCENT] [--stories N] [--misses] [--check] [--merge] [--csv FILE] [--groups FILE]
//!
//! Adds all claims but a thousand to a `Resolver`, then the thousand, and scores the incidents against the truth. The claims are
//! made one by one and let go at once, so that the peak of memory is that of the resolver and of the world's truth.
//! `--stories 1` tells one incident in all claims, as the whole press tells a great attack. `--noise` makes reports vague or wrong more or less often than written in `tests/world/report.rs`. `--misses` lists what kinds of claims were not found; `--check` resolves everything anew in one step and compares; `--merge` holds
//! all claims and makes whole incidents with `resolve`; `--csv` writes the claims for `tools/bench_splink.py`; `--groups` the incidents found, one a line.
//! CPU time and memory are read from `/proc`, and shown as 0 on systems without it.

#[path = "../tests/world/mod.rs"]
mod world;

use marsad_model::{Place, Quantity};
use marsad_resolve::{Changed, Claim, Group, Resolver, resolve};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use world::score::score;
use world::{Told, World};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let count: usize = args.get(1).and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("how many claims?"));
    let has = |flag: &str| args.iter().any(|a| a == flag);
    let value = |flag: &str| args.iter().position(|a| a == flag).and_then(|i| args.get(i + 1));
    let number = |flag, otherwise: usize| value(flag).and_then(|n| n.parse().ok()).unwrap_or(otherwise);
    let world = World::new(number("--seed", 1) as u64, count)
        .with_noise(number("--noise", 100))
        .with_stories(number("--stories", usize::MAX));
    if let Some(path) = value("--csv") {
        write_csv(&world, path).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    if has("--merge") {
        return merge(&world);
    }
    let resolver = grow(&world, count);
    let groups = resolver.groups();
    show_score(&world, &groups, has("--misses"));
    if let Some(path) = value("--groups") {
        write_groups(&groups, path).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    if has("--check") {
        let whole = Resolver::new().add(&world.told().map(|t| t.claim).collect::<Vec<Claim>>()).new;
        println!("the same incidents as in one step: {}", members(&whole) == members(&groups));
    }
}

const LATER: usize = 1000;

/// Everything but the documents of every so-manieth claim at first, then those. A document's claims are added together.
fn grow(world: &World, count: usize) -> Resolver {
    let making = cpu(|| world.told().map(|told| told.truth as usize).sum::<usize>()).1;
    let every = (count / LATER).max(2);
    let (mut resolver, mut later, mut number) = (Resolver::new(), vec![], 0);
    let (mut document, mut is_later) = (String::new(), false);
    let (_, taking) = cpu(|| {
        for told in world.told() {
            number += 1;
            if told.claim.document != document {
                is_later = number % every == 0 && later.len() < LATER;
                document.clone_from(&told.claim.document);
            }
            if is_later {
                later.push(told.claim);
            } else {
                resolver.take(&told.claim);
            }
        }
    });
    let (first, settling) = cpu(|| resolver.settle());
    println!(
        "{} claims, {} incidents: {:.2} CPU-s ({:.1} besides for inventing them), peak {} MB",
        resolver.len(),
        first.new.len(),
        taking - making + settling,
        making,
        peak_mb()
    );
    drop(first);
    let started = std::time::Instant::now();
    let (Changed { gone, new }, adding) = cpu(|| resolver.add(&later));
    println!(
        "{} claims added: {adding:.2} CPU-s, {:.2} s; {} incidents instead of {}; peak {} MB",
        later.len(),
        started.elapsed().as_secs_f64(),
        new.len(),
        gone.len(),
        peak_mb()
    );
    resolver
}

fn merge(world: &World) {
    let claims: Vec<Claim> = world.told().map(|t| t.claim).collect();
    let held = peak_mb();
    let (resolved, time) = cpu(|| resolve(&claims));
    println!(
        "{} whole incidents by resolve(): {time:.1} CPU-s, peak {} MB; the claims alone {held} MB",
        resolved.len(),
        peak_mb()
    );
}

fn members(groups: &[Group]) -> Vec<Vec<(&str, &str)>> {
    groups.iter().map(|g| g.members().collect()).collect()
}

fn show_score(world: &World, groups: &[Group], with_misses: bool) {
    let mut group_of: HashMap<(&str, &str), u32> = HashMap::new();
    for (number, group) in (0..).zip(groups) {
        group_of.extend(group.members().map(|key| (key, number)));
    }
    // Of a document that comes twice the second copy is left out.
    let mut seen = BTreeSet::new();
    let mut judged = vec![];
    let mut kinds = vec![];
    for told in world.told() {
        let group = group_of[&(told.claim.document.as_str(), told.claim.incident.id.as_str())];
        if seen.insert((group, told.claim.key())) {
            judged.push((group, told.truth));
            kinds.push((told.traits, told.trap));
        }
    }
    let score = score(judged.iter().copied());
    for (name, agreement) in [("pairwise", score.pairwise), ("B-cubed", score.b_cubed)] {
        let (p, r, f1) = (agreement.precision, agreement.recall, agreement.f1());
        println!("{name}: precision {p:.4}, recall {r:.4}, F1 {f1:.4}");
    }
    if with_misses {
        show_misses(world, &judged, &kinds);
    }
}

type Kind = (Vec<world::report::Trait>, world::story::Trap);

/// A claim is lost when most claims of its incident are elsewhere; a group is mixed when it tells two incidents.
fn show_misses(world: &World, judged: &[(u32, u32)], kinds: &[Kind]) {
    let most_of = |key: fn(&(u32, u32)) -> u32, other: fn(&(u32, u32)) -> u32| {
        let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        judged.iter().for_each(|j| *counts.entry((key(j), other(j))).or_default() += 1);
        let mut most: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
        for ((key, other), n) in counts {
            let best = most.entry(key).or_default();
            *best = (*best).max((n, other));
        }
        most
    };
    let home = most_of(|j| j.1, |j| j.0);
    let mut lost: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for ((group, truth), (traits, _)) in judged.iter().zip(kinds) {
        let name = if traits.is_empty() { "sharp and right".to_string() } else { format!("{traits:?}") };
        let count = lost.entry(name).or_default();
        count[0] += 1;
        count[1] += usize::from(home[truth].1 != *group);
    }
    show_table("claims that are not with most of their incident", lost);
    let owner = most_of(|j| j.0, |j| j.1);
    let mut mixed: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for ((group, truth), (_, trap)) in judged.iter().zip(kinds) {
        let other = owner[group].1;
        let (x, y) = (&world.stories[*truth as usize], &world.stories[other as usize]);
        let name = format!("{trap:?}, same town {}, {} days apart", x.town == y.town, (x.day - y.day).abs().min(9));
        let count = mixed.entry(name).or_default();
        count[0] += 1;
        count[1] += usize::from(other != *truth);
    }
    mixed.retain(|_, count| count[1] > 0);
    show_table("claims among those of another incident", mixed);
}

fn show_table(title: &str, rows: BTreeMap<String, [usize; 2]>) {
    let mut rows: Vec<(String, [usize; 2])> = rows.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(count[1]));
    println!("\n{title} (of all of the kind)");
    for (name, [all, missed]) in rows.iter().take(25) {
        println!("{missed:8} of {all:8}  {name}");
    }
}

/// One row a claim, in the words of a table that people code.
fn write_csv(world: &World, path: &str) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(
        file,
        "unique_id,truth,document,date_first,date_last,date_precision,weekday,published,lat,lon,accuracy_km,country,\
         governorate,district,settlement,place,type,family,weapon,target,killed,wounded,launched,actor,role,agency,shingles"
    )?;
    let mut seen = BTreeSet::new();
    for told in world.told().filter(|t| seen.insert(t.claim.key())) {
        writeln!(file, "{}", row(&told).join(","))?;
    }
    file.flush()
}

/// The claims of each incident, for comparing two programs.
fn write_groups(groups: &[Group], path: &str) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for group in groups {
        let keys: Vec<String> = group.members().map(|(document, incident)| format!("{document}#{incident}")).collect();
        writeln!(file, "{}", keys.join(" "))?;
    }
    file.flush()
}

fn row(told: &Told) -> Vec<String> {
    let claim = &told.claim;
    let incident = &claim.incident;
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let number = |q: &Quantity| q.value.map(|n| n.to_string()).unwrap_or_default();
    let place = incident.place.as_ref();
    let point = place.and_then(|p| p.point);
    let coordinate = |of: fn(marsad_model::Point) -> f64| point.map(|p| format!("{:.4}", of(p))).unwrap_or_default();
    let blamed = incident.blamed_on.first().map(|b| b.actor.clone());
    let actor = incident.perpetrator.as_ref().map(|p| p.value().clone()).or(blamed);
    let agency = incident.attribution.iter().find(|a| a.kind == marsad_model::SourceKind::Agency);
    // The sixteen smallest hashes: two copies of one dispatch have some of them in common.
    let shingles: Vec<String> = claim.fingerprint.iter().take(16).map(|h| format!("{h:x}")).collect();
    vec![
        claim.key(),
        told.truth.to_string(),
        claim.document.clone(),
        day(incident.date.earliest),
        day(incident.date.latest),
        format!("{:?}", incident.date.precision),
        incident.date.weekday.map(|w| format!("{w:?}")).unwrap_or_default(),
        day(claim.published_latest),
        coordinate(|p| p.lat),
        coordinate(|p| p.lon),
        coordinate(|p| p.accuracy_km),
        place.map(|p| p.country.to_string()).unwrap_or_default(),
        link(place, &["governorate"]),
        link(place, &["district"]),
        link(place, &["city", "town"]),
        place.map(|p| p.name_en.to_string()).unwrap_or_default(),
        incident.event_type().name().to_string(),
        incident.event_type().family().name().to_string(),
        incident.weapons.first().map(|w| w.id.to_string()).unwrap_or_default(),
        incident.target.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
        number(&incident.casualties.killed),
        number(&incident.casualties.wounded),
        number(&incident.munitions.launched),
        actor.unwrap_or_default(),
        incident.role.name().to_string(),
        agency.map(|a| a.source.clone()).unwrap_or_default(),
        shingles.join(" "),
    ]
}

fn link(place: Option<&Place>, kinds: &[&str]) -> String {
    let found = place.and_then(|p| p.chain.iter().find(|l| kinds.contains(&&*l.kind)));
    found.and_then(|l| l.id.as_deref()).unwrap_or_default().to_string()
}

/// The result of some work and the CPU seconds of this process that it took.
fn cpu<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = cpu_seconds();
    let result = work();
    (result, cpu_seconds() - before)
}

fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // User and system time in hundredths of a second.
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}
