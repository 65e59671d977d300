from searchkit.kernels.state cimport State

cdef unsigned int phrase(State state, unsigned int first, unsigned int count, unsigned int span, unsigned short *places, unsigned int *scores) noexcept nogil
cdef unsigned int with_all_words(State state, unsigned int first, unsigned int count, unsigned int span, unsigned short *places, unsigned long long least) noexcept nogil
cdef unsigned long long least_for(State state, unsigned int leaf, unsigned long long needed) noexcept nogil
cdef unsigned int promising(State state, unsigned int first, unsigned int count, unsigned int span, unsigned short *places, unsigned int *scores, unsigned int found, unsigned int needed) noexcept nogil
cdef unsigned int confirmed(State state, unsigned int first, unsigned int count, unsigned int span, unsigned short *places, unsigned int *scores, unsigned int found) noexcept nogil
cdef unsigned int keep(State state, unsigned int leaf, unsigned int span, unsigned int place, unsigned short *places, unsigned int *scores, unsigned int kept) noexcept nogil
