"""A document's posts without a time of their own -> the days that each may be of, and the best of them.

They lie between the first and the last day of their page. Labels tell how many days before the newest a post is: clock
times by the midnights between them, "14 hours ago" by the length, though nobody knows the clock that it was read from.
A weekday that a post names in the past is a day that it cannot be older than.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from coranto.documents import dates
from coranto.language.en import labels as forms
from coranto.language.en.times import find_times
from coranto.language.en.times.tense import cue_tense
from coranto.records import BlockKind, Document, Period, Post, Span, Tense, Words

DAY = timedelta(1)
HOUR = timedelta(hours=1)
AWAKE = timedelta(hours=16)  # of a day, in which posts are written
WEEK = 7  # days within which a weekday is one of them


class Back(NamedTuple):
    """How many days before the newest post one is: at least, at most, and the likeliest."""

    least: int
    most: int
    best: int


def days_of_posts(document: Document) -> dict[Span, Period]:
    """The days of each post by its span; empty where nothing tells the page's."""
    told = document.published.value.period if document.published else None
    if told is None or not document.posts:
        return {}
    last = _last_change(document, told.low)
    backs = _backs([_label(document, post) for post in document.posts])
    newest = _newest(document, told, last, [b for b in backs if b])
    spread = [
        _placed(back, newest) if back else _between(newest, n / max(1, len(backs) - 1)) for n, back in enumerate(backs)
    ]
    latest = document.captured.date() + DAY if document.captured else None
    return {post.span: _named(document, post, _until(period, latest)) for post, period in zip(document.posts, spread)}


def _last_change(document: Document, first: date) -> date | None:
    """The day on which the page was changed last, as its metadata or a stamp above the posts say, if it is no earlier
    than its first."""
    ends = [document.updated.value] if document.updated else []
    for block in document.blocks:
        if block.span.start < document.posts[0].span.start and block.kind in (BlockKind.TIMESTAMP, BlockKind.BYLINE):
            stamp = forms.changed(document.text[block.span.start : block.span.end])
            ends += [value] if stamp and (value := dates.read(stamp)) else []
    return max((e.period.high for e in ends if e.period and e.period.high >= first), default=None)


def _label(document: Document, post: Post) -> str:
    """The time label of a post: the first of its lines that is one."""
    lines = (b for b in document.blocks if b.kind is BlockKind.TIMESTAMP and b.span in post.span)
    return next((document.text[b.span.start : b.span.end] for b in lines), "")


def _backs(labels: Sequence[str]) -> list[Back | None]:
    """For each label, how long before the newest it is; None where it does not tell."""
    agos = [forms.ago(label) for label in labels]
    if known := [length for told in agos if told for length in (told[0],)]:
        newest = min(known)
        return [_ago(told[0] - newest, HOUR if told[1] else DAY) if told else None for told in agos]
    clocks = [forms.clock(label) for label in labels]
    told_clocks = [c for c in clocks if c]
    if not told_clocks:
        return [None] * len(labels)
    down = sum(a > b for a, b in pairwise(told_clocks)) >= sum(a < b for a, b in pairwise(told_clocks))
    shifts, last = list[int](), None
    for clock in clocks:
        jumped = clock is not None and last is not None and (clock > last if down else clock < last)
        shifts.append((shifts[-1] if shifts else 0) + jumped)
        last = clock or last
    counted = shifts if down else [shifts[-1] - s for s in shifts]
    return [Back(n, n, n) if clock else None for n, clock in zip(counted, clocks)]


def _ago(length: timedelta, width: timedelta) -> Back:
    """A length before the newest post, rounded down by up to ``width``; the newest may be of any hour of waking."""
    least, most = length // DAY, (length + width) // DAY
    return Back(least, most + (length >= HOUR), (length + width / 2 + DAY - AWAKE) // DAY)


def _newest(document: Document, told: Period, last: date | None, backs: Sequence[Back]) -> Period:
    """The days of the newest post: those of the last change; else the page's day, or as long after as posts go on."""
    if last is not None:
        return Period(low=max(told.low, last - DAY), high=last, best=last)
    first = document.published.evidence[0] if document.published else None
    begun = not isinstance(first, Words) or forms.starts(first.quote)
    high = told.high + timedelta(max((b.most for b in backs), default=0))
    likely = told.best + timedelta(max((b.best for b in backs), default=0))
    return Period(low=told.low, high=high, best=min(high, likely) if begun else told.best)


def _placed(back: Back, newest: Period) -> Period:
    low, high = newest.low - timedelta(back.most), newest.high - timedelta(back.least)
    return Period(low=low, high=high, best=min(max(newest.best - timedelta(back.best), low), high))


def _between(newest: Period, share: float) -> Period:
    """Without a label: any day of the page's or the one after, the earlier in its order the later."""
    days = (newest.high - newest.low).days
    best = newest.high - timedelta(round(days * share)) if days else newest.best
    return Period(low=newest.low, high=newest.high + DAY, best=best)


def _until(period: Period, latest: date | None) -> Period:
    if latest is None or latest >= period.high:
        return period
    high = max(latest, period.low)
    return Period(low=period.low, high=high, best=min(period.best, high))


def _named(document: Document, post: Post, period: Period) -> Period:
    """The days from the latest weekday on that the post names in the past ("said Saturday")."""
    if not 1 < period.days <= WEEK:
        return period
    tense, low = cue_tense(document.text), period.low
    for time in find_times(document.text, start=post.span.start, end=post.span.end, anchor=period.high):
        if time.rule == "weekday" and time.period and tense(time.span.start, time.span.end) is Tense.PAST:
            if period.low < time.period.low <= period.high:
                low = max(low, time.period.low)
    return Period(low=low, high=period.high, best=max(low, period.best))
