//! A wall between the tests and the outer network.
//!
//! Sharewell works without any network, and its tests show that by having none: they run in a network of their
//! own (a Linux namespace) in which there is nothing but this machine's loopback. Root makes one; anybody else
//! does through a user namespace, where the system allows that.

use std::process::Command;

use crate::command::found;
use crate::problem::{Outcome, Problem};

/// What is left out where the wall cannot be raised.
pub const NAME: &str = "the tests' wall against the outer network";

/// Ways to a network of one's own: with the rights that are there, or with those of a user namespace.
const WAYS: [&[&str]; 2] = [&["-n"], &["-rn"]];

/// Inside: brings loopback up, which a fresh network has down, and becomes the command.
const INSIDE: &str = "ip link set dev lo up && exec \"$@\"";

const RIGHT: &str = "Run this as root, or allow user namespaces (on Ubuntu 24.04 and later: \
    `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`), and install iproute2 for `ip`.";

/// The wall, or why there is none.
pub enum Wall {
    /// It can be raised in this way.
    Raised(&'static [&'static str]),
    /// It cannot, for this reason.
    Refused(String),
}

impl Wall {
    /// Tries each way, once.
    pub fn raise() -> Self {
        if !cfg!(target_os = "linux") {
            return Self::Refused("only Linux has networks of one's own".to_owned());
        }
        if !found("ip") {
            return Self::Refused("`ip` is not installed, which brings loopback up".to_owned());
        }
        let mut reasons = Vec::new();
        for way in WAYS {
            let mut probe = walled(way, &Command::new("true"));
            let why = match probe.stdin(std::process::Stdio::null()).output() {
                Ok(output) if output.status.success() => return Self::Raised(way),
                Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
                Err(error) => error.to_string(),
            };
            reasons.push(format!("`unshare {}`: {why}", way.join(" ")));
        }
        Self::Refused(reasons.join("; "))
    }

    /// The wall as it has to stand before tests are run: where nothing may be left out, being refused it is a
    /// failure.
    pub fn before_tests(nothing_may_be_left_out: bool) -> Outcome<Self> {
        match Self::raise() {
            Self::Refused(why) if nothing_may_be_left_out => Err(Problem::new(
                format!("CI is set, so nothing may be left out, and {NAME} was refused: {why}."),
                RIGHT,
            )),
            wall => {
                match &wall {
                    Self::Raised(way) => println!("      A network of its own: `unshare {}`.", way.join(" ")),
                    Self::Refused(why) => println!("      Left out: {NAME}: {why}.\n      {RIGHT}"),
                }
                Ok(wall)
            }
        }
    }

    /// The same command, behind the wall where there is one.
    pub fn around(&self, command: &Command) -> Command {
        match self {
            Self::Raised(way) => walled(way, command),
            Self::Refused(_) => again(command, Command::new(command.get_program())),
        }
    }
}

fn walled(way: &[&str], command: &Command) -> Command {
    let mut outer = Command::new("unshare");
    outer.args(way).args(["--", "sh", "-c", INSIDE, "behind-the-wall"]).arg(command.get_program());
    // Cargo then says that it may not ask the network, instead of that it cannot.
    outer.env("CARGO_NET_OFFLINE", "true");
    again(command, outer)
}

/// Gives `to` the arguments, the folder and the environment of a command.
fn again(command: &Command, mut to: Command) -> Command {
    to.args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        to.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => to.env(name, value),
            None => to.env_remove(name),
        };
    }
    to
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::command::{asked, shown};

    /// Runs a script behind the wall; none where this machine refuses one.
    fn behind(script: &str) -> Option<String> {
        let wall = Wall::raise();
        let Wall::Raised(_) = &wall else { return None };
        let mut command = Command::new("sh");
        command.args(["-c", script]).env("TOLD", "as outside");
        let mut walled = wall.around(&command);
        Some(asked(&mut walled).unwrap_or_else(|| panic!("`{}` fails", shown(&walled))))
    }

    #[test]
    fn behind_the_wall_there_is_loopback_and_nothing_else() {
        let Some(said) = behind("echo \"$TOLD\"; ip -brief address; ip route; ip -6 route show default")
        else {
            let Wall::Refused(why) = Wall::raise() else { return };
            sharewell_left_out::left_out!("{why}");
            return;
        };
        let mut lines = said.lines();
        assert_eq!(lines.next(), Some("as outside"), "the environment goes along");
        let loopback = lines.next().unwrap();
        assert!(loopback.starts_with("lo ") && loopback.contains("127.0.0.1/8"), "loopback is up: {said}");
        assert_eq!(lines.next(), None, "no other address, and no way out: {said}");
    }

    #[test]
    fn what_listens_outside_is_not_reached_from_behind_the_wall() {
        let outside = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = outside.local_addr().unwrap().port();
        let call =
            format!("bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}' 2>/dev/null && echo reached || echo apart");
        assert_eq!(asked(Command::new("sh").args(["-c", &call])).as_deref(), Some("reached"), "it listens");
        let Some(said) = behind(&call) else {
            let Wall::Refused(why) = Wall::raise() else { return };
            sharewell_left_out::left_out!("{why}");
            return;
        };
        assert_eq!(said, "apart", "a network of its own has a loopback of its own");
    }

    #[test]
    fn without_a_wall_the_command_stays_as_it_is() {
        let mut command = Command::new("cargo");
        command.args(["test", "--", "two words"]).current_dir("/").env("A", "1").env_remove("B");
        let same = Wall::Refused("no right".to_owned()).around(&command);
        assert_eq!(format!("{same:?}"), format!("{command:?}"));
    }
}
