"""A stream -> the same stream unpacked, where it is gzip or zstd; one layer, read bit by bit."""

import gzip
import zlib
from io import BytesIO
from typing import IO, Any, cast

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
FED = 2_048  # packed bytes at a time: they unpack to at most some 64 MB
WINDOW = 1 << 27  # bytes of memory that a zstd stream may ask for
BROKEN: tuple[type[Exception], ...] = (EOFError, zlib.error, gzip.BadGzipFile)


class Rest:
    """A stream with its first bytes put back."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self.head, self.stream = BytesIO(head), stream

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, fewer only at the end; all of them if it is negative."""
        if size < 0:
            return self.head.read() + self.stream.read()
        parts = [self.head.read(size)]
        left = size - len(parts[0])
        while left > 0 and (more := self.stream.read(left)):
            parts.append(more)
            left -= len(more)
        return b"".join(parts)

    def readline(self, size: int = -1) -> bytes:
        """The bytes up to the end of a line, at most ``size``."""
        got = self.head.readline(size)
        return got if got.endswith(b"\n") or size == len(got) else got + self.stream.readline(size - len(got))


def opened(raw: IO[bytes]) -> tuple[IO[bytes], bytes, str]:
    """The unpacked stream, its first bytes (they are still in it), and the name of the packing or "".

    Raises one of ``BROKEN`` where the packing is broken; reading on may raise it too.
    """
    head = Rest(b"", raw).read(4)
    whole = cast(IO[bytes], Rest(head, raw))
    if head[:2] == GZIP:
        unpacked, name = cast(IO[bytes], gzip.GzipFile(fileobj=whole)), "gzip"
    elif head == ZSTD:
        unpacked, name = cast(IO[bytes], _Zstd(whole)), "zstd"
    else:
        unpacked, name = whole, ""
    first = Rest(b"", unpacked).read(512)
    return cast(IO[bytes], Rest(first, unpacked)), first, name


class _Zstd:
    """A zstd stream; what it cannot read, or one that breaks off, is an EOFError, as with gzip."""

    def __init__(self, stream: IO[bytes]) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        self._made: Any = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._frame: Any = None
        self._stream, self._packed, self._left = stream, b"", bytearray()

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, fewer only at the end; all of them if it is negative."""
        while (size < 0 or len(self._left) < size) and (more := self._more()):
            self._left += more
        return self._taken(len(self._left) if size < 0 else size)

    def readline(self, size: int = -1) -> bytes:
        """The bytes up to the end of a line, at most ``size``."""
        at = 0
        while (end := self._left.find(b"\n", at)) < 0 and (size < 0 or len(self._left) < size):
            at = len(self._left)
            if not (more := self._more()):
                break
            self._left += more
        length = end + 1 if end >= 0 else len(self._left)
        return self._taken(length if size < 0 else min(length, size))

    def _taken(self, length: int) -> bytes:
        got = bytes(self._left[:length])
        del self._left[:length]
        return got

    def _more(self) -> bytes:
        """Some more unpacked bytes; none only at the end."""
        while True:
            packed = self._packed or self._stream.read(FED)
            self._packed = b""
            if not packed:
                if self._frame is not None:
                    raise EOFError("zstd: it ends before its frame does")
                return b""
            try:
                self._frame = self._frame or self._made.decompressobj()
                out = bytes(self._frame.decompress(packed))
            except self._error as error:
                raise EOFError(f"zstd: {error}") from error
            if self._frame.eof:
                self._packed, self._frame = bytes(self._frame.unused_data), None
            if out:
                return out
