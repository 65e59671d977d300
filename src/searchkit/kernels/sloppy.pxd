from searchkit.kernels.state cimport State

cdef unsigned int sloppy(State state, unsigned int first, unsigned int required, const unsigned int *words, unsigned int count, unsigned int slop, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
