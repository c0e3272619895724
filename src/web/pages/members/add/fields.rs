//! The fields of the sheet, as they were sent.

use directory::Language;
use directory::email_address::MAX_ADDRESS;
use directory::invitation::Draft;
use directory::text::{Message, reorders};

use super::typed::{self, AT_ONCE};
use crate::web::Form;
use crate::web::form::{Complaint, choice};

/// The longest text in the box: fifty addresses with names, more is a mistake.
const LONGEST: usize = 16_000;

/// What **Add** is asked to do.
#[derive(Clone)]
pub(super) struct Order {
    /// From the list.
    pub(super) listed: Vec<String>,
    /// Still in the box.
    pub(super) typed: Vec<String>,
    /// In the box, while the list is full.
    pub(super) waiting: Vec<String>,
    /// What goes with each.
    pub(super) draft: Draft,
}

impl Order {
    /// In the order in which they are come to.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &String> {
        self.listed.iter().chain(&self.typed)
    }

    pub(super) fn is_for_many(&self) -> bool {
        self.addresses().nth(1).is_some()
    }
}

/// Reads the form for **Add**; what is wrong stands beside its field afterwards.
pub(super) fn order(form: &mut Form) -> Option<Order> {
    let draft = draft(form);
    let typed = form.parse("email", box_of)?;
    let listed = listed(form);
    if listed.is_empty() && typed.trim().is_empty() {
        form.refuse("email", "add-nobody");
        return None;
    }
    if !typed.trim().is_empty() && !typed::is_address(&typed) {
        form.refuse("email", Complaint::key("add-not-an-address").with("typed", shown(&typed)));
        return None;
    }
    let fresh = typed::addresses(&typed);
    let all = typed::distinct(listed.iter().chain(&fresh).cloned().collect());
    // Those that found no room on a full list wait for the next press.
    let waits = listed.len() == AT_ONCE;
    if !waits && all.len() > AT_ONCE {
        form.refuse("email", Complaint::key("add-too-many").with("max", AT_ONCE));
        return None;
    }
    let fresh = all.into_iter().skip(listed.len()).collect();
    let (typed, waiting) = if waits { (Vec::new(), fresh) } else { (fresh, Vec::new()) };
    draft.map(|draft| Order { listed, typed, waiting, draft })
}

/// Puts addresses into the box, behind what is typed there.
pub(super) fn put_in_box(form: &mut Form, addresses: &[String]) {
    let all = [form.value("email").trim()].into_iter().chain(addresses.iter().map(String::as_str));
    let all = all.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    form.set("email", all);
}

/// The addresses on the list; of too many one more than may be, so that it is seen.
pub(super) fn listed(form: &Form) -> Vec<String> {
    let listed = form.values("listed").into_iter().map(|address| address.trim().to_owned());
    let mut listed = typed::distinct(listed.collect());
    listed.truncate(AT_ONCE + 1);
    listed
}

/// Message and language.
fn draft(form: &mut Form) -> Option<Draft> {
    let message = form.parse("message", Message::parse);
    let language = form.parse_optional("language", choice::<Language>);
    Some(Draft { message: message?, language: language? })
}

/// Message and language for a preview, where a mistake is no matter.
pub(super) fn draft_as_it_is(form: &Form) -> Draft {
    Draft {
        message: Message::parse(form.value("message")).unwrap_or_default(),
        language: form.value("language").parse().ok(),
    }
}

fn box_of(typed: &str) -> Result<String, Complaint> {
    if typed.chars().count() > LONGEST {
        return Err(Complaint::key("add-too-many").with("max", AT_ONCE));
    }
    Ok(typed.to_owned())
}

/// A text of an address without what nobody can read, for the box.
pub(super) fn readable(text: &str) -> String {
    text.trim().chars().take(MAX_ADDRESS).filter(|c| !c.is_control() && !reorders(*c)).collect()
}

/// A typed text without what could make a page read otherwise than it is, and not longer than an address.
pub(super) fn shown(typed: &str) -> String {
    let odd = |c: char| c.is_control() || reorders(c);
    typed.trim().chars().take(MAX_ADDRESS).map(|c| if odd(c) { '\u{fffd}' } else { c }).collect()
}
