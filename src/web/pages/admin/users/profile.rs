//! The fields of a person's profile.

use directory::{
    text::{Label, Name},
    user::{User, UserKind, UserProfile},
};

use crate::web::Form;

/// The form as the person is now.
pub(super) fn filled(user: &User) -> Form {
    let ticked = |is: bool| if is { "yes" } else { "" };
    Form::filled(&[
        ("version", user.version.to_string().as_str()),
        ("name", &user.name),
        ("department", &user.department),
        ("job_title", &user.job_title),
        ("country", &user.country),
        ("company", &user.company),
        ("administrator", ticked(user.administrator)),
        ("guest_inviter", ticked(user.guest_inviter)),
    ])
}

/// The profile as typed. Roles are only for members: a guest's form does not offer them, and cannot set them.
pub(super) fn read(form: &mut Form, kind: UserKind) -> Option<UserProfile> {
    let name = form.parse("name", Name::parse);
    let department = form.parse("department", Label::parse);
    let job_title = form.parse("job_title", Label::parse);
    let country = form.parse("country", Label::parse);
    let company = form.parse("company", Label::parse);
    let administrator = form.parse("administrator", ticked);
    let guest_inviter = form.parse("guest_inviter", ticked);
    let member = kind == UserKind::Member;
    Some(UserProfile {
        name: name?,
        department: department?,
        job_title: job_title?,
        country: country?,
        company: company?,
        administrator: administrator? && member,
        guest_inviter: guest_inviter? && member,
    })
}

fn ticked(sent: &str) -> Result<bool, &'static str> {
    match sent {
        "" => Ok(false),
        "yes" => Ok(true),
        _ => Err("field-choice"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_gets_no_role_whatever_is_sent() {
        let mut form = Form::filled(&[("name", "Ann"), ("administrator", "yes"), ("guest_inviter", "yes")]);
        let profile = read(&mut form, UserKind::Guest);
        assert!(profile.is_some_and(|profile| !profile.administrator && !profile.guest_inviter));
        assert!(read(&mut form, UserKind::Member).is_some_and(|profile| profile.administrator));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let long = "x".repeat(121);
        let mut form = Form::filled(&[("name", " "), ("department", &long), ("company", "a\u{202e}b")]);
        assert!(read(&mut form, UserKind::Member).is_none());
        assert_eq!(form.errors().len(), 3);
    }
}
