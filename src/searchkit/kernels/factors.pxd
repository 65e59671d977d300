from libc.math cimport pow

from searchkit.kernels.state cimport as_longs, as_words, longs, words

ctypedef const long long *Column

cdef class Factors:
    cdef object owners
    cdef readonly unsigned int count
    cdef unsigned int room
    cdef long long now
    cdef double two
    cdef unsigned int *kinds
    cdef double *leasts
    cdef double *scales
    cdef Column *columns
    cdef Column *greatest
    cdef unsigned long long _share(self, unsigned int number, Column values, unsigned long long place) noexcept nogil
    cdef unsigned long long _most_share(self, unsigned int number, unsigned int span) noexcept nogil

cdef unsigned int multiplied(Factors factors, unsigned int units, unsigned int document) noexcept nogil
cdef long long most_of(Factors factors, long long units, unsigned int span) noexcept nogil
cdef unsigned int units_at_least(Factors factors, unsigned int units) noexcept nogil
cdef unsigned int needed_for(Factors factors, unsigned int wanted, unsigned int span) noexcept nogil
