//! Which lines of a page are the article?
//!
//! A readability library judges the simplified copy of the page; the marks that
//! survive tell which lines it kept. It drops standfirsts and short paragraphs
//! and keeps boxes, so its choice is the beginning: lines that share a container
//! with the article and are no list of links join it, regions that name
//! themselves as something else leave it.

use super::tags::Zone;
use super::walk::{Block, Walked, marked};
use dom_smoothie::{Config, Readability};
use std::collections::{BTreeMap, BTreeSet};

/// The copy is judged up to this size; a larger one by the weight of its paragraphs alone.
const JUDGED_BYTES_MAX: usize = 4 << 20;
/// A shorter article is looked for again, with less suspicion; briefs have a paragraph or two.
const CHARACTERS_MIN: usize = 200;
/// An element with this share of the article, in hundredths, is its home.
const HOME_SHARE_MIN: usize = 50;
/// A paragraph, as against a label or a title.
const PARAGRAPH_MIN: usize = 60;
/// A region with this share of the article in hundredths is the article, whatever its class says.
const SHARE_MAX: usize = 40;

/// For each line whether it belongs to the article.
pub(super) fn article(walked: &Walked) -> Vec<bool> {
    let mut main = judged(walked).unwrap_or_else(|| heaviest(walked));
    if !main.contains(&true) {
        main = heaviest(walked);
    }
    fill(walked, &mut main);
    trim(walked, &mut main);
    main
}

/// The zones that hold, for each line: the innermost first, those that hold most of the article left out.
pub(super) fn zones(walked: &Walked, main: &[bool]) -> Vec<Vec<Zone>> {
    let all: usize = walked.blocks.iter().zip(main).filter(|(_, m)| **m).map(|(b, _)| b.chars).sum();
    let mut held = vec![0usize; walked.zones.len()];
    for (block, _) in walked.blocks.iter().zip(main).filter(|(_, m)| **m) {
        above(walked, block.zone).for_each(|z| held[z as usize] += block.chars);
    }
    let counts = |z: &u32| held[*z as usize] * 100 <= all * SHARE_MAX;
    let told = |b: &Block| above(walked, b.zone).filter(counts).map(|z| walked.zones[z as usize].zone).collect();
    walked.blocks.iter().map(told).collect()
}

fn above(walked: &Walked, zone: Option<u32>) -> impl Iterator<Item = u32> {
    std::iter::successors(zone, |z| walked.zones[*z as usize].parent)
}

fn judged(walked: &Walked) -> Option<Vec<bool>> {
    if walked.simple.len() > JUDGED_BYTES_MAX {
        return None;
    }
    let config = Config { disable_json_ld: true, char_threshold: CHARACTERS_MIN, ..Config::default() };
    let article = Readability::new(walked.simple.as_str(), None, Some(config)).ok()?.parse().ok()?;
    let mut main = vec![false; walked.blocks.len()];
    for line in article.text_content.chars().filter_map(marked) {
        if let Some(kept) = main.get_mut(line) {
            *kept = true;
        }
    }
    Some(main)
}

/// The paragraphs of the container that holds most of them.
fn heaviest(walked: &Walked) -> Vec<bool> {
    let mut weight = BTreeMap::<u32, usize>::new();
    for block in walked.blocks.iter().filter(|b| is_paragraph(b)) {
        *weight.entry(block.container).or_default() += block.chars;
    }
    let best = weight.into_iter().max_by_key(|(container, n)| (*n, std::cmp::Reverse(*container))).map(|(c, _)| c);
    walked.blocks.iter().map(|b| Some(b.container) == best && !is_link(b)).collect()
}

/// Lines between lines of the article, in one of its containers, belong to it too.
fn fill(walked: &Walked, main: &mut [bool]) {
    alike(walked, main);
    let (Some(first), Some(last)) = (main.iter().position(|m| *m), main.iter().rposition(|m| *m)) else { return };
    let homes: BTreeSet<u32> = walked
        .blocks
        .iter()
        .zip(main.iter())
        .filter(|(b, m)| **m && is_paragraph(b))
        .map(|(b, _)| b.container)
        .collect();
    // A first paragraph of its own is often taken for a teaser, a last one for a signature.
    let from = (0..first).rev().take_while(|i| homes.contains(&walked.blocks[*i].container)).last().unwrap_or(first);
    let behind = (last + 1..main.len()).take_while(|i| homes.contains(&walked.blocks[*i].container)).last();
    let range = from..=behind.unwrap_or(last);
    for (block, is_main) in walked.blocks[range.clone()].iter().zip(&mut main[range]) {
        *is_main |= homes.contains(&block.container) && !is_link(block);
    }
}

/// Behind the last line of the elements that hold most of the article stand other stories, an
/// author, comments: the first line there that is neither a paragraph nor inside such an element
/// ends the article.
fn trim(walked: &Walked, main: &mut [bool]) {
    let mut weights = BTreeMap::<u64, usize>::new();
    for (block, _) in walked.blocks.iter().zip(main.iter()).filter(|(b, m)| **m && is_paragraph(b)) {
        *weights.entry(block.path).or_default() += block.chars;
    }
    let all: usize = weights.values().sum();
    let Some((&best, &weight)) = weights.iter().max_by_key(|(_, n)| **n) else { return };
    if weight * 100 < all * HOME_SHARE_MIN {
        return;
    }
    let is_home = |i: usize| main[i] && walked.blocks[i].path == best;
    let homes: BTreeSet<u32> = (0..main.len()).filter(|i| is_home(*i)).map(|i| walked.blocks[i].container).collect();
    let last = (0..main.len()).rev().find(|i| is_home(*i) && is_paragraph(&walked.blocks[*i])).unwrap_or(main.len());
    let inside = |i: usize| walked.containers_of(&walked.blocks[i]).any(|c| homes.contains(&c));
    let ends = |i: &usize| !(inside(*i) || main[*i] && is_paragraph(&walked.blocks[*i]));
    let end = (last + 1..main.len()).find(ends).unwrap_or(main.len());
    main[end..].fill(false);
}

/// Messages, updates and paragraphs that each have an element of their own: between lines of the
/// article, lines in elements of the same name and class as two or more of its own belong to it.
fn alike(walked: &Walked, main: &mut [bool]) {
    let (Some(first), Some(last)) = (main.iter().position(|m| *m), main.iter().rposition(|m| *m)) else { return };
    let mut homes = BTreeMap::<u64, BTreeSet<u32>>::new();
    for (block, is_main) in walked.blocks.iter().zip(main.iter()) {
        if *is_main && is_paragraph(block) && block.is_styled {
            homes.entry(block.path).or_default().insert(block.container);
        }
    }
    for (block, is_main) in walked.blocks[first..=last].iter().zip(&mut main[first..=last]) {
        *is_main |= homes.get(&block.path).is_some_and(|h| h.len() >= 2) && !is_link(block);
    }
}

/// A line of text rather than of links.
fn is_paragraph(block: &Block) -> bool {
    block.chars >= PARAGRAPH_MIN && block.linked * 2 < block.chars
}

/// Nearly all of the line is a link.
pub(super) fn is_link(block: &Block) -> bool {
    block.linked * 10 >= block.chars * 9
}
