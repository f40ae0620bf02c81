"""English text -> its time expressions, with TIMEX3 type and value and the days that they cover."""

from coranto.language.en.times.discourse import first_year, is_narrative
from coranto.language.en.times.find import Timeline, find_times, read_times, scan, spoken_of
from coranto.language.en.times.found import FoundTime

__all__ = ["FoundTime", "Timeline", "find_times", "first_year", "is_narrative", "read_times", "scan", "spoken_of"]
