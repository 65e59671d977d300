from searchkit.kernels.nodes cimport Tree

cdef long long most_of_slices(Tree tree, unsigned int node, unsigned int span) noexcept nogil
cdef void add_slices(Tree tree, unsigned int node, unsigned int span, unsigned int level, unsigned int count) noexcept nogil
