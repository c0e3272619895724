//! Mailed codes on pages: what was typed, and what is said of it.

use super::form::Complaint;

/// More than any code has, with the spaces that people put between digits.
const LONGEST: usize = 64;

/// What was typed as a code, cut to a bounded length. May be empty, where the mailbox is proved already.
pub(crate) fn shortened(typed: &str) -> String {
    typed.chars().take(LONGEST).collect()
}

/// Reads a code that has to be there.
pub(crate) fn read_required(typed: &str) -> Result<String, Complaint> {
    if typed.trim().is_empty() { Err(Complaint::key("code-empty")) } else { Ok(shortened(typed)) }
}

/// The digits are wrong; this many tries are left.
pub(crate) fn wrong(left: i64) -> Complaint {
    if left == 1 {
        Complaint::key("code-wrong-last")
    } else {
        Complaint::key("code-wrong").with("count", left)
    }
}

/// There is nothing to try any more.
pub(crate) fn over() -> Complaint {
    Complaint::key("code-over")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_typed_and_no_book() {
        assert_eq!(read_required(" "), Err(Complaint::key("code-empty")));
        assert_eq!(read_required("12 34 56").as_deref(), Ok("12 34 56"));
        assert_eq!(shortened(&"1".repeat(9000)).len(), 64);
    }

    #[test]
    fn the_last_try_is_told_as_such() {
        assert_eq!(wrong(1), Complaint::key("code-wrong-last"));
        assert_eq!(wrong(2), Complaint::key("code-wrong").with("count", 2));
    }
}
