cdef class Word:
    cdef unsigned char[::1] letters
    cdef Py_ssize_t start, end, first, second

cdef class Suffixes:
    cdef const unsigned char[::1] texts, replacements, sizes, replacement_sizes, begins
    cdef const unsigned int[::1] before

    cdef int find(self, Word word) noexcept nogil
    cdef bint is_whole(self, Word word) noexcept nogil
    cdef void put(self, Word word, unsigned int rule) noexcept nogil
    cdef bint replace(self, Word word, Py_ssize_t least) noexcept nogil
