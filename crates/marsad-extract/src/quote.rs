//! Who is quoted with which words?

use crate::context::Ctx;
use marsad_model::{Quote, Span};

/// Marks that open and close a quotation.
pub(crate) const PAIRS: [(&str, &str); 3] = [("\"", "\""), ("«", "»"), ("“", "”")];
/// Shorter quotations are names and single words, not speech.
const WORDS_MIN: usize = 4;

/// Stretches in quotation marks with the speaker before them.
pub fn quotes(ctx: &Ctx) -> Vec<Quote> {
    let t = &ctx.a.tokens;
    let mut out = vec![];
    let mut at = 0;
    while at < t.len() {
        let pair = PAIRS.iter().find(|(open, _)| t.is_sign(at, open));
        let close = pair.and_then(|(_, close)| (at + 1..(at + 200).min(t.len())).find(|i| t.is_sign(*i, close)));
        let Some(close) = close else {
            at += 1;
            continue;
        };
        if close > at + WORDS_MIN {
            out.push(quote(ctx, at, close));
        }
        at = close + 1;
    }
    out
}

fn quote(ctx: &Ctx, open: usize, close: usize) -> Quote {
    let before = open.saturating_sub(14)..open;
    let cue = ctx.all(before.clone(), ctx.l.speech).last();
    let speaker = ctx
        .a
        .within(before)
        .filter(|m| ctx.has(m, ctx.l.person) || ctx.has(m, ctx.l.actor) || ctx.has(m, ctx.l.source))
        .last();
    let inner = ctx.a.span(open + 1, close);
    Quote {
        speaker: speaker.map(|m| ctx.quote(m.first, m.end)),
        cue: cue.map(|m| ctx.mention_evidence(m)),
        content: Span::new(inner.start, inner.end),
    }
}
