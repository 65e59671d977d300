from searchkit.kernels.state cimport State

cdef void add_zoned(State state, unsigned int leaf, unsigned int span) noexcept nogil
cdef unsigned int add_zoned_noting(State state, unsigned int leaf, unsigned int span, unsigned int noted) noexcept nogil
cdef void add_zoned_met(State state, unsigned int leaf, unsigned int span) noexcept nogil
