"""The name of a reading -> the function that gives a match its meaning: an explicit list."""

from coranto.language.en.times import dates, relative, spells
from coranto.language.en.times.dates import Reading
from coranto.language.en.times.guards import GUARDS, contexts
from coranto.language.en.times.patterns import grammar
from coranto.records import DataError

LISTED: tuple[Reading, ...] = (
    dates.iso,
    dates.numeric,
    dates.calendar_day,
    dates.weekday_number,
    dates.bare_day,
    dates.day_range,
    dates.month_range,
    dates.year_range,
    dates.calendar_month,
    dates.calendar_year,
    dates.calendar_decade,
    dates.decade_word,
    dates.calendar_century,
    dates.calendar_season,
    dates.named_day,
    dates.ordinal_unit,
    relative.weekday,
    relative.deictic,
    relative.day_next_to,
    relative.week_of,
    relative.relative_unit,
    relative.beside_last,
    relative.edge_unit,
    relative.whole_year,
    relative.year_end,
    relative.the_weekend,
    relative.beside,
    relative.ago,
    relative.from_mention,
    relative.quarter_century,
    relative.ago_bare,
    relative.calendar_quarter,
    relative.latest_quarter,
    relative.months_quarter,
    relative.same_quarter,
    relative.year_ago,
    relative.reference,
    relative.the_past,
    relative.adjective,
    relative.the_year,
    relative.nth_day,
    relative.anniversary,
    spells.part_of_day,
    spells.part_relative,
    spells.part_bare,
    spells.overnight,
    spells.overnight_two,
    spells.clock,
    spells.noon,
    spells.duration,
    spells.duration_half,
    spells.bare_units,
    spells.recent_units,
    spells.every,
    spells.weekdays,
    spells.times,
    spells.long,
    spells.frequency,
)
READINGS: dict[str, Reading] = {reading.__name__: reading for reading in LISTED}


def check() -> None:
    """Raises DataError where a pattern names a guard or a reading that does not exist."""
    known = {*GUARDS, *contexts()}
    for rule in grammar().rules:
        if rule.reading not in READINGS:
            raise DataError(f"patterns.tsv, {rule.name}: expected a known reading, met {rule.reading!r}")
        if unknown := set(rule.guard.split()) - known:
            raise DataError(f"patterns.tsv, {rule.name}: expected known guards, met {', '.join(sorted(unknown))}")
