from searchkit.kernels.records cimport SectionSizes, TermRecord
from searchkit.kernels.state cimport SegmentView

cdef class ListCursor:
    cdef SegmentView view
    cdef SectionSizes _sizes
    cdef const unsigned int[::1] _mapping, _numbers
    cdef unsigned int document, number, frequency
    cdef unsigned long long start, size, position_bytes
    cdef unsigned long long _at, _end, _base, _position, _position_end, _exception, _exception_end
    cdef unsigned int _range, _inside
    cdef bint _is_frequent
    cdef int begin(self, TermRecord record) except? -1
    cdef int step(self) except? -1
