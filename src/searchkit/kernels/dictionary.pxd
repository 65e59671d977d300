from searchkit.kernels.records cimport TermRecord

cdef unsigned long long head_of(const unsigned char *data, unsigned long long start, unsigned int length) noexcept nogil
cdef void pass_term(unsigned long long *places, unsigned int frequency, unsigned int length, unsigned int exceptions, unsigned int ranges) noexcept nogil

cdef class Dictionary:
    cdef const unsigned char[::1] data
    cdef const unsigned long long[::1] index
    cdef unsigned long long size
    cdef unsigned int _blocks, entries, ranges
    cdef const unsigned long long[::1] heads
    cdef unsigned int block_of(self, const unsigned char *sought, unsigned int length) noexcept nogil
    cdef bint is_frequent(self, unsigned int frequency) noexcept nogil
    cdef bint _first_is_within(self, unsigned int block, const unsigned char *key, unsigned int length) noexcept nogil

cdef class Walker:
    cdef Dictionary dictionary
    cdef unsigned long long at, pointers_at, pointer_count
    cdef unsigned int next, length, key_flags, frequency, position_bytes, exceptions
    cdef unsigned char[::1] bytes
    cdef unsigned long long places[6]
    cdef unsigned long long varint(self) noexcept
    cdef bint read(self) except? -1
