//! Which whole number do digits and number words make together?

use super::reader::Reader;
use crate::lexicon::Class;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Unit,
    Teen,
    Ten,
    Hundred,
    /// Thousand, million, dozen: multiplies what stands before.
    Scale,
    Digits,
}

/// One word or row of digits of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub role: Role,
    pub value: f64,
    pub first: usize,
    pub end: usize,
    /// «و» stands before it.
    pub joined: bool,
    /// That «و» is written apart.
    pub apart: bool,
    pub article: bool,
    /// A preposition is glued to it: no number goes on with it.
    pub opened: bool,
}

/// A whole number with its pieces.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub pieces: Vec<Piece>,
    pub value: f64,
    pub end: usize,
}

/// What has been counted so far.
struct Sum {
    total: f64,
    /// What stands below the next scale.
    part: f64,
    /// The next piece must be smaller than this to belong to the same number.
    room: f64,
    scale_room: f64,
    /// What the last scale contributed, while another may follow at once.
    last_scale: f64,
}

impl Reader<'_> {
    /// The number word or digits at a token.
    pub fn piece(&self, at: usize) -> Option<Piece> {
        let apart = self.is_and(at);
        let mut word = at + usize::from(apart);
        let article = self.is_article(word) && self.t.is_number(word + 1);
        word += usize::from(article);
        if self.t.is_number(word) {
            let (value, end) = self.digits(word)?;
            return Some(Piece {
                role: Role::Digits,
                value,
                first: at,
                end,
                joined: apart,
                apart,
                article,
                opened: false,
            });
        }
        let (role, hit) = self.hits(word).iter().filter(|h| h.entry.class == Class::Number).find_map(|h| {
            let role = match &*h.entry.family {
                "unit" => Role::Unit,
                "teen" => Role::Teen,
                "ten" => Role::Ten,
                "hundred" => Role::Hundred,
                "scale" => Role::Scale,
                _ => return None,
            };
            Some((role, h))
        })?;
        Some(Piece {
            role,
            value: hit.entry.value,
            first: at,
            end: hit.end,
            joined: apart || hit.clitics.conjunction,
            apart,
            article: hit.clitics.article,
            opened: hit.clitics.preposition != '\0',
        })
    }

    /// The longest whole number that begins at a token and ends before `stop`.
    pub fn chain(&self, at: usize, stop: usize) -> Option<Chain> {
        let mut sum = Sum { total: 0.0, part: 0.0, room: f64::INFINITY, scale_room: f64::INFINITY, last_scale: 0.0 };
        let mut pieces: Vec<Piece> = vec![];
        let mut next = at;
        while next < stop {
            let Some(piece) = self.piece(next).filter(|p| p.end <= stop) else { break };
            let last = pieces.last().map(|p| p.role);
            if piece.opened && last.is_some() {
                break;
            }
            let multiplied = |r: Role| matches!(r, Role::Hundred | Role::Scale);
            let before_scale = self.piece(piece.end).is_some_and(|p| multiplied(p.role) && !p.joined);
            if !sum.take(&piece, last, before_scale) {
                break;
            }
            next = piece.end;
            pieces.push(piece);
        }
        let end = pieces.last()?.end;
        Some(Chain { pieces, value: sum.total + sum.part, end })
    }

    /// Digits with separators of thousands and a decimal point.
    pub fn digits(&self, at: usize) -> Option<(f64, usize)> {
        let t = self.t;
        let mut text = t.text(at).to_string();
        let (mut end, mut separator) = (at + 1, "");
        while end + 1 < t.len() && t.glued(end - 1) && t.glued(end) && t.is_number(end + 1) {
            let (sign, group) = (t.text(end), t.text(end + 1));
            let dated = sign == "." && self.sign(end + 2, &["."]) && t.glued(end + 1) && t.is_number(end + 3);
            let thousands = group.len() == 3
                && sign != "٫"
                && (separator == sign || (separator.is_empty() && text.len() <= 3 && !text.starts_with('0')));
            match sign {
                "," | "،" | "٬" | "." if thousands => {
                    text.push_str(group);
                    separator = sign;
                }
                "." | "," | "٫" if !dated => {
                    text = format!("{text}.{group}");
                    end += 2;
                    break;
                }
                _ => break,
            }
            end += 2;
        }
        Some((text.parse().ok()?, end))
    }
}

impl Sum {
    /// Adds a piece where the grammar lets it follow.
    fn take(&mut self, p: &Piece, last: Option<Role>, before_scale: bool) -> bool {
        let first = last.is_none();
        let fits = p.value < self.room;
        match p.role {
            Role::Unit if p.value == 10.0 && !p.joined && last == Some(Role::Unit) && self.part % 100.0 < 10.0 => {
                self.part += 10.0;
                self.room = 0.0;
            }
            Role::Ten if p.joined && last == Some(Role::Unit) && (1.0..10.0).contains(&(self.part % 100.0)) => {
                self.part += p.value;
                self.room = 0.0;
            }
            Role::Unit | Role::Teen | Role::Ten => {
                let loose = p.joined || last == Some(Role::Hundred);
                if !first && !(loose && fits) {
                    return false;
                }
                self.part += p.value;
                self.room = if p.role == Role::Unit && p.value < 10.0 && p.value > 0.0 { 0.5 } else { 0.0 };
            }
            Role::Hundred => return self.hundred(p, first),
            Role::Scale => return self.scale(p, first, last),
            Role::Digits => {
                let after_scale = last == Some(Role::Scale) && before_scale;
                if !first && !((p.joined || after_scale) && fits && last != Some(Role::Digits)) {
                    return false;
                }
                self.part += p.value;
                self.room = 0.0;
            }
        }
        self.last_scale = 0.0;
        true
    }

    fn hundred(&mut self, p: &Piece, first: bool) -> bool {
        let multiplies = !p.joined && !first && (2.0..100.0).contains(&self.part);
        if multiplies {
            self.part *= p.value;
        } else if first || (p.joined && p.value < self.room) {
            self.part += p.value;
        } else {
            return false;
        }
        self.room = 100.0;
        self.last_scale = 0.0;
        true
    }

    fn scale(&mut self, p: &Piece, first: bool, last: Option<Role>) -> bool {
        if last == Some(Role::Scale) && !p.joined {
            self.total += self.last_scale * (p.value - 1.0);
            self.last_scale *= p.value;
            return self.last_scale > 0.0;
        }
        let gain = if self.part == 0.0 { p.value } else { self.part * p.value };
        if !first && ((p.joined && (self.part > 0.0 || p.value >= self.room)) || gain >= self.scale_room) {
            return false;
        }
        self.total += gain;
        self.last_scale = gain;
        self.part = 0.0;
        self.room = p.value;
        self.scale_room = p.value.max(gain);
        true
    }
}

impl Chain {
    /// The numerator that the end of a number gives to what follows: the last
    /// pieces, as few as make a value below `limit`.
    pub fn tail(&self, reader: &Reader, limit: f64) -> Option<(f64, Chain)> {
        self.pieces.iter().skip(1).rev().find_map(|p| {
            let tail = reader.chain(p.first, self.end).filter(|c| c.end == self.end && c.value < limit)?;
            let head = reader.chain(self.pieces[0].first, p.first).filter(|c| c.end == p.first)?;
            Some((head.value, tail))
        })
    }

    pub fn has_article(&self) -> bool {
        self.pieces.first().is_some_and(|p| p.article)
    }
}
