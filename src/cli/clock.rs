//! The current date, time and time zone.

use std::env;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::Config;
use crate::wire::Error;

/// The date to use as today: `today` in book.toml, else the date of SOURCE_DATE_EPOCH, else the
/// clock's date in the configured time zone, which defaults to the machine's.
///
/// # Errors
/// If SOURCE_DATE_EPOCH is not a number of seconds.
pub fn today(config: &Config) -> Result<Date, Error> {
    let epoch = env::var_os("SOURCE_DATE_EPOCH");
    let epoch = epoch.as_ref().map(|epoch| epoch.to_string_lossy());
    on(config, epoch.as_deref(), Timestamp::now)
}

/// The moment at which a day begins, in seconds since 1970, in the time zone of [`today`].
pub(super) fn midnight(day: Date, config: &Config) -> i64 {
    let zone = config.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
    let zone = zone.unwrap_or_else(|| match env::var_os("SOURCE_DATE_EPOCH") {
        Some(_) => TimeZone::UTC,
        None => TimeZone::system(),
    });
    let begin = day.to_zoned(zone);
    begin.map_or(0, |begin| begin.timestamp().as_second())
}

/// The name of the machine's time zone; None if it is not set, as on many servers.
pub(super) fn zone() -> Option<String> {
    let zone = TimeZone::system();
    let name = zone.iana_name()?;
    (!matches!(name, "UTC" | "Etc/UTC" | "Etc/Unknown")).then(|| name.to_owned())
}

/// The current time in the format that mdBook 0.4 puts before a log line.
pub(super) fn stamp() -> String {
    let now = Timestamp::now().to_zoned(TimeZone::system());
    now.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn on(config: &Config, epoch: Option<&str>, now: impl Fn() -> Timestamp) -> Result<Date, Error> {
    if let Some(today) = config.today {
        return Ok(today);
    }
    let zone = config.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
    if let Some(epoch) = epoch {
        let moment = epoch
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok());
        let moment = moment.ok_or_else(|| {
            Error::Today(format!(
                "SOURCE_DATE_EPOCH must be a number of seconds since 1970-01-01, not {epoch:?}"
            ))
        })?;
        // It is set for reproducible builds, so the machine's zone must not be the default.
        return Ok(moment.to_zoned(zone.unwrap_or(TimeZone::UTC)).date());
    }
    Ok(now().to_zoned(zone.unwrap_or_else(TimeZone::system)).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// 2026-11-22, 23:30 in London; already the 23rd in Lagos.
    const LATE: i64 = 1_795_390_200;

    fn now() -> Timestamp {
        Timestamp::from_second(LATE).unwrap()
    }

    fn zone(name: &str) -> Config {
        Config {
            timezone: Some(name.to_owned()),
            ..Config::default()
        }
    }

    #[test]
    fn the_day_is_that_of_the_configured_zone() {
        let late = LATE.to_string();
        for epoch in [None, Some(late.as_str())] {
            let on = |name| on(&zone(name), epoch, now).unwrap();
            assert_eq!(on("Europe/London"), date(2026, 11, 22));
            assert_eq!(on("Africa/Lagos"), date(2026, 11, 23));
        }
    }

    #[test]
    fn book_toml_stands_above_the_epoch_and_the_epoch_above_the_clock() {
        let mut config = zone("Africa/Lagos");
        assert_eq!(on(&config, Some("0"), now).unwrap(), date(1970, 1, 1));
        config.today = Some(date(2024, 5, 1));
        assert_eq!(on(&config, Some("x"), now).unwrap(), date(2024, 5, 1));
    }

    #[test]
    fn an_epoch_without_a_zone_is_the_same_day_everywhere() {
        let late = LATE.to_string();
        let day = on(&Config::default(), Some(&late), now).unwrap();
        assert_eq!(day, date(2026, 11, 22));
    }

    #[test]
    fn a_bad_epoch_is_an_error() {
        for epoch in ["", "x", "1.5", "2024-05-01", "99999999999999999"] {
            let error = on(&Config::default(), Some(epoch), now).unwrap_err();
            assert!(error.to_string().contains("SOURCE_DATE_EPOCH"), "{error}");
        }
    }
}
