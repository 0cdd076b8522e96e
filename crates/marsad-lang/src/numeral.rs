//! How much is said: digits of three families, words, ordinals, fractions,
//! with their hedges and bounds?
//!
//! One grammar reads them all: «2500», «ثلاثين», «ألفان وخمسمئة», «ألفاً و57»,
//! «الثالث», «ثلث», «نحو ثلاثين», «أكثر من 12», «ما لا يقل عن ٢٦», «عشرات».
//! What a number counts is found later.

use crate::annotate::Words;
use crate::lexicon::{Class, Part};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    Cardinal,
    Ordinal,
    Fraction,
    /// «عشرات», «مئات»: bounds without a value.
    Vague,
}

/// A number in the text: tokens `first..end`, hedges included.
#[derive(Clone, Debug)]
pub struct NumberMention {
    pub first: usize,
    pub end: usize,
    /// Tokens of the bare number, without hedges.
    pub core: (usize, usize),
    pub kind: NumberKind,
    pub value: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub approx: bool,
}

/// All numbers of a text, left to right, without overlap.
pub(crate) fn numbers(words: &Words) -> Vec<NumberMention> {
    let mut out: Vec<NumberMention> = vec![];
    let mut at = 0;
    while at < words.tokens.len() {
        match number_at(words, at) {
            Some(number) => {
                at = number.core.1;
                out.push(number);
            }
            None => at += 1,
        }
    }
    join_ranges(words, &mut out);
    for number in &mut out {
        hedge(words, number);
    }
    out
}

fn number_at(words: &Words, at: usize) -> Option<NumberMention> {
    if words.tokens.is_number(at) {
        return digits(words, at);
    }
    let (piece, _) = piece_at(words, at)?;
    match piece.role {
        Role::Ordinal => Some(plain(at, piece.end, NumberKind::Ordinal, piece.value)),
        Role::Fraction => Some(plain(at, piece.end, NumberKind::Fraction, piece.value)),
        Role::Vague => {
            let mut number = plain(at, piece.end, NumberKind::Vague, 0.0);
            number.value = None;
            number.min = Some(piece.value * 2.0);
            number.max = Some(piece.value * 10.0 - 1.0);
            Some(number)
        }
        Role::Several => {
            let mut number = plain(at, piece.end, NumberKind::Vague, 0.0);
            (number.value, number.min, number.max, number.approx) = (None, None, None, true);
            Some(number)
        }
        _ => Some(cardinal(words, at)),
    }
}

fn plain(first: usize, end: usize, kind: NumberKind, value: f64) -> NumberMention {
    NumberMention {
        first,
        end,
        core: (first, end),
        kind,
        value: Some(value),
        min: Some(value),
        max: Some(value),
        approx: false,
    }
}

/// A row of digits with the separators of thousands or a decimal point, and
/// the words of scale that follow («700 ألف», «3 آلاف»).
fn digits(words: &Words, at: usize) -> Option<NumberMention> {
    let t = words.tokens;
    let mut text = t.text(at).to_string();
    let mut end = at + 1;
    let mut decimal = false;
    while end + 1 < t.len() && t.glued(end - 1) && t.glued(end) && t.is_number(end + 1) && !decimal {
        let (sign, group) = (t.text(end), t.text(end + 1));
        let thousands = group.len() == 3 && text.len() <= 3 && !text.starts_with('0');
        match sign {
            "," | "،" | "٬" | "." if thousands || (end > at + 1 && group.len() == 3) => text.push_str(group),
            "." | "٫" | "," if group.len() <= 2 => {
                decimal = true;
                text = format!("{text}.{group}");
            }
            _ => break,
        }
        end += 2;
    }
    let mut value: f64 = text.parse().ok()?;
    while let Some((piece, _)) = piece_at(words, end).filter(|(p, conj)| matches!(p.role, Role::Scale) && !conj) {
        value *= piece.value;
        end = piece.end;
    }
    Some(plain(at, end, NumberKind::Cardinal, value))
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// 1 to 10, and the ten of the teens.
    Unit,
    Ten,
    Hundred,
    /// Thousand, million: multiplies what stands before.
    Scale,
    Ordinal,
    Fraction,
    Vague,
    Several,
}

struct Piece {
    role: Role,
    value: f64,
    end: usize,
    /// Behind a preposition of its own: «جرح خمسة بعشرة صواريخ» are no fifteen.
    governed: bool,
}

/// The number word at a token, and whether «و» is glued before it.
fn piece_at(words: &Words, at: usize) -> Option<(Piece, bool)> {
    let m = words.at(at).filter(|m| m.form.part != Part::Weak).find(|m| words.class(m) == Class::Number)?;
    let entry = words.entry(m);
    let role = match &*entry.family {
        "unit" => Role::Unit,
        "ten" => Role::Ten,
        "hundred" => Role::Hundred,
        "scale" => Role::Scale,
        "ordinal" => Role::Ordinal,
        "fraction" => Role::Fraction,
        "vague" => Role::Vague,
        "several" => Role::Several,
        _ => return None,
    };
    let doubled = if m.form.count == crate::lexicon::Count::Dual && role != Role::Vague { 2.0 } else { 1.0 };
    let governed = m.clitics.preposition != '\0';
    Some((Piece { role, value: entry.value * doubled, end: m.end, governed }, m.clitics.conjunction))
}

/// The grammar of cardinal words: units before tens, hundreds before both,
/// scales over what stands before them, joined by «و».
fn cardinal(words: &Words, at: usize) -> NumberMention {
    let (mut total, mut part) = (0.0, 0.0);
    // The value below which the next piece must lie to belong to the same number.
    let mut room = f64::INFINITY;
    let mut end = at;
    while let Some((piece, joined)) = piece_at(words, end) {
        let first = end == at;
        match piece.role {
            Role::Unit | Role::Ten | Role::Hundred => {
                let teen =
                    piece.value == 10.0 && !joined && !piece.governed && part > 0.0 && part % 100.0 < 10.0 && !first;
                let hundred_of = piece.role == Role::Hundred && !joined && !first && (3.0..10.0).contains(&part);
                if teen {
                    part += 10.0;
                } else if hundred_of {
                    part *= piece.value;
                } else if first || (joined && fits(piece.value, piece.role, room, part)) {
                    part += piece.value;
                } else {
                    break;
                }
                room = room_after(piece.role, part);
            }
            Role::Scale => {
                if !first && joined && total == 0.0 && part > 0.0 {
                    break;
                }
                total += if part == 0.0 { piece.value } else { part * piece.value };
                part = 0.0;
                room = piece.value;
            }
            _ => break,
        }
        end = piece.end;
        if let Some((tail, next)) = digits_after_words(words, end, total, part) {
            total += tail;
            end = next;
            break;
        }
    }
    plain(at, end.max(at + 1), NumberKind::Cardinal, total + part)
}

fn fits(value: f64, role: Role, room: f64, part: f64) -> bool {
    // «خمسة وعشرون»: the ten follows its unit.
    if role == Role::Ten && value >= 20.0 && part > 0.0 && part % 100.0 > 0.0 && part % 100.0 < 10.0 {
        return true;
    }
    value < room
}

fn room_after(role: Role, part: f64) -> f64 {
    match role {
        Role::Hundred => 100.0,
        Role::Ten if part % 10.0 == 0.0 => 0.0,
        Role::Unit if part % 100.0 < 10.0 => 0.0,
        _ => 0.0,
    }
}

/// «ألفاً و57»: words of scale, then digits.
fn digits_after_words(words: &Words, at: usize, total: f64, part: f64) -> Option<(f64, usize)> {
    let t = words.tokens;
    let and = t.is_word(at) && words.res.lexicon.clitics.is_joined(t.text(at));
    if total == 0.0 || part > 0.0 || !and || t.text(at).chars().count() != 1 || !t.glued(at) || !t.is_number(at + 1) {
        return None;
    }
    let value: f64 = t.text(at + 1).parse().ok()?;
    (value < 1000.0).then_some((value, at + 2))
}

/// «5-7», «3 أو 4», «بين 5 و7», «من 5 إلى 7» are one number with bounds.
fn join_ranges(words: &Words, numbers: &mut Vec<NumberMention>) {
    let mut i = 0;
    while i + 1 < numbers.len() {
        let (a, b) = (&numbers[i], &numbers[i + 1]);
        let joined = range_sign(words, a, b);
        match (a.value, b.value) {
            (Some(low), Some(high)) if joined && low < high && a.kind == b.kind && high <= low * 10.0 => {
                let mut range = a.clone();
                (range.end, range.core.1) = (b.end, b.core.1);
                (range.value, range.min, range.max) = (None, Some(low), Some(high));
                numbers[i] = range;
                numbers.remove(i + 1);
            }
            _ => i += 1,
        }
    }
}

fn range_sign(words: &Words, a: &NumberMention, b: &NumberMention) -> bool {
    let gap = a.core.1..b.core.0;
    let between = || words.ending_at(a.first, words.l.range_between).is_some();
    match gap.len() {
        1 => {
            let dash = words.tokens.is_sign(gap.start, "-") && words.tokens.glued(gap.start);
            dash || words.has(gap.start, words.l.or) || words.has(gap.start, words.l.range_to) || between()
        }
        0 => between(),
        _ => false,
    }
}

/// Widens a number over the hedge before or behind it and takes its bounds.
fn hedge(words: &Words, number: &mut NumberMention) {
    if number.kind != NumberKind::Cardinal {
        return;
    }
    let Some(value) = number.value else { return };
    // «ستة عمال على الأقل وثلاثة حراس»: what stands before «و» bounds the number told before.
    if words.at(number.first).any(|m| m.clitics.conjunction) {
        return hedge_behind(words, number, value);
    }
    let l = words.l;
    for (label, hedge) in [
        (l.hedge_about, Hedge::About),
        (l.hedge_at_least, Hedge::AtLeast),
        (l.hedge_more_than, Hedge::MoreThan),
        (l.hedge_less_than, Hedge::LessThan),
    ] {
        if let Some(m) = words.ending_at(number.first, label) {
            number.first = m.first;
            apply(number, hedge, value);
            return;
        }
    }
    hedge_behind(words, number, value);
}

fn hedge_behind(words: &Words, number: &mut NumberMention, value: f64) {
    let l = words.l;
    let said = [(l.hedge_at_least_after, Hedge::AtLeast), (l.hedge_about_after, Hedge::About)];
    if let Some((_, hedge)) = said.into_iter().find(|(label, _)| words.has(number.end, *label)) {
        apply(number, hedge, value);
    }
}

enum Hedge {
    About,
    AtLeast,
    MoreThan,
    LessThan,
}

/// Sets the bounds that a hedge gives to a value.
fn apply(number: &mut NumberMention, hedge: Hedge, value: f64) {
    match hedge {
        Hedge::About => (number.min, number.max, number.approx) = (None, None, true),
        Hedge::AtLeast => (number.min, number.max) = (Some(value), None),
        Hedge::MoreThan => (number.min, number.max) = (Some(value + 1.0), None),
        Hedge::LessThan => (number.min, number.max) = (None, Some((value - 1.0).max(0.0))),
    }
}
