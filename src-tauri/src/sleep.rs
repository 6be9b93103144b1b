//! Hears from the system that it is about to sleep, so that the vault is locked before and not after.
//!
//! systemd-logind says so over the system bus and waits for whoever holds a *delay* inhibitor, a few seconds at
//! most; the inhibitor goes with the process, which ends when it locks. Where there is no bus, or no logind on
//! it, nothing is lost: the clocks tell after the sleep ([`crate::activity::due`]).

use std::os::fd::OwnedFd;

use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant;

const SERVICE: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const INTERFACE: &str = "org.freedesktop.login1.Manager";

/// Which bus is listened to.
#[derive(Debug, Clone)]
pub enum Bus {
    /// The system's.
    System,
    /// One at an address: a private one, for tests.
    #[cfg(test)]
    At(String),
}

impl Bus {
    fn connect(&self) -> zbus::Result<Connection> {
        match self {
            Self::System => connection::Builder::system()?.build(),
            #[cfg(test)]
            Self::At(address) => connection::Builder::address(address.as_str())?.build(),
        }
    }
}

/// Listens in a thread of its own and calls `before` each time the system is about to sleep; the system waits
/// until that has returned, within its own bounds.
pub fn watch(bus: Bus, before: impl Fn() + Send + 'static) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        if let Err(error) = listen(&bus, &before) {
            tracing::info!(%error, "the system does not tell of its sleep; the clocks do, after it");
        }
    })
}

fn listen(bus: &Bus, before: &impl Fn()) -> zbus::Result<()> {
    let connection = bus.connect()?;
    let logind = Proxy::new(&connection, SERVICE, PATH, INTERFACE)?;
    // Subscribed before anything is asked, so that no sleep falls between the two.
    let signals = logind.receive_signal("PrepareForSleep")?;
    let mut delay = inhibit(&logind);
    for signal in signals {
        let Ok(begins) = signal.body().deserialize::<bool>() else { continue };
        if begins {
            before();
            // Lets the system sleep, where the process has not ended by now.
            drop(delay.take());
        } else {
            delay = inhibit(&logind);
        }
    }
    Ok(())
}

/// Asks for a moment before each sleep. Without it the lock begins with the signal all the same.
fn inhibit(logind: &Proxy<'_>) -> Option<OwnedFd> {
    let asked = logind.call::<_, _, zvariant::OwnedFd>("Inhibit", &("sleep", "Sharewell", "lock", "delay"));
    asked.map(OwnedFd::from).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::os::unix::net::UnixStream;
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// Far more than a signal takes; a test that waits so long has failed.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// A bus of its own, that ends with the test.
    struct Private {
        daemon: Child,
        address: String,
    }

    impl Private {
        fn start() -> Self {
            let mut daemon = Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address=1"])
                .stdout(Stdio::piped())
                .spawn()
                .expect("dbus-daemon is installed with the packages that the window's tests need");
            let mut address = String::new();
            BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
            Self { daemon, address: address.trim().to_owned() }
        }
    }

    impl Drop for Private {
        fn drop(&mut self) {
            let _ = self.daemon.kill();
            let _ = self.daemon.wait();
        }
    }

    /// A logind that tells who asked for a delay, and keeps the other end of it.
    struct Logind {
        asked: mpsc::Sender<([String; 4], UnixStream)>,
    }

    #[zbus::interface(name = "org.freedesktop.login1.Manager")]
    impl Logind {
        fn inhibit(&self, what: String, who: String, why: String, mode: String) -> zvariant::OwnedFd {
            let (theirs, ours) = UnixStream::pair().unwrap();
            self.asked.send(([what, who, why, mode], ours)).unwrap();
            OwnedFd::from(theirs).into()
        }
    }

    fn logind(bus: &Private) -> (Connection, mpsc::Receiver<([String; 4], UnixStream)>) {
        let (asked, delays) = mpsc::channel();
        let service = connection::Builder::address(bus.address.as_str())
            .unwrap()
            .name(SERVICE)
            .unwrap()
            .serve_at(PATH, Logind { asked })
            .unwrap()
            .build()
            .unwrap();
        (service, delays)
    }

    fn tell(service: &Connection, begins: bool) {
        service.emit_signal(None::<&str>, PATH, INTERFACE, "PrepareForSleep", &(begins,)).unwrap();
    }

    #[test]
    fn the_vault_locks_before_the_system_sleeps_and_the_system_waits_for_it() {
        let bus = Private::start();
        let (service, delays) = logind(&bus);
        let (locking, locked) = mpsc::channel();
        let (free, go_on) = mpsc::channel::<()>();
        watch(Bus::At(bus.address.clone()), move || {
            locking.send(()).unwrap();
            go_on.recv_timeout(PATIENCE).unwrap();
        });
        let (asked, mut delay) = delays.recv_timeout(PATIENCE).unwrap();
        assert_eq!(asked, ["sleep", "Sharewell", "lock", "delay"]);

        tell(&service, true);
        locked.recv_timeout(PATIENCE).expect("the signal locks");
        // The other end is open for as long as the lock is under way.
        delay.set_nonblocking(true).unwrap();
        let held = delay.read(&mut [0]).unwrap_err();
        assert_eq!(held.kind(), std::io::ErrorKind::WouldBlock, "the system waits while it locks");
        free.send(()).unwrap();
        delay.set_nonblocking(false).unwrap();
        delay.set_read_timeout(Some(PATIENCE)).unwrap();
        assert_eq!(delay.read(&mut [0]).unwrap(), 0, "and no longer");

        // Awake again, it asks again, and the next sleep locks too.
        tell(&service, false);
        delays.recv_timeout(PATIENCE).expect("a delay for the next sleep");
        tell(&service, true);
        locked.recv_timeout(PATIENCE).expect("the next sleep locks too");
        free.send(()).unwrap();
    }

    #[test]
    fn without_a_bus_or_without_logind_the_program_goes_on() {
        let nowhere = tempfile::tempdir().unwrap();
        let address = format!("unix:path={}/bus", nowhere.path().display());
        watch(Bus::At(address), || panic!("nothing said so")).join().expect("no bus is no panic");

        let bus = Private::start();
        let (came, comes) = mpsc::channel();
        let listener = watch(Bus::At(bus.address.clone()), move || came.send(()).unwrap());
        // logind may come later than the program.
        std::thread::scope(|scope| {
            let bus = &bus;
            scope.spawn(move || {
                let (service, _delays) = logind(bus);
                let end = std::time::Instant::now() + PATIENCE;
                loop {
                    tell(&service, true);
                    if comes.recv_timeout(Duration::from_millis(50)).is_ok() {
                        break;
                    }
                    assert!(std::time::Instant::now() < end, "a logind that came later was not heard");
                }
            });
        });
        drop(bus);
        listener.join().expect("a bus that goes is no panic");
    }
}
