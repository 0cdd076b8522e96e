//! Does this word tell what is done again and again, and not this attack?

use crate::context::Ctx;
use marsad_lang::{Mention, Part};

/// «ومنذ نوفمبر تشن الجماعة هجمات», «حيث تتكرر هجمات الجماعة», «عادة ما تستهدف»: what is done again and again
/// tells nothing of who did it this time.
pub fn is_habit(ctx: &Ctx, act: &Mention) -> bool {
    let l = ctx.l;
    let just = |reach: usize| act.first.saturating_sub(reach)..act.first;
    let usual = [l.habitual, l.now_and_then].iter().any(|k| ctx.any(just(3), *k))
        || act.form.part == Part::Noun && ctx.any(just(2), l.recurs);
    let ever_since = || {
        let opens = just(SINCE).rev().take_while(|t| !ctx.sign(*t, "."));
        opens.into_iter().any(|t| ctx.is_at(t, l.since) && !ctx.any(t + 1..act.first, l.verb))
    };
    usual || act.form.part == Part::Imperfect && ever_since()
}

/// Tokens from «منذ» over a date to the verb.
const SINCE: usize = 7;
