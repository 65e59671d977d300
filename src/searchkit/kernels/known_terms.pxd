from searchkit.kernels.dictionary cimport Dictionary
from searchkit.kernels.records cimport SectionSizes

cdef class KnownTerms:
    cdef Dictionary dictionary
    cdef SectionSizes _sizes
    cdef object _damaged
    cdef dict _records
    cpdef object get(self, bytes key)
    cdef bint has(self, bytes key)

cpdef object look_up(list segments, list keys)
cpdef unsigned long long frequency_of(list segments, bytes key)
