//! Where readers put what they find: names once each, refusals up to a bound.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::candidate::{Candidate, Gathered, Note, Objection, Place, Refusal, Said};
use super::error::Trouble;
use super::remark::{Remark, of_name};
use super::shape::Shape;
use super::words::{self, Manner, Read};
use crate::blocklist::{Scope, normalise};
use crate::dns::Name;

/// The most names of one file.
pub(super) const MOST_NAMES: usize = 1_000_000;
/// The most refusals that are told.
const MOST_REFUSED: usize = 1_000;

/// What was found so far.
#[derive(Default)]
pub(super) struct Collector {
    candidates: Vec<Candidate>,
    /// How often each stands there, by its place among the candidates.
    known: HashMap<(Name, Scope), (usize, u64)>,
    refused: Vec<Refusal>,
    more_refused: u64,
    left_out: Vec<(&'static str, u64)>,
    notes: Vec<Note>,
    more_notes: u64,
    too_many: bool,
}

impl Collector {
    /// A name, with what its reader has to tell of it.
    pub(super) fn name(
        &mut self,
        name: Name,
        scope: Scope,
        place: &Place,
        remarks: Vec<Remark>,
        said: &Said,
    ) {
        let number = self.candidates.len();
        match self.known.entry((name, scope)) {
            Entry::Vacant(_) if number == MOST_NAMES => self.too_many = true,
            Entry::Vacant(vacant) => {
                let name = vacant.key().0.clone();
                vacant.insert((number, 1));
                self.candidates.push(Candidate {
                    name,
                    scope,
                    place: place.clone(),
                    remarks,
                    said: said.clone(),
                });
            }
            Entry::Occupied(mut occupied) => {
                let (number, times) = occupied.get_mut();
                *times += 1;
                let candidate = &mut self.candidates[*number];
                remarks.into_iter().for_each(|remark| add(&mut candidate.remarks, remark));
                let is_told =
                    candidate.remarks.iter().any(|remark| matches!(remark, Remark::OtherDetails(_)));
                if candidate.said != *said && *said != Said::default() && !is_told {
                    candidate.remarks.push(Remark::OtherDetails(place.clone()));
                }
            }
        }
    }

    /// What is to be told of a name that was found before.
    pub(super) fn remark(&mut self, name: &Name, scope: Scope, remark: Remark) {
        if let Some((number, _)) = self.known.get(&(name.clone(), scope)) {
            add(&mut self.candidates[*number].remarks, remark);
        }
    }

    /// A name as a format says it, without anything around.
    pub(super) fn exact(
        &mut self,
        text: &str,
        scope: Scope,
        place: &Place,
        remarks: Vec<Remark>,
        said: &Said,
    ) {
        match normalise(text) {
            Ok(name) => self.judged(name, scope, place, remarks, said),
            Err(reason) => self.refuse(place, String::new(), Objection::Name(reason)),
        }
    }

    /// A name that a reader has made, with what the name itself tells.
    pub(super) fn judged(
        &mut self,
        name: Name,
        scope: Scope,
        place: &Place,
        mut remarks: Vec<Remark>,
        said: &Said,
    ) {
        if name.label_count() < 2 {
            return self.refuse(place, name.to_host(), Objection::OneLabel);
        }
        remarks.extend(of_name(&name));
        self.name(name, scope, place, remarks, said);
    }

    /// The names of a line or of a cell, each of which has `remarks`.
    pub(super) fn words(
        &mut self,
        text: &str,
        manner: Manner,
        place: &Place,
        remarks: &[Remark],
        said: &Said,
    ) {
        words::read(text, manner, |read| match read {
            Read::Name(name, scope, mut found) => {
                found.extend_from_slice(remarks);
                self.name(name, scope, place, found, said);
            }
            Read::Refused(text, objection) => self.refuse(place, text, objection),
            Read::Unlikely => self.leave_out(UNLIKELY),
        });
    }

    /// Something that is no candidate; `text` is an excerpt.
    pub(super) fn refuse(&mut self, place: &Place, text: String, reason: Objection) {
        match self.refused.len() < MOST_REFUSED {
            true => self.refused.push(Refusal { place: place.clone(), text, reason }),
            false => self.more_refused += 1,
        }
    }

    /// More refusals than were handed over.
    pub(super) fn refused_beside(&mut self, count: u64) {
        self.more_refused += count;
    }

    /// Something that is left out on purpose.
    pub(super) fn leave_out(&mut self, what: &'static str) {
        self.leave_out_many(what, 1);
    }

    /// The same, so many times.
    pub(super) fn leave_out_many(&mut self, what: &'static str, count: u64) {
        match self.left_out.iter_mut().find(|(known, _)| *known == what) {
            Some((_, known)) => *known += count,
            None if count > 0 => self.left_out.push((what, count)),
            None => {}
        }
    }

    pub(super) fn note(&mut self, note: Note) {
        match self.notes.len() < MOST_NOTES {
            true => self.notes.push(note),
            false => self.more_notes += 1,
        }
    }

    /// Whether there are so many names that no more are read.
    pub(super) fn is_full(&self) -> bool {
        self.too_many
    }

    /// Whether there is a name or a refusal.
    pub(super) fn has_found(&self) -> bool {
        !self.candidates.is_empty() || !self.refused.is_empty()
    }

    pub(super) fn finish(mut self, shape: Shape) -> Result<Gathered, Trouble> {
        if self.too_many {
            return Err(Trouble::TooManyNames(MOST_NAMES));
        }
        if !self.has_found() && self.left_out.iter().all(|(what, _)| *what == UNLIKELY) {
            return Err(Trouble::NoNames(shape.to_string()));
        }
        for (number, times) in self.known.into_values().filter(|(_, times)| *times > 1) {
            self.candidates[number].remarks.push(Remark::Repeated(times));
        }
        self.notes.extend(self.left_out.into_iter().map(|(what, count)| Note::LeftOut(what, count)));
        if self.more_notes > 0 {
            self.notes.push(Note::MoreNotes(self.more_notes));
        }
        if self.more_refused > 0 {
            self.notes.push(Note::MoreRefused(self.more_refused));
        }
        Ok(Gathered { shape, candidates: self.candidates, refused: self.refused, notes: self.notes })
    }
}

/// Another way in which a name stands there is of interest; how often is counted.
fn add(remarks: &mut Vec<Remark>, remark: Remark) {
    let kind = std::mem::discriminant(&remark);
    if !remarks.iter().any(|other| std::mem::discriminant(other) == kind) {
        remarks.push(remark);
    }
}

const UNLIKELY: &str = "words with a dot in them that end like no public name";
/// More than a person reads.
const MOST_NOTES: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_there_once_with_what_is_different_elsewhere() {
        let mut collector = Collector::default();
        let said = |case: &str| Said { reference: Some(case.into()), ..Said::default() };
        for (line, case) in [(1, "1"), (2, "1"), (3, "2"), (4, "3")] {
            collector.words("A.example.com", Manner::Meant, &Place::Line(line), &[], &said(case));
        }
        let found = collector.finish(Shape::Text).unwrap();
        assert_eq!((found.candidates.len(), &found.candidates[0].place), (1, &Place::Line(1)));
        assert_eq!(found.candidates[0].remarks, [Remark::OtherDetails(Place::Line(3)), Remark::Repeated(4)]);
    }

    #[test]
    fn refusals_are_bounded_and_counted() {
        let mut collector = Collector::default();
        (0..1_005)
            .for_each(|line| collector.words("x", Manner::Meant, &Place::Line(line), &[], &Said::default()));
        let found = collector.finish(Shape::Text).unwrap();
        assert_eq!((found.refused.len(), found.notes), (MOST_REFUSED, vec![Note::MoreRefused(5)]));
        let mut collector = Collector::default();
        collector.leave_out("a");
        (0..105).for_each(|_| collector.note(Note::QuotedPrintable));
        assert_eq!(collector.finish(Shape::Text).unwrap().notes.last(), Some(&Note::MoreNotes(5)));
        assert!(matches!(Collector::default().finish(Shape::Text), Err(Trouble::NoNames(_))));
    }
}
