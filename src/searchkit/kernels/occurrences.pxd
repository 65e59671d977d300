from searchkit.kernels.prefetching cimport prefetch
from searchkit.kernels.state cimport State

cdef unsigned int occurrences_in(State state, unsigned int first, unsigned int count, unsigned int span, unsigned int at, unsigned int found) noexcept nogil
