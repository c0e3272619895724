//! Who may do what.

/// Why something was refused: a code, and who can mend it (SPEC 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {}
