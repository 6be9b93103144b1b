//! The one open vault.
//!
//! Everything that touches records passes through [`Session::open`], or through [`Session::long`] where it
//! takes long; while the vault is locked there is nothing to pass through.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant, SystemTime};

use sharewell_casework as casework;
use sharewell_casework::long::Long;
use sharewell_casework::maintenance::BackUp;
use sharewell_casework::places::{Places, ground};
use sharewell_casework::records::{CaseId, Moment, SlipId};
use sharewell_casework::views::{BackupView, Phase, Resize, SessionView, Settings, SigningPhase, WorkKind};
use sharewell_casework::{Canceller, Code, Failure, Vault, Work};

use crate::activity::Activity;
use crate::launch::{Launch, Problem};
use crate::running::Running;

/// The program's one session: how it was started, and the vault while it is open.
pub struct Session {
    launch: Launch,
    /// The folder in which the vault lies, which need not be the one in which it was looked for.
    folder: Mutex<PathBuf>,
    vault: Mutex<Option<Vault>>,
    /// The slip that somebody has the screen to read; while there is one, nothing else of any file is shown or done.
    signing: Mutex<Option<Signing>>,
    /// Ends what runs on the open vault's own connection; none while it is locked. Asked without waiting for the
    /// vault.
    canceller: Mutex<Option<Canceller>>,
    running: Running,
    activity: Mutex<Activity>,
    flushed: (Mutex<Option<String>>, Condvar),
    handed_on: AtomicBool,
    /// The vault is being taken out: whoever waits for it waits in vain.
    closing: AtomicBool,
    /// Another program moved the open vault: it is locked at the next look.
    moved: AtomicBool,
    /// How large the text is, in hundredths: known before there is a vault beside which it could be kept.
    text_size: AtomicU16,
}

/// A slip that somebody reads and signs on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Signing {
    /// The file.
    pub case: CaseId,
    /// The slip.
    pub slip: SlipId,
    /// How far it is.
    pub phase: SigningPhase,
}

/// Minutes until the lock before any settings are known.
const DEFAULT_MINUTES: u8 = 5;
/// A use case that is in the middle of something has this long to end by itself when the vault locks.
const UNDISTURBED: Duration = Duration::from_millis(150);
/// Between two looks at whether the vault came free.
const LOOK: Duration = Duration::from_millis(5);

/// How long nobody may be there, by the settings and by what the program was started with.
fn allowed(launch: &Launch, minutes: u8) -> Duration {
    let allowed = Duration::from_secs(u64::from(minutes) * 60);
    launch.lock_after.map_or(allowed, |most| allowed.min(Duration::from_secs(most)))
}

/// The moment, in the zone that deadlines are told in.
pub fn now() -> Moment {
    casework::clock::now()
}

impl Session {
    /// Prepares the session; makes and opens the sample vault where it was asked for.
    ///
    /// # Errors
    /// [`Problem::Sample`] where the sample cannot be made.
    pub fn new(launch: Launch) -> Result<Self, Problem> {
        let vault = if launch.make_demo {
            let made = sharewell_sample::open_new(&launch.vault, now())
                .map_err(|error| Problem::Sample(format!("{:?}", Failure::from(error).code)))?;
            Some(made)
        } else {
            None
        };
        // An end that was cut off is brought to its end before anything else. Where its certificate cannot be written
        // yet, the vault opens for nobody, and that is said at the door.
        let ending = launch.places.at(&launch.vault);
        if let Ok(Some(_)) = casework::end_of_use::finish(&ending, None, true, now()) {
            let _ = launch.places.forget(&launch.vault);
        }
        casework::start::forget_looks();
        let (ticked, wall) = (Instant::now(), SystemTime::now());
        let activity = Activity::begin(ticked, wall, allowed(&launch, DEFAULT_MINUTES));
        let canceller = vault.as_ref().map(Vault::canceller);
        let folder = Mutex::new(launch.places.at(&launch.vault));
        let text_size = casework::settings::plain(&launch.places.at(&launch.vault)).text_size;
        let session = Self {
            launch,
            folder,
            vault: Mutex::new(vault),
            signing: Mutex::new(None),
            canceller: Mutex::new(canceller),
            running: Running::default(),
            activity: Mutex::new(activity),
            flushed: (Mutex::new(None), Condvar::new()),
            handed_on: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            moved: AtomicBool::new(false),
            text_size: AtomicU16::new(text_size),
        };
        if let Ok(seen) = session.view() {
            session.set(&seen.settings);
        }
        Ok(session)
    }

    /// How the program was started.
    pub fn launch(&self) -> &Launch {
        &self.launch
    }

    /// The folder in which the vault lies.
    pub fn folder(&self) -> PathBuf {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The folder in which a new vault is made, or a backup brought back: where the program looks, where a vault that is
    /// remembered is not where it was.
    pub fn home(&self) -> PathBuf {
        match self.launch.places.missing(&self.launch.vault) {
            Some(_) => self.launch.vault.clone(),
            None => self.folder(),
        }
    }

    /// What this computer remembers of vaults, and the folder in which this one is looked for.
    pub fn places(&self) -> (&Places, &Path) {
        (&self.launch.places, &self.launch.vault)
    }

    /// Looks again for where the vault lies.
    pub fn look_again(&self) {
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) =
            self.launch.places.at(&self.launch.vault);
    }

    /// A backup, with its copy in the second place.
    pub fn backup(&self) -> BackUp {
        BackUp { places: self.launch.places.clone(), asked: self.launch.vault.clone() }
    }

    /// Runs a use case on the open vault, with the moment.
    ///
    /// # Errors
    /// [`Code::Locked`] while there is none, [`Code::Signing`] while somebody else has the screen, or what the use case
    /// says.
    pub fn open<T, E: Into<Failure>>(
        &self,
        act: impl FnOnce(&mut Vault, Moment) -> Result<T, E>,
    ) -> Result<T, Failure> {
        self.is_ours()?;
        self.in_vault(act)
    }

    /// Whether the screen is the practitioner's own.
    ///
    /// # Errors
    /// [`Code::Signing`] while it is not.
    pub fn is_ours(&self) -> Result<(), Failure> {
        match self.signing().is_some() {
            true => Err(Failure::of(Code::Signing)),
            false => Ok(()),
        }
    }

    /// The slip that somebody has the screen to read.
    ///
    /// # Errors
    /// [`Code::NotFound`] where nobody has.
    pub fn signed_now(&self) -> Result<Signing, Failure> {
        (*self.signing()).ok_or_else(|| Failure::of(Code::NotFound))
    }

    /// Gives the screen to somebody for one slip.
    pub fn give_screen(&self, signing: Signing) {
        *self.signing() = Some(signing);
    }

    /// Says how far the slip is.
    pub fn signing_goes_on(&self, phase: SigningPhase) {
        // What has ended stays ended.
        if let Some(signing) = self.signing().as_mut().filter(|one| one.phase == SigningPhase::Reading) {
            signing.phase = phase;
        }
    }

    /// Takes the screen back. Whoever calls has made sure of the passphrase.
    pub fn take_screen_back(&self) {
        *self.signing() = None;
    }

    fn signing(&self) -> MutexGuard<'_, Option<Signing>> {
        // Three plain values: whole behind a panic, and never the less closed for it.
        self.signing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs what belongs to the slip that is on the screen.
    ///
    /// # Errors
    /// [`Code::NotFound`] where nobody has the screen; as [`Session::open`].
    pub fn open_slip<T, E: Into<Failure>>(
        &self,
        act: impl FnOnce(&mut Vault, Signing, Moment) -> Result<T, E>,
    ) -> Result<T, Failure> {
        let signing = self.signed_now()?;
        self.in_vault(|vault, now| act(vault, signing, now))
    }

    /// Runs long work that belongs to the slip that is on the screen.
    ///
    /// # Errors
    /// As [`Session::open_slip`] and [`Session::long`].
    pub fn long_slip<L: Long>(&self, long: impl FnOnce(Signing) -> L) -> Result<L::Told, Failure> {
        let signing = self.signed_now()?;
        self.long_in_vault(long(signing))
    }

    fn in_vault<T, E: Into<Failure>>(
        &self,
        act: impl FnOnce(&mut Vault, Moment) -> Result<T, E>,
    ) -> Result<T, Failure> {
        let mut guard = self.vault();
        let open = guard.as_mut().filter(|_| !self.closing.load(Ordering::SeqCst));
        let vault = open.ok_or_else(|| Failure::of(Code::Locked))?;
        let done = act(vault, now()).map_err(Into::into);
        if let Err(Failure { code: Code::VaultMoved, .. }) = &done {
            self.moved.store(true, Ordering::SeqCst);
        }
        done
    }

    /// Whether the open vault was found to have been moved by another program.
    pub fn was_moved(&self) -> bool {
        self.moved.load(Ordering::SeqCst)
    }

    /// Runs long work beside the open vault: what it writes first and last is written as any use case does, and
    /// between them the vault is free for whoever saves or locks.
    ///
    /// # Errors
    /// [`Code::Locked`] while there is none, or where it was locked meanwhile; [`Code::Stopped`] where somebody
    /// stopped it; or what the use case says.
    pub fn long<L: Long>(&self, long: L) -> Result<L::Told, Failure> {
        self.is_ours()?;
        self.long_in_vault(long)
    }

    /// A backup that nobody waits for shows nothing, and is made whoever has the screen.
    ///
    /// # Errors
    /// As [`Session::long`].
    pub fn long_unseen<L: Long<Told = BackupView>>(&self, long: L) -> Result<L::Told, Failure> {
        self.long_in_vault(long)
    }

    /// Asks the open vault something that shows nothing, whoever has the screen.
    ///
    /// # Errors
    /// As [`Session::open`], but for the screen.
    pub fn unseen<T, E: Into<Failure>>(
        &self,
        act: impl FnOnce(&mut Vault, Moment) -> Result<T, E>,
    ) -> Result<T, Failure> {
        self.in_vault(act)
    }

    fn long_in_vault<L: Long>(&self, mut long: L) -> Result<L::Told, Failure> {
        let under = self.running.begin(L::KIND);
        let (beside, begun) = self.in_vault(|vault, now| {
            under.work().go_on()?;
            long.start(vault, now)?;
            Ok::<_, casework::Error>((vault.beside(under.work())?, now))
        })?;
        let made = long.run(beside, begun).map_err(Failure::from)?;
        self.in_vault(|vault, now| long.end(vault, made, now))
    }

    /// Runs long work while the vault is locked: opening it, bringing one back.
    ///
    /// # Errors
    /// Whatever it says.
    pub fn opening<T, E: Into<Failure>>(
        &self,
        act: impl FnOnce(&Work) -> Result<T, E>,
    ) -> Result<T, Failure> {
        let under = self.running.begin(WorkKind::Opening);
        act(under.work()).map_err(Into::into)
    }

    /// The long work that runs.
    pub fn running(&self) -> &Running {
        &self.running
    }

    /// Puts an opened vault in place and tells the page where it stands.
    ///
    /// # Errors
    /// What the vault says when it is asked.
    pub fn opened(&self, vault: Vault) -> Result<SessionView, Failure> {
        // Where it cannot be remembered, the next start finds the vault all the same.
        let _ = self.launch.places.opened(&self.launch.vault, &vault);
        self.look_again();
        *self.canceller() = Some(vault.canceller());
        *self.vault() = Some(vault);
        self.take_screen_back();
        self.keep_text_size();
        let seen = self.view()?;
        self.set(&seen.settings);
        Ok(seen)
    }

    /// Where the program stands.
    ///
    /// # Errors
    /// What the vault says when it is asked.
    pub fn view(&self) -> Result<SessionView, Failure> {
        let vault = self.vault();
        let mut seen = casework::start::session(
            &self.folder(),
            vault.as_ref(),
            self.launch.demo,
            self.launch.locked,
            now(),
        )?;
        seen.place_lost = self.launch.place_lost;
        seen.settings.text_size = self.text_size();
        seen.signing = seen.phase == Phase::Open && self.signing().is_some();
        match seen.phase {
            Phase::FirstStart => {
                seen.missing = self.launch.places.missing(&self.launch.vault);
                if seen.missing.is_some() {
                    seen.phase = Phase::Missing;
                } else {
                    seen.ground = ground(&self.launch.vault);
                }
            }
            Phase::Open if seen.recovery_confirmed && !seen.looking => {
                seen.copy_due = self.launch.places.copy_due(&self.launch.vault, now());
            }
            Phase::Missing | Phase::Locked | Phase::Open => {}
        }
        Ok(seen)
    }

    /// How large the text is, in hundredths of the usual size.
    pub fn text_size(&self) -> u16 {
        self.text_size.load(Ordering::SeqCst)
    }

    /// Makes the text another size, and keeps it for the next start. Gives the size.
    pub fn resize_text(&self, how: Resize) -> u16 {
        let size = casework::settings::resized(self.text_size(), how);
        self.text_size.store(size, Ordering::SeqCst);
        self.keep_text_size();
        size
    }

    fn keep_text_size(&self) {
        let vault = self.vault();
        // Where the folder cannot be written the size lasts for this sitting, and that is seen.
        let _ = casework::settings::keep_text_size(&self.folder(), vault.as_ref(), self.text_size());
    }

    /// Whether a vault is open.
    pub fn is_open(&self) -> bool {
        self.canceller().is_some()
    }

    /// Whether the sample's own lock screen is shown.
    pub fn is_locked_sample(&self) -> bool {
        self.launch.demo && self.view().is_ok_and(|seen| seen.phase == Phase::Locked)
    }

    /// Ends with the program: what runs is stopped and given a moment to leave nothing behind.
    pub fn end(&self, at_most: Duration) {
        self.running.close();
        self.running.wait(at_most);
        self.forget_sample();
    }

    /// Removes the sample vault's temporary folder when the program ends, unless a relaunch needs it.
    fn forget_sample(&self) {
        let ours = self.launch.demo && self.launch.is_temporary();
        if !ours || self.handed_on.load(Ordering::SeqCst) {
            return;
        }
        drop(self.take());
        // The folder holds nobody real; what cannot be removed now goes with the temporary folder.
        let _ = std::fs::remove_dir_all(self.folder());
    }

    /// Notes that a fresh process goes on with this vault.
    pub fn hand_on(&self) {
        self.handed_on.store(true, Ordering::SeqCst);
    }

    /// Whether this is the demonstration's first process, and a fresh one goes on with the journey.
    pub fn waits_for_the_fresh_one(&self) -> bool {
        self.launch.walk.is_some() && self.handed_on.load(Ordering::SeqCst)
    }

    /// Takes the vault out, to be closed.
    pub fn take(&self) -> Option<Vault> {
        let taken = self.vault().take();
        *self.canceller() = None;
        taken
    }

    /// Takes the vault out within a time: whatever still runs on it after a moment is ended. None where
    /// there is no vault, or where it did not come free.
    pub fn take_within(&self, at_most: Duration) -> Option<Vault> {
        self.closing.store(true, Ordering::SeqCst);
        let began = Instant::now();
        loop {
            let taken = match self.vault.try_lock() {
                Ok(mut guard) => Some(guard.take()),
                Err(TryLockError::Poisoned(guard)) => Some(guard.into_inner().take()),
                Err(TryLockError::WouldBlock) => None,
            };
            if let Some(taken) = taken {
                *self.canceller() = None;
                return taken;
            }
            let waited = began.elapsed();
            if waited >= at_most {
                return None;
            }
            if waited >= UNDISTURBED
                && let Some(canceller) = self.canceller().as_ref()
            {
                canceller.cancel();
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Notes that somebody is there.
    pub fn used(&self) {
        self.activity().used(Instant::now());
    }

    /// Takes over the settings in force.
    pub fn set(&self, settings: &Settings) {
        self.activity().allowed = allowed(&self.launch, settings.lock_minutes);
        self.used();
    }

    /// The activity, for the watch.
    pub fn activity(&self) -> MutexGuard<'_, Activity> {
        // A panic in another command must not lock the practitioner out: the value is plain numbers.
        self.activity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page says that it has sealed what was typed, and where it was.
    pub fn page_flushed(&self, address: String) {
        *self.flushed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
        self.flushed.1.notify_all();
    }

    /// Waits until the page has sealed what was typed, or until it took too long. Gives its address.
    pub fn wait_for_flush(&self, at_most: Duration) -> String {
        let sealed = self.flushed.0.lock().unwrap_or_else(PoisonError::into_inner);
        match self.flushed.1.wait_timeout_while(sealed, at_most, |address| address.is_none()) {
            Ok((mut address, _)) => address.take().unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Forgets an address from before, so that the next one is this lock's own.
    pub fn expect_flush(&self) {
        *self.flushed.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn canceller(&self) -> MutexGuard<'_, Option<Canceller>> {
        self.canceller.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn vault(&self) -> MutexGuard<'_, Option<Vault>> {
        // Every write is one transaction, so a vault behind a panicked command is whole.
        self.vault.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
