//! Pages of lists: some rows, and whether there are others (SPEC: keyset pagination).

/// One page of a list, and whether there is another after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<T> {
    /// In the order of the list.
    pub rows: Vec<T>,
    /// Whether others follow.
    pub more: bool,
}

impl<T> Page<T> {
    /// The first `rows` of what was found; whatever was found beyond them tells only that others follow.
    #[must_use]
    pub fn of(mut found: Vec<T>, rows: i64) -> Self {
        let most = usize::try_from(rows).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        Self { rows: found, more }
    }

    /// The same page of what each row is turned into.
    #[must_use]
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(turn).collect(), more: self.more }
    }
}

/// How many rows to load for a page of so many: one more, which is not shown, says that others follow without
/// counting them.
pub(crate) const fn limit_for(rows: i64) -> i64 {
    rows.saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::{Page, limit_for};

    /// The page of so many rows from a list that has so many.
    fn page(rows: i64, there_are: i64) -> Page<i64> {
        Page::of((0..there_are.min(limit_for(rows))).collect(), rows)
    }

    #[test]
    fn a_page_that_is_not_full_is_the_last() {
        assert_eq!(page(2, 0), Page::default());
        assert_eq!(page(2, 1), Page { rows: vec![0], more: false });
    }

    #[test]
    fn nothing_follows_a_page_that_is_just_full() {
        assert_eq!(page(2, 2), Page { rows: vec![0, 1], more: false });
    }

    #[test]
    fn one_row_more_is_another_page() {
        assert_eq!(page(2, 3), Page { rows: vec![0, 1], more: true });
        assert_eq!(page(2, 1_000), page(2, 3));
    }

    #[test]
    fn there_is_no_page_after_the_longest() {
        assert_eq!(page(i64::MAX, 3), Page { rows: vec![0, 1, 2], more: false });
    }
}
