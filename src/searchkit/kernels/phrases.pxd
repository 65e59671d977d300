from searchkit.kernels.state cimport State

cdef unsigned int phrase(State state, unsigned int first, unsigned int count, const unsigned int *offsets, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
cdef unsigned int alternatives(State state, unsigned int first, unsigned int count, const unsigned int *offsets, unsigned int several, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
