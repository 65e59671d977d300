from searchkit.kernels.nodes cimport Tree

cdef long long bound(Tree tree, unsigned int node, unsigned int span) noexcept nogil
cdef unsigned int size_in(Tree tree, unsigned int node, unsigned int span) noexcept nogil
