"""A parse of English -> the same with attachments mended that the parser is known to get wrong.

Each repair is about grammar alone: what it undoes cannot be right whatever the words mean.
"""

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week month year".split()
)
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mend(words: list[str], tags: list[str], relations: list[str], heads: list[int]) -> list[int]:
    """Heads in which no finite verb is coordinated with an infinitive, and no day has a deed.

    "urged them to stop and *offered* to mediate": *offered* goes with *urged*, not with *stop*.
    "accused Iran on Monday *of* shelling": *of* goes with *accused*, not with *Monday*.
    """
    mended = list(heads)
    gerunds = {heads[c] for c, r in enumerate(relations) if r == "pcomp"}
    for i, head in enumerate(heads):
        if i in gerunds and relations[i] == "prep" and words[head] in DAYS and heads[head] != head:
            at = heads[head]
            mended[i] = heads[at] if relations[at] == "prep" else at
    for i, head in enumerate(heads):
        if relations[i] != "conj" or tags[i] not in FINITE or tags[head] != "VB":
            continue
        if any(heads[c] == i and relations[c] in ("nsubj", "nsubjpass") for c in range(len(heads))):
            continue
        if not any(heads[c] == head and tags[c] == "TO" for c in range(len(heads))):
            continue
        at = head
        while mended[at] != at and tags[at] not in FINITE:
            at = mended[at]
        if tags[at] in FINITE and at < i:
            mended[i] = at
    return mended
