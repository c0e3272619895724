//! What happened at Meridiaan in the last two months, in the order in which it happened.

use directory::Language;

use super::people::{DAAN, FEMKE, ILSE, JONAS, LOTTE};

/// Something that happened.
pub(super) enum Event {
    /// Somebody adds an address: a colleague is in at once, anybody else is invited.
    Add(Added),
    /// The guest accepts, under this name.
    Accept { who: &'static str, name: &'static str },
    /// The guest declines.
    Decline { who: &'static str, reason: &'static str },
    /// The inviter takes the invitation back.
    Revoke { who: &'static str },
    /// The inviter sends it again.
    Resend { who: &'static str },
    /// An administrator takes a group from one of its owners.
    Disown { group: &'static str, owner: &'static str },
    /// An administrator shuts somebody out.
    Block { who: &'static str },
}

/// An address that somebody adds.
pub(super) struct Added {
    pub(super) by: &'static str,
    pub(super) to: Place,
    pub(super) who: &'static str,
    pub(super) message: &'static str,
    pub(super) language: Option<Language>,
    pub(super) mail: Fate,
}

/// To what somebody is added.
#[derive(Clone, Copy)]
pub(super) enum Place {
    App(&'static str),
    Group(&'static str),
    Directory,
}

/// What becomes of the mail about it.
#[derive(Clone, Copy)]
pub(super) enum Fate {
    Arrives,
    /// The relay refuses it with this answer.
    Bounces(&'static str),
    /// The relay wants it later, with this answer.
    Waits(&'static str),
}

/// A guest who has redeemed, and can be tried out.
pub(super) const AMARA: &str = "amara@okafor-audit.example";

const LEDGER: Place = Place::App("ledger");
const ARCHITECTS: Place = Place::Group("external-architects");

const fn add(by: &'static str, to: Place, who: &'static str) -> Added {
    Added { by, to, who, message: "", language: None, mail: Fate::Arrives }
}

/// How long ago in hours, and what.
pub(super) const STORY: &[(i64, Event)] = &[
    (1_000, Event::Add(add(JONAS, ARCHITECTS, "maren@nordlys.example"))),
    (998, Event::Accept { who: "maren@nordlys.example", name: "Maren Solberg" }),
    (990, Event::Add(add(JONAS, ARCHITECTS, "luca.ferri@studioferri.example"))),
    (960, Event::Accept { who: "luca.ferri@studioferri.example", name: "Luca Ferri" }),
    (800, Event::Add(add(JONAS, ARCHITECTS, "o.brandt@brandt-statik.example"))),
    (796, Event::Accept { who: "o.brandt@brandt-statik.example", name: "Oskar Brandt" }),
    (
        760,
        Event::Add(Added {
            message: "Dear Rasmus,\n\nas every year: the books are open to you from Monday.",
            ..add(ILSE, LEDGER, "rasmus@holm-revision.example")
        }),
    ),
    (740, Event::Accept { who: "rasmus@holm-revision.example", name: "Rasmus Holm" }),
    (700, Event::Add(add(LOTTE, Place::App("salesforce"), "sara@brightleads.example"))),
    (690, Event::Accept { who: "sara@brightleads.example", name: "Sara Conti" }),
    (520, Event::Add(add(ILSE, LEDGER, "noor.vandijk@meridiaan.example"))),
    (
        480,
        Event::Add(Added {
            message: "Hello Amara,\n\nthe file for the year-end is ready. Start with the chapter on projects.",
            ..add(ILSE, Place::App("audit-file"), AMARA)
        }),
    ),
    (478, Event::Accept { who: AMARA, name: "Amara Okafor" }),
    (477, Event::Add(add(ILSE, LEDGER, AMARA))),
    (476, Event::Add(add(ILSE, Place::App("audit-file"), "rasmus@holm-revision.example"))),
    (400, Event::Add(add(JONAS, Place::App("openproject"), "j.okoye@steelworks.example"))),
    (370, Event::Accept { who: "j.okoye@steelworks.example", name: "Joy Okoye" }),
    (320, Event::Add(add(FEMKE, Place::Directory, "coach@vitalis.example"))),
    (300, Event::Accept { who: "coach@vitalis.example", name: "Bea Stroobants" }),
    (290, Event::Add(add(JONAS, ARCHITECTS, "temp@tekenwerk.example"))),
    (288, Event::Accept { who: "temp@tekenwerk.example", name: "Guus Tromp" }),
    (264, Event::Block { who: "temp@tekenwerk.example" }),
    (263, Event::Block { who: super::people::RUBEN }),
    (250, Event::Add(add(ILSE, LEDGER, "t.zielinski@kadra.example"))),
    (240, Event::Add(add(JONAS, ARCHITECTS, "atelier@grandmont.example"))),
    (226, Event::Add(add(ILSE, LEDGER, "boekhouding@oudkerk.example"))),
    (
        220,
        Event::Decline {
            who: "boekhouding@oudkerk.example",
            reason: "I left Oudkerk in October. Please ask Mira, she does the books now.",
        },
    ),
    (190, Event::Add(add(ILSE, LEDGER, "tomas.zielinski@kadra.example"))),
    (189, Event::Revoke { who: "tomas.zielinski@kadra.example" }),
    (140, Event::Add(add(DAAN, Place::App("salesforce"), "nils@fjordhus.example"))),
    (100, Event::Disown { group: "salesforce-partners", owner: DAAN }),
    (
        75,
        Event::Add(Added {
            message: "Hi Sam, this is where we keep the books. Ask me anything.",
            ..add(ILSE, LEDGER, "sam@lindqvist.example")
        }),
    ),
    (74, Event::Add(add(JONAS, Place::App("openproject"), "planning@dakwerken-maes.example"))),
    (50, Event::Resend { who: "planning@dakwerken-maes.example" }),
    (
        30,
        Event::Add(Added {
            message: "Beste Fleur,\n\nhier vind je de tekeningen van de Kade. Revisie C is de goede.",
            language: Some(Language::Dutch),
            ..add(JONAS, ARCHITECTS, "fleur@atelierdekade.example")
        }),
    ),
    (
        5,
        Event::Add(Added {
            mail: Fate::Bounces("550 5.1.1 <accounts@lindqvist.example>: no such user here"),
            ..add(ILSE, LEDGER, "accounts@lindqvist.example")
        }),
    ),
    (
        1,
        Event::Add(Added {
            mail: Fate::Waits("451 4.7.1 Greylisted, please try again later"),
            ..add(JONAS, ARCHITECTS, "studio@vanhaver.example")
        }),
    ),
    (
        1,
        Event::Add(Added {
            message: "Dear Priya,\n\nwelcome to the year-end. Your colleague Sam has been invited too.",
            ..add(ILSE, LEDGER, "priya.raman@lindqvist.example")
        }),
    ),
];
