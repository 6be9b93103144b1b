//! A PostgreSQL of one's own on loopback, from the system's package, gone with the test.
#![allow(dead_code, clippy::unwrap_used)]

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use postgres::{Client, NoTls};

pub struct Server {
    dir: tempfile::TempDir,
    bin: PathBuf,
    way: Vec<String>,
    pub port: u16,
}

impl Server {
    /// Starts one; why not, where this machine has none or does not let one start.
    pub fn start() -> Result<Self, String> {
        Self::start_with(|_| Ok(Vec::new()))
    }

    /// The same with settings, once its folder is there.
    pub fn start_with(settings: impl FnOnce(&Self) -> Result<Vec<String>, String>) -> Result<Self, String> {
        let bin = bin().ok_or("PostgreSQL is not installed (Debian: apt-get install postgresql)")?;
        let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|one| one.local_addr()).unwrap().port();
        let mut server = Self { dir, bin, way: Vec::new(), port };
        server.way = way(&server)?;
        let data = server.data();
        let args = ["--auth=trust", "--username=admin", "--encoding=UTF8", "--locale=C", "--no-sync"];
        server.run("initdb", &[&["-D", path(&data)], &args[..]].concat())?;
        let mut options = format!("-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=");
        options.push_str(" -c fsync=off -c shared_buffers=16MB -c max_connections=20");
        for setting in settings(&server)? {
            options.push_str(&format!(" -c {setting}"));
        }
        let log = server.dir.path().join("log");
        server.run("pg_ctl", &["-D", path(&data), "-w", "-l", path(&log), "-o", &options, "start"])?;
        Ok(server)
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// Gives it a file of its folder as its own.
    pub fn own(&self, name: &str) {
        let (from, to) = (self.dir.path().join(name), self.dir.path().join(format!("{name}.new")));
        let copy = as_somebody(&self.way, "install", &["-m", "600", path(&from), path(&to)]).unwrap();
        assert!(copy.status.success());
        std::fs::rename(to, from).unwrap();
    }

    /// Runs one of its programs, never as root.
    fn run(&self, program: &str, args: &[&str]) -> Result<(), String> {
        let program = self.bin.join(program);
        let output = as_somebody(&self.way, path(&program), args)?;
        if output.status.success() {
            return Ok(());
        }
        let log = std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default();
        Err(format!("{}: {}{log}", program.display(), String::from_utf8_lossy(&output.stderr)))
    }

    /// The address for a login and a database.
    pub fn address(&self, login: &str, database: &str) -> String {
        format!("postgres://{login}@127.0.0.1:{}/{database}", self.port)
    }

    pub fn client(&self, login: &str, database: &str) -> Client {
        Client::connect(&self.address(login, database), NoTls).unwrap()
    }

    /// A new database with the tables, and a login for each role.
    pub fn database(&self, name: &str, sql: &str) {
        let mut client = self.client("admin", "postgres");
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        self.client("admin", name).batch_execute(sql).unwrap();
        for role in ["intake", "reader", "officer", "disposal"] {
            let made = format!(
                "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'desk_{role}') THEN
                   CREATE ROLE desk_{role} LOGIN; END IF; END $$;
                 GRANT sharewell_{role} TO desk_{role};"
            );
            client.batch_execute(&made).unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        // Where it cannot be stopped, the machine's end stops it; the test said what it had to say.
        let _ = self.run("pg_ctl", &["-D", path(&data), "-m", "immediate", "-w", "stop"]);
        let _ = as_somebody(&self.way, "rm", &["-rf", path(&data)]);
    }
}

/// The newest of the installed servers.
fn bin() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

/// How to be somebody else than root, whom the server refuses; nothing where nobody is root.
fn way(server: &Server) -> Result<Vec<String>, String> {
    let root = Command::new("id").arg("-u").output().map_err(|error| error.to_string())?.stdout == b"0\n";
    if !root {
        return Ok(Vec::new());
    }
    let ways: [&[&str]; 3] = [
        &["runuser", "-u", "postgres", "--"],
        &["runuser", "-u", "nobody", "--"],
        // Root of a user namespace alone.
        &["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"],
    ];
    let mut last = String::new();
    for way in ways {
        let way: Vec<String> = way.iter().map(|word| (*word).to_owned()).collect();
        let probe = server.folder().join("probe");
        match as_somebody(&way, "mkdir", &[path(&probe)]) {
            Ok(output) if output.status.success() => {
                as_somebody(&way, "rmdir", &[path(&probe)])?;
                return Ok(way);
            }
            Ok(output) => last = String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => last = error,
        }
    }
    Err(format!("root cannot become somebody else here: {last}"))
}

fn as_somebody(way: &[String], program: &str, args: &[&str]) -> Result<Output, String> {
    let mut command = match way.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
        None => Command::new(program),
    };
    // What a daemon inherits would keep the reader of its pipes waiting.
    let (out, err) = (tempfile::tempfile().unwrap(), tempfile::NamedTempFile::new().unwrap());
    let status = command
        .args(args)
        .current_dir("/")
        .stdin(std::process::Stdio::null())
        .stdout(out)
        .stderr(err.reopen().unwrap())
        .status()
        .map_err(|error| format!("{program}: {error}"))?;
    let stderr = std::fs::read(err.path()).unwrap_or_default();
    Ok(Output { status, stdout: Vec::new(), stderr })
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
