//! What does a piece of work cost this process?

type Failure = Box<dyn std::error::Error>;

/// CPU seconds of this process for some work.
pub fn cpu_seconds(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let before = cpu_ticks()?;
    work()?;
    // Linux counts in hundredths; what takes less counts as one.
    Ok((cpu_ticks()? - before).max(1) as f64 / 100.0)
}

/// User and system time of this process: fields 14 and 15 of `/proc/self/stat`.
fn cpu_ticks() -> Result<u64, Failure> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').ok_or("/proc/self/stat has another form")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    Ok(fields[11].parse::<u64>()? + fields[12].parse::<u64>()?)
}

/// The most memory that this process has held.
pub fn peak_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
