//! Every way of sending the forms of a page, with what the page says about their fields.

use scraper::{ElementRef, Html};

use super::form::{Form, belonging, select};

/// One button of a form that posts, or the form itself if it has none.
#[derive(Clone, Debug)]
pub(crate) struct Press {
    /// What would be sent.
    pub form: Form,
    /// Whether it goes as parts, for files.
    pub multipart: bool,
    /// The fields that a person can see, and those that the page carries along.
    pub fields: Vec<Field>,
}

/// One name of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub name: String,
    /// As in `type`, or `textarea` or `select`.
    pub kind: String,
    pub maxlength: Option<usize>,
}

impl Field {
    /// Whether a person types into it.
    pub(crate) fn is_typed(&self) -> bool {
        !matches!(self.kind.as_str(), "hidden" | "checkbox" | "radio" | "select" | "file")
    }

    /// Whether what was typed into it never comes back.
    pub(crate) fn is_secret(&self) -> bool {
        self.kind == "password" || self.name == "code"
    }
}

impl Press {
    /// Every way of posting a form of this page.
    pub(crate) fn all(page: &Html) -> Vec<Self> {
        let forms = select(page, "form").into_iter();
        forms.flat_map(|form| of_form(page, form)).filter(|press| press.form.posts).collect()
    }

    /// What makes it the same as one on another page: where it goes and what it is made of.
    pub(crate) fn shape(&self) -> String {
        let path = self.form.action.split('?').next().unwrap_or_default();
        let path: Vec<&str> = path.split('/').map(|part| if is_id(part) { "{id}" } else { part }).collect();
        let mut names: Vec<&str> = self.form.fields.iter().map(|(name, _)| name.as_str()).collect();
        names.extend(self.fields.iter().map(|field| field.name.as_str()));
        names.sort_unstable();
        names.dedup();
        format!("{} {}", path.join("/"), names.join(" "))
    }
}

/// Tokens, identifiers and the like.
fn is_id(part: &str) -> bool {
    part.len() >= 32
}

fn of_form(page: &Html, element: ElementRef<'_>) -> Vec<Press> {
    let form = Form::read(page, element);
    let multipart = element.attr("enctype").is_some_and(|kind| kind.starts_with("multipart"));
    let mut fields: Vec<Field> = Vec::new();
    for control in belonging(page, element, "input, select, textarea") {
        let Some(field) = field(control) else { continue };
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let plain = Press { form, multipart, fields };
    let buttons = belonging(page, element, "button:not([type=button]), input[type=submit]");
    if buttons.is_empty() {
        return vec![plain];
    }
    buttons.into_iter().map(|button| pressed(&plain, button)).collect()
}

fn pressed(plain: &Press, button: ElementRef<'_>) -> Press {
    let mut press = plain.clone();
    if let Some(name) = button.attr("name") {
        press.form.fields.push((name.to_owned(), button.attr("value").unwrap_or_default().to_owned()));
        press.fields.push(Field { name: name.to_owned(), kind: "hidden".to_owned(), maxlength: None });
    }
    if let Some(action) = button.attr("formaction") {
        action.clone_into(&mut press.form.action);
    }
    press
}

fn field(control: ElementRef<'_>) -> Option<Field> {
    let name = control.attr("name").filter(|name| !name.is_empty() && *name != "csrf_token")?;
    let kind = match control.value().name() {
        _ if control.attr("readonly").is_some() => "hidden",
        "input" => control.attr("type").unwrap_or("text"),
        other => other,
    };
    let maxlength = control.attr("maxlength").and_then(|most| most.parse().ok());
    Some(Field { name: name.to_owned(), kind: kind.to_owned(), maxlength })
}
