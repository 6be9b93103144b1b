//! The first hour, walked by keyboard: the first start, a child, a parent, an entry.

use crate::Window;

/// The passphrase of the vault that is made.
pub const PASSPHRASE: &str = "lantern orchard kettle seven";

/// First start, as far as Today. Gives the recovery code.
pub async fn first_start(window: &Window) -> String {
    window.heading("Who are you?").await;
    window.sound("01-start-who").await;
    window.press("Continue").await;
    window.see("Enter your full name").await;
    window.sound("02-start-error").await;
    window.fill("Your full name", "Nia Exampleton").await;
    window.fill("Your post", "Health visitor").await;
    window.press("Continue").await;
    window.heading("Where do you work?").await;
    window.fill("Your agency", "Northmere Children's Health").await;
    window.choose("England").await;
    window.sound("03-start-work").await;
    window.press("Continue").await;
    window.heading("Who do you ring?").await;
    window.fill("Who advises you first", "Pat Mockford").await;
    window.fill("Their telephone", "01632 960101").await;
    window.fill("Where worries about a child are reported", "Northmere front door").await;
    window.fill("Its telephone in office hours", "01632 960202").await;
    window.sound("04-start-numbers").await;
    window.press("Continue").await;
    window.heading("Choose a passphrase").await;
    window.copy("Passphrase", "password1").await;
    window.see("Too easy to guess").await;
    window.fill("Passphrase", PASSPHRASE).await;
    window.fill("The same passphrase again", PASSPHRASE).await;
    window.see("Strong enough").await;
    window.sound("05-start-passphrase").await;
    window.press("Make my vault").await;
    window.heading("Keep your recovery code").await;
    let groups = window
        .script(
            "return [...document.querySelectorAll('.sw-code li')].map((e) => e.innerText.trim()).join('-');",
            vec![],
        )
        .await;
    let code = groups.as_str().expect("the code is shown").to_owned();
    code.split('-').for_each(|group| window.allow(group));
    window.sound("06-start-code").await;
    window.press("I have kept it").await;
    window.copy("Type your recovery code", "AAAAA-BBBBB").await;
    window.press("Finish").await;
    window.see("to put right").await;
    window.copy("Type your recovery code", &code).await;
    window.sound("07-start-type-back").await;
    window.press("Finish").await;
    window.heading("Nothing needs you").await;
    window.sound("08-today-empty").await;
    code
}

/// A file, a parent in it, and an entry.
pub async fn child_and_parent(window: &Window) {
    window.press("Open a file").await;
    window.heading("Open a child").await;
    window.fill("Full name", "Ayla Sampleton").await;
    window.choose("I know about how old").await;
    window.fill("About how many years old", "7").await;
    window.sound("10-open-file").await;
    window.press("Open a file").await;
    window.heading("Ayla Sampleton").await;
    window.sound("11-file-new").await;
    window.press("Add a person").await;
    window.fill("Full name", "Jo Sampleton").await;
    window.select("kind", "Mother").await;
    window.choose("Holds parental responsibility").await;
    window.press("Add more").await;
    window.pick("birth", "unknown").await;
    window.pick("home", "yes").await;
    window.sound("12-add-parent").await;
    window.press("Save").await;
    window.heading("People and roles").await;
    window.see("Jo Sampleton").await;
    window.sound("12-people").await;
    window.press("Back").await;
    window.heading("Ayla Sampleton").await;
    window.press("Add an entry").await;
    window.choose("Fact").await;
    window
        .fill(
            "What do you want to note?",
            "No adult was at home when I called. Ayla opened the door in her zebra pyjamas.",
        )
        .await;
    window.pick("when", "unknown").await;
    window.fill_id("when-words", "One evening last week").await;
    window.select("source", "Home visit").await;
    window.sound("13-entry").await;
    window.press("Save").await;
    window.heading("Ayla Sampleton").await;
    window.see("zebra pyjamas").await;
    window.sound("14-file").await;
}
