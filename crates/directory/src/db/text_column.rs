//! Enumerations that a `TEXT` column holds on both databases.

/// A text that none of an enumeration's values is written as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {name}")]
pub struct UnknownText {
    /// The enumeration that was asked for.
    pub name: &'static str,
    /// The text that was found.
    pub text: String,
}

/// Defines an enumeration that a `TEXT` column holds on both databases.
///
/// ```ignore
/// text_column! {
///     /// What somebody is to the organisation.
///     pub enum UserKind {
///         /// An employee.
///         Member => "member",
///         /// A person from outside.
///         Guest => "guest",
///     }
/// }
/// ```
///
/// It gets `ALL`, `as_str`, `Display`, `FromStr`, `Serialize`, and Diesel's conversions; a text in the database
/// that is none of the values is an error of the query that reads it.
macro_rules! text_column {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident => $text:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $vis enum $name {
            $($(#[$variant_meta])* $variant),+
        }

        impl $name {
            /// Every value, in the order of its definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text the database holds.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::db::UnknownText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::db::UnknownText { name: stringify!($name), text: text.to_owned() }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Text, DB>::to_sql(self.as_str(), out)
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(value)?;
                Ok(text.parse()?)
            }
        }
    };
}
pub(crate) use text_column;

#[cfg(test)]
mod tests {
    text_column! {
        /// A colour.
        pub enum Colour {
            /// Like grass.
            Green => "green",
            /// Like the sea.
            Blue => "blue",
        }
    }

    #[test]
    fn values_are_written_and_read_as_their_text() {
        assert_eq!(Colour::ALL, [Colour::Green, Colour::Blue]);
        assert_eq!("blue".parse(), Ok(Colour::Blue));
        assert_eq!(Colour::Green.to_string(), "green");
        assert_eq!(serde_json::to_string(&Colour::Green).unwrap(), "\"green\"");
        assert_eq!("red".parse::<Colour>().unwrap_err().to_string(), "\"red\" is not a Colour");
    }
}
