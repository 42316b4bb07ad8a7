//! Declares enumerations whose values each have a word, used in book.toml, JSON and pages.

/// An enumeration with `ALL`, its values in order, and `word`, the word of a value.
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
            /// All values, in order.
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
