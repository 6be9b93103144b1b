//! How much memory a piece of work takes above what the program had before it. Linux tells, and others do not.

use crate::error::Result;

/// Where the program had begun.
pub struct Begun(u64);

impl Begun {
    /// Forgets the highest that there was; none where the system does not tell.
    pub fn now() -> Option<Self> {
        std::fs::write("/proc/self/clear_refs", "5").ok()?;
        told("VmRSS:").map(Self)
    }

    /// The most since then, above where it began, in bytes.
    pub fn most(&self) -> Result<u64> {
        let most = told("VmHWM:").unwrap_or(self.0);
        Ok(most.saturating_sub(self.0))
    }

    /// The most that the whole program had since then, in bytes; none where the system does not tell.
    pub fn at_most(&self) -> Option<u64> {
        told("VmHWM:").map(|most| most.max(self.0))
    }
}

fn told(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib << 10)
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_for_a_moment_is_counted() {
        let begun = Begun::now().unwrap();
        let held = std::hint::black_box(vec![7_u8; 64 << 20]);
        drop(held);
        assert!(begun.most().unwrap() > 48 << 20);
    }
}
