"""What a document teaches of names -> the fullest name, role and chain of each later mention of them."""

from coranto.records import Mention, Ref, RefKind
from coranto.referents.titles import Taught, name_key


class Names:
    """Names of one document: by folded full name or table id, and by last name where that is of one person only."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[tuple[Taught, str]]] = {}
        self._last: dict[str, set[str]] = {}
        self._chains: dict[str, str] = {}

    def teach(self, taught: Taught, sentence: str) -> None:
        """Keep what one sentence says of a name."""
        self.by_key.setdefault(taught.key, []).append((taught, sentence))
        parts = name_key(taught.ref.name).split()
        for part in {parts[0], parts[-1]} if parts else ():
            self._last.setdefault(part, set()).add(taught.key)

    @staticmethod
    def key_of(ref: Ref) -> str:
        """What a reference is remembered by."""
        return ref.id or name_key(ref.name)

    def find(self, key: str, sentence: str, start: int) -> tuple[Taught, bool] | None:
        """What the document says of a name, and whether this sentence does: here first, then before, then after."""
        held = self.by_key.get(key)
        if held is None and key:
            full = self._last.get(key.rsplit(" ", 1)[-1], set())
            fitting = [k for k in full if _compatible(key, name_key(self.by_key[k][0][0].ref.name))]
            held = self.by_key[fitting[0]] if len(fitting) == 1 else None
        if not held:
            return None
        here = [t for t, where in held if where == sentence]
        if here:
            return max(here, key=lambda t: (bool(t.ref.country), bool(t.ref.role))), True
        before = [t for t, _ in held if t.words.span.start <= start]
        placed = [t for t in before if t.ref.country]
        return (placed or before or [held[0][0]])[-1], False

    def surname(self, word: str) -> Taught | None:
        """The one person of that last name whom the document names in full, if there is just one."""
        keys = self._last.get(name_key(word), set())
        held = [self.by_key[k][0][0] for k in keys if " " in name_key(self.by_key[k][0][0].ref.name)]
        fitting = [t for t in held if name_key(t.ref.name).rsplit(" ", 1)[-1] == name_key(word)]
        return fitting[0] if len(fitting) == len(keys) == 1 else None

    def chain(self, ref: Ref, key: str, mention: Mention, *, proper: bool) -> str:
        """The chain of a name: the id of its first mention; a bare role is a chain of its own."""
        if not (ref.id or proper or ref.kind is RefKind.PERSON):
            return mention.id
        full = key
        if not ref.id and " " not in key:
            longer = [k for k in self._chains if key in (k.rsplit(" ", 1)[-1], k.split(" ", 1)[0])]
            full = longer[0] if len(longer) == 1 else key
        return self._chains.setdefault(full, mention.id)


def _compatible(short: str, full: str) -> bool:
    """True if one name can be another's short form: same last word, and first names or initials that agree."""
    a, b = short.split(), full.split()
    if not a or not b:
        return False
    if len(a) == 1 and a[0] == b[0]:
        return True
    if a[-1] != b[-1]:
        return False
    return len(a) == 1 or any(a[0] == w or (len(a[0]) == 1 and w.startswith(a[0])) for w in b[:-1]) or len(b) == 1
