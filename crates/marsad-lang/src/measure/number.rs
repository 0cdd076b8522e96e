//! Which amount is named: whole, broken, of a hundred, or the place in a row?
//!
//! «ثلاثة أخماس», «واحد ونصف», «ستة وثمانية وثمانون من مئة», «٣/٤», «سالب خمسة
//! بالمئة», «المئة والخامسة والعشرون».

use super::chain::{Chain, Role};
use super::reader::Reader;
use super::{Quantity, QuantityKind};
use crate::lexicon::Class;

/// A value that was read, before it is said what it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub value: f64,
    pub end: usize,
    pub broken: bool,
    pub article: bool,
}

impl Reader<'_> {
    /// The amount that begins at a token: bounds, percent, ordinal or number.
    pub fn quantity(&self, at: usize) -> Option<Quantity> {
        if let Some(range) = self.range(at) {
            return Some(range);
        }
        let made = |kind, end, value| Quantity { first: at, end, kind, value: Some(value), low: None, high: None };
        if let Some(share) = self.past(at, "share_of").and_then(|next| self.amount(next)) {
            let end = self.percent(share.end).unwrap_or(share.end);
            return Some(made(QuantityKind::Percent, end, share.value));
        }
        let ordinal = self.ordinal(at);
        let amount = self.amount(at);
        if let Some((value, end)) = ordinal.filter(|o| amount.is_none_or(|a| a.end <= o.1 || a.article && !a.broken)) {
            return Some(made(QuantityKind::Ordinal, end, value));
        }
        let amount = amount?;
        if let Some(end) = self.percent(amount.end) {
            return Some(made(QuantityKind::Percent, end, amount.value));
        }
        let kind = if amount.broken { QuantityKind::Fraction } else { QuantityKind::Cardinal };
        Some(made(kind, amount.end, amount.value))
    }

    fn percent(&self, at: usize) -> Option<usize> {
        if self.sign(at, &["%", "٪"]) {
            return Some(at + 1);
        }
        self.number_word(at, "percent").map(|h| h.end)
    }

    /// A number with its sign, its fraction, its denominator.
    pub fn amount(&self, at: usize) -> Option<Amount> {
        if let Some(next) = self.minus(at) {
            let amount = self.unsigned(next)?;
            return Some(Amount { value: -amount.value, ..amount });
        }
        self.unsigned(at)
    }

    fn minus(&self, at: usize) -> Option<usize> {
        if self.sign(at, &["-", "−"]) {
            let digits = self.t.glued(at) && self.t.is_number(at + 1);
            let free = at == 0 || !self.t.glued(at - 1) || !(self.t.is_number(at - 1) || self.t.is_word(at - 1));
            return (digits && free).then_some(at + 1);
        }
        self.number_word(at, "minus").filter(|h| !h.clitics.article).map(|h| h.end)
    }

    fn unsigned(&self, at: usize) -> Option<Amount> {
        if let Some((value, end)) = self.fraction_alone(at).or_else(|| self.one_piece_of(at)) {
            return Some(Amount { value, end, broken: value.fract() != 0.0, article: false });
        }
        if self.sign(at, &["."]) && self.t.glued(at) && self.t.is_number(at + 1) && !self.touched(at) {
            let value = format!("0.{}", self.t.text(at + 1)).parse().ok()?;
            return Some(Amount { value, end: at + 2, broken: true, article: false });
        }
        let chain = self.chain(at, self.t.len())?;
        let whole = Amount {
            value: chain.value,
            end: chain.end,
            broken: chain.value.fract() != 0.0,
            article: chain.has_article(),
        };
        let with = self
            .slashed(&chain)
            .or_else(|| self.of_named_parts(&chain))
            .or_else(|| self.and_part(&chain))
            .or_else(|| self.pointed(&chain))
            .or_else(|| self.of_pieces(&chain))
            .or_else(|| self.out_of(&chain))
            .or_else(|| self.over_number(&chain));
        Some(with.map_or(whole, |(value, end)| Amount { value, end, broken: value.fract() != 0.0, article: false }))
    }

    /// «ثلث», «ثلثين», «نصف مليون», «نصف دزينة».
    fn fraction_alone(&self, at: usize) -> Option<(f64, usize)> {
        let hit = self.number_word(at, "part").or_else(|| self.number_word(at, "two_parts"))?;
        // «خمس» and «سبع» are five and seven before what they count.
        let also_whole = self.hits(at).iter().any(|h| matches!(&*h.entry.family, "unit" | "ten"));
        let alone = !(at > 0 && self.t.is_word(at - 1)) && !self.t.is_word(hit.end) && !self.t.is_number(hit.end);
        if hit.clitics.article || (also_whole && !alone) {
            return None;
        }
        let scale = self.piece(hit.end).filter(|p| p.role == Role::Scale && !p.joined && !p.article);
        Some(scale.map_or((hit.entry.value, hit.end), |s| (hit.entry.value * s.value, s.end)))
    }

    /// «جزء من مئة».
    fn one_piece_of(&self, at: usize) -> Option<(f64, usize)> {
        let of = self.past(self.number_word(at, "piece")?.end, "of")?;
        let parts = self.chain(of, self.t.len()).filter(|c| c.value > 0.0)?;
        Some((1.0 / parts.value, parts.end))
    }

    /// «٣/٤», «١ ٤/٥».
    fn slashed(&self, chain: &Chain) -> Option<(f64, usize)> {
        if chain.pieces.len() != 1 || chain.pieces[0].role != Role::Digits {
            return None;
        }
        let over = |at: usize| {
            let glued = self.sign(at, &["/"]) && self.t.glued(at - 1) && self.t.glued(at);
            let date = self.sign(at + 2, &["/"]) && self.t.glued(at + 1);
            self.plain_digits(at + 1).filter(|d| glued && *d > 0 && !date).map(|d| (f64::from(d), at + 2))
        };
        if let Some((under, end)) = over(chain.end) {
            return Some((chain.value / under, end));
        }
        let above = self.plain_digits(chain.end)?;
        let (under, end) = over(chain.end + 1)?;
        Some((chain.value + f64::from(above) / under, end))
    }

    /// «ثلاثة أخماس», «مئة وثلاثة أرباع»: the last unit counts the parts.
    fn of_named_parts(&self, chain: &Chain) -> Option<(f64, usize)> {
        let parts = |at| self.number_word(at, "parts").filter(|h| !h.clitics.conjunction);
        if let Some(hit) = parts(chain.end) {
            let (head, count) = chain.tail(self, 11.0).map_or((0.0, chain.value), |(head, tail)| (head, tail.value));
            return Some((head + count * hit.entry.value, hit.end));
        }
        let count = self.chain(chain.end, self.t.len()).filter(|c| c.pieces[0].joined)?;
        let hit = parts(count.end)?;
        Some((chain.value + count.value * hit.entry.value, hit.end))
    }

    /// «واحد ونصف», «خمسة وثلثان», «مليونان ونصف المليون».
    fn and_part(&self, chain: &Chain) -> Option<(f64, usize)> {
        let (part, end) = self.joined_part(chain.end)?;
        let last = chain.pieces.last().filter(|p| p.role == Role::Scale && p.value >= 1000.0);
        let scale = last.map_or(1.0, |p| 1000f64.powf((p.value.log10() / 3.0 + 1e-9).floor()));
        let again = self.piece(end).filter(|p| p.role == Role::Scale && p.article && p.value == scale);
        Some((chain.value + part * scale, again.map_or(end, |p| p.end)))
    }

    /// «اثنان وثلاثون فاصلة خمسة».
    fn pointed(&self, chain: &Chain) -> Option<(f64, usize)> {
        let behind = self.chain(self.number_word(chain.end, "point")?.end, self.t.len())?;
        let digits = (behind.value.log10() + 1e-9).floor() as i32 + 1;
        (behind.value >= 1.0 && behind.value.fract() == 0.0)
            .then(|| (chain.value + behind.value / 10f64.powi(digits), behind.end))
    }

    /// «ونصف», «و ثلثين» behind a number or a unit.
    pub fn joined_part(&self, at: usize) -> Option<(f64, usize)> {
        let apart = self.is_and(at);
        let word = at + usize::from(apart);
        let hit = self.number_word(word, "part").or_else(|| self.number_word(word, "two_parts"))?;
        let whole_too = self.hits(word).iter().any(|h| &*h.entry.family == "unit");
        ((apart || hit.clitics.conjunction) && !whole_too && !hit.clitics.article).then_some((hit.entry.value, hit.end))
    }

    /// «١ جزء من ثلاثة», «مئتان وثلاثة أجزاء من مئة».
    fn of_pieces(&self, chain: &Chain) -> Option<(f64, usize)> {
        let of = self.past(self.number_word(chain.end, "piece")?.end, "of")?;
        self.divided(chain, of)
    }

    /// «ثمانية وثمانون من مئة» is 0.88, and «ستة» before it the whole part;
    /// «واحد من ثلاثة» a share. «خمسة من عشرة جنود» are men.
    fn out_of(&self, chain: &Chain) -> Option<(f64, usize)> {
        let word = |at: usize| self.t.is_word(at) && self.hit(at, "of").is_some_and(|h| h.bare() && h.end == at + 1);
        let behind = self.chain(chain.end, self.t.len()).filter(|c| c.pieces[0].joined);
        let last_end = behind.as_ref().map_or(chain.end, |c| c.end);
        if !word(last_end) || chain.has_article() {
            return None;
        }
        let under = self.chain(last_end + 1, self.t.len())?;
        let decimal = under.value >= 10.0 && (under.value.log10().fract() == 0.0);
        let words = under.pieces.iter().all(|p| p.role != Role::Digits && !p.article);
        let counts = self.t.is_word(under.end) && self.percent(under.end).is_none();
        match behind {
            Some(part) if decimal && words && part.value < under.value => {
                Some((chain.value + part.value / under.value, under.end))
            }
            None if chain.value == 1.0 && words => Some((1.0 / under.value, under.end)),
            None if decimal && words && !counts => self.divided(chain, last_end + 1),
            _ => None,
        }
    }

    fn divided(&self, chain: &Chain, under: usize) -> Option<(f64, usize)> {
        let under = self.chain(under, self.t.len()).filter(|c| c.value > 0.0)?;
        if chain.value < under.value {
            return Some((chain.value / under.value, under.end));
        }
        let (head, tail) = chain.tail(self, under.value)?;
        Some((head + tail.value / under.value, under.end))
    }

    /// «واحد على عشرين», «سبعة عشر على ثلاثة»: a «و» written apart parts the whole from the rest.
    fn over_number(&self, chain: &Chain) -> Option<(f64, usize)> {
        let over = |at: usize| {
            let under = self.chain(self.number_word(at, "over")?.end, self.t.len())?;
            (under.value > 0.0 && !under.has_article() && !under.pieces[0].joined).then_some((under.value, under.end))
        };
        if chain.has_article() {
            return None;
        }
        if let Some((under, end)) = over(chain.end) {
            let apart = chain.pieces.iter().skip(1).rev().find(|p| p.apart);
            let split = apart.and_then(|p| {
                let head = self.chain(chain.pieces[0].first, p.first)?;
                let tail = self.chain(p.first, chain.end)?;
                Some(head.value + tail.value / under)
            });
            return Some((split.unwrap_or(chain.value / under), end));
        }
        let tail = self.chain(chain.end, self.t.len()).filter(|c| c.pieces[0].joined)?;
        let (under, end) = over(tail.end)?;
        Some((chain.value + tail.value / under, end))
    }

    /// «الثالث», «الثاني والسبعون», «المئة والخامسة والعشرون», «العشرون» behind a noun.
    pub fn ordinal(&self, at: usize) -> Option<(f64, usize)> {
        if let Some(hit) =
            self.hits(at).iter().find(|h| h.entry.class == Class::Number && &*h.entry.family == "ordinal")
        {
            if hit.entry.value >= 10.0 {
                return Some((hit.entry.value, hit.end));
            }
            if let Some(p) = self.piece(hit.end).filter(|p| p.role == Role::Unit && p.value == 10.0 && !p.joined) {
                return Some((hit.entry.value + 10.0, p.end));
            }
            if let Some(p) = self.piece(hit.end).filter(|p| p.role == Role::Ten && p.joined) {
                return Some((hit.entry.value + p.value, p.end));
            }
            return Some((hit.entry.value, hit.end));
        }
        let head = self.piece(at).filter(|p| p.article && p.role != Role::Digits)?;
        let below = matches!(head.role, Role::Hundred | Role::Scale);
        if let Some((value, end)) = self.ordinal(head.end).filter(|(v, _)| below && *v < head.value) {
            return Some((head.value + value, end));
        }
        let chain = self.chain(at, self.t.len())?;
        (head.role != Role::Unit || chain.value > 10.0).then_some((chain.value, chain.end))
    }
}
