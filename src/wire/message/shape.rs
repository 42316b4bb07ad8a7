//! The structure of `[context, book]`, as far as it is needed.
//!
//! Everything is borrowed from the input, so that its offsets are known.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The message from mdBook.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) context: &'a RawValue,
    pub(crate) book: Book<'a>,
}

/// A book, of 0.4 (`sections`) or 0.5 (`items`).
#[derive(Debug)]
pub(crate) struct Book<'a> {
    pub(crate) items: Items<'a>,
    /// The key after the items, as in the input.
    pub(crate) key_after_items: Option<&'a RawValue>,
    /// Whether it has the `__non_exhaustive` that 0.4 requires.
    pub(crate) marked: bool,
}

/// The items of a book or a chapter.
#[derive(Debug, Default)]
pub(crate) struct Items<'a>(pub(crate) Vec<Item<'a>>);

/// An item.
#[derive(Debug)]
pub(crate) enum Item<'a> {
    /// A chapter, perhaps a draft.
    Chapter(Chapter<'a>),
    /// A separator, a part's title, or an item of a later mdBook.
    Other,
}

/// A chapter.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Chapter<'a> {
    #[serde(default)]
    pub(crate) name: String,
    #[serde(borrow)]
    pub(crate) content: Option<&'a RawValue>,
    pub(crate) path: Option<String>,
    pub(crate) source_path: Option<String>,
    #[serde(borrow, default)]
    pub(crate) sub_items: Items<'a>,
}

/// A chapter with a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a, 's> {
    pub(crate) chapter: &'s Chapter<'a>,
    pub(crate) path: &'s str,
    pub(crate) content: &'a RawValue,
}

impl<'a> Items<'a> {
    /// The chapters that have a text, depth first.
    pub(crate) fn texts(&self) -> Vec<Text<'a, '_>> {
        let mut texts = Vec::new();
        self.collect(&mut texts);
        texts
    }

    fn collect<'s>(&'s self, into: &mut Vec<Text<'a, 's>>) {
        for item in &self.0 {
            if let Item::Chapter(chapter) = item {
                if let (Some(path), Some(content)) = (&chapter.path, chapter.content) {
                    into.push(Text { chapter, path, content });
                }
                chapter.sub_items.collect(into);
            }
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Message<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Message<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of a context and a book")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let context = seq.next_element()?;
                let book = seq.next_element()?;
                match (context, book, seq.next_element::<IgnoredAny>()?) {
                    (Some(context), Some(book), None) => Ok(Message { context, book }),
                    (_, _, Some(_)) => Err(A::Error::invalid_length(3, &self)),
                    (None, ..) => Err(A::Error::invalid_length(0, &self)),
                    (_, None, _) => Err(A::Error::invalid_length(1, &self)),
                }
            }
        }
        deserializer.deserialize_seq(Pair)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Book<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Book<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a book with `items` or `sections`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut items = None;
                let mut key_after_items = None;
                let mut marked = false;
                while let Some(key) = map.next_key::<&RawValue>()? {
                    if items.is_some() && key_after_items.is_none() {
                        key_after_items = Some(key);
                    }
                    match key.get() {
                        "\"items\"" | "\"sections\"" if items.is_none() => {
                            items = Some(map.next_value()?);
                            continue;
                        }
                        "\"__non_exhaustive\"" => marked = true,
                        _ => {}
                    }
                    map.next_value::<IgnoredAny>()?;
                }
                Ok(Book {
                    items: items.ok_or_else(|| A::Error::custom("the book has neither `items` nor `sections`"))?,
                    key_after_items,
                    marked,
                })
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Items)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Item<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Kind;
        impl<'de> Visitor<'de> for Kind {
            type Value = Item<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an item of a book")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut item = Item::Other;
                while let Some(key) = map.next_key::<&RawValue>()? {
                    if key.get() == "\"Chapter\"" {
                        item = Item::Chapter(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(item)
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Item::Other)
            }
        }
        deserializer.deserialize_any(Kind)
    }
}
