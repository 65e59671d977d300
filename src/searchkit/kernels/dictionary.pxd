cdef unsigned long long head_of(const unsigned char *data, unsigned long long start, unsigned int length) noexcept nogil

cdef class Dictionary:
    cdef const unsigned char[::1] _data
    cdef const unsigned long long[::1] _index
    cdef unsigned long long _size
    cdef unsigned int _blocks, entries, _ranges
    cdef unsigned long long[::1] _heads
    cdef unsigned int _block_of(self, bytes key)
    cdef bint _first_is_before(self, unsigned int block, const unsigned char *key, unsigned int length) noexcept nogil

cdef class Walker:
    cdef Dictionary dictionary
    cdef unsigned long long at, pointers_at, pointer_count
    cdef unsigned int next, length, key_flags, frequency, position_bytes, exceptions
    cdef unsigned char[::1] bytes
    cdef unsigned long long[::1] places
    cdef unsigned long long varint(self) noexcept
    cdef bint read(self) except? -1
    cdef bint is_frequent(self) noexcept
