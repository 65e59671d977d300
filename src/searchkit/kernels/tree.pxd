from searchkit.kernels.nodes cimport Tree

cdef unsigned int evaluate(Tree tree, unsigned int node, unsigned int span, unsigned int level) noexcept nogil
