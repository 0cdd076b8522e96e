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
}

/// Whose fault it is that there is no answer.
pub(super) fn fault(why: &NoAnswer) -> Fault {
    match why {
        NoAnswer::Forbidden => Fault::Theirs,
        NoAnswer::NoRobots(fault) => *fault,
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

#[cfg(test)]
mod tests {
    use super::super::{Fetched, Kind, Task};
    use super::*;
    use jiff::Timestamp;

    fn answer(host: &str, result: Result<u16, NoAnswer>) -> Answer {
        let url = format!("https://{host}/rss");
        let fetched = Fetched { url: url.clone(), status: 200, headers: vec![], raw: vec![] };
        let mut answer = Answer::kept(Task::new(Kind::Feed, &url), Timestamp::UNIX_EPOCH, fetched.clone());
        answer.result = result.map(|status| Fetched { status, ..fetched });
        answer
    }

    fn silent(host: &str) -> Answer {
        answer(host, Err(FetchError::TimedOut.into()))
    }

    fn hosts(known: Vec<(Answer, bool)>) -> Vec<(String, bool)> {
        known.into_iter().map(|(a, ours)| (host(&a.task.url), ours)).collect()
    }

    fn theirs(host: &str) -> (String, bool) {
        (host.to_string(), false)
    }

    fn ours(host: &str) -> (String, bool) {
        (host.to_string(), true)
    }

    #[test]
    fn the_next_that_answers_makes_it_the_sites_fault() {
        let mut silence = Silence::default();
        assert_eq!(hosts(silence.sorted(vec![silent("a"), silent("b")])), []);
        let forbidden = answer("c", Err(NoAnswer::Forbidden));
        assert_eq!(hosts(silence.sorted(vec![forbidden])), [theirs("c")], "nobody was asked");
        assert_eq!(hosts(silence.sorted(vec![answer("d", Ok(500))])), [theirs("a"), theirs("b"), theirs("d")]);
        // A refused connection came back over the network.
        let closed = answer("f", Err(FetchError::Network("refused".into()).into()));
        assert_eq!(hosts(silence.sorted(vec![silent("e"), closed])), [theirs("e"), theirs("f")]);
    }

    #[test]
    fn when_all_are_silent_a_witness_decides() {
        let mut silence = Silence::default();
        silence.sorted(vec![answer("w", Ok(200)), silent("a"), silent("a"), silent("b")]);
        assert!(!silence.wants_witness(), "two hosts");
        silence.sorted(vec![silent("c")]);
        assert!(silence.wants_witness());
        assert_eq!(hosts(silence.asked(Some("https://w/rss"))), []);
        assert!(!silence.wants_witness() && !silence.is_ours());
        let known = hosts(silence.sorted(vec![silent("w"), silent("d")]));
        assert_eq!(known, [ours("a"), ours("a"), ours("b"), ours("c"), ours("w"), ours("d")]);
        assert!(silence.is_ours());
        silence.try_again();
        assert_eq!(hosts(silence.sorted(vec![answer("a", Ok(200)), silent("b")])), [theirs("a")]);
        assert_eq!(hosts(silence.settled()), [theirs("b")]);

        let mut silence = Silence::default();
        silence.sorted(vec![answer("w", Ok(200)), silent("a"), silent("b"), silent("c")]);
        silence.asked(Some("https://w/rss"));
        assert_eq!(hosts(silence.sorted(vec![answer("w", Ok(304))]))[..2], [theirs("a"), theirs("b")]);
    }

    #[test]
    fn where_nobody_ever_answered_there_is_no_network() {
        let mut silence = Silence::default();
        silence.sorted(vec![silent("a"), silent("b"), silent("c")]);
        assert_eq!(hosts(silence.asked(None)), [ours("a"), ours("b"), ours("c")]);
        let mut silence = Silence::default();
        silence.sorted(vec![silent("a"), silent("b")]);
        assert_eq!(hosts(silence.settled()), [ours("a"), ours("b")]);
        let mut silence = Silence::default();
        silence.sorted(vec![silent("a")]);
        assert_eq!(hosts(silence.settled()), [theirs("a")], "one alone tells nothing");
    }

    #[test]
    fn a_robots_file_that_cannot_be_had_is_whose_fault_its_host_is() {
        let mut silence = Silence::default();
        assert_eq!(hosts(silence.sorted(vec![answer("a", Err(NoAnswer::NoRobots(Fault::Unclear)))])), []);
        assert_eq!(hosts(silence.sorted(vec![answer("b", Err(NoAnswer::NoRobots(Fault::Theirs)))])), [theirs("b")]);
    }
}
