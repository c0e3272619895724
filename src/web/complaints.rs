//! What the directory says about a typed text, as a complaint beside its field.

use directory::app::NotAHomePage;
use directory::email_address::AddressError;
use directory::text::TextError;

use super::form::Complaint;

impl From<TextError> for Complaint {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::key("field-required"),
            TextError::TooLong(max) => Self::key("field-too-long-at-most").with("max", max),
            TextError::Unprintable => Self::key("field-control-character"),
        }
    }
}

impl From<AddressError> for Complaint {
    fn from(error: AddressError) -> Self {
        Self::key(address_key(error))
    }
}

/// The key of what is wrong with an address, which a rule says in the same words.
pub(super) fn address_key(error: AddressError) -> &'static str {
    match error {
        AddressError::Empty => "refusal-invalid_address-empty",
        AddressError::TooLong => "refusal-invalid_address-length",
        AddressError::AtSign => "refusal-invalid_address-at",
        AddressError::LocalPart => "refusal-invalid_address-local",
        AddressError::Domain => "refusal-invalid_address-domain",
    }
}

impl From<NotAHomePage> for Complaint {
    fn from(_: NotAHomePage) -> Self {
        Self::key("field-web-address")
    }
}

#[cfg(test)]
mod tests {
    use directory::EmailAddress;
    use directory::text::Name;

    use crate::web::form::{Complaint, Form};

    #[test]
    fn a_field_of_the_directory_complains_beside_itself() {
        let mut form = Form::filled(&[("name", ""), ("email", "ann@"), ("long", &"x".repeat(121))]);
        assert!(form.parse("name", Name::parse).is_none());
        assert!(form.parse("email", EmailAddress::parse).is_none());
        assert!(form.parse("long", Name::parse).is_none());
        assert_eq!(form.error("name"), Some(&Complaint::key("field-required")));
        assert_eq!(form.error("email"), Some(&Complaint::key("refusal-invalid_address-domain")));
        assert_eq!(form.error("long"), Some(&Complaint::key("field-too-long-at-most").with("max", 120)));
    }
}
