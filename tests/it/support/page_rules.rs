//! The rules every page keeps, whatever test fetches it.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Selector};

/// What a page does against the rules; empty when it keeps them all.
pub(crate) fn broken_page_rules(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut broken = Vec::new();
    if !html.trim_start().to_ascii_lowercase().starts_with("<!doctype html>") {
        broken.push("no doctype".to_owned());
    }
    frame(&page, &mut broken);
    identifiers(&page, &mut broken);
    names(&page, &mut broken);
    forms(&page, &mut broken);
    nothing_inline(&page, &mut broken);
    broken
}

/// Fails with the list of what a page does against the rules.
#[track_caller]
pub(crate) fn assert_page_rules(html: &str) {
    let broken = broken_page_rules(html);
    assert!(broken.is_empty(), "the page breaks its rules:\n{}", broken.join("\n"));
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn frame(page: &Html, broken: &mut Vec<String>) {
    for (selector, many) in
        [("h1:not([inert] h1)", 1), ("main", 1), ("title", 1), ("html[lang][dir]", 1), (".skip", 1)]
    {
        let found = all(page, selector).len();
        if found != many {
            broken.push(format!("{found} × {selector}, not {many}"));
        }
    }
    let mut before = 1;
    for heading in all(page, ":is(main:not([inert]), dialog) :is(h1, h2, h3, h4)") {
        let level = heading.value().name()[1..].parse().unwrap_or(9);
        if level > before + 1 {
            broken.push(format!("a {} after an h{before}: {}", heading.value().name(), text(heading)));
        }
        if text(heading).is_empty() {
            broken.push(format!("an empty {}", heading.value().name()));
        }
        before = level;
    }
}

fn identifiers(page: &Html, broken: &mut Vec<String>) {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for element in all(page, "[id]") {
        *ids.entry(element.attr("id").unwrap_or_default()).or_default() += 1;
    }
    broken
        .extend(ids.iter().filter(|(_, times)| **times > 1).map(|(id, times)| format!("{times} × id {id}")));
    for attribute in ["for", "aria-labelledby", "aria-describedby", "popovertarget"] {
        for element in all(page, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap_or_default().split_whitespace() {
                if !ids.contains_key(id) {
                    broken.push(format!("{attribute}={id} leads nowhere"));
                }
            }
        }
    }
    for link in all(page, "a[href^='#']") {
        let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
        if !ids.contains_key(id) {
            broken.push(format!("a link to #{id} leads nowhere"));
        }
    }
}

fn names(page: &Html, broken: &mut Vec<String>) {
    let labelled: Vec<&str> = all(page, "label[for]").iter().filter_map(|label| label.attr("for")).collect();
    for control in all(page, "input:not([type=hidden]):not([type=submit]), select, textarea") {
        let by_id = control.attr("id").is_some_and(|id| labelled.contains(&id));
        let around =
            control.ancestors().filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "label");
        if !by_id && !around && control.attr("aria-label").is_none() {
            broken.push(format!("no label: {}", control.html()));
        }
    }
    for element in all(page, "a[href], button") {
        if text(element).is_empty()
            && element.attr("aria-label").is_none()
            && element.attr("aria-hidden").is_none()
        {
            broken.push(format!("no name: {}", element.html()));
        }
    }
    for image in all(page, "img:not([alt])") {
        broken.push(format!("no alt: {}", image.html()));
    }
    for frame in all(page, "iframe:not([title]), nav:not([aria-label]):not([aria-labelledby])") {
        broken.push(format!("no title or label: <{}>", frame.value().name()));
    }
}

/// A POST carries the token; the shared fields of the frame count as well.
fn forms(page: &Html, broken: &mut Vec<String>) {
    let token = Selector::parse("input[type=hidden][name=csrf_token]").unwrap();
    for form in all(page, "form[method=post]") {
        if form.select(&token).count() != 1 {
            broken.push(format!(
                "a POST form with {} tokens: {:?}",
                form.select(&token).count(),
                form.attr("action")
            ));
        }
    }
    for form in all(page, "form form") {
        broken.push(format!("a form in a form: {:?}", form.attr("action")));
    }
}

fn nothing_inline(page: &Html, broken: &mut Vec<String>) {
    for element in all(page, "style, script:not([src]), [style]") {
        broken.push(format!("inline <{}>", element.value().name()));
    }
    for element in all(page, "*") {
        for (name, value) in element.value().attrs() {
            // What was typed into a field comes back in it, and leads nowhere.
            let leads = name != "value" && value.trim_start().to_ascii_lowercase().starts_with("javascript:");
            if name.starts_with("on") || leads {
                broken.push(format!("{name}={value}"));
            }
        }
    }
    for element in all(page, "link[href], script[src], img[src], iframe[src]") {
        let address = element.attr("href").or_else(|| element.attr("src")).unwrap_or_default();
        if address.contains("//") {
            broken.push(format!("loads from elsewhere: {address}"));
        }
    }
}
