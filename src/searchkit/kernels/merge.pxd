from searchkit.kernels.state cimport SegmentView

cdef class TermMerger:
    cdef unsigned int[::1] _documents, _numbers, _sizes, _order, _spare, _out_documents, _out_numbers, _index
    cdef unsigned long long[::1] _starts
    cdef unsigned char[::1] _blob, _positions
    cdef unsigned int _found, _out, _index_used
    cdef unsigned long long _blob_used, _positions_used
    cdef list _runs
    cdef int add_list(
        self,
        SegmentView view,
        unsigned int frequency,
        unsigned long long place,
        long long frequent,
        unsigned long long position,
        unsigned long long position_bytes,
        unsigned long long exception,
        unsigned long long exception_count,
        const unsigned int[::1] mapping,
        unsigned long long mapping_start,
        const unsigned int[::1] numbers,
        unsigned long long numbers_start,
    ) except? -1
    cdef unsigned int merge_lists(self) except? 0
    cdef void _take(
        self,
        SegmentView view,
        unsigned int document,
        unsigned int number,
        unsigned long long position,
        unsigned long long size,
    ) noexcept
    cdef object _sort(self)
    cdef void _merge(self, unsigned int first, unsigned int middle, unsigned int last) noexcept
