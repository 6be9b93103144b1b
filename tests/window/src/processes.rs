//! What runs, told apart by its environment, which every process hands on to those that it starts.

/// Set by the program itself for the fresh process, and so for everything that this one starts.
pub(crate) const LOCKED: &str = "SHAREWELL_LOCKED";

/// A process that was started at a desk, by the program or by something that it started.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// Its name, of which the kernel keeps fifteen letters.
    pub name: String,
    /// Whether it belongs to the program that was relaunched by a lock.
    pub locked: bool,
}

/// Every process that runs and has a variable in its environment that fits (`NAME=value`).
pub(crate) fn with(fits: impl Fn(&str) -> bool) -> Vec<Process> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").expect("Linux tells of its processes").filter_map(Result::ok) {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        // A process may end between the listing and the look, and others' are not ours to see.
        let Ok(environment) = std::fs::read(entry.path().join("environ")) else { continue };
        let Ok(name) = std::fs::read_to_string(entry.path().join("comm")) else { continue };
        let environment = String::from_utf8_lossy(&environment);
        let variables = || environment.split('\0');
        if variables().any(&fits) {
            let locked = variables().any(|variable| variable.starts_with(LOCKED));
            found.push(Process { pid, name: name.trim().to_owned(), locked });
        }
    }
    found
}
