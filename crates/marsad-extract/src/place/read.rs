//! Which places does a text name, whatever happened there?
//!
//! [`Reader::places`] resolves every place mention with the context of its own
//! text, also where no incident is told: for maps, for coders, for measuring.

use super::{Located, PlaceRole, located, resolve};
use crate::Reader;
use crate::context::Ctx;
use marsad_model::{Document, Place, RuleId, Span};

/// A place that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPlace {
    /// The name with its place word.
    pub span: Span,
    pub place: Place,
    /// Gazetteer ids of all places of that name, likeliest first; empty for an unlisted name.
    pub candidates: Vec<RuleId>,
    /// The words say that something happened there or was aimed at it.
    pub scene: bool,
    /// 1 for a site, 9 for a country.
    pub level: u8,
}

impl Reader<'_> {
    /// The places that a document names, in order.
    pub fn places(&self, document: &Document) -> Vec<NamedPlace> {
        self.with_context(document, marsad_lang::annotate(self.res, &document.text), |ctx| {
            let all = located(ctx);
            all.iter().map(|l| named(ctx, l, &all)).collect()
        })
    }
}

fn named(ctx: &Ctx, l: &Located, all: &[Located]) -> NamedPlace {
    let g = &ctx.res.gazetteer;
    let container = l.unlisted.and_then(|_| all.iter().find(|c| c.first >= l.end && !c.candidates.is_empty()));
    NamedPlace {
        span: ctx.span(l.first, l.end),
        place: resolve(ctx, l, container),
        candidates: l.candidates.iter().map(|id| g.get(*id).id.clone()).collect(),
        scene: matches!(l.role, PlaceRole::Scene | PlaceRole::Toward),
        level: super::level(ctx, l),
    }
}
