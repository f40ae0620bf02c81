"""A parse of English -> the same with attachments mended that the parser is known to get wrong.

Each repair is about grammar alone: what it undoes cannot be right whatever the words mean.
"""

FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mend(tags: list[str], relations: list[str], heads: list[int]) -> list[int]:
    """Heads in which a finite verb is no longer coordinated with an infinitive below the verb that it belongs to.

    "urged them to stop and *offered* to mediate": *offered* goes with *urged*, not with *stop*.
    """
    mended = list(heads)
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
