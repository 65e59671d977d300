from searchkit.kernels.nodes cimport Tree

cdef bint is_plain(Tree tree, unsigned int root) noexcept nogil
