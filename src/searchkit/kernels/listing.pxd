from searchkit.kernels.state cimport State

cdef unsigned int listed(State state, unsigned int leaf, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
