from searchkit.kernels.records cimport TermRecord
from searchkit.kernels.state cimport State

cpdef unsigned int open_leaf(State state, TermRecord record, unsigned long long weight, unsigned int scoring, unsigned int mask)
cpdef int open_leaves(State state, list records, unsigned long long weight, unsigned int scoring, unsigned int mask)
cdef unsigned int count_in(State state, unsigned int leaf, unsigned int span) noexcept nogil
cdef unsigned int seek(State state, unsigned int leaf, unsigned int start, unsigned int stop, unsigned int place) noexcept nogil
cdef unsigned long long advance(const unsigned short *postings, unsigned long long start, unsigned long long stop, short place) noexcept nogil
cdef long long value(State state, unsigned int leaf, unsigned int posting, unsigned int span) noexcept nogil
cdef unsigned int rank_of(State state, unsigned int leaf, unsigned int document) noexcept nogil
cdef void add(State state, unsigned int leaf, unsigned int span, unsigned int *sums) noexcept nogil
cdef void add_met(State state, unsigned int leaf, unsigned int span, unsigned int *sums) noexcept nogil
cdef unsigned int add_noting(State state, unsigned int leaf, unsigned int span, unsigned int *sums, unsigned short *noted, unsigned int count) noexcept nogil
cdef unsigned int posting_at(State state, unsigned int leaf, unsigned int posting) noexcept nogil
cdef unsigned long long exception_at(State state, unsigned int leaf, unsigned int document) noexcept nogil
cdef unsigned int rank_of_exception(State state, unsigned int leaf, unsigned long long at) noexcept nogil
cdef bint has_zone(State state, unsigned int rank, unsigned int mask) noexcept nogil
