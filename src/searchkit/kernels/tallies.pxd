from searchkit.kernels.bits cimport lowest_bit
from searchkit.kernels.top cimport Top

cdef class Tally:
    cdef object owners
    cdef Top top
    cdef const unsigned char *numbers
    cdef const unsigned int *starts
    cdef unsigned int *counts
    cdef unsigned int *met
    cdef unsigned int width, none
    cdef readonly unsigned int distinct
    cdef unsigned long long room, documents
    cdef bint several, wide
    cdef readonly bint damaged
    cpdef unsigned int count(self, unsigned int number)
