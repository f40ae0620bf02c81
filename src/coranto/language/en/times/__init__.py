"""English text -> its time expressions, with TIMEX3 type and value and the days that they cover."""

from coranto.language.en.times.discourse import is_narrative
from coranto.language.en.times.find import FoundTime, Timeline, find_times, scan

__all__ = ["FoundTime", "Timeline", "find_times", "is_narrative", "scan"]
