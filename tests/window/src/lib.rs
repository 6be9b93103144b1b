//! A window driven as a person without a mouse would drive it.
//!
//! [`Window::press`], [`Window::choose`] and [`Window::fill`] go where Tab leads and nowhere else, so a
//! journey that passes has been walked by keyboard alone. Every wait is bounded.

mod desk;
mod driver;
pub mod families;
pub mod first;
pub mod guided;
mod keyboard;
mod marked;
mod processes;
mod size;
mod traces;
pub mod wait;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use fantoccini::Client;
use serde_json::Value;

pub use desk::{Bus, Desk, Program};
pub use driver::{Driver, Start};
pub use processes::Process;
pub use traces::{Searched, Words, may_look_into_others};

/// Whether the page has come to rest; the program's own demonstration asks the same.
const REST: &str = include_str!("../../../src-tauri/src/walk/rest.js");

/// One open window.
pub struct Window {
    client: Client,
    pictures: Option<PathBuf>,
    axe: String,
    rests: AtomicU32,
    marked: Option<marked::Marked>,
}

impl Window {
    pub(crate) fn new(client: Client, marked: bool) -> Self {
        let root = repository();
        let axe = std::fs::read_to_string(root.join("node_modules/axe-core/axe.min.js"))
            .expect("axe-core is installed by `npm ci`");
        Self {
            client,
            pictures: std::env::var_os("SHAREWELL_PICTURES").map(PathBuf::from),
            axe,
            rests: AtomicU32::new(0),
            marked: marked.then(marked::Marked::new),
        }
    }

    /// Runs a script in the page and gives back what it returns. It may say `clean` for a text without marks and
    /// line breaks.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let script = [marked::CLEAN, script].concat();
        self.client
            .execute(&script, arguments)
            .await
            .unwrap_or_else(|e| panic!("the page ran no script: {e}"))
    }

    /// Waits until the script returns something true.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let script = [marked::CLEAN, script].concat();
        let seen = wait::seen(what, async || {
            // The page may be on its way from one document to the next; that is no failure yet.
            let value = self.client.execute(&script, arguments.clone()).await.ok()?;
            (!matches!(value, Value::Null | Value::Bool(false))).then_some(value)
        });
        match seen.await {
            Ok(value) => value,
            Err(in_vain) => panic!("{in_vain}; the page says:\n{}", self.text().await),
        }
    }

    /// A question whether the page has come to rest from now on: all that it asked for has come and been drawn.
    pub(crate) fn at_rest(&self) -> (String, Vec<Value>) {
        let number = self.rests.fetch_add(1, Ordering::Relaxed);
        (format!("const given = [...arguments]; {REST}"), vec![number.into()])
    }

    /// Waits until the page has come to rest.
    pub async fn rest(&self) {
        let (rested, number) = self.at_rest();
        self.until("the page to come to rest", &rested, number).await;
    }

    /// Waits until the page's words hold `text`.
    pub async fn see(&self, text: &str) {
        let script = "return document.body && clean(document.body.innerText).includes(arguments[0]);";
        self.until(&format!("the words {text:?}"), script, vec![text.into()]).await;
    }

    /// Waits until the page's heading holds `text`.
    pub async fn heading(&self, text: &str) {
        let script = "const h = document.querySelector('h1'); return !!h && clean(h.innerText).includes(arguments[0]);";
        self.until(&format!("the heading {text:?}"), script, vec![text.into()]).await;
    }

    /// Waits until the address holds `part`.
    pub async fn at(&self, part: &str) {
        let script = "return location.hash.includes(arguments[0]);";
        self.until(&format!("the address {part:?}"), script, vec![part.into()]).await;
    }

    /// The address behind the hash.
    pub async fn address(&self) -> String {
        self.script("return location.hash.slice(1);", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// All words that are shown.
    pub async fn text(&self) -> String {
        match self.client.execute("return document.body ? document.body.innerText : '';", vec![]).await {
            Ok(Value::String(text)) => text,
            _ => "(nothing)".to_owned(),
        }
    }

    /// Whether the words stand on the page now.
    pub async fn shows(&self, text: &str) -> bool {
        let script = "return !!document.body && clean(document.body.innerText).includes(arguments[0]);";
        self.script(script, vec![text.into()]).await == Value::Bool(true)
    }

    /// Goes to an address as a link would.
    pub async fn go(&self, address: &str) {
        self.script("location.hash = arguments[0];", vec![address.into()]).await;
        self.at(address).await;
    }

    /// A page as it has to be, under a name: no violation of WCAG 2.0 to 2.2 A and AA by axe-core; and a picture, where pictures are wanted.
    pub async fn sound(&self, name: &str) {
        self.picture(name).await;
        if self.marked.is_some() {
            // The same pages were held to the rest in the language that practitioners read.
            return self.speaks(name).await;
        }
        // What is half under the sticky bar at one place of the page is whole at another.
        self.script("window.scrollTo(0, 0); return true;", vec![]).await;
        let present = self.script("return typeof window.axe === 'object';", vec![]).await;
        if present != Value::Bool(true) {
            self.script(&self.axe, vec![]).await;
        }
        let run = "const done = arguments[arguments.length - 1];
            window.axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] })
              .then((found) => done(found.violations.map((v) => v.id + ': ' + v.help + ' at ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))))
              .catch((e) => done(['axe did not run: ' + e]));";
        let found = self.client.execute_async(run, vec![]).await.expect("axe answers");
        let found: Vec<&str> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert!(found.is_empty(), "axe-core on {name}:\n{}", found.join("\n"));
    }

    /// A picture, where `SHAREWELL_PICTURES` names a folder for them.
    pub async fn picture(&self, name: &str) {
        if let Some(folder) = &self.pictures {
            let png = self.client.screenshot().await.expect("the window can be photographed");
            std::fs::create_dir_all(folder).expect("the pictures' folder can be made");
            std::fs::write(folder.join(format!("{name}.png")), png).expect("a picture can be written");
        }
    }

    /// Waits until the program has ended, as it does when it locks under a driver.
    pub async fn ended(&self) {
        let gone = wait::seen("the lock", async || {
            self.client.execute("return true;", vec![]).await.is_err().then_some(())
        });
        gone.await.unwrap_or_else(|in_vain| panic!("{in_vain}"));
    }

    /// Closes the window.
    pub async fn close(self) {
        // The program may have gone already, and then there is nothing left to close.
        let _ = self.client.close().await;
    }
}

/// The repository's root.
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
