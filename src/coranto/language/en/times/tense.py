"""Words around an expression -> the tense of its clause, without a parse."""

import re
from collections.abc import Callable

from coranto.records import Tense

REACH = 160  # characters that are read before an expression
AFTER = 60
FUTURE = re.compile(
    r"\b(?:will|would|won['’]t|shall|going to|"
    r"to be(?:\s+[a-z]+(?:ed|en|ld|de|t|ne|n))?|to (?:hold|meet|begin|start|visit|vote|take|attend|become|open|run|"
    r"discuss|go|come|make|appear|release|return|resume|travel|sign|host|address|face|decide|leave|arrive|receive|give|launch)|"
    r"(?:scheduled|planned|slated|set|due|expected|called|invited|ready)(?=\s+(?:for|on|to|by|in|at|next|early|late|this|$))"
    r"|(?:scheduled|planned)(?=\s+(?:an?|another|more|new|talks|meetings)\b)"
    r"|expects?|plans?|planning|until|till|deadline|upcoming|begins?|starts|expires?|runs|opens|"
    r"takes? (?:effect|place)|"
    r"(?<!the )(?<!a )(?<!, )(?<!have )(?<!has )(?<!had )(?:meets?|votes?|resumes?|returns?|hears|hear a|comes?|goes|"
    r"holds?|hosts|convenes?|decides?|closes|arrives?|departs?|ships?|presents?|publishes|hands? down|speaks|faces|"
    r"addresses)(?= )|"
    r"ahead of|as (?:soon|early|late) as|tentatively|(?-i:may)|might|could|should|must)\b|['’]ll\b",
    re.I,
)
SURELY = re.compile(
    r"\b(?:will|won['’]t|shall|going to|(?:expected|scheduled|due|set|planning|plans?|is|are) to|"
    r"(?-i:may)|might|could|would)\b|['’]ll\b",
    re.I,
)
VERB = (
    r"(?:(?!need|indeed|hundred|speed|feed|seed)[a-z]{2,}ed|was|were|had|did|said|told|fell|rose|began|came|went|took|met|made|"
    r"left|held|sold|bought|lost|won|killed|shot|broke|gave|got|saw|sent|spent|grew|struck|hit|fought|fled|drove|flew|spoke|"
    r"wrote|became|led|put|found|brought|built|chose|cut|set (?:aside|up|off|out)|died)"
)
BARE = "".join(
    f"(?<!{word} )" for word in ("will", "would", "to", "could", "can", "may", "might", "must", "should", "not")
)
PAST = re.compile(rf"\b(?:has|{BARE}have|says|since|ago|{BARE}{VERB})\b")
NEXT_VERB = re.compile(rf"\s+(?:[a-z]+ly\s+)?{VERB}\b")
OPENING = re.compile(r"\W*(?:until|till|by)?\W*", re.I)
CLAUSE = re.compile(r"[.;\n]\s")


def cue_tense(text: str) -> Callable[[int, int], Tense]:
    """The tense at a span of this text, told from the nearest verb form before it, else after it."""

    def tense(start: int, end: int) -> Tense:
        if NEXT_VERB.match(text, end):
            return Tense.PAST
        lead = CLAUSE.split(text[max(0, start - REACH) : start])[-1]
        future = max((m.end() for m in FUTURE.finditer(lead)), default=-1)
        past = max((m.end() for m in PAST.finditer(lead)), default=-1)
        if (future < 0 and past < 0) or OPENING.fullmatch(lead):
            tail = text[end : end + AFTER].split(".")[0]
            ahead, behind = SURELY.search(tail), PAST.search(tail)
            if ahead is None and behind is None:
                return Tense.FUTURE if future >= 0 else Tense.NONE
            return Tense.FUTURE if ahead and (not behind or ahead.start() <= behind.start()) else Tense.PAST
        return Tense.FUTURE if future >= past else Tense.PAST

    return tense
