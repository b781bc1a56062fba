//! What can be wrong with the page's configuration or its help directory; nothing can once it is built.

/// Why a page could not be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `page.name` is not a host name.
    #[error("page.name: {0:?} is not a host name")]
    Name(String),
    /// `page.contact` cannot be a link.
    #[error("page.contact: {0:?} is not a mailto:, tel: or https: address")]
    Contact(String),
    /// `page.logo` is no image that the page takes.
    #[error("page.logo: neither SVG nor PNG; convert it to one of these")]
    Logo,
    /// `page.logo` is too long.
    #[error("page.logo: {octets} octets are more than {longest}; make it smaller")]
    LongLogo {
        /// How long it is.
        octets: usize,
        /// How long it may be.
        longest: usize,
    },
    /// `page.logo` without a name to go with it.
    #[error("page.logo: it needs page.operator, which is its text")]
    LogoWithoutText,
    /// `page.exit` cannot be a link.
    #[error("page.exit: {0:?} is not an https: address")]
    Exit(String),
    /// A country code, of the configuration or of a help directory, is none.
    #[error("{place}: {code:?} is not an ISO 3166 code of two capital letters")]
    Country {
        /// `page.country`, or file and resource.
        place: String,
        /// What was given.
        code: String,
    },
    /// `page.language` is not spoken.
    #[error("page.language: {language:?} is none of {known}")]
    Language {
        /// What was given.
        language: String,
        /// The tags of all languages that the page speaks.
        known: String,
    },
    /// A language's file lacks a message, has one that nothing shows, or is not of its format.
    #[error("{file}: {cause}")]
    Text {
        /// Name of the file.
        file: String,
        /// What is wrong.
        cause: String,
    },
    /// A file is not of its format.
    #[error("{file}: {cause}")]
    Format {
        /// Name of the file.
        file: String,
        /// What is wrong, and in which line.
        cause: Box<toml::de::Error>,
    },
    /// A resource of a help directory has an address that cannot be a link.
    #[error("{file}: {resource}: {address:?} is not a telephone number or an https: address")]
    Address {
        /// Name of the file.
        file: String,
        /// Name of the resource.
        resource: String,
        /// What was given.
        address: String,
    },
    /// A resource of a help directory cannot be reached in any way.
    #[error("{file}: {resource}: neither phone nor web")]
    NoAddress {
        /// Name of the file.
        file: String,
        /// Name of the resource.
        resource: String,
    },
    /// A help directory without a single resource for some need that the page speaks of.
    #[error("{file}: no worldwide resource for {need}")]
    NoHelp {
        /// Name of the file.
        file: String,
        /// The need that nothing answers.
        need: String,
    },
}
