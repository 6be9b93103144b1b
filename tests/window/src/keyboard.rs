//! Keys, and nothing but keys.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::Value;

use crate::marked::typed;
use crate::{Window, wait};

/// More stops than any page has.
const STOPS: usize = 160;

/// What the focused element is called: its words, its label, or the legend of its group.
const NAME: &str = "
  const el = document.activeElement; if (!el) return null;
  const label = el.labels && el.labels.length ? clean(el.labels[0].innerText) : '';
  const group = el.closest('fieldset');
  return { tag: el.tagName, type: el.type || '', name: el.name || '', id: el.id || '',
    words: clean(el.getAttribute('aria-label') || label || el.innerText),
    legend: group ? clean((group.querySelector('legend') || {}).innerText) : '' };";

fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether an element was taken away while it was asked about: the driver says that it is stale, or that it cannot tell
/// whether it takes files.
fn has_gone(error: &CmdError) -> bool {
    let said = error.to_string();
    error.is_stale_element_reference() || said.contains("file upload information")
}

impl Window {
    /// Sends keys to whatever has the focus.
    pub async fn keys(&self, keys: &str) {
        // A page that is put up anew can take the element away between the two. Nothing was pressed then.
        let pressed = wait::seen("an element that takes keys", async || {
            let focused = self.client.active_element().await.expect("something has the focus");
            match focused.send_keys(keys).await {
                Ok(()) => Some(()),
                Err(error) if has_gone(&error) => None,
                Err(error) => panic!("keys cannot be pressed: {error}"),
            }
        });
        pressed.await.unwrap_or_else(|in_vain| panic!("{in_vain}"));
    }

    /// Presses Tab. A field for a file takes keys for a path, so that Tab is pressed beside it.
    async fn tab(&self, from_file: bool) {
        if !from_file {
            self.keys(&Key::Tab.to_string()).await;
            return;
        }
        let press = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: Key::Tab.into() })
            .then(KeyAction::Up { value: Key::Tab.into() });
        self.client.perform_actions(press).await.expect("Tab can be pressed");
    }

    /// Presses Tab until an element fits; panics where none is reached.
    async fn tab_to(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut seen = Vec::new();
        for _ in 0..STOPS {
            let here = self.script(NAME, vec![]).await;
            if fits(&here) {
                return here;
            }
            seen.push(format!("{} {:?}", field(&here, "tag"), field(&here, "words")));
            self.tab(field(&here, "type") == "file").await;
        }
        seen.dedup();
        panic!("Tab does not reach {what}; it reaches:\n{}\non:\n{}", seen.join("\n"), self.text().await);
    }

    /// Whether an element with these words can be seen now.
    async fn wait_for(&self, words: &str) {
        let script = "return [...document.querySelectorAll('a,button,summary,label,legend,[role=tab],input')].some((e) =>
            clean(e.getAttribute('aria-label') || e.innerText).startsWith(arguments[0])
            && e.getClientRects().length > 0);";
        self.until(&format!("{words:?} to press"), script, vec![words.into()]).await;
    }

    /// Presses the button or link whose words begin so.
    pub async fn press(&self, words: &str) {
        self.wait_for(words).await;
        let here = self
            .tab_to(&format!("the button or link {words:?}"), |at| {
                matches!(field(at, "tag"), "A" | "BUTTON" | "SUMMARY")
                    && field(at, "words").starts_with(words)
            })
            .await;
        let key = if field(&here, "tag") == "A" { Key::Enter } else { Key::Space };
        self.keys(&key.to_string()).await;
    }

    /// Types into the field whose label begins so, in place of what was there.
    pub async fn fill(&self, label: &str, text: &str) {
        self.type_into(label, &self.typed(text), true).await;
    }

    /// As [`Window::fill`], sign by sign: a code or a key, which no language changes.
    pub async fn copy(&self, label: &str, text: &str) {
        self.type_into(label, text, true).await;
    }

    /// A text as it is typed into this window.
    fn typed(&self, text: &str) -> String {
        if self.marked.is_some() { typed(text) } else { text.to_owned() }
    }

    /// Types at the end of the field whose label begins so.
    pub async fn add_to(&self, label: &str, text: &str) {
        self.type_into(label, &self.typed(text), false).await;
    }

    async fn type_into(&self, label: &str, text: &str, clear: bool) {
        self.wait_for(label).await;
        self.tab_to(&format!("the field {label:?}"), |at| {
            matches!(field(at, "tag"), "INPUT" | "TEXTAREA" | "SELECT")
                && !matches!(field(at, "type"), "radio" | "checkbox")
                && field(at, "words").starts_with(label)
        })
        .await;
        if clear {
            let select = format!("{}a{}", Key::Control, Key::Null);
            self.keys(&select).await;
            self.keys(&Key::Backspace.to_string()).await;
        }
        self.keys(text).await;
    }

    /// Types into the field with this id, where two labels on a page say the same.
    pub async fn fill_id(&self, id: &str, text: &str) {
        self.until(
            &format!("the field #{id}"),
            "return !!document.getElementById(arguments[0]);",
            vec![id.into()],
        )
        .await;
        self.tab_to(&format!("the field #{id}"), |at| field(at, "id") == id).await;
        self.keys(&format!("{}a{}{}", Key::Control, Key::Null, Key::Backspace)).await;
        self.keys(&self.typed(text)).await;
    }

    /// Picks a value of the radio group whose first button has this id.
    pub async fn pick(&self, group: &str, value: &str) {
        let find = "const r = [...document.querySelectorAll('input[type=radio]')].find((i) => i.name === arguments[0] && i.value === arguments[1]);
            return r ? r.id : null;";
        let id = self.until(&format!("{value:?} of {group:?}"), find, vec![group.into(), value.into()]).await;
        self.radio(group, id.as_str().unwrap_or_default()).await;
    }

    /// Picks an option of the list with this id by typing its beginning.
    pub async fn select(&self, id: &str, words: &str) {
        self.until(
            &format!("the list #{id}"),
            "return !!document.getElementById(arguments[0]);",
            vec![id.into()],
        )
        .await;
        self.tab_to(&format!("the list #{id}"), |at| field(at, "id") == id).await;
        self.keys(&self.as_listed(words).await).await;
        // Letters that come slowly begin a word anew: on a busy machine the list is gone through one by one.
        let options = self.script("return document.activeElement.options.length;", vec![]).await;
        let options = usize::try_from(options.as_u64().unwrap_or_default()).unwrap_or_default();
        let mut shown = self.shown_in_list().await;
        if !shown.starts_with(words) {
            self.keys(&String::from(char::from(Key::Up)).repeat(options)).await;
            for _ in 0..options {
                shown = self.shown_in_list().await;
                if shown.starts_with(words) {
                    break;
                }
                self.keys(&String::from(char::from(Key::Down))).await;
            }
        }
        assert!(shown.starts_with(words), "the list #{id} shows {shown:?}");
    }

    /// What the focused list shows.
    async fn shown_in_list(&self) -> String {
        let shown =
            self.script("return clean(document.activeElement.selectedOptions[0].innerText);", vec![]).await;
        shown.as_str().unwrap_or_default().to_owned()
    }

    /// The option of the focused list that begins so, as the list writes it.
    async fn as_listed(&self, words: &str) -> String {
        if self.marked.is_none() {
            return words.to_owned();
        }
        let script = "return [...document.activeElement.options].map((o) => o.innerText.trim())
            .find((o) => clean(o).startsWith(arguments[0]));";
        let written = self.script(script, vec![words.into()]).await;
        written.as_str().unwrap_or(words).to_owned()
    }

    /// What stands in the field whose label begins so.
    pub async fn value_of(&self, label: &str) -> String {
        let script = "const l = [...document.querySelectorAll('label')].find((e) => clean(e.innerText).startsWith(arguments[0]));
            const f = l && document.getElementById(l.htmlFor); return f ? f.value : null;";
        self.until(&format!("the field {label:?}"), script, vec![label.into()])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Picks the answer whose label begins so.
    pub async fn choose(&self, answer: &str) {
        self.wait_for(answer).await;
        // Radio buttons of one group are one stop; arrows lead from one to the next.
        let wanted = self
            .until(
                &format!("the answer {answer:?}"),
                "const input = [...document.querySelectorAll('input[type=radio],input[type=checkbox]')]
                   .find((i) => i.labels.length && clean(i.labels[0].innerText).startsWith(arguments[0]) && i.labels[0].getClientRects().length);
                 return input ? { id: input.id, name: input.name, type: input.type } : null;",
                vec![answer.into()],
            )
            .await;
        let (id, name, kind) = (field(&wanted, "id"), field(&wanted, "name"), field(&wanted, "type"));
        if kind == "checkbox" {
            self.tab_to(&format!("the box {answer:?}"), |at| field(at, "id") == id).await;
            self.keys(&Key::Space.to_string()).await;
        } else {
            self.radio(name, id).await;
        }
        let checked =
            self.script("return document.getElementById(arguments[0]).checked;", vec![id.into()]).await;
        assert_eq!(checked, Value::Bool(true), "{answer:?} is chosen by keyboard");
    }

    /// Goes to a group of radio buttons and to the button with this id: Tab, then arrows.
    async fn radio(&self, name: &str, id: &str) {
        self.tab_to(&format!("the answers {name:?}"), |at| {
            field(at, "id") == id || (field(at, "type") == "radio" && field(at, "name") == name)
        })
        .await;
        // Down to the last one, then up to the first: not every web view goes round.
        for press in 0..40 {
            if field(&self.script(NAME, vec![]).await, "id") == id {
                break;
            }
            let key = if press < 20 { Key::Down } else { Key::Up };
            self.keys(&key.to_string()).await;
        }
        let here = self.script(NAME, vec![]).await;
        assert_eq!(field(&here, "id"), id, "arrow keys reach the answer in {name:?}");
        if self.script("return document.activeElement.checked;", vec![]).await != Value::Bool(true) {
            self.keys(&Key::Space.to_string()).await;
        }
    }

    /// Presses Shift so many times, one after the other, and nothing with it.
    pub async fn shift(&self, times: usize) {
        let press = |actions: KeyActions| {
            let shift = Key::Shift.into();
            actions.then(KeyAction::Down { value: shift }).then(KeyAction::Up { value: shift })
        };
        let presses = (0..times).fold(KeyActions::new("keyboard".into()), |actions, _| press(actions));
        // The last press can end the program before its driver has answered.
        let _ = self.client.perform_actions(presses).await;
    }

    /// Locks by its key.
    pub async fn lock_by_key(&self) {
        let focused = self.client.active_element().await.expect("something has the focus");
        // The key can end the program before its driver has answered.
        let _ = focused.send_keys(&format!("{}l{}", Key::Control, Key::Null)).await;
    }

    /// Presses a key together with Control.
    pub async fn control(&self, key: char) {
        self.keys(&format!("{}{key}{}", Key::Control, Key::Null)).await;
    }
}
