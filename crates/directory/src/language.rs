//! The languages that Vestibule speaks.

use crate::text_column;

text_column! {
    /// A language of the message catalogue, by its BCP 47 tag.
    pub enum Language {
        /// English.
        English => "en",
        /// Dutch.
        Dutch => "nl",
    }
}
