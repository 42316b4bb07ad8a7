//! Declares the enumerations whose values have a word each: in book.toml, in JSON, in a page.

/// An enumeration with `ALL`, its values in their order, and `word`, the word of each.
macro_rules! worded {
    ($(#[$attribute:meta])* pub enum $name:ident {
        $($(#[$note:meta])* $value:ident = $word:literal,)*
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$note])* $value,)*
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)*
                }
            }
        }
    };
}
pub(crate) use worded;
