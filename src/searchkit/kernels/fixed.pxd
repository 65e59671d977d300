from searchkit.kernels.nodes cimport Tree

cdef unsigned int fixed(Tree tree, unsigned int node, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
