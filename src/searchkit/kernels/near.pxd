from searchkit.kernels.state cimport State

cdef unsigned int near(State state, unsigned int first, unsigned int required, const unsigned int *words, unsigned int count, unsigned int split, unsigned int distance, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
