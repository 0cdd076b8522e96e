//! Which toll adds up several attacks, and belongs to none of them?
//!
//! «47 قتيلاً في تفجيرين», then «وقع الأول … وخلف 27 قتيلاً»: the headline counts all, the body counts each. Where an
//! attack has a smaller count of its own, the larger one is a tally when the attacks told add up to it, or when its
//! sentence speaks of several attacks and the report tells several.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::judge::shared_toll;
use crate::toll::{Fact, Kind, Said};
use crate::unit::Unit;
use marsad_lang::{Count, Mention, Part};
use marsad_model::{Tally, TallyKind};

/// Takes the totals out of the events, and gives them as tallies.
pub fn taken_out(ctx: &Ctx, events: &mut [Event]) -> Vec<Tally> {
    let own: Vec<Own> =
        events.iter().map(|e| Own { killed: own(e, Kind::Killed), wounded: own(e, Kind::Wounded) }).collect();
    let mut out = vec![];
    for (i, event) in events.iter_mut().enumerate() {
        let others: Vec<&Own> = own.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, o)| o).collect();
        let is_total =
            |u: &Unit| [Kind::Killed, Kind::Wounded].into_iter().any(|k| is_total(ctx, u, k, own[i].of(k), &others));
        let total: Vec<bool> = event.units.iter().map(is_total).collect();
        let mut told = None;
        for (unit, _) in event.units.iter_mut().zip(total).filter(|(_, total)| *total) {
            told = told.or_else(|| shared_toll(ctx, unit));
            unit.facts.retain(|f| !is_counted(f));
            unit.toll_shared = true;
        }
        out.extend(told.into_iter().inspect(|t| debug_assert!(t.kind == TallyKind::TollReport)));
    }
    out
}

/// The smallest count that is told of an event, of each kind.
struct Own {
    killed: Option<f64>,
    wounded: Option<f64>,
}

impl Own {
    fn of(&self, kind: Kind) -> Option<f64> {
        if kind == Kind::Killed { self.killed } else { self.wounded }
    }
}

fn is_counted(f: &Fact) -> bool {
    matches!(f.said, Said::Count(_)) && matches!(f.kind, Kind::Killed | Kind::Wounded | Kind::Pooled)
}

/// A telling's own count of a kind.
fn count(unit: &Unit, kind: Kind) -> Option<f64> {
    let own = |f: &&Fact| f.kind == kind && !f.over_period && !f.breakdown && !f.earlier && !f.update;
    unit.facts.iter().filter(own).find_map(|f| if let Said::Count(a) = f.said { a.value } else { None })
}

fn own(event: &Event, kind: Kind) -> Option<f64> {
    event.units.iter().filter_map(|u| count(u, kind)).reduce(f64::min)
}

fn is_total(ctx: &Ctx, unit: &Unit, kind: Kind, own: Option<f64>, others: &[&Own]) -> bool {
    let (Some(total), Some(own)) = (count(unit, kind), own) else { return false };
    let told: Vec<f64> = others.iter().filter_map(|o| o.of(kind)).collect();
    let adds_up = !told.is_empty() && own + told.iter().sum::<f64>() == total;
    own < total && (adds_up || !others.is_empty() && of_several(ctx, unit))
}

/// «في تفجيرين», «في هجمات متفرقة», «في حادثين منفصلين».
fn of_several(ctx: &Ctx, unit: &Unit) -> bool {
    let l = ctx.l;
    let several = |m: &Mention| {
        let noun = matches!(m.form.part, Part::Noun | Part::Plain);
        let counted = m.quantity.is_some_and(|q| q.value.is_some_and(|v| v >= 2.0));
        noun && (m.form.count == Count::Dual || m.form.count == Count::Plural && !m.clitics.article || counted)
    };
    [l.attack, l.explode, l.detonate, l.ambush].iter().any(|k| ctx.all(unit.first..unit.end, *k).any(several))
}
