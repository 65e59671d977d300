from searchkit.kernels.nodes cimport Tree

cdef bint is_any_of(Tree tree, unsigned int root) noexcept nogil
cdef bint is_all_of(Tree tree, unsigned int root) noexcept nogil
cdef unsigned int count_any_of(Tree tree, unsigned int root, unsigned int span, unsigned char[::1] bits) noexcept nogil
cdef unsigned int count_all_of(Tree tree, unsigned int root, unsigned int span, unsigned char[::1] bits) noexcept nogil
