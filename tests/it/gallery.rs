//! Every component once, in both languages and in the frames there are.

use askama::Template;
use vestibule::text::Language;
use vestibule::web::filters;
use vestibule::web::form::{Complaint, Form};
use vestibule::web::layout::{Note, Page};
use vestibule::web::view::{
    Check, Choice, Fact, Fix, Link, Logo, Membership, Pager, Person, PersonState, Step, StepState, Tab, Tile,
    Tone, Verdict,
};

use crate::support::page_rules::{assert_page_rules, broken_page_rules};

#[derive(Template)]
#[template(path = "components/gallery.html")]
struct Gallery {
    page: Page,
    form: Form,
    sentence: String,
    kind: Membership,
    tone: Tone,
    logo: Logo,
    state: PersonState,
    tones: Vec<Tone>,
    tabs: Vec<Tab>,
    tiles: Vec<Tile>,
    people: Vec<Person>,
    steps: Vec<Step>,
    checks: Vec<Check>,
    choices: Vec<Choice>,
    verdicts: Vec<Verdict>,
    columns: Vec<String>,
    facts: Vec<Fact>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "components/gallery-sheet.html")]
struct Sheet {
    page: Page,
    form: Form,
    verdicts: Vec<Verdict>,
    facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage {
    page: Page,
    icon: &'static str,
    heading: String,
    explanation: String,
    way: Option<Link>,
    reference: String,
}

fn gallery(page: Page) -> Gallery {
    Gallery {
        form: refused_form(),
        sentence: page.t("step-blocked"),
        kind: Membership::Dynamic,
        tone: Tone::Warn,
        logo: Logo::glyph("book-open", "ledger"),
        state: PersonState::Suspended,
        tones: vec![Tone::Ok, Tone::Wait, Tone::Warn, Tone::Bad, Tone::Plain],
        tabs: tabs(),
        tiles: tiles(),
        people: people(),
        steps: steps(),
        checks: checks(),
        choices: vec![
            Choice::new("any", "Any domain"),
            Choice::new("only", "Only these").hint("One on each line"),
            Choice::new("en", "English"),
        ],
        verdicts: verdicts(),
        columns: vec!["When".to_owned(), "Who".to_owned(), String::new()],
        facts: vec![
            Fact::new("Directory", "corp.meridiaan.example"),
            Fact::new("Object", "CN=Site managers"),
        ],
        pager: Pager { first: Some("?".to_owned()), next: Some("?after=b".to_owned()) },
        page,
    }
}

fn refused_form() -> Form {
    let mut form = Form::filled(&[
        ("owners", "yes"),
        ("domains", "only"),
        ("allowed", "lindqvist.example\n*.partner.test"),
        ("days", "7"),
        ("membership", "any"),
        ("language", "en"),
        ("name", "A \"name\" <b>"),
        ("password", "hunter2"),
        ("email", "ann@"),
        ("enabled", "yes"),
    ]);
    form.refuse("email", "field-address");
    form.refuse("days", Complaint::key("field-number-range").with("min", 1).with("max", 30));
    form.refuse("membership", "field-choice");
    form.refuse("", "field-required");
    form
}

fn tabs() -> Vec<Tab> {
    let tab =
        |label: &str, count, current| Tab { label: label.to_owned(), href: "?".to_owned(), count, current };
    vec![
        tab("All", Some("8".to_owned()), true),
        tab("Guests", Some("5".to_owned()), false),
        tab("About", None, false),
    ]
}

fn tiles() -> Vec<Tile> {
    ["Ledger", "Timesheets", "Payroll", "Drawings", "A very long name of an app that nobody shortened"]
        .iter()
        .zip(["book-open", "calendar-days", "wallet", "palette", "no-such-glyph"])
        .map(|(name, glyph)| Tile {
            id: format!("app-{glyph}"),
            name: (*name).to_owned(),
            description: "Bookkeeping and year-end".to_owned(),
            logo: Logo::glyph(glyph, name),
            href: format!("/apps/{glyph}/open"),
            owned: *name == "Ledger",
        })
        .collect()
}

fn people() -> Vec<Person> {
    use PersonState::{Active, Blocked, Expired, Invited};
    [
        ("Ilse Bakker", Active),
        ("Amara Okafor", Active),
        ("Sam Lindqvist", Invited),
        ("Tomasz Zieliński", Expired),
        ("Eve", Blocked),
    ]
    .into_iter()
    .enumerate()
    .map(|(place, (name, state))| Person {
        id: format!("person-{place}"),
        name: name.to_owned(),
        address: format!("someone-{place}@lindqvist.example"),
        guest_of: (place > 0).then(|| "lindqvist.example".to_owned()),
        owner: place == 0,
        state: Some(state),
        detail: "Sent 18 Nov · link works until 25 Nov".to_owned(),
    })
    .collect()
}

fn checks() -> Vec<Check> {
    let check = |holds, text: &str| Check { holds, text: text.to_owned() };
    vec![check(true, "Single sign-on works"), check(false, "Ledger access is not assigned to Ledger")]
}

fn steps() -> Vec<Step> {
    let link = || Fix::Link(Link { label: "Open group".to_owned(), href: "/groups/ledger".to_owned() });
    let form = || Fix::Form { action: "/mend".to_owned(), value: "group", label: "Switch it on".to_owned() };
    [StepState::Done, StepState::Missing, StepState::Blocked]
        .map(|state| Step {
            state,
            title: "An assigned group with an owner".to_owned(),
            detail: "Ledger access · owned by Ilse Bakker".to_owned(),
            missing: if state == StepState::Missing { "1 of 2 missing".to_owned() } else { String::new() },
            checks: if state == StepState::Missing { checks() } else { Vec::new() },
            fix: Some(if state == StepState::Missing { form() } else { link() }),
        })
        .to_vec()
}

fn verdicts() -> Vec<Verdict> {
    [
        (Tone::Bad, "Freemail.example is not allowed"),
        (Tone::Warn, "Already invited on 18 November"),
        (Tone::Plain, "New guest"),
    ]
    .map(|(tone, headline)| Verdict {
        tone,
        subject: "mira.k@freemail.example".to_owned(),
        headline: headline.to_owned(),
        explanation: if tone == Tone::Plain { String::new() } else { "Use a work address.".to_owned() },
    })
    .to_vec()
}

#[test]
fn every_component_keeps_the_page_rules_in_both_languages() {
    for &language in Language::ALL {
        let page = Page::sample().reading(language).administering("/admin/settings");
        let page = Page { flash: Some(Note { tone: Tone::Ok, text: page.t("save") }), ..page };
        let form = refused_form();
        let html = gallery(page.showing(&form)).render().unwrap();
        // To look at: the tests' folder in the target directory.
        std::fs::write(format!("{}/gallery.{}.html", env!("CARGO_TARGET_TMPDIR"), language.tag()), &html)
            .unwrap();
        assert_page_rules(&html);
        assert!(html.contains(&format!("<html lang=\"{}\"", language.tag())));
        assert!(!html.contains("hunter2"), "a password came back");
        assert!(html.contains("A &#34;name&#34; &#60;b&#62;"), "what was typed is kept, escaped");
        assert!(!html.contains('\u{2068}'), "no invisible marks");
    }
}

#[test]
fn a_sheet_keeps_the_page_rules_while_the_page_behind_it_is_inert() {
    let form = Form::filled(&[("message", "Hi Hana")]);
    let facts =
        vec![Fact::new("From", "Meridiaan"), Fact::new("Subject", "Ilse Bakker invites you to Ledger")];
    let sheet = Sheet { page: Page::sample().behind_sheet(), form, verdicts: verdicts(), facts };
    let html = sheet.render().unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/sheet.html"), &html).unwrap();
    assert_page_rules(&html);
    assert_eq!(html.matches(" inert").count(), 3, "the head, the page and the foot");
    assert!(html.contains(r##"class="skip" href="#sheet-title""##), "past the head, to what can be used");
}

#[test]
fn an_error_keeps_the_page_rules_signed_in_or_not() {
    for page in [Page::sample(), Page { me: None, ..Page::sample() }.alone()] {
        let html = ErrorPage {
            icon: "circle-question-mark",
            heading: page.t("error-404-title"),
            explanation: page.t("error-404-text"),
            way: Some(Link { label: page.t("error-to-apps"), href: "/apps".to_owned() }),
            reference: "0192-abcd".to_owned(),
            page,
        };
        assert_page_rules(&html.render().unwrap());
    }
}

#[test]
fn the_page_rules_notice_what_they_are_there_for() {
    let html = r##"<!doctype html><html lang="en" dir="ltr"><title>A</title><body><a class="skip" href="#x">s</a>
        <main><h1>A</h1><h1>B</h1><h3>C</h3><input name="q"><p id="a" style="color:red">p</p><p id="a">p</p><button></button>
        <form method="post"></form><img src="https://elsewhere.test/a.png"><a href="/" onclick="x()">l</a></main></body></html>"##;
    let broken = broken_page_rules(html).join("\n");
    for rule in
        ["2 × h1", "a h3 after an h1", "no label", "2 × id a", "#x leads nowhere", "no name", "0 tokens"]
    {
        assert!(broken.contains(rule), "{rule} in:\n{broken}");
    }
    for rule in ["no alt", "inline <p>", "onclick=", "loads from elsewhere"] {
        assert!(broken.contains(rule), "{rule} in:\n{broken}");
    }
}
