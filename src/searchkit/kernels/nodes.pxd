from searchkit.kernels.records cimport TermRecord
from searchkit.kernels.state cimport State

cdef class Tree:
    cdef readonly State state
    cdef object node_memory, high_memory, child_memory, bitmap_owner
    cdef readonly unsigned int nodes
    cdef readonly unsigned int capacity
    cdef unsigned int *kind
    cdef unsigned int *first
    cdef unsigned int *must
    cdef unsigned int *should
    cdef unsigned int *must_not
    cdef unsigned int *score
    cdef unsigned int *height
    cdef unsigned long long *low
    cdef unsigned long long *high
    cdef unsigned int *children
    cdef unsigned int children_used, children_room
    cdef const unsigned char *bitmaps
    cpdef object reset(self)
    cpdef unsigned int term(self, TermRecord record, object weight, double scale, bint scoring, unsigned int mask)
    cpdef unsigned int phrase(self, unsigned int first, unsigned int count)
    cpdef unsigned int boolean(self, list must, list should, list must_not)
    cdef object _need_nodes(self, unsigned int count)
    cdef object _need_children(self, unsigned int more)
    cdef unsigned int _words(self, unsigned int kind, unsigned int first, unsigned int required, list words, unsigned int reach)
    cdef unsigned int _add_children(self, list numbers)
    cdef unsigned int _node(self, unsigned int kind, unsigned int first, unsigned int score)

cdef bint is_plain_union(Tree tree, unsigned int node) noexcept nogil
