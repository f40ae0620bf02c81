"""A stream -> the same stream unpacked, where it is gzip or zstd; one layer, read bit by bit."""

import gzip
import zlib
from io import BytesIO
from typing import IO, Any, cast

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
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
    """A zstd stream; what it cannot read is an EOFError, as with gzip."""

    def __init__(self, stream: IO[bytes]) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        reader: Any = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._stream = reader.stream_reader(stream, read_across_frames=True)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        if size < 0 or len(self._left) >= size:
            got, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
            return got + self._more(-1) if size < 0 else got
        got, self._left = self._left, b""
        return got + self._more(size - len(got))

    def readline(self, size: int = -1) -> bytes:
        most = size if size >= 0 else 1 << 62
        parts, length = list[bytes](), 0
        while length < most and (some := self._left or self._more(min(65_536, most))):
            self._left = b""
            end = some.find(b"\n") + 1 or len(some)
            end = min(end, most - length)
            parts.append(some[:end])
            length += end
            self._left = some[end:]
            if parts[-1].endswith(b"\n"):
                break
        return b"".join(parts)

    def _more(self, size: int) -> bytes:
        try:
            return bytes(self._stream.read(size))
        except self._error as error:
            raise EOFError(f"zstd: {error}") from error
