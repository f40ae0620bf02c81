"""XML -> a tree, safely: no entities of its own, nothing fetched, bounded depth and size."""

import re
from collections.abc import Iterator

from lxml import etree

from coranto.records import DataError

LONGEST = 30_000_000  # bytes
MOST = 500_000  # elements
_ENTITY = re.compile(rb"<!\s*ENTITY\b", re.IGNORECASE)
Element = etree._Element


def defines_entities(data: bytes) -> bool:
    """True if XML defines entities of its own, in an encoding of one, two or four bytes a letter."""
    return bool(_ENTITY.search(data.replace(b"\x00", b"")))


def parsed(data: bytes) -> Element:
    """The root element. Raises DataError where it is no XML, or defines entities, or is too large or too deep."""
    if len(data) > LONGEST:
        raise DataError(f"expected at most {LONGEST} bytes of XML, met {len(data)}")
    if defines_entities(data):
        raise DataError("expected XML without entity definitions, met <!ENTITY")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, dtd_validation=False, attribute_defaults=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DataError(f"expected XML, met {str(error)[:160]}") from error
    if root is None:
        raise DataError("expected XML, met no element")
    if sum(1 for _ in zip(root.iter(), range(MOST + 1))) > MOST:
        raise DataError(f"expected at most {MOST} elements, met more")
    return root


def name(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def found(element: Element, *path: str) -> Iterator[Element]:
    """The elements at a path of names, whatever their namespaces; the first name may lie at any depth."""
    first = (e for e in element.iter() if name(e) == path[0])
    for one in first:
        yield from _below(one, path[1:])


def _below(element: Element, path: tuple[str, ...]) -> Iterator[Element]:
    if not path:
        yield element
        return
    for child in element:
        if name(child) == path[0]:
            yield from _below(child, path[1:])


def words(element: Element | None) -> str:
    """All words of an element, or ""."""
    return " ".join("".join(str(t) for t in element.itertext()).split()) if element is not None else ""


def told(element: Element, *path: str) -> str:
    """The words of the first element at a path that has any."""
    return next(filter(None, map(words, found(element, *path))), "")
