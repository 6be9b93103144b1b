//! The marked language in the window: for the program that its tests are made with, and for no other.
//!
//! The catalogue of the window is built into its pages, so that a language of the tests needs pages of its own
//! (`npm run build:marked`). Nothing here is compiled into what is given out.

use std::borrow::Cow;
use std::path::PathBuf;

use sharewell_casework::guidance::marked::ASKED;
use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{Assets, Context, Runtime};

/// Pages in a folder.
struct Folder(PathBuf);

/// The program's context; with the pages of the folder that was asked for, where one was.
pub fn pages<R: Runtime>(mut context: Context<R>) -> Context<R> {
    if let Some(folder) = std::env::var_os(ASKED) {
        context.set_assets(Box::new(Folder(folder.into())));
    }
    context
}

impl<R: Runtime> Assets<R> for Folder {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let file = self.0.join(key.as_ref().trim_start_matches('/'));
        std::fs::read(file).ok().map(Cow::Owned)
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    // The pages hold no script and no style in themselves; the content security policy allows none.
    fn csp_hashes(&self, _page: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}
