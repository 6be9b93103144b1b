//! The page as the demonstration sees it: what it says, and the controls that it shows.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use tauri::WebviewWindow;

use super::wait::{PATIENCE, PICTURE, until};

/// How long the page is waited for when it has shown too little, to tell what it shows.
const LAST_WORDS: Duration = Duration::from_secs(30);
/// Whether the page has come to rest.
const REST: &str = include_str!("rest.js");
/// A test lays a word of its own here, to look for it everywhere after the lock.
const WORD: &str = "word.txt";

/// Why the demonstration stopped, in words for standard error.
#[derive(Debug)]
pub struct Lost(pub String);

/// The window's page, and the folder for what the demonstration leaves.
pub struct Page {
    window: WebviewWindow,
    folder: PathBuf,
    pictures: u32,
    rests: Cell<u32>,
    word: String,
}

/// Finds a control by its words, among those that are shown.
const FIND: &str = "const clean = (s) => (s || '').replace(/\\s+/g, ' ').trim();
  const shown = (e) => e.getClientRects().length > 0;
  const words = (e) => clean(e.getAttribute('aria-label') || e.innerText);
  const control = (w) => [...document.querySelectorAll('main button, main a, main summary, button, a, summary')].find((e) => shown(e) && words(e).startsWith(w));
  const labelled = (w) => { const l = [...document.querySelectorAll('label')].find((e) => shown(e) && clean(e.innerText).startsWith(w)); return l && document.getElementById(l.htmlFor); };";

impl Page {
    /// A page of this window; pictures and documents go to this folder.
    pub fn new(window: WebviewWindow, folder: PathBuf) -> Self {
        Self { window, folder, pictures: 0, rests: Cell::new(0), word: String::new() }
    }

    /// Takes the word that a test laid in the folder, where it did; the file goes.
    pub fn take_word(&mut self) {
        let file = self.folder.join(WORD);
        if let Ok(text) = std::fs::read_to_string(&file) {
            self.word = text.trim().to_owned();
            // A file that stays is found by the test that laid it.
            let _ = std::fs::remove_file(&file);
        }
    }

    /// A sentence with the test's word behind it.
    pub fn marked(&self, text: &str) -> String {
        if self.word.is_empty() { text.to_owned() } else { format!("{text} {}", self.word) }
    }

    /// What to search for: the test's word, or one that the sample holds.
    pub fn sought<'a>(&'a self, sample: &'a str) -> &'a str {
        if self.word.is_empty() { sample } else { &self.word }
    }

    /// Counts pictures from here on.
    pub fn pictures_from(&mut self, number: u32) {
        self.pictures = number;
    }

    /// Runs the body of a function in the page and gives back what it returns; none where the page was not there
    /// yet to answer. It is asked once and waited for: a page that stands still for a while still does what it
    /// was asked, and to press a button twice is not the same as once.
    fn ask(&self, body: &str, words: &[&str], limit: Duration) -> Result<Option<Value>, Lost> {
        let (answer, answered) = mpsc::channel();
        let given = serde_json::to_string(words).map_err(|_| Lost("the words are no JSON".into()))?;
        let script = format!("(() => {{ const given = {given}; {FIND} {body} }})()");
        self.window
            .eval_with_callback(script, move |reply| {
                // The walk may have given up waiting.
                let _ = answer.send(reply);
            })
            .map_err(|problem| Lost(format!("the page took no script: {problem}")))?;
        match answered.recv_timeout(limit) {
            Ok(reply) => Ok(serde_json::from_str(&reply).ok()),
            // The web view drops what it is asked before its page is loaded.
            Err(mpsc::RecvTimeoutError::Disconnected) => Ok(None),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Lost("the page is silent".into())),
        }
    }

    /// Waits until the body returns something true.
    pub fn until(&self, what: &str, body: &str, words: &[&str]) -> Result<Value, Lost> {
        let seen = until(PATIENCE, |left| match self.ask(body, words, left) {
            Ok(None | Some(Value::Null | Value::Bool(false))) => None,
            Ok(Some(value)) => Some(Ok(value)),
            Err(lost) => Some(Err(lost)),
        });
        match seen {
            Some(Ok(value)) => Ok(value),
            Some(Err(Lost(why))) => Err(Lost(format!("waited for {what}: {why}"))),
            None => {
                let says = self.ask("return document.body.innerText.slice(0, 1500);", &[], LAST_WORDS);
                let says =
                    says.ok().flatten().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
                Err(Lost(format!("waited in vain for {what}; the page says:\n{says}")))
            }
        }
    }

    /// Waits until the page has come to rest: all that it asked for has come and been drawn.
    pub fn rest(&self) -> Result<(), Lost> {
        self.rests.set(self.rests.get() + 1);
        self.until("the page to come to rest", REST, &[&self.rests.get().to_string()]).map(|_| ())
    }

    /// Waits for words on the page.
    pub fn see(&self, text: &str) -> Result<(), Lost> {
        let body = "return clean(document.body.innerText).includes(given[0]);";
        self.until(&format!("the words {text:?}"), body, &[text]).map(|_| ())
    }

    /// Waits until the address holds `part`, and gives it back whole.
    pub fn at(&self, part: &str) -> Result<String, Lost> {
        let body = "return location.hash.includes(given[0]) ? location.hash.slice(1) : null;";
        let value = self.until(&format!("the address {part:?}"), body, &[part])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Whether words stand on the page once it has come to rest.
    pub fn shows(&self, text: &str) -> Result<bool, Lost> {
        self.rest()?;
        let body = "return clean(document.body.innerText).includes(given[0]) ? 'yes' : 'no';";
        self.until("the page's words", body, &[text]).map(|seen| seen == "yes")
    }

    /// Goes to an address as a link would.
    pub fn go(&self, address: &str) -> Result<(), Lost> {
        self.until(&format!("the way to {address:?}"), "location.hash = given[0]; return true;", &[address])?;
        self.at(address).map(|_| ())
    }

    /// Presses the button or link whose words begin so.
    pub fn press(&self, words: &str) -> Result<(), Lost> {
        let body = "const c = control(given[0]); if (!c || c.disabled) return false; c.click(); return true;";
        self.until(&format!("{words:?} to press"), body, &[words]).map(|_| ())
    }

    /// Types into the field whose label begins so.
    pub fn fill(&self, label: &str, text: &str) -> Result<(), Lost> {
        let body = "const f = labelled(given[0]); if (!f) return false; f.focus();
            const own = f.tagName === 'TEXTAREA' ? HTMLTextAreaElement : f.tagName === 'SELECT' ? HTMLSelectElement : HTMLInputElement;
            Object.getOwnPropertyDescriptor(own.prototype, 'value').set.call(f, given[1]);
            f.dispatchEvent(new Event('input', { bubbles: true })); f.dispatchEvent(new Event('change', { bubbles: true })); return true;";
        self.until(&format!("the field {label:?}"), body, &[label, text]).map(|_| ())
    }

    /// Picks the answer whose label begins so.
    pub fn choose(&self, label: &str) -> Result<(), Lost> {
        let body = "const i = labelled(given[0]); if (!i) return false; if (!i.checked) i.click(); return i.checked;";
        self.until(&format!("the answer {label:?}"), body, &[label]).map(|_| ())
    }

    /// Asks for a picture of the page at rest and waits until it is taken.
    pub fn picture(&mut self, name: &str) -> Result<(), Lost> {
        self.rest()?;
        // A cursor that blinks never comes to rest on the screen.
        let steady = "document.documentElement.style.caretColor = 'transparent'; return true;";
        self.until("a steady cursor", steady, &[])?;
        self.rest()?;
        self.pictures += 1;
        let ready = self.folder.join(format!("{:02}-{name}.ready", self.pictures));
        std::fs::write(&ready, [])
            .map_err(|e| Lost(format!("{} cannot be written: {e}", ready.display())))?;
        until(PICTURE, |_| (!ready.exists()).then_some(()))
            .ok_or_else(|| Lost(format!("nobody took the picture {name:?}")))
    }
}
