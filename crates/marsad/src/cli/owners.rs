//! Which voices belong to one owner?
//!
//! Two channels of one house may each send a reporter, so they stay two voices.
//! That one owner stands behind both is said beside them, where `data/outlets/`
//! knows the owner.

use marsad_lang::{Outlet, Resources};
use marsad_store::wire::Telling;
use std::collections::{BTreeMap, BTreeSet};

/// The owners of the outlets of some tellings.
#[derive(Default)]
pub struct Owners {
    /// By document.
    of: BTreeMap<String, String>,
}

impl Owners {
    pub fn new(tellings: &[Telling], res: &Resources) -> Owners {
        let owner = |t: &Telling| {
            let outlet = res.outlets.iter().find(|o| is_called(o, t.outlet.as_deref().unwrap_or_default()))?;
            (!outlet.owner.is_empty()).then(|| (t.document.clone(), outlet.owner.clone()))
        };
        Owners { of: tellings.iter().filter_map(owner).collect() }
    }

    pub fn of(&self, document: &str) -> Option<&str> {
        self.of.get(document).map(String::as_str)
    }

    /// Each owner of several voices, with their numbers.
    pub fn shared(&self, tellings: &[Telling]) -> BTreeMap<&str, BTreeSet<u32>> {
        let mut voices: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for telling in tellings {
            if let Some(owner) = self.of(&telling.document) {
                voices.entry(owner).or_default().insert(telling.voice);
            }
        }
        voices.retain(|_, numbers| numbers.len() > 1);
        voices
    }
}

/// By its id, one of its names, or the host of its pages.
fn is_called(outlet: &Outlet, name: &str) -> bool {
    let is_host =
        |host: &String| name == host || name.strip_suffix(host.as_str()).is_some_and(|sub| sub.ends_with('.'));
    !name.is_empty()
        && ([&outlet.id, &outlet.en, &outlet.ar].iter().any(|n| *n == name) || outlet.hosts.iter().any(is_host))
}
