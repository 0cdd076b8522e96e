//! Which spans does a reading hold?
//!
//! A page is read as text and told in places of its markup: every span of the
//! reading moves. The patterns name all fields, so that a new one with a span
//! cannot be forgotten.

use crate::*;

impl Reading {
    /// Replaces every span by what `to` makes of it.
    ///
    /// ```
    /// use marsad_model::{Document, Evidence, NotIncident, Published, Reading, Span};
    /// # let document = Document {
    /// #     id: "a".into(), source: "a".into(), sha256: String::new(), text: "<p>هدد".into(), language: "ar".into(),
    /// #     title: None, outlet: None, outlet_given: None, published: Published::default(), retrieval: Default::default(), segments: vec![],
    /// # };
    /// let threat = NotIncident { reason: "threat".into(), evidence: vec![Evidence::new(Span::new(0, 3), "threat/verb")] };
    /// let mut reading = Reading {
    ///     document, not_incidents: vec![threat], incidents: vec![], tallies: vec![], mentions: vec![], quotes: vec![],
    ///     diagnostics: vec![], fingerprint: vec![], derivation: vec![],
    /// };
    /// reading.map_spans(|span| Span::new(span.start + 3, span.end + 3));
    /// assert_eq!(reading.not_incidents[0].evidence[0].span, Span::new(3, 6));
    /// ```
    pub fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let mut moved = Moved(&mut |span: &mut Span| *span = to(*span));
        let Reading {
            document,
            incidents,
            tallies,
            not_incidents,
            mentions,
            quotes,
            diagnostics,
            fingerprint: _,
            derivation: _,
        } = self;
        moved.document(document);
        incidents.iter_mut().for_each(|i| moved.incident(i));
        for tally in tallies {
            moved.all(&mut tally.evidence);
            [&mut tally.count, &mut tally.killed, &mut tally.wounded].into_iter().for_each(|q| moved.quantity(q));
        }
        not_incidents.iter_mut().for_each(|n| moved.all(&mut n.evidence));
        mentions.iter_mut().for_each(|m| moved.0(&mut m.span));
        for Quote { speaker: _, cue, content } in quotes {
            moved.all(cue.as_mut_slice());
            moved.0(content);
        }
        diagnostics.iter_mut().for_each(|d| moved.all(&mut d.evidence));
    }
}

struct Moved<'f>(&'f mut dyn FnMut(&mut Span));

impl Moved<'_> {
    fn all(&mut self, evidence: &mut [Evidence]) {
        evidence.iter_mut().for_each(|e| self.0(&mut e.span));
    }

    fn sourced<T>(&mut self, value: &mut Sourced<T>) {
        self.all(value.evidence_mut());
    }

    fn quantity(&mut self, quantity: &mut Quantity) {
        self.all(&mut quantity.evidence);
    }

    fn document(&mut self, document: &mut Document) {
        let Document {
            id: _,
            source: _,
            sha256: _,
            text: _,
            language: _,
            title,
            outlet,
            outlet_given: _,
            published,
            retrieval: _,
            segments,
        } = document;
        title.iter_mut().chain(outlet).for_each(|s| self.sourced(s));
        self.all(&mut published.evidence);
        published.rejected.iter_mut().for_each(|r| self.all(&mut r.evidence));
        segments.iter_mut().for_each(|s| self.0(&mut s.span));
    }

    fn incident(&mut self, incident: &mut Incident) {
        let Incident {
            id: _,
            event,
            sub_type: _,
            tags: _,
            role: _,
            epistemic: _,
            date,
            place,
            weapons,
            munitions,
            interception,
            launch_site,
            target,
            casualties,
            damage,
            claimed_by,
            perpetrator,
            blamed_on,
            attribution,
            mentions,
            links,
        } = incident;
        self.sourced(event);
        self.all(&mut date.evidence);
        place.iter_mut().for_each(|p| self.all(&mut p.evidence));
        weapons.iter_mut().for_each(|w| self.all(&mut w.evidence));
        let Munitions { launched, landed, intercepted, unfired, used } = munitions;
        [launched, landed, intercepted, unfired, used].into_iter().for_each(|q| self.quantity(q));
        self.all(&mut interception.evidence);
        launch_site.iter_mut().for_each(|s| self.all(&mut s.evidence));
        target.iter_mut().for_each(|t| self.all(&mut t.evidence));
        let Casualties { killed, wounded, pooled, perpetrators_killed, by_group } = casualties;
        [killed, wounded, pooled, perpetrators_killed].into_iter().for_each(|q| self.quantity(q));
        for GroupToll { group: _, killed, wounded } in by_group {
            self.quantity(killed);
            self.quantity(wounded);
        }
        self.all(&mut damage.evidence);
        self.all(&mut claimed_by.evidence);
        perpetrator.iter_mut().for_each(|p| self.sourced(p));
        blamed_on.iter_mut().for_each(|b| self.all(&mut b.evidence));
        attribution.iter_mut().for_each(|a| self.all(&mut a.evidence));
        self.all(mentions);
        for Link { kind, to: _ } in links {
            self.sourced(kind);
        }
    }
}
