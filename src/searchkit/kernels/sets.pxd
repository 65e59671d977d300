from searchkit.kernels.nodes cimport Tree

cdef unsigned int members(Tree tree, unsigned int root, unsigned int span, unsigned long long low, unsigned long long high, const unsigned char[::1] live, unsigned char[::1] bits) noexcept nogil
cdef bint is_listed(Tree tree, unsigned int node, unsigned int span) noexcept nogil
