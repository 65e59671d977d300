from searchkit.kernels.records cimport TermRecord
from searchkit.kernels.state cimport SegmentView

cdef class ListCursor:
    cdef SegmentView view
    cdef const unsigned int[::1] _mapping, _numbers
    cdef unsigned int document, number, frequency
    cdef unsigned long long start, size, position_bytes
    cdef unsigned long long _at, _end, _base, _position, _position_end, _exception, _exception_end
    cdef unsigned int _range, _inside
    cdef bint _is_frequent
    cdef void begin_record(self, TermRecord record) noexcept
    cdef void begin(
        self,
        unsigned int frequency,
        unsigned long long place,
        long long frequent,
        unsigned long long position,
        unsigned long long position_bytes,
        unsigned long long exception,
        unsigned long long exception_count,
    ) noexcept
    cdef int step(self) except? -1
