from searchkit.kernels.state cimport State

cdef unsigned int having_words(State state, unsigned int first, unsigned int required, const unsigned int *words, unsigned int count, unsigned int span, unsigned short *places) noexcept nogil
cdef bint open_words(State state, unsigned int first, unsigned int required, const unsigned int *words, unsigned int count, unsigned int into, unsigned int span, unsigned int at, unsigned int place) noexcept nogil
cdef unsigned int from_position(State state, unsigned int word, unsigned long long target) noexcept nogil
cdef unsigned int frequency_in(State state, unsigned int word, unsigned int zone) noexcept nogil
cdef void open_again(State state, unsigned int count) noexcept nogil
