from libc.string cimport memcpy

from searchkit.kernels.state cimport State

cdef const unsigned short *postings_of(State state, unsigned int leaf) noexcept nogil
cdef unsigned long long locate(State state, unsigned int leaf, unsigned int posting, unsigned int span) noexcept nogil
cdef unsigned int rank_at(State state, unsigned int leaf, unsigned int posting, unsigned int span) noexcept nogil
cdef unsigned int positions_of(State state, unsigned int leaf, unsigned int posting, unsigned int span, unsigned int *out) noexcept nogil
cdef unsigned int keep_followed(State state, unsigned int leaf, unsigned int posting, unsigned int span, unsigned int *positions, unsigned int count, unsigned int offset) noexcept nogil
