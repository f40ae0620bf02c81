"""Records -> a temporary file, in order, and back as often as wanted: more of them than memory should hold."""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
IN_MEMORY = 1 << 26  # bytes up to which there is no file


class Spool(Generic[T]):
    """Records of one kind that were put in, in that order. It goes away with its last reference."""

    def __init__(self, kind: type[T], records: Iterable[T]) -> None:
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        encoder = msgspec.msgpack.Encoder()
        for record in records:
            body = encoder.encode(record)
            self._file.write(len(body).to_bytes(4, "big") + body)

    def __iter__(self) -> Iterator[T]:
        """All of them, from the first; two walks at one time are not for it."""
        self._file.seek(0)
        while head := self._file.read(4):
            yield self._decoder.decode(self._file.read(int.from_bytes(head, "big")))
