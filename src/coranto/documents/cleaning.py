"""Characters as met -> characters as kept: the only place where the text of a source is changed.

It runs before a document has offsets; after it nothing moves.
"""

import html
import re
import unicodedata

from coranto.records import DataError

MOST_LINES = 20_000  # of one text
_DROP = dict.fromkeys(
    [c for c in range(0x20) if c not in (0x09, 0x0A)]
    + list(range(0x7F, 0xA0))
    + [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, 0xFFFC, 0xFFFE, 0xFFFF]
    + list(range(0x200B, 0x2010))
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2070))
    + list(range(0xD800, 0xE000))
    + list(range(0xFFF9, 0xFFFC))
    + list(range(0xE0000, 0xE0080))
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_MOJIBAKE = re.compile("â€.|Ã[\x80-\xbf]|Â[\xa0-\xbf]")
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,400}|!--.{0,400}?--)>", re.DOTALL)
_GLUED = re.compile(
    r"""(?:(?<=[a-z][a-z])|(?<=[a-z][0-9])|(?<=[0-9][0-9])|(?<=[a-z%)\]][)\]’”]))[.!?](?=[“‘]?[A-Z](?:[a-z’]|\s))
    |(?:(?<=[a-z.,!?])|(?<=[0-9.]))[”](?=[A-Z][a-z’]|[“‘])
    |(?<=[a-z][.!?])[’)](?=[A-Z][a-z])
    |(?<=\b[A-Z]\.[A-Z])\.(?=[A-Z][a-z]{2})""",
    re.VERBOSE,
)
_STRAIGHT = re.compile(r'(?<=[a-z0-9)][.!?,])"(?=[A-Z][a-z’\'])')
_ADDRESS = re.compile(r"(?:https?://|www\.|\S+@)\S*$")


def characters(text: str) -> str:
    """The text in NFC, with plain spaces and newlines and no control, bidi, zero-width or stray surrogate characters.

    UTF-8 read as Windows-1252 ("â€™") is put right.
    """
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_remade, text)
    text = _BREAKS.sub("\n", text).translate(_DROP)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))


def _remade(met: re.Match[str]) -> str:
    try:
        return met[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return met[0]


def unmarked(text: str) -> str:
    """A field's text without markup and character references; block tags become line breaks."""
    text = re.sub(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]{0,200}>", "\n", text, flags=re.IGNORECASE)
    text = _MARKUP.sub("", text)
    return html.unescape(html.unescape(text)) if "&" in text else text


def unescaped(text: str) -> str:
    """Plain text with stray character references ("&quot;") resolved."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text) if "&" in text else text


def unglued(text: str) -> str:
    """The text with a space where a sentence's end is clearly glued to the next ("conflict.The" -> "conflict. The").

    A sentence's end is a stop, or a closing quotation mark after one, between two lower-case letters (or figures) and
    a capital that begins a word. A straight quotation mark is closing if an odd number stands before it in its line.
    Addresses are left alone.
    """
    return "\n".join(_straight(_GLUED.sub(_spaced, line)) for line in text.split("\n"))


def _spaced(met: re.Match[str]) -> str:
    before = met.string[max(0, met.start() - 200) : met.start()]
    return met[0] if _ADDRESS.search(before) else met[0] + " "


def _straight(line: str) -> str:
    if '"' not in line:
        return line
    parts, last, count = [], 0, 0
    for met in _STRAIGHT.finditer(line):
        count += line.count('"', last, met.start())
        parts.append(line[last : met.start()] + ('" ' if count % 2 else ' "'))
        count, last = count + 1, met.end()
    return "".join(parts) + line[last:]


def paragraphs(text: str) -> list[str]:
    """The lines of a cleaned text that hold anything, trimmed. Raises DataError where they are too many."""
    lines = [line for line in (part.strip() for part in text.split("\n")) if line]
    if len(lines) > MOST_LINES:
        raise DataError(f"expected at most {MOST_LINES} lines, met {len(lines)}")
    return lines
