from searchkit.kernels.nodes cimport Tree

cdef unsigned int candidates(Tree tree, unsigned int node, unsigned int span, unsigned int cut) noexcept nogil
