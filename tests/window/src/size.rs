//! The window's size, and what does not fit into its width.

use serde_json::Value;

use crate::{Window, wait};

/// What sticks out to the right, where the page can be moved sideways.
const WIDE: &str = "
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  // Words that leave their box do not make the box wider, so its text is measured too.
  const text = (e) => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().right; };
  const reach = (e) => Math.round(Math.max(e.getBoundingClientRect().right, text(e)));
  const out = [...document.querySelectorAll('body *')].filter((e) => reach(e) > page.clientWidth + 1);
  return ['the page is ' + page.scrollWidth + ' wide and shows ' + page.clientWidth,
    ...out.slice(-6).map((e) => e.tagName + '.' + e.className + ' reaches ' + reach(e))];";

impl Window {
    /// Makes the window so large, in pixels; gives back the width of the page in it.
    pub async fn resize(&self, width: u32, height: u32) -> u64 {
        self.client.set_window_size(width, height).await.expect("the window can be resized");
        let fits = format!("return window.innerWidth <= {width} ? window.innerWidth : null;");
        self.until(&format!("a width of {width}"), &fits, vec![]).await.as_u64().unwrap_or_default()
    }

    /// What makes the page scroll sideways, now or while it is being filled; nothing where it does not.
    pub async fn too_wide(&self) -> Vec<String> {
        self.until("a heading", "return !!document.querySelector('h1');", vec![]).await;
        let (rested, number) = self.at_rest();
        let looked = wait::seen("the page to come to rest", async || {
            let rested = self.script(&rested, number.clone()).await == Value::Bool(true);
            let found = self.script(WIDE, vec![]).await;
            let found: Vec<String> = found
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect();
            (rested || !found.is_empty()).then_some(found)
        });
        looked.await.unwrap_or_else(|in_vain| panic!("{in_vain}"))
    }

    /// Holds a page as it stands to axe-core, and to widths of half and of 400 % zoom, with a picture of each.
    ///
    /// # Panics
    /// Where axe-core finds anything, or the page scrolls sideways.
    pub async fn fits(&self, name: &str) {
        self.sound(name).await;
        for (width, height) in [(640, 480), (320, 640)] {
            self.resize(width, height).await;
            let wide = self.too_wide().await;
            assert!(wide.is_empty(), "{name} at {width}: {wide:?}");
            self.picture(&format!("{name}-{width}")).await;
        }
        self.resize(1280, 720).await;
    }
}
