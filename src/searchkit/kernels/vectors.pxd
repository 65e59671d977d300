cdef class VectorTable:
    cdef readonly unsigned int zones, used, capacity
    cdef unsigned int _mask
    cdef unsigned int[::1] _slots
    cdef unsigned int[::1] vectors
    cdef unsigned long long[::1] counts
    cdef unsigned int number(self) except 4294967295 nogil
    cdef int _resize(self, unsigned int capacity) except -1 with gil
