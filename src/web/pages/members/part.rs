//! Which part of the list somebody looks at: what is done to one of its rows leads back to it.

use directory::ByName;
use directory::member_list::{Filter, Show};
use directory::user::User;

use super::place::Place;
use crate::web::asked::{after, next_page, sought};
use crate::web::{Form, paths};

/// What was looked for, the filter, and where the page begins. Nothing else of a query is carried on.
pub(super) struct Part {
    pub(super) q: String,
    pub(super) show: Show,
    after: Option<ByName<User>>,
}

impl Part {
    /// The part that an address asks for.
    pub(super) fn of(asked: &Form) -> Self {
        Self { q: sought(asked), show: show_of(asked), after: after(asked) }
    }

    /// The same for the database.
    pub(super) fn filter(&self) -> Filter {
        Filter { search: self.q.clone(), show: self.show, after: self.after.clone() }
    }

    /// What every page of the list has in its address.
    pub(super) fn kept(&self) -> [(&'static str, &str); 2] {
        [("q", self.q.as_str()), ("show", show_name(self.show))]
    }

    /// An address that leads back here: this part stands behind whatever it asks for itself.
    pub(super) fn behind(&self, address: &str) -> String {
        let asked = match &self.after {
            Some((name, id)) => next_page("", &self.kept(), name, id),
            None => paths::with_query("", &self.kept()),
        };
        let asked = if address.contains('?') { asked.replacen('?', "&", 1) } else { asked };
        format!("{address}{asked}")
    }

    /// The list itself at this part; at its beginning where the address would be too long to be led to.
    pub(super) fn back(&self, place: &Place) -> String {
        let (list, here) = (place.path(), self.behind(&place.path()));
        if paths::safe_next(&here) == here { here } else { list }
    }
}

/// What an address says for each choice.
const SHOWN: [(Show, &str); 4] =
    [(Show::All, ""), (Show::Guests, "guests"), (Show::Invited, "invited"), (Show::Expired, "expired")];

fn show_of(asked: &Form) -> Show {
    let word = asked.value("show");
    SHOWN.iter().find(|(_, name)| *name == word).map_or(Show::All, |(show, _)| *show)
}

/// How an address asks for it.
pub(super) fn show_name(show: Show) -> &'static str {
    SHOWN.iter().find(|(one, _)| *one == show).map_or("", |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "019aa0c8-2f3e-7000-8000-000000000001";

    fn part(pairs: &[(&str, &str)]) -> Part {
        Part::of(&Form::filled(pairs))
    }

    #[test]
    fn an_action_carries_the_list_it_stands_in() {
        let shown = part(&[("q", "a&b"), ("show", "expired"), ("sent", "7"), ("generation", "9")]);
        assert_eq!(shown.behind("/x"), "/x?q=a%26b&show=expired");
        assert_eq!(shown.behind("/x?generation=2"), "/x?generation=2&q=a%26b&show=expired");
        let second = part(&[("name", "zoë"), ("after", ID)]);
        assert_eq!(second.behind("/x"), format!("/x?name=zo%C3%AB&after={ID}"));
        assert_eq!(part(&[("show", "nothing")]).behind("/x"), "/x");
    }

    #[test]
    fn what_is_too_long_to_be_led_to_leads_to_the_beginning() {
        let place = Place::Group("sales".to_owned());
        assert_eq!(part(&[("q", "ann")]).back(&place), "/groups/sales?q=ann");
        assert_eq!(part(&[("q", &"é".repeat(254))]).back(&place), "/groups/sales");
    }
}
