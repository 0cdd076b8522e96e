//! How does an indented list look as a tree?
//!
//! The derivation comes as lines, two spaces a level. Here each gets its branch.

/// The lines with branches drawn, each ended by a line break.
pub fn draw(lines: &[String]) -> String {
    let levels: Vec<usize> = lines.iter().map(|line| level(line)).collect();
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        let stems = (0..levels[i]).map(|l| if has_sibling(&levels[i + 1..], l) { "│  " } else { "   " });
        out.extend(stems);
        out += if has_sibling(&levels[i + 1..], levels[i]) { "├─ " } else { "└─ " };
        out += line.trim_start();
        out.push('\n');
    }
    out
}

fn level(line: &str) -> usize {
    (line.len() - line.trim_start_matches(' ').len()) / 2
}

/// True when a line at this level follows before one further out.
fn has_sibling(following: &[usize], level: usize) -> bool {
    following.iter().find(|l| **l <= level) == Some(&level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &str) {
        let lines: Vec<String> = lines.iter().map(|l| l.to_string()).collect();
        assert_eq!(draw(&lines), expected);
    }

    #[test]
    fn branches_follow_the_indentation() {
        check(&["a", "  b", "    c", "  d", "e"], "├─ a\n│  ├─ b\n│  │  └─ c\n│  └─ d\n└─ e\n");
    }

    #[test]
    fn nothing_gives_nothing_and_a_first_line_may_be_indented() {
        check(&[], "");
        check(&["  b", "a"], "│  └─ b\n└─ a\n");
    }
}
