from searchkit.kernels.nodes cimport Tree

cdef unsigned int primed(Tree tree, unsigned int root, unsigned int count) noexcept nogil
