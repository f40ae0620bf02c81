"""Words around an expression -> the tense of its clause, without a parse."""

import re
from collections.abc import Callable

from coranto.records import Tense

REACH = 160  # characters that are read before an expression
AFTER = 60
FUTURE = re.compile(
    r"\b(?:will|would|won['’]t|shall|going to|to (?:be|hold|meet|begin|start|visit|vote|take|attend|become|open|run|"
    r"discuss|go|come|make|appear|release|return|resume|travel|sign|host|address|face|decide|leave|arrive|receive|give|launch)|"
    r"(?:scheduled|planned|slated|set|due|expected|called|invited|ready)(?=\s+(?:for|on|to|by|in|at|next|early|late|this|$))"
    r"|expects?|plans?|planning|until|till|deadline|upcoming|begins?|starts?|expires?|runs?|opens?|"
    r"takes? (?:effect|place)|"
    r"ahead of|as (?:soon|early|late) as|tentatively|may|might|could|should|must)\b|['’]ll\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|said|says|told|(?!need|indeed|hundred|speed|feed|seed)[a-z]{2,}ed|since|ago|fell|rose|"
    r"began|came|went|took|met|made|left|held|sold|bought|lost|won|killed|shot|broke|gave|got|saw|sent|spent|grew|struck|hit|"
    r"fought|fled|drove|flew|spoke|wrote|became|led|fired|put|found|brought|built|chose|cut|rejected|died)\b"
)
CLAUSE = re.compile(r"[.;\n]\s")


def cue_tense(text: str) -> Callable[[int, int], Tense]:
    """The tense at a span of this text, told from the nearest verb form before it, else after it."""

    def tense(start: int, end: int) -> Tense:
        lead = CLAUSE.split(text[max(0, start - REACH) : start])[-1]
        future = max((m.start() for m in FUTURE.finditer(lead)), default=-1)
        past = max((m.start() for m in PAST.finditer(lead)), default=-1)
        if future < 0 and past < 0:
            tail = text[end : end + AFTER].split(".")[0]
            ahead, behind = FUTURE.search(tail), PAST.search(tail)
            if ahead is None and behind is None:
                return Tense.NONE
            return Tense.FUTURE if ahead and (not behind or ahead.start() <= behind.start()) else Tense.PAST
        return Tense.FUTURE if future >= past else Tense.PAST

    return tense
