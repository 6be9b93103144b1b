//! When it is time to lock: a pure function of two clocks and of when somebody was last there.

use std::time::{Duration, Instant, SystemTime};

use sharewell_casework::views::LockReason;

/// The warning comes so long before.
const WARNING: Duration = Duration::from_secs(30);
/// More than this between two looks, by the wall clock alone, means that the laptop slept.
const SLEPT: Duration = Duration::from_secs(15);

/// When somebody last typed or clicked, and what two clocks said at the last look.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    /// The last key or click.
    pub last: Instant,
    /// The monotonic clock at the last look; it stands still while the laptop sleeps.
    pub looked: Instant,
    /// The wall clock at the last look; it does not.
    pub wall: SystemTime,
    /// Whether the page has been warned.
    pub warned: bool,
    /// How long nobody may be there before it locks.
    pub allowed: Duration,
}

impl Activity {
    /// Somebody is there now.
    pub fn begin(ticks: Instant, wall: SystemTime, allowed: Duration) -> Self {
        Self { last: ticks, looked: ticks, wall, warned: false, allowed }
    }

    /// Notes that somebody is there.
    pub fn used(&mut self, ticks: Instant) {
        self.last = ticks;
        self.warned = false;
    }

    /// How long nobody has been there.
    pub fn quiet(&self, ticks: Instant) -> Duration {
        ticks.saturating_duration_since(self.last)
    }

    /// Notes what the clocks said at this look.
    pub fn seen(&mut self, ticks: Instant, wall: SystemTime) {
        (self.looked, self.wall) = (ticks, wall);
    }

    /// How long is left before the lock, once so little is left that the page is warned; told once.
    pub fn warn(&mut self, ticks: Instant) -> Option<Duration> {
        let left = self.allowed.saturating_sub(self.quiet(ticks));
        let near = !self.warned && left <= WARNING.min(self.allowed / 2);
        self.warned |= near;
        near.then_some(left)
    }
}

/// Whether it is time to lock, by what the clocks say now. A wall clock that jumped ahead of the monotonic one
/// means that the laptop slept; one that was set back means nothing, and idle time is not measured by it.
pub fn due(activity: &Activity, ticks: Instant, wall: SystemTime) -> Option<LockReason> {
    let by_ticks = ticks.saturating_duration_since(activity.looked);
    let by_wall = wall.duration_since(activity.wall).unwrap_or_default();
    if by_wall > by_ticks + SLEPT {
        Some(LockReason::Sleep)
    } else if activity.quiet(ticks) >= activity.allowed {
        Some(LockReason::Idle)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE_MINUTES: Duration = Duration::from_secs(300);
    const SECOND: Duration = Duration::from_secs(1);

    fn begin() -> (Activity, Instant, SystemTime) {
        let (ticks, wall) = (Instant::now(), SystemTime::now());
        (Activity::begin(ticks, wall, FIVE_MINUTES), ticks, wall)
    }

    #[test]
    fn a_wall_clock_that_jumped_while_the_other_stood_still_locks() {
        let (activity, ticks, wall) = begin();
        assert_eq!(due(&activity, ticks + SECOND, wall + SECOND), None);
        let slept = wall + SECOND + SLEPT + SECOND;
        assert_eq!(due(&activity, ticks + SECOND, slept), Some(LockReason::Sleep));
        let overnight = wall + Duration::from_secs(8 * 3600);
        assert_eq!(due(&activity, ticks + SECOND, overnight), Some(LockReason::Sleep));
    }

    #[test]
    fn a_busy_machine_that_looks_late_is_no_sleep() {
        let (activity, ticks, wall) = begin();
        let late = Duration::from_secs(60);
        assert_eq!(due(&activity, ticks + late, wall + late), None);
    }

    #[test]
    fn a_wall_clock_that_was_set_back_neither_locks_nor_keeps_from_locking() {
        let (mut activity, ticks, wall) = begin();
        let back = wall - Duration::from_secs(3600);
        assert_eq!(due(&activity, ticks + SECOND, back), None);
        assert_eq!(due(&activity, ticks + FIVE_MINUTES, back), Some(LockReason::Idle));
        // From the next look on it counts from where it was set to.
        activity.seen(ticks + SECOND, back);
        let slept = back + SECOND + SLEPT + SECOND;
        assert_eq!(due(&activity, ticks + SECOND + SECOND, slept), Some(LockReason::Sleep));
    }

    #[test]
    fn nobody_there_for_the_set_time_locks_and_a_key_starts_it_anew() {
        let (mut activity, ticks, wall) = begin();
        let almost = FIVE_MINUTES - SECOND;
        assert_eq!(due(&activity, ticks + almost, wall + almost), None);
        activity.seen(ticks + almost, wall + almost);
        assert_eq!(due(&activity, ticks + FIVE_MINUTES, wall + FIVE_MINUTES), Some(LockReason::Idle));
        activity.used(ticks + almost);
        assert_eq!(due(&activity, ticks + FIVE_MINUTES, wall + FIVE_MINUTES), None);
        assert_eq!(
            due(&activity, ticks + almost + FIVE_MINUTES, wall + almost + FIVE_MINUTES),
            Some(LockReason::Idle)
        );
    }

    #[test]
    fn the_page_is_warned_once_and_again_after_somebody_was_there() {
        let (mut activity, ticks, _) = begin();
        assert_eq!(activity.warn(ticks + FIVE_MINUTES - WARNING - SECOND), None);
        assert_eq!(activity.warn(ticks + FIVE_MINUTES - WARNING), Some(WARNING));
        assert_eq!(activity.warn(ticks + FIVE_MINUTES - SECOND), None, "once");
        let there = ticks + FIVE_MINUTES - SECOND;
        activity.used(there);
        assert_eq!(activity.warn(there + SECOND), None);
        assert_eq!(activity.warn(there + FIVE_MINUTES - SECOND), Some(SECOND));
    }
}
