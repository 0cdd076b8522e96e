//! Which part of a toll is of the attackers, and whose number does a pronoun give?
//!
//! «16 شخصاً، بينهم خمسة مهاجمين، قتلوا»: eleven victims and five attackers. «قال المصدر إن المصابين سبعة فيما قال المحافظ إنهم 13»:
//! wounded, too, on another's word.

use super::{Fact, Kind, Said};
use crate::context::Ctx;
use marsad_lang::{Amount, Clause, Mention, NumberKind};

/// Tokens from «بينهم» to the attackers whom it counts.
const AMONG_MAX: usize = 4;

/// Takes attackers who are counted among the dead out of their number.
pub(super) fn attackers_apart(ctx: &Ctx, told: &mut [(&Clause, Vec<Fact>)]) {
    let counted = |m: &&Mention| m.quantity.is_some_and(|q| q.worded && !q.vague) && !m.clitics.article;
    let groups = told.iter().flat_map(|(c, _)| ctx.all(c.first..c.end, ctx.l.among_them)).map(|m| m.end);
    let found: Vec<(&Mention, Amount)> = groups
        .filter_map(|at| {
            let m = ctx.all(at..at + AMONG_MAX, ctx.l.attacker).filter(counted).find(|m| m.phrase.0 <= at + 1)?;
            Some((m, m.quantity?))
        })
        .collect();
    for (m, attackers) in found {
        let at = m.phrase.0.min(m.first);
        let Some(n) = attackers.value else { continue };
        let dead = |f: &&mut Fact| f.kind == Kind::Killed && matches!(f.said, Said::Count(a) if a.value > Some(n));
        let Some(whole) =
            told.iter_mut().flat_map(|(_, facts)| facts).filter(dead).min_by_key(|f| f.first.abs_diff(at))
        else {
            continue;
        };
        let Said::Count(all) = whole.said else { continue };
        let less = |v: Option<f64>| v.map(|v| v - n);
        whole.said = Said::Count(Amount { value: less(all.value), min: less(all.min), max: less(all.max), ..all });
        let part = Fact::counted(Kind::Attackers, attackers, at, m.end);
        let holds = |(c, _): &&mut (&Clause, Vec<Fact>)| c.first <= at && at < c.end;
        if let Some((_, facts)) = told.iter_mut().find(holds) {
            facts.push(part);
        }
    }
}

/// «… إنهم 13»: so many of the kind that the sentence counted last before.
pub(super) fn they_are(ctx: &Ctx, told: &mut [(&Clause, Vec<Fact>)]) {
    for i in 0..told.len() {
        let clause = told[i].0;
        let Some((first, end, amount)) = number_of_them(ctx, clause) else { continue };
        let counts = |f: &&Fact| {
            let people = matches!(f.kind, Kind::Killed | Kind::Wounded);
            people && matches!(f.said, Said::Count(a) if !a.vague) && f.first < first
        };
        let before = told[..=i].iter().rev().find_map(|(_, facts)| facts.iter().rfind(|f| counts(f)).cloned());
        if let Some(before) = before {
            told[i].1.push(Fact::counted(before.kind, amount, first, end));
        }
    }
}

/// «إنهم 13», «أن عددهم 13»: with nothing counted behind the number.
fn number_of_them(ctx: &Ctx, clause: &Clause) -> Option<(usize, usize, Amount)> {
    let l = ctx.l;
    let they = ctx.all(clause.first..clause.end, l.they_are).next()?;
    let number = ctx.a.numbers_in(they.end..they.end + 1).find(|n| n.first == they.end)?;
    let ends = number.core.1 >= clause.end || ctx.is_at(number.core.1, l.at_least) || ctx.sign(number.core.1, "،");
    let cardinal = number.kind == NumberKind::Cardinal && number.value.is_some();
    (cardinal && ends).then(|| (they.first, number.core.1, Amount::of(number)))
}
