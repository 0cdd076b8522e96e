//! Where may a floor be raised?
//!
//! [`raised`] rewrites the lines of `scores.toml` whose figure is now better
//! than its floor, and adds floors to figures that only had a goal. Nothing
//! else of the file changes, and no floor falls: lowering is for a person, who
//! gives the reason.

use super::figures::Figure;
use super::floors::Bounds;

/// A figure of a set, measured.
pub struct Measured<'a> {
    pub set: &'a str,
    pub bounds: &'a Bounds,
    pub figure: Figure,
}

/// The text of `scores.toml` with raised floors, and how many were raised.
pub fn raised(text: &str, measured: &[Measured]) -> (String, usize) {
    let mut set = "";
    let mut count = 0;
    let mut out = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            set = name.trim_end_matches(".figures");
        }
        let figure = line.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(name, _)| name);
        let of = |m: &&Measured| m.set == set && Some(m.bounds.figure.as_str()) == figure;
        let better = measured.iter().find(of).and_then(|m| better(m));
        count += usize::from(better.is_some());
        out += &better.map_or(line.to_string(), |bound| with_bound(line, &bound));
        out.push('\n');
    }
    (out, count)
}

/// `floor = 0.912`, cut to three decimals on the safe side; `None` where it is no better than the present one.
fn better(m: &Measured) -> Option<String> {
    let thousandths = m.figure.value * 1000.0;
    let (name, now) = if m.bounds.is_rate { ("ceiling", thousandths.ceil()) } else { ("floor", thousandths.floor()) };
    let is_better = |before: f64| if m.bounds.is_rate { now < before } else { now > before };
    let before = m.bounds.floor.map(|floor| (floor * 1000.0).round());
    before.is_none_or(is_better).then(|| format!("{name} = {:.3}", now / 1000.0))
}

/// The line with this bound in place of its own, or in front of the others.
fn with_bound(line: &str, bound: &str) -> String {
    let Some((head, keys)) = line.split_once('{') else { return line.to_string() };
    let Some((keys, tail)) = keys.rsplit_once('}') else { return line.to_string() };
    let others = keys.split(',').map(str::trim);
    let others = others.filter(|k| !k.is_empty() && !["floor", "ceiling", "rate"].iter().any(|own| k.starts_with(own)));
    let keys: Vec<&str> = std::iter::once(bound).chain(others).collect();
    format!("{head}{{ {} }}{tail}", keys.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::floors::parse;

    #[test]
    fn floors_rise_and_never_fall() {
        let text = "# kept\n[a]  # one\nfiles = [\"x\"]\n[a.figures]\n\
                    \"f1\"   = { floor = 0.900, goal = 0.95 }\n\"recall\" = { floor = 0.9 }\n\
                    \"alarms\" = { ceiling = 0.050 }\n\"new\" = { goal = 0.5 }\n\
                    [b]\nfiles = [\"x\"]\n[b.figures]\n\"f1\" = { floor = 0.900 }\n";
        let sets = parse(text).unwrap();
        let values = [("f1", 0.9129), ("recall", 0.8), ("alarms", 0.0401), ("new", 0.25)];
        let measured = sets[0].bounds.iter().zip(values).map(|(bounds, (name, value))| {
            assert_eq!(bounds.figure, name);
            Measured { set: "a", bounds, figure: Figure { value, of: None } }
        });
        let (now, count) = raised(text, &measured.collect::<Vec<_>>());
        let expected = text
            .replacen("{ floor = 0.900, goal", "{ floor = 0.912, goal", 1)
            .replace("ceiling = 0.050", "ceiling = 0.041")
            .replace("{ goal = 0.5 }", "{ floor = 0.250, goal = 0.5 }");
        assert_eq!((now, count), (expected, 3));
    }
}
