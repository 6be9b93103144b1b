//! Why a page of a paper stays out of a share.

/// Why a page of a paper cannot go along in a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageFault {
    /// The paper has more pages than a share takes.
    #[error("the paper has too many pages")]
    TooMany,
    /// The paper has no such page.
    #[error("there is no such page")]
    NoSuchPage,
    /// It is no picture.
    #[error("it is no picture")]
    NoPicture,
    /// It is a picture that cannot be read to its end.
    #[error("it is damaged")]
    Damaged,
    /// It is larger than a page of a share may be.
    #[error("it is too large")]
    TooLarge,
}
