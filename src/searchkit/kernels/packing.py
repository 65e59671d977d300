# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The tokens of a batch, in little memory: numbers of surfaces in units of 16 bits.

Numbers below 0xF000 take one unit; others two, of which the first is 0xF000 and the upper 12 bits, the second the lower
16. Surfaces are numbered in the order of their first sight, so that the frequent ones take one unit, and what is to be
done is nearly always the same.
"""

from __future__ import annotations

import cython

from searchkit.kernels.buffers import grown, zeros

LONG = cython.declare(cython.uint, 0xF000)


@cython.cclass
class PackedTokens:
    """Tokens, in the order in which they were added."""

    def __init__(self) -> None:
        self.clear()

    def __len__(self) -> int:
        return self.tokens

    @property
    def bytes_used(self) -> int:
        """The memory that the tokens take."""
        return 2 * self.used

    def clear(self) -> None:
        """Forgets all tokens, and gives their memory back."""
        self.units = zeros(1 << 12, "H")
        self.used = self.tokens = 0

    def add(self, numbers: cython.const[cython.uint][::1], ends: cython.uint[::1]) -> None:
        """Adds tokens, numbers below 2**28. ends: where texts end among `numbers`; becomes where they end in units."""
        count: cython.ulonglong = numbers.shape[0] if cython.compiled else len(numbers)
        texts: cython.ulonglong = ends.shape[0] if cython.compiled else len(ends)
        text: cython.ulonglong
        at: cython.ulonglong = 0
        used: cython.ulonglong = self.used
        if used + 2 * count > len(self.units):
            # Room that is not used costs nothing, to copy does.
            self.units = grown(self.units, used, max(used + 2 * count, 4 * len(self.units)), "H")
        units: cython.ushort[::1] = self.units
        with cython.nogil:
            for text in range(texts):
                while at < ends[text]:
                    if numbers[at] < LONG:
                        units[used] = numbers[at]
                    else:
                        units[used] = LONG | (numbers[at] >> 16)
                        used += 1
                        units[used] = numbers[at] & 0xFFFF
                    used += 1
                    at += 1
                ends[text] = used
        self.used = used
        self.tokens += count
