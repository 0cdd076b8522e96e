//! When nobody answers, whose fault is it?
//!
//! A cable that is out makes every site look dead. A failure that may be our
//! own is therefore held back: the next host that answers makes it the site's,
//! and when several hosts are silent in a row a witness is asked, one that
//! answered before. Only what is a site's failure is counted as one.

use super::FetchError;
use super::queue::{Answer, NoAnswer, host};
use std::collections::BTreeSet;

/// So many hosts in a row are silent before a witness is asked.
const HOSTS_SILENT: usize = 3;

/// Whose it may be that there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Somebody answered, or was about to.
    Theirs,
    /// A site that is down looks like this, and so does a cable that is out.
    Unclear,
    /// There is no network here.
    Ours,
}

/// Whose fault it is that there is no answer.
pub(super) fn fault(why: &NoAnswer) -> Fault {
    match why {
        NoAnswer::Forbidden => Fault::Theirs,
        NoAnswer::NoRobots(fault) => *fault,
        NoAnswer::Failed(FetchError::NoNetwork(_)) => Fault::Ours,
        NoAnswer::Failed(FetchError::TimedOut | FetchError::NoSuchHost(_) | FetchError::NoWay(_)) => Fault::Unclear,
        NoAnswer::Failed(_) => Fault::Theirs,
    }
}

/// Holds answers back until it is known whose fault they are.
#[derive(Default)]
pub struct Silence {
    held: Vec<Answer>,
    hosts: BTreeSet<String>,
    witness: Witness,
    is_ours: bool,
    heard: bool,
}

#[derive(Default)]
enum Witness {
    #[default]
    NotAsked,
    Asked(String),
}

impl Silence {
    /// The answers of which it is known whose fault they are, true where it is ours; others
    /// are held back.
    pub fn sorted(&mut self, answers: Vec<Answer>) -> Vec<(Answer, bool)> {
        let mut known = vec![];
        for answer in answers {
            match answer.result.as_ref().map_or_else(fault, |_| Fault::Theirs) {
                Fault::Theirs => {
                    if is_word_of_network(&answer) {
                        self.hear(&mut known);
                    }
                    known.push((answer, false));
                }
                Fault::Ours => {
                    self.blame_us(&mut known);
                    known.push((answer, true));
                }
                Fault::Unclear if self.is_ours => known.push((answer, true)),
                Fault::Unclear => self.hold(answer, &mut known),
            }
        }
        known
    }

    /// True when so many hosts are silent that one that answered before should be asked.
    pub fn wants_witness(&self) -> bool {
        !self.is_ours && self.hosts.len() >= HOSTS_SILENT && matches!(self.witness, Witness::NotAsked)
    }

    /// The address that is asked as witness; where nobody ever answered there is none, and
    /// the silence is ours.
    pub fn asked(&mut self, witness: Option<&str>) -> Vec<(Answer, bool)> {
        let mut known = vec![];
        match witness {
            Some(address) => self.witness = Witness::Asked(host(address)),
            None => self.blame_us(&mut known),
        }
        known
    }

    /// True while there is no network here.
    pub fn is_ours(&self) -> bool {
        self.is_ours
    }

    /// A new attempt after a time without network.
    pub fn try_again(&mut self) {
        self.is_ours = false;
    }

    /// What is held back when nothing more is to come.
    pub fn settled(&mut self) -> Vec<(Answer, bool)> {
        let mut known = vec![];
        match !self.heard && self.hosts.len() > 1 {
            true => self.blame_us(&mut known),
            false => self.hear(&mut known),
        }
        known
    }

    fn hear(&mut self, known: &mut Vec<(Answer, bool)>) {
        (self.is_ours, self.heard) = (false, true);
        self.release(known);
    }

    fn blame_us(&mut self, known: &mut Vec<(Answer, bool)>) {
        self.is_ours = true;
        self.release(known);
    }

    fn release(&mut self, known: &mut Vec<(Answer, bool)>) {
        known.extend(self.held.drain(..).map(|answer| (answer, self.is_ours)));
        self.hosts.clear();
        self.witness = Witness::NotAsked;
    }

    fn hold(&mut self, answer: Answer, known: &mut Vec<(Answer, bool)>) {
        let host = host(&answer.task.url);
        let is_witness = matches!(&self.witness, Witness::Asked(witness) if *witness == host);
        self.hosts.insert(host);
        self.held.push(answer.released());
        if is_witness {
            self.blame_us(known);
        }
    }
}

/// Somebody out there answered, or our packets came back.
fn is_word_of_network(answer: &Answer) -> bool {
    !matches!(
        answer.result,
        Err(NoAnswer::Forbidden | NoAnswer::NoRobots(_) | NoAnswer::Failed(FetchError::Refused(_)))
    )
}
