//! JSON of others: words of any type, and objects that are taken one by one, so that no document is in memory as a whole.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::Trouble;
use crate::blocklist::excerpt;

/// A value, as far as it is one word: text, a number, or true and false. Anything else is passed over.
#[derive(Clone, Debug, Default)]
pub(super) struct Word(pub(super) Option<String>);

impl Word {
    /// The text, where there is some.
    pub(super) fn text(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.trim().is_empty())
    }

    /// Whether it says yes, in one of the ways in which programs do.
    pub(super) fn is_true(&self) -> bool {
        matches!(self.0.as_deref(), Some("true" | "1" | "True"))
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneWord)
    }
}

struct OneWord;

impl<'de> Visitor<'de> for OneWord {
    type Value = Word;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Word, E> {
        Ok(Word(Some(text.to_owned())))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Word, E> {
        Ok(Word(Some(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Word, E> {
        Ok(Word(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Word, A::Error> {
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Word(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Word, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Word(None))
    }
}

/// The first elements of an array, as many as are looked at; a text or an object passes for an array of one.
#[derive(Clone, Debug)]
pub(super) struct Few<T>(pub(super) Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Few<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(First(PhantomData))
    }
}

struct First<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for First<T> {
    type Value = Few<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_unit<E>(self) -> Result<Few<T>, E> {
        Ok(Few::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Few<T>, A::Error> {
        let mut first = Vec::new();
        while first.len() < FEW {
            let Some(element) = array.next_element()? else { return Ok(Few(first)) };
            first.push(element);
        }
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Few(first))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Few<T>, E> {
        Ok(Few(T::deserialize(StrDeserializer::<E>::new(text)).into_iter().collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Few<T>, A::Error> {
        Ok(Few(vec![T::deserialize(MapAccessDeserializer::new(map))?]))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Few<T>, E> {
        Ok(Few::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Few<T>, E> {
        Ok(Few::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Few<T>, E> {
        Ok(Few::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Few<T>, E> {
        Ok(Few::default())
    }
}

/// More than anybody says of one thing.
const FEW: usize = 100;

/// What is done with each object of a document, wherever it stands among arrays and objects.
pub(super) trait Walker {
    /// What is read of one object.
    type Object: Default;

    /// Reads one member into the object, or the objects that are in it; `false` where it is of no interest. Whoever says
    /// `true` has read it.
    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut Self::Object,
        map: &mut A,
    ) -> Result<bool, A::Error>;

    /// Takes an object; `before` is what [`mark`](Self::mark) said when it began.
    fn take(&mut self, object: Self::Object, before: usize);

    /// How much was taken so far.
    fn mark(&self) -> usize;
}

/// Walks through a document; its depth is bounded by `serde_json`.
pub(super) struct Walk<'w, W>(pub(super) &'w mut W);

impl<'de, W: Walker> DeserializeSeed<'de> for Walk<'_, W> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, W: Walker> Visitor<'de> for Walk<'_, W> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        while array.next_element_seed(Walk(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut object = W::Object::default();
        let before = self.0.mark();
        while let Some(key) = map.next_key::<String>()? {
            if !self.0.member(&key, &mut object, &mut map)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        self.0.take(object, before);
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Walks through the one value that a text is.
pub(super) fn walk<W: Walker>(text: &str, walker: &mut W, shape: &'static str) -> Result<(), Trouble> {
    let mut json = serde_json::Deserializer::from_str(text);
    Walk(walker)
        .deserialize(&mut json)
        .and_then(|()| json.end())
        .map_err(|error| Trouble::Damaged { shape, reason: excerpt(error.to_string()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_of_any_type_and_arrays_have_an_end() {
        let words: Few<Word> =
            serde_json::from_str(r#"["a", 1, -2, 0.5, true, null, [1, {}], {"a": [1]}]"#).unwrap();
        let told: Vec<Option<&str>> = words.0.iter().map(Word::text).collect();
        assert_eq!(told, [Some("a"), Some("1"), Some("-2"), Some("0.5"), Some("true"), None, None, None]);
        let many = format!("[{}1]", "1,".repeat(100_000));
        assert_eq!(serde_json::from_str::<Few<Word>>(&many).unwrap().0.len(), FEW);
        for (text, length) in
            [("null", 0), ("1", 0), ("-1", 0), ("0.5", 0), ("true", 0), ("\"a\"", 1), ("{\"a\": 1}", 1)]
        {
            assert_eq!(serde_json::from_str::<Few<Word>>(text).unwrap().0.len(), length, "{text}");
        }
    }
}
