"""Coded events -> those of lines that one outlet prints under many of its pieces: its furniture, whatever they tell.

A line is the outlet's own if pieces of one family, and of no other, have it in the same words at ``HOUSE`` places of
origin or more. Copies, versions and passages taken from one piece are one place, so a story that is printed again and
again is never furniture. It is computed of all that is stored, so the order of reading leaves no trace.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from coranto.linkage.copies import HOUSE
from coranto.linkage.gists import Gist, Origin
from coranto.linkage.voices import Roots


def furniture(held: Iterable[Gist], roots: Roots, sources: Mapping[str, Origin]) -> tuple[str, ...]:
    """The ids of the coded events of such lines, in order."""
    lines: dict[bytes, list[Gist]] = defaultdict(list)
    for g in held:
        if g.line and g.report in sources:
            lines[g.line].append(g)
    return tuple(sorted(g.id for some in lines.values() if _is_own(some, roots, sources) for g in some))


def _is_own(some: Iterable[Gist], roots: Roots, sources: Mapping[str, Origin]) -> bool:
    met = {(sources[g.report].family, roots.of(g)[0]) for g in some}
    places = {sources[root].uri for _, root in met if root in sources}
    return len(places) >= HOUSE and len({family for family, _ in met}) == 1
