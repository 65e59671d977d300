from searchkit.kernels.list_cursor cimport ListCursor
from searchkit.kernels.records cimport TermRecord

cdef class TermMerger:
    cdef unsigned int[::1] _out_documents, _out_numbers, _index, _segments
    cdef unsigned char[::1] _positions
    cdef unsigned long long[::1] _heads
    cdef list _cursors
    cdef unsigned int _lists, _out, _index_used
    cdef readonly unsigned int segment
    cdef unsigned long long _positions_used, _postings, _position_bytes
    cdef int add_list(self, ListCursor cursor, TermRecord record, unsigned int segment) except? -1
    cdef unsigned int merge_lists(self) except? 0xFFFFFFFF
    cdef int _take(
        self,
        ListCursor cursor,
        unsigned long long end,
        unsigned int first,
        unsigned long long start,
        bint has_positions,
    ) except? -1
    cdef object _make_room(self)
