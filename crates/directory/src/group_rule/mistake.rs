//! What can be wrong with a rule as it was typed.

/// Why a text is no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleMistake {
    /// There is nothing to read.
    Empty,
    /// It has more than [`MAX_RULE`](super::MAX_RULE) characters.
    TooLong,
    /// It has characters that nobody sees.
    Unprintable,
    /// Too many of its parts lie within each other.
    TooDeep,
    /// It cannot be read any further.
    Syntax {
        /// At which character, counted from 1 in the text without the spaces around it.
        character: usize,
    },
    /// It speaks of what is none of the [`ATTRIBUTES`](super::ATTRIBUTES).
    UnknownAttribute(String),
    /// It puts something before an attribute, as in `user.department`.
    Prefixed {
        /// What stands before it.
        prefix: String,
        /// The attribute.
        attribute: String,
    },
    /// It calls a function that there is not.
    UnknownFunction(String),
    /// It gives something else than yes or no.
    NotTrueOrFalse,
    /// It gives nothing, because its parts do not go together.
    NoAnswer,
}
