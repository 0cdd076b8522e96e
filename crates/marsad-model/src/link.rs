//! How does one incident stand to another one?

use crate::Sourced;

/// One document says how two of its incidents stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// With the phrase that says so.
    pub kind: Sourced<LinkKind>,
    /// Id of the other incident within the document.
    pub to: String,
}

/// In which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// It answers the other.
    RetaliationFor,
    /// It came of the other: a second bomb, a fire, a hunt.
    FollowUpOf,
    SameCampaignAs,
    /// It is one of several that the other is made of.
    PartOf,
}

impl LinkKind {
    pub const ALL: [LinkKind; 4] =
        [LinkKind::RetaliationFor, LinkKind::FollowUpOf, LinkKind::SameCampaignAs, LinkKind::PartOf];

    /// The ASCII name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            LinkKind::RetaliationFor => "retaliation_for",
            LinkKind::FollowUpOf => "follow_up_of",
            LinkKind::SameCampaignAs => "same_campaign_as",
            LinkKind::PartOf => "part_of",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<LinkKind> {
        LinkKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
