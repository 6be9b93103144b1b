//! How the program was started: which vault, whether it is the sample, and why it was locked before.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use sharewell_casework::places::Places;
use sharewell_casework::views::LockReason;

/// Shortens the idle time in tests. It can only make the vault lock sooner.
const SOONER: &str = "SHAREWELL_LOCK_AFTER_SECONDS";
/// Set by the program itself when it relaunches into the lock screen.
const LOCKED: &str = "SHAREWELL_LOCKED";

/// Set beside it where the place to go on from could not be kept.
const PLACE_LOST: &str = "SHAREWELL_PLACE_LOST";

/// How the sample vault's folder begins.
const SAMPLE_FOLDER: &str = "sharewell-sample-";

/// What the arguments and the environment asked for.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The vault's folder.
    pub vault: PathBuf,
    /// What this computer remembers of vaults.
    pub places: Places,
    /// The fictional sample vault.
    pub demo: bool,
    /// Make the sample vault first: `--demo` without a vault of its own.
    pub make_demo: bool,
    /// Walk the demonstration journey and leave what it makes in this folder.
    pub walk: Option<PathBuf>,
    /// Why the program relaunched into the lock screen, where it did.
    pub locked: Option<LockReason>,
    /// Whether the place to go on from could not be kept then.
    pub place_lost: bool,
    /// The window may be seen in screen captures, whatever the setting says: a first start over a remote desktop
    /// would be black, and nobody could reach the setting.
    pub allow_capture: bool,
    /// Lock after so many seconds at the latest, whatever the setting says.
    pub lock_after: Option<u64>,
}

/// Why the program cannot start. Told on standard error: there is no window yet.
#[derive(Debug)]
pub enum Problem {
    /// An argument is not understood.
    Argument(OsString),
    /// `--vault` or `--walk` without a folder.
    FolderMissing(&'static str),
    /// `--walk` without `--demo`: only a fictional vault is walked.
    WalkWithoutDemo,
    /// `--help` was asked for.
    Help,
    /// The platform names no data folder and none was given.
    NoDataFolder,
    /// The sample vault could not be made.
    Sample(String),
    /// No window could be opened.
    NoWindow(String),
}

const HELP: &str = "Sharewell: decide well whether to share information about a child

  sharewell                 open your vault
  sharewell --vault DIR     open the vault in another folder
  sharewell --allow-capture let screen captures and remote desktops show the window
  sharewell --demo          open a fictional sample vault in a temporary folder
  sharewell --demo --walk DIR
                            show the demonstration journey and leave its pictures,
                            document and handover file in DIR
";

impl Problem {
    /// Says what happened and what to do, and gives the exit status.
    pub fn tell(self) -> ExitCode {
        let said = match &self {
            Self::Help => {
                print!("{HELP}");
                return ExitCode::SUCCESS;
            }
            Self::Argument(argument) => {
                format!(
                    "'{}' is not an option. Run 'sharewell --help' to see them.",
                    argument.to_string_lossy()
                )
            }
            Self::FolderMissing(option) => format!("{option} needs a folder after it."),
            Self::WalkWithoutDemo => "--walk shows the sample vault only. Add --demo.".to_owned(),
            Self::NoDataFolder => "There is no folder for your data. Name one with --vault DIR.".to_owned(),
            Self::Sample(code) => {
                format!(
                    "The sample vault could not be made ({code}). Check that the temporary folder can be written."
                )
            }
            Self::NoWindow(why) => {
                format!(
                    "No window can be opened ({why}). Check that a desktop is running, or use 'cargo xtask run'."
                )
            }
        };
        eprintln!("sharewell: {said}");
        ExitCode::from(2)
    }
}

impl Launch {
    /// Reads arguments and environment.
    ///
    /// # Errors
    /// [`Problem`], to be told and ended with.
    pub fn from_args(args: impl Iterator<Item = OsString>) -> Result<Self, Problem> {
        let (mut vault, mut demo, mut walk, mut allow_capture) = (None, false, None, false);
        let mut args = args;
        while let Some(argument) = args.next() {
            match argument.to_str() {
                Some("--vault") => vault = Some(args.next().ok_or(Problem::FolderMissing("--vault"))?.into()),
                Some("--walk") => walk = Some(args.next().ok_or(Problem::FolderMissing("--walk"))?.into()),
                Some("--demo") => demo = true,
                Some("--allow-capture") => allow_capture = true,
                Some("--help" | "-h") => return Err(Problem::Help),
                _ => return Err(Problem::Argument(argument)),
            }
        }
        if walk.is_some() && !demo {
            return Err(Problem::WalkWithoutDemo);
        }
        let make_demo = demo && vault.is_none();
        let vault = match vault {
            Some(folder) => folder,
            None if demo => std::env::temp_dir().join(format!("{SAMPLE_FOLDER}{}", std::process::id())),
            None => sharewell_casework::start::default_folder().ok_or(Problem::NoDataFolder)?,
        };
        let locked = match std::env::var(LOCKED).as_deref() {
            Ok("by_hand") => Some(LockReason::ByHand),
            Ok("idle") => Some(LockReason::Idle),
            Ok("sleep") => Some(LockReason::Sleep),
            Ok("moved") => Some(LockReason::Moved),
            _ => None,
        };
        let lock_after = std::env::var(SOONER).ok().and_then(|text| text.parse().ok());
        let place_lost = locked.is_some() && std::env::var_os(PLACE_LOST).is_some();
        // The fictional sample is not remembered.
        let places = if demo { Places::none() } else { Places::of_this_computer() };
        Ok(Self { vault, places, demo, make_demo, walk, locked, place_lost, allow_capture, lock_after })
    }

    /// Whether the vault stands in a folder of the program's own making, to be removed at the end.
    pub fn is_temporary(&self) -> bool {
        let name = self.vault.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.vault.parent() == Some(std::env::temp_dir().as_path()) && name.starts_with(SAMPLE_FOLDER)
    }

    /// Starts the program again, into the lock screen: a fresh process holds nothing of what was shown.
    pub fn again(&self, reason: LockReason, place_kept: bool) -> std::io::Result<std::process::Child> {
        let word = match reason {
            LockReason::ByHand => "by_hand",
            LockReason::Idle => "idle",
            LockReason::Sleep => "sleep",
            LockReason::Moved => "moved",
        };
        let mut command = std::process::Command::new(std::env::current_exe()?);
        command.arg("--vault").arg(&self.vault).env(LOCKED, word).env_remove(PLACE_LOST);
        if !place_kept {
            command.env(PLACE_LOST, "1");
        }
        if self.demo {
            command.arg("--demo");
        }
        if self.allow_capture {
            command.arg("--allow-capture");
        }
        if let Some(folder) = &self.walk {
            command.arg("--walk").arg(folder);
        }
        command.spawn()
    }
}

/// Whether a WebDriver owns this process. Then it alone starts and ends windows.
pub fn automated() -> bool {
    std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true")
}
