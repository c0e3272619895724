use directory::{
    Language, Timestamp,
    access::TargetKind,
    delivery::{AddedLetter, CodeLetter, CodePurpose, InvitationLetter, Letter, LetterTarget, Letterhead},
    invitation::WelcomeMessage,
};

use super::{Purpose, Written, opens, write};
use crate::text::Texts;

fn target(kind: TargetKind, name: &str) -> LetterTarget {
    LetterTarget {
        kind,
        name: name.to_owned(),
        description: String::new(),
        opens: Some("salesforce.example.com".to_owned()),
        path: "/apps/salesforce/open".to_owned(),
    }
}

fn message(text: &str) -> WelcomeMessage {
    WelcomeMessage { text: text.to_owned(), author: "Olivia Brandt".to_owned() }
}

fn invitation() -> InvitationLetter {
    InvitationLetter {
        head: Letterhead {
            language: Language::English,
            organisation: "Meridian Labs".to_owned(),
            privacy_url: Some("https://meridian.example/privacy".to_owned()),
            time_zone: "Europe/Amsterdam".to_owned(),
        },
        inviter_name: "Olivia Brandt".to_owned(),
        inviter_address: "olivia@meridian.example".to_owned(),
        target: target(TargetKind::App, "Salesforce"),
        message: Some(message("Hi Ann,\n\nSee you on Tuesday.")),
        path: "/invitations/t0ken".to_owned(),
        expires_at: "2026-11-27T16:00:00Z".parse::<Timestamp>().unwrap(),
        invited_address: "ann@partner.test".to_owned(),
    }
}

fn send(letter: &Letter) -> Written {
    write(letter, &"https://apps.meridian.example/".parse().unwrap(), Purpose::Sending).unwrap()
}

fn invite(change: impl FnOnce(&mut InvitationLetter)) -> Written {
    let mut facts = invitation();
    change(&mut facts);
    send(&Letter::Invitation(facts))
}

fn positions(text: &str, parts: &[&str]) -> Vec<usize> {
    parts.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part:?} is not in {text}"))).collect()
}

#[test]
fn both_parts_of_an_invitation_say_all_of_it_in_order() {
    let written = invite(|_| {});
    assert_eq!(written.subject, "Olivia Brandt invites you to Salesforce at Meridian Labs");
    assert_eq!(written.sender_name, "Olivia Brandt via Meridian Labs");
    assert_eq!(written.reply_to.unwrap().address, "olivia@meridian.example");
    let parts = [
        "Olivia Brandt of Meridian Labs invites you to Salesforce",
        "olivia@meridian.example",
        "Olivia Brandt wrote:",
        "See you on Tuesday.",
        "Accept the invitation",
        "salesforce.example.com",
        "27 Nov 2026, 17:00 CET",
        "meant for ann@partner.test",
        "decline the invitation or report it",
        "Meridian Labs sent this because",
        "https://meridian.example/privacy",
    ];
    for part in [&written.text, written.html.split("<body").nth(1).unwrap().split_once("</div>").unwrap().1] {
        let found = positions(part, &parts);
        assert!(found.is_sorted(), "{found:?} in {part}");
        assert!(part.contains("https://apps.meridian.example/invitations/t0ken"));
    }
    assert!(
        written.text.contains(".\n\nOlivia Brandt wrote:\n\n> Hi Ann,\n> \n> See you"),
        "{}",
        written.text
    );
}

#[test]
fn an_invitation_has_one_working_link_and_nothing_remote() {
    let html = invite(|facts| facts.head.privacy_url = None).html;
    assert_eq!(html.matches("href=").count(), 1);
    assert_eq!(html.matches("<a ").count(), 1);
    for remote in ["src=", "url(http", "@import", "<link", "<img", "<script"] {
        assert!(!html.contains(remote), "{remote}");
    }
}

#[test]
fn a_preview_has_no_link() {
    let public = "https://apps.meridian.example/".parse().unwrap();
    let shown = write(&Letter::Invitation(invitation()), &public, Purpose::Preview).unwrap();
    for part in [&shown.html, &shown.text] {
        assert!(part.contains("personal link"));
        assert!(!part.contains("t0ken") && !part.contains("apps.meridian.example"));
    }
    assert_eq!(shown.html.matches("href=").count(), 1, "the privacy statement");
}

/// SECURITY.md D4.
#[test]
fn addresses_in_a_welcome_message_cannot_be_clicked() {
    let written = invite(|facts| {
        facts.message = Some(message("Look at https://evil.example/x or call@evil.example"));
    });
    for part in [&written.html, &written.text] {
        assert!(!part.contains("evil.example") && !part.contains("https://evil"));
        assert!(
            part.replace('\u{200b}', "").contains("https://evil.example/x"),
            "a person can still read it"
        );
    }
}

/// SECURITY.md D2.
#[test]
fn names_and_messages_cannot_carry_markup() {
    let lure = "<a href=\"//x\">\"><img src=x onerror=1>";
    let written = invite(|facts| {
        facts.inviter_name = lure.to_owned();
        facts.head.organisation = lure.to_owned();
        facts.target.name = lure.to_owned();
        facts.target.opens = Some(lure.to_owned());
        facts.message = Some(message(lure));
        facts.invited_address = lure.to_owned();
    });
    assert!(!written.html.contains("<img") && !written.html.contains("<a href=\"//x"));
    assert!(written.text.contains("<img"), "the text part shows what was typed");
}

/// SECURITY.md D3.
#[test]
fn names_with_line_breaks_become_one_line() {
    let written = invite(|facts| {
        facts.inviter_name = "Olivia\r\nBcc: all@evil.example".to_owned();
        facts.target.name = "Sales\nforce".to_owned();
    });
    assert_eq!(written.subject, "Olivia Bcc: all@evil.example invites you to Sales force at Meridian Labs");
    assert!(!written.sender_name.contains(['\r', '\n']));
}

#[test]
fn a_letter_speaks_one_language() {
    let written = invite(|facts| facts.head.language = Language::Dutch);
    assert_eq!(written.subject, "Olivia Brandt nodigt je uit voor Salesforce bij Meridian Labs");
    assert!(written.html.contains("<html lang=\"nl\""));
    assert!(
        written.text.contains("Uitnodiging accepteren")
            && written.text.contains("bedoeld voor ann@partner.test")
    );
    assert!(!written.text.contains("mail-"), "a key without a sentence: {}", written.text);
}

#[test]
fn each_kind_of_target_is_named_for_what_it_is() {
    let group = invite(|facts| facts.target = target(TargetKind::Group, "Suppliers"));
    assert!(group.text.contains("in the group Suppliers"));
    let directory = invite(|facts| facts.target = target(TargetKind::Directory, "Meridian Labs"));
    assert_eq!(directory.subject, "Olivia Brandt invites you to Meridian Labs");
    assert!(directory.text.contains("a guest of Meridian Labs"));
    let no_host = invite(|facts| facts.target.opens = None);
    assert!(no_host.text.contains("You will be able to open Salesforce.\n"));
}

#[test]
fn every_letter_says_in_every_language_what_opens() {
    let app_without_host = LetterTarget { opens: None, ..target(TargetKind::App, "Ledger") };
    let kinds = [TargetKind::App, TargetKind::Group, TargetKind::Directory];
    let targets = kinds.map(|kind| target(kind, "Ledger")).into_iter().chain([app_without_host]);
    for target in targets {
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for letter in ["invitation", "added"] {
                let said = opens(letter, &target, texts);
                assert!(said.contains("Ledger") && !said.contains("mail-"), "{said}");
            }
        }
    }
}

#[test]
fn a_message_names_who_wrote_it_and_not_who_sends_it_again() {
    let written = invite(|facts| facts.inviter_name = "Adam Smit".to_owned());
    assert_eq!(written.sender_name, "Adam Smit via Meridian Labs");
    assert!(written.text.contains("Olivia Brandt wrote:") && !written.text.contains("Adam Smit wrote:"));
}

#[test]
fn without_a_message_nothing_is_quoted() {
    let written = invite(|facts| facts.message = Some(message("  \n")));
    assert!(!written.text.contains("wrote:") && !written.html.contains("blockquote"));
}

#[test]
fn who_was_added_learns_what_opens_now() {
    let facts = invitation();
    let written = send(&Letter::Added(AddedLetter {
        head: facts.head,
        inviter_name: facts.inviter_name,
        inviter_address: facts.inviter_address,
        target: facts.target,
        invited_address: facts.invited_address,
    }));
    assert_eq!(written.subject, "Olivia Brandt added you to Salesforce at Meridian Labs");
    for part in [&written.text, &written.html] {
        assert!(part.contains("https://apps.meridian.example/apps/salesforce/open"));
        assert!(part.contains("Sign in with ann@partner.test"));
        assert!(!part.contains("mail-added"));
    }
}

#[test]
fn a_code_stands_alone_in_the_mail_and_not_in_the_subject() {
    for (language, purpose) in
        [(Language::English, CodePurpose::SignIn), (Language::Dutch, CodePurpose::Redemption)]
    {
        let written = send(&Letter::Code(CodeLetter {
            head: Letterhead { language, privacy_url: None, ..invitation().head },
            code: "042137".to_owned(),
            purpose,
            valid_minutes: 10,
            asked_at: "2026-11-20T13:05:00Z".parse::<Timestamp>().unwrap(),
            address: "ann@partner.test".to_owned(),
        }));
        assert!(!written.subject.contains("042137"));
        assert!(written.text.lines().any(|line| line == "042137"));
        assert!(written.html.contains("042137") && written.html.contains("10 minu"));
        assert!(written.text.contains("2026, 14:05 CET") && written.text.contains("ann@partner.test"));
        assert!(!written.text.contains("mail-code") && !written.html.contains("href="));
        assert_eq!((written.sender_name.as_str(), written.reply_to), ("Meridian Labs", None));
    }
}
