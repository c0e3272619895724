//! A form as a browser would send it: found by its button or its action, with the values that stand in it.

use scraper::{ElementRef, Html, Selector};

/// What a browser would send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Where to.
    pub action: String,
    /// Whether by POST.
    pub posts: bool,
    /// The fields, in order; a name may stand more than once.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The form that the button with this label sends, if the page has one.
    pub(crate) fn with_button(page: &Html, label: &str) -> Option<Self> {
        let buttons = select(page, "button:not([type=button]), input[type=submit]");
        let button = buttons.into_iter().find(|button| name_of(*button) == label && !is_off(*button))?;
        let owner = match button.attr("form") {
            Some(id) => select(page, "form").into_iter().find(|form| form.attr("id") == Some(id))?,
            None => ancestor(button, "form")?,
        };
        let mut form = Self::read(page, owner);
        if let Some(name) = button.attr("name") {
            form.fields.push((name.to_owned(), button.attr("value").unwrap_or_default().to_owned()));
        }
        if let Some(action) = button.attr("formaction") {
            action.clone_into(&mut form.action);
        }
        Some(form)
    }

    /// The first form that posts to this address, if the page has one.
    pub(crate) fn posting_to(page: &Html, action: &str) -> Option<Self> {
        let forms = select(page, "form").into_iter().map(|form| Self::read(page, form));
        forms.into_iter().find(|form| form.posts && form.action == action)
    }

    /// Every form of the page.
    pub(crate) fn all(page: &Html) -> Vec<Self> {
        select(page, "form").into_iter().map(|form| Self::read(page, form)).collect()
    }

    /// Puts these values in place of all those of this name; none takes the field out.
    pub(crate) fn set(&mut self, name: &str, values: &[String]) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.extend(values.iter().map(|value| (name.to_owned(), value.clone())));
    }

    pub(super) fn read(page: &Html, form: ElementRef<'_>) -> Self {
        let own = belonging(page, form, "input, select, textarea").into_iter();
        let fields = own.flat_map(|control| {
            let name = control.attr("name").unwrap_or_default();
            let values = if name.is_empty() { Vec::new() } else { values_of(control) };
            values.into_iter().map(|value| (name.to_owned(), value))
        });
        Self {
            action: form.attr("action").unwrap_or_default().to_owned(),
            posts: form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
            fields: fields.collect(),
        }
    }
}

/// Whether the page has a field of this name that can be filled in.
pub(crate) fn has_field(page: &Html, name: &str) -> bool {
    let fields = select(page, "input, select, textarea");
    fields.into_iter().any(|field| field.attr("name") == Some(name) && !is_off(field))
}

/// What a control or link is called: its label for those who cannot see it, else its text.
pub(crate) fn name_of(element: ElementRef<'_>) -> String {
    match element.attr("aria-label").or(element.attr("value").filter(|_| element.value().name() == "input")) {
        Some(label) => label.to_owned(),
        None => words(&element.text().collect::<String>()),
    }
}

/// The text with every run of spaces made one.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn select<'page>(page: &'page Html, selector: &str) -> Vec<ElementRef<'page>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The controls of this kind that belong to a form and are not switched off.
pub(super) fn belonging<'page>(
    page: &'page Html,
    form: ElementRef<'page>,
    selector: &str,
) -> Vec<ElementRef<'page>> {
    let own = |control: &ElementRef<'_>| match control.attr("form") {
        Some(id) => form.attr("id") == Some(id),
        None => ancestor(*control, "form") == Some(form),
    };
    select(page, selector).into_iter().filter(|control| own(control) && !is_off(*control)).collect()
}

fn ancestor<'page>(element: ElementRef<'page>, name: &str) -> Option<ElementRef<'page>> {
    element.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == name)
}

fn is_off(control: ElementRef<'_>) -> bool {
    let fieldset =
        |element: ElementRef<'_>| element.value().name() == "fieldset" && element.attr("disabled").is_some();
    control.attr("disabled").is_some() || control.ancestors().filter_map(ElementRef::wrap).any(fieldset)
}

fn values_of(control: ElementRef<'_>) -> Vec<String> {
    let value = control.attr("value");
    match (control.value().name(), control.attr("type").unwrap_or("text")) {
        ("textarea", _) => vec![control.text().collect::<String>().trim_start_matches('\n').to_owned()],
        ("select", _) => chosen(control),
        (_, "checkbox" | "radio") if control.attr("checked").is_none() => Vec::new(),
        (_, "checkbox" | "radio") => vec![value.unwrap_or("on").to_owned()],
        (_, "submit" | "button" | "reset" | "image" | "file") => Vec::new(),
        _ => vec![value.unwrap_or_default().to_owned()],
    }
}

fn chosen(select: ElementRef<'_>) -> Vec<String> {
    let value = |option: ElementRef<'_>| match option.attr("value") {
        Some(value) => value.to_owned(),
        None => words(&option.text().collect::<String>()),
    };
    let options: Vec<ElementRef<'_>> = select.select(&Selector::parse("option").unwrap()).collect();
    let selected: Vec<String> = options
        .iter()
        .filter(|option| option.attr("selected").is_some())
        .map(|option| value(*option))
        .collect();
    match options.first() {
        Some(first) if selected.is_empty() && select.attr("multiple").is_none() => vec![value(*first)],
        _ => selected,
    }
}

#[test]
fn a_form_is_read_as_a_browser_reads_it() {
    let page = Html::parse_document(
        "<form method=post action=/go><input type=hidden name=csrf_token value=t><input name=a value=1>\
         <input type=checkbox name=b checked><input type=radio name=c value=x><textarea name=d>\nlong</textarea>\
         <select name=e><option value=1>One<option value=2 selected>Two</select><input name=f disabled>\
         <button>Go\n on</button><button name=kind value=other formaction=/away>Other</button></form>",
    );
    let form = Form::with_button(&page, "Other").unwrap();
    let fields: Vec<String> = form.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(fields, ["csrf_token=t", "a=1", "b=on", "d=long", "e=2", "kind=other"]);
    assert_eq!((form.action.as_str(), form.posts), ("/away", true));
    assert_eq!(Form::with_button(&page, "Go on").unwrap().action, "/go");
}
