//! Of whom is it only believed that they did it?
//!
//! «مسلحان يُعتقد أنهما من تنظيم …»: the attack is told as a fact, and its doers are unnamed men; whose they are is
//! an accusation.

use crate::context::Ctx;
use crate::party::{Phrase, phrase, phrase_of};
use crate::perpetrator::Doer;
use marsad_lang::Mention;

/// A party that is told to have done it, unless that is only believed («يُعتقد أن تنظيم … نفذ الهجوم»); or unnamed men
/// of whom it is believed whose they are («مسلحان يُعتقد أنهما من تنظيم …»).
pub fn told(ctx: &Ctx, act: &Mention, p: Phrase) -> Doer {
    match believed_of(ctx, p.end).filter(|_| p.unnamed) {
        Some(whose) => whose.doer(true),
        None => {
            let suspected = !p.unnamed && is_believed(ctx, act);
            p.doer(suspected)
        }
    }
}

/// «يُشتبه بأن …» opens the clause of the act.
fn is_believed(ctx: &Ctx, act: &Mention) -> bool {
    let near = act.first.saturating_sub(CLAUSE)..act.first;
    ctx.all(near, ctx.l.believed).any(|b| {
        let opens = ctx.is_at(b.end, ctx.l.that);
        opens
            && !ctx.any(b.end..act.first, ctx.l.verb)
            && !(b.end..act.first).any(|t| ctx.sign(t, "،") || ctx.sign(t, "."))
    })
}

/// Tokens from the word of belief to the verb of the act.
const CLAUSE: usize = 9;

/// «نفذته خلايا يُعتقد أنها تتبع لتنظيم …»: nobody is named but those whom one suspects.
pub fn suspects(ctx: &Ctx, verb: &Mention, end: usize) -> Option<Doer> {
    let men = (verb.end..(verb.end + 3).min(end)).take_while(|t| {
        ctx.a.at(*t).any(|m| ctx.has(m, ctx.l.force_word) || ctx.has(m, ctx.l.party_part) || ctx.has(m, ctx.l.people))
    });
    let at = men.last()? + 1;
    believed_of(ctx, at).map(|p| p.doer(true))
}

/// The party of «يُعتقد أنهم من …», «يُرجح أنها تتبع لـ…» that stands at the token.
fn believed_of(ctx: &Ctx, at: usize) -> Option<Phrase> {
    let believed = ctx.at(at, ctx.l.believed)?;
    let near = believed.end..believed.end + 5;
    let free = near.clone().find_map(|t| phrase(ctx, t, t + 6).filter(|p| p.is_group && !p.unnamed));
    let owned = || {
        let o = near.clone().find_map(|t| ctx.at(t, ctx.l.belonging))?;
        phrase_of(ctx, o.end, o.end + 6, true).filter(|p| p.is_group)
    };
    free.or_else(owned)
}
